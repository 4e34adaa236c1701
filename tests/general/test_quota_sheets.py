"""Quota granted by one sheet: every fault at once and nothing written; a good sheet wholly and once."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.general.quota.models import QuotaEntry
from fujing.general.quota.queries import ledger_of, quota_of
from fujing.general.quota.services import quota_withdraw
from fujing.general.quota.sheets import GRANT_COLUMNS, grants_read, quota_grant_all
from fujing.kernel.actor import Actor, acting
from fujing.kernel.exchange import Fault
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.kernel.workbooks import workbook
from fujing.registry.models import Organ
from tests import factories
from tests.factories import MIANYANG, SANTAI, YANTING, territorial

HEAD = territorial(MIANYANG, "hr_head")
DAY = date(2026, 3, 1)
GOOD = [
    (str(SANTAI), "三台县公安局", 3, "绵编发〔2026〕1号", DAY, "年度核定"),
    (str(YANTING), "盐亭县公安局", 2, "绵编发〔2026〕1号", DAY, "年度核定"),
]


@pytest.fixture
def city(province: Actor) -> None:
    """A city with ten persons to pass down to two counties."""
    factories.quota(MIANYANG, 10)
    factories.bureau(SANTAI)
    factories.bureau(YANTING)


def upload(content: bytes, name: str = "下达.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def read(rows: list[tuple]) -> tuple[list, list[Fault]]:
    with acting(HEAD):
        grants, table = grants_read(actor=HEAD, upload=upload(workbook(GRANT_COLUMNS, rows)))
    return grants, table.faults


def written() -> int:
    with acting(HEAD):
        return QuotaEntry.objects.exclude(organ_code=MIANYANG).count()


def test_a_good_sheet_grants_to_all_with_its_document(city: None) -> None:
    grants, faults = read(GOOD)
    assert faults == []
    assert written() == 0
    with acting(HEAD):
        assert quota_grant_all(actor=HEAD, grants=grants) == 5
        assert (quota_of(SANTAI).granted, quota_of(YANTING).granted, quota_of(MIANYANG).free) == (3, 2, 5)
        (entry,) = ledger_of(YANTING)
        assert (entry.document_number, entry.document_date) == ("绵编发〔2026〕1号", DAY)


def test_the_same_sheet_again_is_refused_when_read_and_when_confirmed(city: None) -> None:
    grants, _ = read(GOOD)
    with acting(HEAD):
        quota_grant_all(actor=HEAD, grants=grants)
    again, faults = read(GOOD)
    assert (again, {fault.row for fault in faults}) == ([], {2, 3})
    assert all("不能重复下达" in fault.expected for fault in faults)
    with pytest.raises(Refusal, match="已向三台县公安局下达"), acting(HEAD):
        quota_grant_all(actor=HEAD, grants=grants)
    assert written() == 2


def test_a_bad_sheet_names_every_cell_at_once(city: None) -> None:
    rows = [
        GOOD[0],
        (str(SANTAI), "三台县公安局", 1, "绵编发〔2026〕1号", DAY, "重复"),
        ("510799000000", "没有的局", 1, "2号", DAY, "无此机关"),
        (str(YANTING), "三台县公安局", "三十", "3号", "二月三十", ""),
        ("", "盐亭县公安局", 90, "", DAY, "超额"),
    ]
    grants, faults = read(rows)
    found = {(fault.row, fault.column) for fault in faults}
    assert grants == []
    assert found == {
        (3, "文号"),
        (4, "机关代码"),
        (5, "机关"),
        (5, "数量"),
        (5, "日期"),
        (5, "事由"),
        (6, "机关代码"),
        (6, "文号"),
        (None, "数量"),
    }
    assert written() == 0


def test_a_sheet_above_the_free_quota_is_a_fault_with_its_numbers(city: None) -> None:
    _, faults = read([(*GOOD[0][:2], 9, *GOOD[0][3:]), GOOD[1]])
    assert [(fault.value, "10 人" in fault.expected) for fault in faults] == [("合计 11 人", True)]


def test_wrong_columns_merged_cells_and_other_files_are_named(city: None) -> None:
    book = openpyxl.Workbook()
    book.active.append([column.label for column in GRANT_COLUMNS])
    book.active.append(list(GOOD[0]))
    book.active.merge_cells("D2:D3")
    merged = io.BytesIO()
    book.save(merged)
    files = {
        "有合并单元格": upload(merged.getvalue()),
        "缺少这一列": upload("机关,人数\n三台县公安局,3\n".encode(), "下达.csv"),
        "没有这一列": upload("机关,人数\n三台县公安局,3\n".encode(), "下达.csv"),
        "不是可用的 Excel": upload(b"\x89PNG\r\n\x1a\n" + b"0" * 50, "照片.xlsx"),
        "至少应有一行": upload(workbook(GRANT_COLUMNS)),
    }
    for sentence, file in files.items():
        with acting(HEAD):
            grants, table = grants_read(actor=HEAD, upload=file)
        assert grants == []
        assert any(sentence in fault.expected for fault in table.faults), sentence
    assert written() == 0


def test_when_one_grant_is_refused_none_is_written(city: None) -> None:
    grants, _ = read(GOOD)
    with acting(factories.PROVINCIAL):
        organ = Organ.objects.get(pk=MIANYANG)
    provincial = territorial(factories.PROVINCE, "hr_head")
    # Between reading and confirming the city's quota shrank to four.
    with acting(provincial):
        quota_withdraw(actor=provincial, organ=organ, amount=6, document_number="1", document_date=DAY, reason="x")
    with pytest.raises(Refusal, match="可下达额度为 1 人"), speaking(), acting(HEAD):
        quota_grant_all(actor=HEAD, grants=grants)
    assert written() == 0


@pytest.mark.parametrize("role", ["hr_officer", "auditor"])
def test_only_quota_roles_grant_by_sheet(city: None, role: str) -> None:
    actor = territorial(MIANYANG, role)
    with acting(actor), pytest.raises(NotAllowed):
        grants_read(actor=actor, upload=upload(workbook(GRANT_COLUMNS, GOOD)))
    with acting(actor), pytest.raises(NotAllowed):
        quota_grant_all(actor=actor, grants=[])


def test_the_ledger_says_the_balance_after_each_line(city: None) -> None:
    grants, _ = read([GOOD[0], (*GOOD[0][:2], 2, "绵编发〔2026〕2号", date(2026, 2, 1), "追加")])
    with acting(HEAD):
        quota_grant_all(actor=HEAD, grants=grants)
        shown = [(entry.amount, entry.balance) for entry in ledger_of(SANTAI)]  # type: ignore[attr-defined]
        assert shown == [(3, 5), (2, 2)]
        assert [entry.amount for entry in ledger_of(SANTAI, date(2026, 2, 28))] == [2]
