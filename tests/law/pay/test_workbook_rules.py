"""Each rule of the pay workbook on both sides of its bounds: people, dates, values, minimum wage, sums, tax, the copy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from fujing.cli import app
from fujing.law.pay.workbook.words import heading, plain
from tests.law.pay.workbooks.sheets import document, told
from tests.law.roster_tools import id_number

GOOD, OTHER = id_number("1990-01-01", 1), id_number("1991-01-01", 2)
HEAD = ["姓名", "应发合计", "实发工资"]
PAID = ["王甲", 3000, 3000]


@pytest.mark.parametrize(
    ("number", "outcome"),
    [
        (GOOD, None),
        (GOOD[:-1], "violated"),
        (GOOD + "1", "violated"),
        (GOOD[:-1] + ("0" if GOOD[-1] != "0" else "1"), "violated"),
        (id_number("1990-02-30"), "violated"),
        (510722199001010000, "undetermined"),
        (510722900101001, "violated"),
        (None, "undetermined"),
        ("—", "undetermined"),
    ],
)
def test_a_citizen_number_is_whole_and_exists(tmp_path: Path, number: Any, outcome: str | None) -> None:
    found = told(tmp_path, [["身份证号", *HEAD], [number, *PAID]], "person.number")
    assert found == ([f"A2 person.number {outcome}"] if outcome else [])


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        (("王甲", "6217001"), ("王乙", "6217001"), ["B3 person.account violated"]),
        (("王甲", "6217001"), ("王乙", "6217 001"), ["B3 person.account violated"]),
        (("王甲", "6217001"), ("王乙", "6217002"), []),
        (("王甲", "6217001"), ("王甲", "6217001"), []),
        (("王甲", "—"), ("王乙", "—"), []),
        (("王甲", None), ("王乙", None), []),
        (("王甲", 999_999_999_999_999), ("王乙", "6217002"), []),
        (("王甲", 10**15), ("王乙", "6217002"), ["B2 person.account undetermined"]),
    ],
)
def test_an_account_is_one_persons(tmp_path: Path, first: Any, second: Any, found: list[str]) -> None:
    rows = [["姓名", "银行卡号", "应发合计", "实发工资"], [*first, 3000, 3000], [*second, 3000, 3000]]
    assert told(tmp_path, rows, "person.account") == found


def test_an_account_that_changes_between_sheets_is_a_matter_to_look_at(tmp_path: Path) -> None:
    def sheets(*accounts: str | None) -> dict[str, list[list[Any]]]:
        head = ["姓名", "银行卡号", "应发合计", "实发工资"]
        return {f"2026年{month}月": [head, ["王甲", each, 3000, 3000]] for month, each in enumerate(accounts, 1)}

    def found(*accounts: str | None) -> list[tuple[str, str]]:
        every = document(tmp_path, sheets(*accounts))["findings"]
        return [(each["sheet"], each["outcome"]) for each in every if each["rule"] == "pay.person.account"]

    assert found("6217001", "6217001") == []
    assert found("6217001", "6217002") == [("2026年2月", "advice")]
    assert found("6217001", None, "6217002") == [("2026年3月", "advice")]
    assert found("6217001", "6217002", "6217002") == [("2026年2月", "advice")]


@pytest.mark.parametrize(
    ("first", "second", "outcome"),
    [
        ((GOOD, "a1", "王甲"), (GOOD, "a1", "王甲"), "A3 person.twice violated"),
        ((None, "a1", "王甲"), (None, "a1", "王甲"), "A3 person.twice violated"),
        ((None, None, "王甲"), (None, None, "王甲"), "A3 person.twice undetermined"),
        ((GOOD, None, "王甲"), (None, None, "王甲"), "A3 person.twice undetermined"),
        ((GOOD, None, "王甲"), (OTHER, None, "王甲"), None),
        ((None, None, "王甲"), (None, None, "王乙"), None),
    ],
)
def test_who_stands_twice_in_a_month(tmp_path: Path, first: Any, second: Any, outcome: str | None) -> None:
    """By number or code it is sure; by the name alone it may be two people."""
    rows = [["身份证号", "工号", *HEAD], [*first, 3000, 3000], [*second, 3000, 3000]]
    assert told(tmp_path, rows, "person.twice") == ([outcome] if outcome else [])
    assert told(tmp_path, rows, "person.twice", month="表") == ([outcome] if outcome else [])


@pytest.mark.parametrize(
    ("title", "day", "outcome"),
    [
        ("入职日期", date(2026, 1, 31), None),
        ("入职日期", date(2026, 2, 1), "violated"),
        ("离职日期", date(2026, 1, 1), "violated"),
        ("离职日期", date(2026, 1, 2), None),
        ("离职日期", date(2001, 1, 1), "violated"),
        ("离职日期", date(2000, 12, 31), None),
        ("发放日期", date(2025, 12, 31), "violated"),
        ("发放日期", date(2026, 1, 1), None),
        ("发放日期", date(2026, 2, 28), None),
        ("发放日期", date(2026, 3, 1), "violated"),
        ("发放日期", "下旬", "undetermined"),
        ("发放日期", "—", None),
        ("发放日期", None, None),
    ],
)
def test_dates_fit_the_month_that_is_paid(tmp_path: Path, title: str, day: Any, outcome: str | None) -> None:
    found = told(tmp_path, [[title, *HEAD], [day, *PAID]], "date")
    assert found == ([f"A2 date {outcome}"] if outcome else [])


@pytest.mark.parametrize(
    ("heading", "value", "said"),
    [
        ("个人所得税", -1, "预扣预缴没有负数"),
        ("实发工资", -1, "扣款超过应发"),
        ("基本工资", -1, "不能小于0"),
        ("养老保险", -1, "不能小于0"),
        ("社保缴费基数", -1, "不能小于0"),
        ("实发工资", 0, None),
        ("补发工资", -1, None),
        ("绩效调整", -1, None),
        ("事假扣款", -1, None),
        ("工会费", -1, None),
        ("神秘数", -1, None),
        ("专项附加扣除", -1, None),
    ],
)
def test_what_may_not_be_below_zero_says_why(tmp_path: Path, heading: str, value: float, said: str | None) -> None:
    rows = [["姓名", "应发合计", "岗位工资", heading], ["王甲", 3000, 1000, value], ["王乙", 3000, 1000, 5]]
    found = [each["message"] for each in document(tmp_path, {"2026年1月": rows})["findings"] if each["rule"] == "pay.value.negative"]  # fmt: skip
    assert len(found) == bool(said)
    assert all(said in each for each in found if said)


@pytest.mark.parametrize(
    ("heading", "values", "found"),
    [
        ("出勤天数", (31, 0), []),
        ("出勤天数", (31.5, 0), ["D2 attendance violated"]),
        ("出勤天数", (-1, 0), ["D2 attendance violated"]),
        ("出勤天数", (20, 11), []),
        ("出勤天数", (20, 11.5), ["E2 attendance violated"]),
        ("应出勤天数", (31, 31), []),
        ("应出勤天数", (32, 0), ["D2 attendance violated"]),
        ("请假天数", (20, 20), []),
        ("缺勤天数", (20, 20), []),
        ("病假天数", (20, 20), ["E2 attendance violated"]),
        ("出勤天数", ("待定", 31), []),
    ],
)
def test_days_are_no_more_than_the_month_has(tmp_path: Path, heading: str, values: Sequence[Any], found: list[str]) -> None:  # fmt: skip
    """The second column is 事假天数; 请假 may be the sum of the kinds beside it."""
    rows = [[*HEAD, heading, "事假天数"], [*PAID, *values]]
    assert told(tmp_path, rows, "attendance") == found


@pytest.mark.parametrize(
    ("headings", "values", "outcome"),
    [
        ([], [], "undetermined"),
        (["应出勤天数", "实际出勤"], [22, 22], "violated"),
        (["应出勤天数", "实际出勤"], [22, 23], "violated"),
        (["应出勤天数", "实际出勤"], [22, 21.5], None),
        (["应出勤天数", "实际出勤"], [22, None], None),
        (["应出勤天数", "实际出勤"], [0, 0], "undetermined"),
        (["事假天数"], [0], "violated"),
        (["事假天数"], [None], "violated"),
        (["事假天数"], [0.5], None),
        (["事假天数"], ["待定"], "undetermined"),
        (["事假扣款"], [0], "undetermined"),
        (["事假扣款"], [100], None),
        (["事假天数", "入职日期"], [0, date(2026, 1, 31)], None),
        (["事假天数", "入职日期"], [0, date(2025, 12, 31)], "violated"),
        (["事假天数", "离职日期"], [0, date(2026, 1, 31)], None),
        (["事假天数", "离职日期"], [0, date(2026, 2, 1)], "violated"),
    ],
)
def test_less_than_the_minimum_wage_is_wrong_for_who_worked_the_whole_month(
    tmp_path: Path, headings: list[str], values: list[Any], outcome: str | None
) -> None:
    rows = [["姓名", "应发合计", *headings], ["王甲", 2199.99, *values], ["王乙", 2200, *values]]
    found = told(tmp_path, [[*row, *["实发工资"][:number == 0], *[2000][: number > 0]] for number, row in enumerate(rows)], "minimum_wage", options=["--minimum-wage=2200"])  # fmt: skip
    assert found == ([f"B2 minimum_wage {outcome}"] if outcome else [])


@pytest.mark.parametrize("gross", [None, "待定"])
def test_pay_that_is_not_a_number_is_not_compared_with_the_minimum_wage(tmp_path: Path, gross: Any) -> None:
    rows = [["姓名", "应发合计", "实发工资", "事假天数"], ["王甲", gross, 2000, 0], ["王乙", 2300, 2000, 0]]
    assert told(tmp_path, rows, "minimum_wage", options=["--minimum-wage=2200"]) == []


@pytest.mark.parametrize("extra", ["加班工资", "夜班津贴", "中班津贴", "高温津贴", "低温津贴", "防暑费", "降温费补贴", "井下津贴", "有毒有害津贴"])  # fmt: skip
def test_what_the_rules_leave_out_does_not_count_for_the_minimum_wage(tmp_path: Path, extra: str) -> None:
    def found(title: str) -> list[str]:
        rows = [["姓名", "基本工资", title, "应发合计", "实发工资", "事假天数"], ["王甲", 2199, 100, 2299, 2299, 0]]
        return told(tmp_path, rows, "minimum_wage", options=["--minimum-wage=2200"])

    assert found(extra) == ["D2 minimum_wage violated"]
    assert found("岗位津贴") == []


@pytest.mark.parametrize(
    ("texts", "meant"),
    [
        (["五险"], "contribution_total person"),
        (["三险一金"], "contribution_total person"),
        (["单位四险"], "contribution_total employer"),
        (["社保合计"], "contribution_total person"),
        (["保险小计"], "contribution_total person"),
        (["单位社保总额"], "contribution_total employer"),
        (["保险"], "contribution social person"),
        (["社会保险"], "contribution social person"),
        (["意外"], "contribution extra person"),
        (["补充医疗"], "contribution extra person"),
        (["企业养老"], "contribution pension employer"),
        (["公司医疗"], "contribution medical employer"),
        (["财政失业"], "contribution unemployment employer"),
        (["单位代扣养老"], "contribution pension person"),
        (["单位本人养老"], "contribution pension person"),
        (["单位部分", "养老"], "contribution pension employer"),
        (["单位缴纳", "个人养老"], "contribution pension employer"),
        (["个人缴纳部分", "小计"], "contribution_total person"),
        (["代扣款项", "个人承担", "合计"], "contribution_total person"),
        (["企业", "总额"], "contribution_total employer"),
        (["四险"], "contribution_total person"),
        (["应发工资", "合计"], "gross"),
        (["考勤", "事假"], "absence_days"),
        (["扣款", "事假"], "absence"),
        (["事假"], "leave"),
        (["迟到扣款"], "absence"),
        (["扣早退"], "absence"),
        (["电费"], "deduction"),
        (["生育补贴"], "earning"),
        (["社保奖"], "earning"),
    ],
)
def test_whose_contribution_a_heading_means_and_whether_it_is_a_sum(texts: list[str], meant: str) -> None:
    found = heading(0, [plain(text) for text in texts])
    assert " ".join(filter(None, (found.role, found.code, found.side))) == meant


@pytest.mark.parametrize(("people", "named"), [(10, "O"), (11, "P")])
def test_cells_with_less_tax_are_named_up_to_ten(tmp_path: Path, people: int, named: str) -> None:
    """Nobody's special deductions are written: told once for the sheet."""
    rows = [["姓名", "应发合计", "个人所得税", "实发工资"], *(["王" + "甲乙丙丁戊己庚辛壬癸子"[place], 8000, 0, 8000] for place in range(people))]  # fmt: skip
    (found,) = (each for each in document(tmp_path, {"2026年1月": rows})["findings"] if each["rule"] == "pay.tax")
    cells = "、".join(f"C{row}" for row in range(2, 12))
    assert f"{cells}{'等11格' if people == 11 else ''}少于" in found["message"]
    assert found["facts"]["count"] == str(people)


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("社保缴费基数", "社保缴费基数"),
        ("公积金基数", "公积金缴存基数"),
        ("应发合计", "应发合计"),
        ("扣款合计", "扣款合计"),
        ("个人所得税", "个人所得税"),
        ("专项附加扣除", "专项附加扣除"),
        ("出勤天数", "出勤天数"),
        ("身份证号", "身份证号"),
        ("银行卡号", "银行账号"),
        ("入职日期", "入职日期"),
        ("养老个人", "养老保险（个人）"),
        ("养老单位", "养老保险（单位）"),
        ("医疗单位", "医疗保险（单位）"),
        ("失业个人", "失业保险（个人）"),
        ("工伤单位", "工伤保险（单位）"),
        ("公积金单位", "住房公积金（单位）"),
    ],
)
def test_a_column_that_no_sheet_has_is_named_and_one_that_is_there_is_not(
    tmp_path: Path, heading: str, label: str
) -> None:
    def missing(*more: str) -> list[str]:
        rows = [["姓名", "实发工资", "基本工资", *more], ["王甲", 3000, 3000, *[1] * len(more)]]
        return list(document(tmp_path, {"2026年1月": rows})["not_covered"])

    assert set(missing()) - set(missing(heading)) == {label}
    assert "工伤保险（个人）" not in missing()


@pytest.mark.parametrize(
    ("bases", "lacking"),
    [
        (["社保基数"], {"公积金缴存基数"}),
        (["养老基数", "公积金基数"], set()),
        (["医保基数"], {"社保缴费基数", "公积金缴存基数"}),
        (["公积金基数"], {"社保缴费基数"}),
        ([], {"社保缴费基数", "公积金缴存基数"}),
    ],
)
def test_a_base_of_one_insurance_is_a_base(tmp_path: Path, bases: list[str], lacking: set[str]) -> None:
    rows = [[*HEAD, *bases], [*PAID, *[5000] * len(bases)]]
    assert {each for each in document(tmp_path, {"2026年1月": rows})["not_covered"] if "基数" in each} == lacking


def test_the_copys_list_leads_to_the_cells_and_keeps_text_text(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "核对结果"
    for row in (HEAD, ["王甲", 3000, -1]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "表.xlsx")
    result = CliRunner().invoke(app, ["pay", "check", str(tmp_path / "表.xlsx"), f"--xlsx={tmp_path / '副本.xlsx'}"])
    assert result.exit_code == 1
    told_ = openpyxl.load_workbook(tmp_path / "副本.xlsx")
    assert told_.sheetnames == ["核对结果1", "核对结果"]
    listed = {(row[1].value, row[5].value, row[1].hyperlink.target if row[1].hyperlink else None) for row in told_["核对结果1"].iter_rows(min_row=2)}  # fmt: skip
    assert ("C2", "不符合", "#'核对结果'!C2") in listed
    assert {link for cell, _, link in listed if cell is None} == {None}
    assert told_["核对结果"]["B2"].comment is None
