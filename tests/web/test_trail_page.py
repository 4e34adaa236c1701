"""The audit page: who did what to whom, before and after, in officers' words; narrowed and paged over indexes."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import openpyxl
import pytest
from django.db import connection
from django.test import Client

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.fields import BlindIndexField
from fujing.kernel.models import HistoryEntry
from fujing.kernel.readings import noting
from fujing.recruitment.applications.models import Application
from fujing.recruitment.selection.models import Objection
from fujing.registry.models import Account, Person
from fujing.registry.services import role_end
from fujing.registry.trail import Sought, kinds, trail_page
from tests import factories, world
from tests.clients import client_with
from tests.factories import SANTAI, YANTING


@pytest.fixture
def county(db: None) -> Account:
    """A county where the clerk 李经办 changed a person and an account, and the neighbour did something too."""
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
        factories.bureau(YANTING)
    with acting(replace(factories.territorial(SANTAI), name="李经办", reason="更正登记")):
        person = factories.person(SANTAI, "王建华")
        person.education, person.phone = "bachelor", "13812345678"
        person.save()
        account = factories.account(SANTAI, "hr_officer", name="赵警官")
        account.name, account.is_active = "赵警长", False
        account.save()
    with acting(factories.territorial(YANTING)):
        factories.person(YANTING, "邻县人")
    return account


def page(client: Client, **query: object) -> str:
    """The text of the table, row by row."""
    answer = client.get("/desk/trail/", query)
    assert answer.status_code == 200
    body = answer.content.decode().split('<tbody role="rowgroup">')[1].split("</tbody>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.replace("</tr>", "\n"))))


def test_an_entry_tells_who_did_what_to_whom_before_and_after(county: Account) -> None:
    client = client_with(SANTAI, "audit_admin")
    told = page(client, kind="registry_account", row=county.pk)
    assert "李经办" in told
    assert "修改账号" in told
    assert "账号 赵警长" in told
    assert "启用：是 → 否" in told
    assert "更正登记" in told
    assert "三台县公安局" in told
    everything = client.get("/desk/trail/").content.decode().split('<tbody role="rowgroup">')[1]
    assert "registry_" not in re.sub(r'href="[^"]*"', "", everything)
    assert not re.search(r">\s*(update|insert|delete)\s*<", everything)


def test_what_is_sensitive_is_shortened_or_hidden(county: Account) -> None:
    client = client_with(SANTAI, "audit_admin")
    with acting(factories.PROVINCIAL):
        number = Person.objects.get(name="王建华").id_number
    told = page(client, kind="registry_person")
    assert "手机号：空 → 138****5678" in told
    assert "13812345678" not in told
    assert f"{number[:4]}{'*' * 10}{number[-4:]}" in told
    assert number not in told
    assert "王*华" in told
    assert "\\x" not in told
    account = page(client, kind="registry_account")
    assert "pbkdf2" not in account
    assert "argon2" not in account


@pytest.mark.parametrize(
    ("query", "found", "missed"),
    [
        ({"who": "李经办"}, "修改账号", "邻县"),
        ({"who": "没有此人"}, "没有符合条件的内容", "李经办"),
        ({"kind": "registry_person"}, "修改人员", "账号"),
        ({"since": str(today())}, "李经办", "没有符合条件"),
        ({"since": str(today() + timedelta(days=1))}, "没有符合条件的内容", "李经办"),
        ({"until": str(today() - timedelta(days=1))}, "没有符合条件的内容", "李经办"),
        ({"organ": str(SANTAI)}, "李经办", "没有符合条件"),
        ({"organ": str(SANTAI + 100)}, "没有符合条件的内容", "李经办"),
    ],
)
def test_filters_narrow_and_stay_in_the_address(county: Account, query: dict, found: str, missed: str) -> None:
    told = page(client_with(SANTAI, "audit_admin"), **query)
    assert found in told
    assert missed not in told


def test_a_neighbours_history_is_not_shown_whatever_is_asked(county: Account) -> None:
    client = client_with(SANTAI, "audit_admin")
    for query in ({}, {"organ": YANTING}, {"kind": "registry_person"}):
        assert "盐亭" not in page(client, **query)


def test_only_the_audit_administrator_reads_it(county: Account) -> None:
    for role in ("system_admin", "security_admin", "hr_head"):
        assert client_with(SANTAI, role).get("/desk/trail/").status_code == 403


def test_pages_follow_one_another_without_gap_or_repetition(county: Account) -> None:
    with acting(factories.PROVINCIAL):
        auditor = factories.officer(SANTAI, "audit_admin")
    with noting(), acting(auditor, read_only=True):
        whole = [each.pk for each in HistoryEntry.objects.order_by("-at", "-pk")]
        seen: list[int] = []
        key = ""
        while True:
            entries, key = trail_page(auditor, Sought(), before=key, limit=3)
            seen += [each.pk for each in entries]
            if not key:
                break
    assert len(whole) > 6
    assert seen == whole


def test_a_key_that_was_cut_or_typed_is_the_first_page(county: Account) -> None:
    client = client_with(SANTAI, "audit_admin")
    for key in ("x|1", "2026-01-01|1", "2026-01-01T00:00:00|1", "|", "9" * 80, "2026-01-01T00:00:00+00:00|" + "9" * 30):
        assert "李经办" in page(client, before=key), urlencode({"before": key})


def test_the_indexes_that_the_filters_need_are_there(db: None) -> None:
    """Each begins with what is asked for and goes on in the order of the pages; a row has few entries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'kernel_historyentry'")
        found = {row[0].split("USING btree ")[1] for row in cursor.fetchall()}
    assert {"(at, id)", "(actor, at)", "(tracked, at)", "(organ_code, at)", "(tracked, row_id)"} <= found


def test_every_tracked_table_has_a_word(db: None) -> None:
    for table, model in kinds().items():
        assert re.search(r"[\u4e00-\u9fff]", str(model._meta.verbose_name)), table
        for field in model._meta.concrete_fields:
            if field.primary_key or isinstance(field, BlindIndexField):
                continue
            assert re.search(r"[\u4e00-\u9fff]", str(field.verbose_name)), f"{table}.{field.name}"
    assert {"registry_account", "registry_person"} <= set(kinds())


def test_the_end_of_a_role_is_told_by_its_days(county: Account) -> None:
    with acting(factories.PROVINCIAL):
        auditor = factories.officer(SANTAI, "security_admin")
    with acting(auditor):
        role_end(actor=auditor, account=county, role_id=county.roles.get().pk)
    told = page(client_with(SANTAI, "audit_admin"), kind="registry_roleassignment")
    assert re.search(r"任职期间：2021-03-01 起 → 2021-03-01 至 \d{4}-\d\d-\d\d", told)
    assert "角色：经办" in told


def test_whatever_happened_in_a_county_is_told_in_words(db: None) -> None:
    world.finish(world.county(SANTAI, "王报名", 101))
    answer = client_with(SANTAI, "audit_admin").get("/desk/trail/", {"as": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True))
    assert len(rows) > 100
    for row in rows:
        what, changes = row[2], row[5] or ""
        assert not re.search(r"update|insert|delete|[a-z]+_[a-z]+_|\\x|[{}\[\]]|None|True|False", f"{what}{changes}"), (
            row
        )


def test_a_receipt_code_opens_something_and_is_not_shown(db: None) -> None:
    world.finish(world.county(SANTAI, "王报名", 101))
    answer = client_with(SANTAI, "audit_admin").get("/desk/trail/", {"as": "xlsx"})
    rows = openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows(min_row=2, values_only=True)
    told = "\n".join(str(cell) for row in rows for cell in row)
    with acting(factories.PROVINCIAL):
        codes = [each.receipt for kind in (Application, Objection) for each in kind.objects.all()]
    assert len(codes) >= 2
    assert [code for code in codes if code in told] == []
    assert "回执码：不显示" in told
