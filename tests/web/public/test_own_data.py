"""What an applicant hands in and takes out: typed by content, nobody else's, a copy of everything."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from fujing.kernel.actor import acting
from fujing.kernel.files import LIMIT
from fujing.kernel.models import StoredFile
from fujing.kernel.pictures import picture_cleaned
from fujing.recruitment.applications.models import Application, Attachment, OwnCopy
from fujing.recruitment.applications.services import application_attach
from tests.clients import client_of
from tests.pictures import pdf, picture
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
PICTURE = picture()


def upload(client: Client, application: Application, content: bytes, name: str = "a.png", kind: str = "photo") -> Any:
    file = SimpleUploadedFile(name, content)
    form = {"position": application.position_id, "major": "刑事侦查", "act": "save", f"file_{kind}": file}
    return client.post(reverse("public:apply", args=[application.campaign_id]), form)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg onload=alert(1)>",
        b"GIF89a/*<script>*/",
        b"MZ\x90\x00",
        b"\x00" * 64,
        b"#!/bin/sh\n",
        b"<html>%PDF-1.7",
        b"%PDF-1.7",
        b"PK\x03\x04<html>",
        b"<?xml version='1.0'?><svg/>",
        PICTURE + b"0" * (20 * 1024 * 1024),
    ],
)
def test_a_file_of_another_kind_or_size_is_refused_and_nothing_typed_is_lost(content: bytes) -> None:
    draft, own = made.application(made.campaign(), "draft", major="法学")
    answer = upload(client_of(own), draft, content)
    assert answer.status_code == 422
    assert "刑事侦查" in answer.content.decode()
    with acting(own):
        assert not Attachment.objects.exists()
        assert Application.objects.get().major == "刑事侦查"
    assert "其余内容已保存" in answer.content.decode()


@pytest.mark.parametrize("content", [PICTURE + b"<script>alert(1)</script>", pdf("x") + b"<script>alert(1)</script>"])
def test_a_file_that_is_two_kinds_at_once_is_never_run_by_a_browser(content: bytes) -> None:
    draft, own = made.application(made.campaign(), "draft")
    client = client_of(own)
    assert upload(client, draft, content, "a.html", "diploma").status_code == 302
    with acting(own):
        file = Attachment.objects.get()
    answer = client.get(reverse("public:attachment", args=[draft.pk, file.pk]))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "html" not in answer.headers["Content-Type"]
    if not answer.headers["Content-Type"].startswith("image/"):
        assert answer.headers["Content-Disposition"].startswith("attachment")
    for close in answer._resource_closers:
        close()


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.png", "..\\..\\x.png", "/etc/cron.d/x", "a\x00.png", "照片.png", "x" * 300 + ".png"]
)
def test_a_files_name_leads_nowhere(name: str) -> None:
    draft, own = made.application(made.campaign(), "draft")
    assert upload(client_of(own), draft, PICTURE, name).status_code == 302
    with acting(own):
        stored = Attachment.objects.select_related("file").get().file
    assert len(stored.name) <= 200
    assert not set("/\\\x00") & set(stored.name)
    assert ".." not in stored.path


def test_the_limit_is_ten_megabytes_inclusive() -> None:
    draft, own = made.application(made.campaign(), "draft")
    assert upload(client_of(own), draft, PICTURE.ljust(LIMIT, b"0")).status_code == 302


def test_no_public_address_or_parameter_reaches_somebody_elses_application() -> None:
    theirs, owner = made.application(made.campaign(), "draft")
    with acting(owner):
        file = application_attach(
            actor=owner, application=theirs, kind="photo", upload=SimpleUploadedFile("a.png", PICTURE)
        )
        before = Application.objects.filter(pk=theirs.pk).values().get()
    stranger = made.applicant(name="陌生人")
    client = client_of(stranger)
    numbers = {
        "application": theirs.pk,
        "id": theirs.pk,
        "pk": theirs.pk,
        "account_id": theirs.account_id,
        "account": theirs.account_id,
        "application_id": theirs.pk,
        "file": file.pk,
        "receipt": theirs.receipt,
        "state": "withdrawn",
        "name": "改名",
    }
    patterns = next(each for each in get_resolver().url_patterns if getattr(each, "namespace", "") == "public")
    tried = 0
    for pattern in patterns.url_patterns:
        for pk in (theirs.pk, theirs.campaign_id):
            values = {"pk": pk, "file": file.pk, "seat": 1, "opaque": theirs.receipt}
            url = reverse(f"public:{pattern.name}", kwargs={name: values[name] for name in pattern.pattern.converters})
            answers = [client.get(url, numbers)]
            for act in ("", "save", "submit", "withdraw", "answer"):
                form = {**numbers, "act": act, "text": "改", "education": "doctorate"}
                answers.append(client.post(url, form))
            for answer in answers:
                tried += 1
                body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                assert theirs.receipt.encode() not in body.replace(b'value="' + theirs.receipt.encode(), b""), url
    assert tried > 100
    with acting(owner):
        assert Application.objects.filter(pk=theirs.pk).values().get() == before
        assert Attachment.objects.filter(pk=file.pk).exists()


def test_the_tables_themselves_keep_a_stranger_out() -> None:
    theirs, owner = made.application(made.campaign(), "draft")
    with acting(owner):
        application_attach(actor=owner, application=theirs, kind="photo", upload=SimpleUploadedFile("a.png", PICTURE))
    with acting(made.applicant()):
        for model in (Application, Attachment, StoredFile):
            assert not model.objects.exists()
            assert model.objects.update(account_id=1) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Attachment.objects.create(
                organ_code=theirs.organ_code,
                application_id=theirs.pk,
                account_id=theirs.account_id,
                kind="photo",
                file_id=1,
            )


def test_the_copy_holds_everything_in_words_with_the_files_and_is_recorded() -> None:
    number = made.citizen_number()
    application, own = made.application(made.campaign(), "draft", by=made.applicant(number), major="法学")
    with acting(own):
        application_attach(
            actor=own, application=application, kind="photo", upload=SimpleUploadedFile("照片.png", PICTURE)
        )
    answer = client_of(own).post(reverse("public:copy"))
    archive = zipfile.ZipFile(BytesIO(answer.content))
    told = json.loads(archive.read("我的信息.json"))
    assert told["报名"][0]["公民身份号码"] == number
    assert told["报名"][0]["专业"] == "法学"
    assert any(number in str(row.values()) for rows in told.values() for row in rows)
    (picture,) = (name for name in archive.namelist() if name.startswith("材料/"))
    assert archive.read(picture) == picture_cleaned(PICTURE, "照片.png")
    assert "密码" not in json.dumps(told, ensure_ascii=False)
    with acting(made.head()):
        assert OwnCopy.objects.get().account_id == own.account_id


def test_the_copy_holds_nobody_elses_rows_and_is_taken_by_post_only() -> None:
    to = made.campaign()
    made.application(to, major="别人的专业")
    _, own = made.application(to, by=made.applicant(name="我自己"))
    client = client_of(own)
    assert client.get(reverse("public:copy")).status_code == 302
    told = zipfile.ZipFile(BytesIO(client.post(reverse("public:copy")).content)).read("我的信息.json").decode()
    assert "别人的专业" not in told
    assert "我自己" in told
    assert Client().post(reverse("public:copy")).status_code == 302


def test_the_record_of_a_copy_stays() -> None:
    _, own = made.application(made.campaign())
    client_of(own).post(reverse("public:copy"))
    with acting(made.head()), pytest.raises(DatabaseError, match="只能新增"), transaction.atomic():
        OwnCopy.objects.all()._raw_delete("default")
