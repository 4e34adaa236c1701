"""A token in each field of a report is found nowhere but with its permitted readers: pages, files, history, logs, dump."""

from __future__ import annotations

import io
import logging
import re
import subprocess
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from PIL import Image
from pypdf import PdfReader, PdfWriter

from fujing.kernel.actor import acting
from fujing.kernel.backup.tools import address, tool
from fujing.management.complaints.models import Hearing, Report
from fujing.management.complaints.services import report_answer, report_conclude, report_heard, report_note, report_say
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI
from tests.hostile.pages import SAMPLES, ask, urls
from tests.hostile.visitors import everybody
from tests.management.reports import PHRASE, Case, asked, brought, filed, reader, stated
from tests.registry.activated import own, serving

FIELDS = (
    "text",
    "accused",
    "unit_name",
    "happened",
    "name",
    "exif",
    "pdf",
    "title",
    "say",
    "note",
    "answer",
    "stated",
    "matter",
    "concluded",
)
TOKENS = {field: f"canary{number:02d}{field}zq" for number, field in enumerate(FIELDS)}
WRITTEN = re.compile("|".join(TOKENS.values()).encode())


def photo() -> bytes:
    """A picture whose camera wrote a token."""
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x010E] = TOKENS["exif"]
    Image.new("RGB", (60, 40), "red").save(out, "JPEG", exif=exif)
    assert TOKENS["exif"].encode() in out.getvalue()
    return out.getvalue()


def pdf() -> bytes:
    """A PDF whose author is a token."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": TOKENS["pdf"], "/Title": TOKENS["title"]})
    writer.write(out)
    assert PdfReader(io.BytesIO(out.getvalue())).metadata is not None
    return out.getvalue()


@pytest.fixture
def made(committed: None) -> Case:
    """A report with a token in each field, taken to its answer."""
    engagement = serving()
    with acting(factories.PROVINCIAL):
        account = factories.account(SANTAI, "auxiliary", name="王建华", person_id=engagement.person_id)
    first, second = reader(name="周督察"), reader(name="吴督察")
    said = {name: TOKENS[name] for name in ("text", "accused", "unit_name", "happened", "name")}
    uploads = [SimpleUploadedFile(f"{TOKENS['title']}.jpg", photo()), SimpleUploadedFile("a.pdf", pdf())]
    made = Case(filed(uploads=uploads, phone="13911112222", **said), first, second, own(account), engagement)
    report = brought(made, "investigated")
    with acting(first.actor):
        report_say(actor=first.actor, report=report, text=TOKENS["say"])
        report_note(actor=first.actor, report=report, text=TOKENS["note"])
    stated(made, asked(made, report, TOKENS["matter"]), TOKENS["stated"])
    with acting(first.actor):
        report = report_heard(actor=first.actor, report=report)
        report = report_conclude(actor=first.actor, report=report, finding="founded", text=TOKENS["concluded"])
        report_answer(actor=first.actor, report=report, text=TOKENS["answer"])
    return made


def unlocked(who: Case) -> Client:
    client = client_of(who.reader.actor)
    assert client.post(reverse("desk:complaint_key"), {"passphrase": PHRASE}).status_code == 302
    return client


def found_in(content: bytes) -> set[str]:
    return {each.decode() for each in WRITTEN.findall(content)}


def addresses(report: int, hearing: int) -> list[str]:
    """Every page, with the report's own numbers."""
    found = []
    for name, parameters in urls(get_resolver().url_patterns):
        pk = hearing if name.endswith(("complaint_hearing", "statement")) else report
        values = SAMPLES | {"pk": pk, "file": 2}
        found.append(reverse(name, kwargs={each: values[each] for each in parameters}))
    return found


def test_canary_the_reader_reads_every_field_and_the_reporter_the_dialogue(made: Case) -> None:
    """What is looked for below is really there: otherwise nothing would be proven."""
    report = made.report
    page = unlocked(made).get(reverse("desk:complaint", args=[report.pk])).content
    shown = {"text", "accused", "unit_name", "happened", "say", "note", "stated", "matter", "concluded", "answer"}
    assert found_in(page) == {TOKENS[name] for name in shown}
    answer = Client().post(reverse("public:complaint"), {"code": made.code}).content
    assert found_in(answer) == {TOKENS[name] for name in ("text", "accused", "unit_name", "happened", "say", "answer")}


def test_canary_what_is_typed_is_no_draft_on_the_device(made: Case) -> None:
    """Others use the device too; elsewhere a draft survives a lost session."""
    reader, accused = unlocked(made), client_of(made.accused)
    with acting(made.reader.actor):
        hearing = Hearing.objects.get()
    pages = {
        reverse("public:complain"): accused,
        reverse("public:complaint"): accused,
        reverse("me:statement", args=[hearing.pk]): accused,
        reverse("desk:complaint_key"): reader,
        reverse("desk:complaint_new"): reader,
        reverse("desk:complaint", args=[made.report.pk]): reader,
        reverse("desk:complaint_identity", args=[made.report.pk]): reader,
    }
    for path, client in pages.items():
        assert b'data-drafts="off"' in client.get(path).content, path
    assert b'data-drafts=""' in reader.get("/desk/").content


def test_canary_attachments_lose_what_the_device_and_the_program_added(made: Case) -> None:
    client, report = unlocked(made), made.report
    kinds = set()
    with acting(made.reader.actor):
        numbers = list(report.messages.values_list("pk", flat=True))
    for number in numbers:
        response = client.get(reverse("desk:complaint_file", args=[report.pk, number]))
        if response.status_code == 200:
            content = response.getvalue()
            kinds.add(response["Content-Type"])
            assert not found_in(content)
            assert not found_in(response["Content-Disposition"].encode())
    assert kinds == {"image/jpeg", "application/pdf"}


def test_canary_no_page_of_any_role_shows_a_token(made: Case, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with acting(made.reader.actor):
        report, hearing = Report.objects.get().pk, Hearing.objects.get().pk
    visitors = everybody(SANTAI)
    assert len(visitors) > 20
    pages = addresses(report, hearing)
    assert len(pages) > 150
    answered = 0
    for who, client in visitors.items():
        for path in pages:
            status, body = ask(client, path)
            answered += status == 200
            assert not found_in(body.encode()), (who, path)
        for path in ("/desk/complaints/?as=xlsx", "/desk/search/?q=canary00textzq", "/desk/trail/?q=canary00textzq"):
            status, body = ask(client, path)
            assert not found_in(body.replace("canary00textzq", "").encode()), (who, path)
    assert answered > 500
    # The accused reads what they were told, and nothing else of it.
    mine = client_of(made.accused)
    seen = set().union(*(found_in(ask(mine, path)[1].encode()) for path in pages if path.startswith("/me/")))
    assert seen == {TOKENS["matter"]}
    assert not found_in(caplog.text.encode())


def test_canary_nothing_is_in_a_dump_of_the_superuser_nor_on_the_disk(made: Case, owner_parameters: dict) -> None:
    # The reader has it open in a browser meanwhile.
    unlocked(made).get(reverse("desk:complaint", args=[made.report.pk]))
    dump = whole(owner_parameters)
    assert b"complaints_message" in dump
    assert "王建华".encode() in dump
    assert not found_in(dump)
    for token in TOKENS.values():
        assert token.encode().hex().encode() not in dump
    code = made.code.replace("-", "")
    assert code.encode() not in dump
    assert made.code.encode() not in dump
    assert made.reader.private.hex().encode() not in dump
    assert PHRASE.encode() not in dump
    assert b"13911112222" not in dump
    for file in Path(settings.DATA).rglob("*"):
        if file.is_file() and "postgres" not in file.parts:
            assert not found_in(file.read_bytes()), file


def whole(parameters: dict) -> bytes:
    """Every row of every table, history and sessions included, as the superuser sees them."""
    with psycopg.connect(**parameters) as connection:
        program, _ = tool("pg_dump", connection.info.server_version // 10000)
    where, environment = address(parameters)
    done = subprocess.run(
        [str(program), "--inserts", "--dbname", where], capture_output=True, check=True, env=environment
    )
    return done.stdout
