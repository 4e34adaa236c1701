"""Months of people: insurance that stops or never begins, people who vanish, sheets that are missing or say two months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tests.law.pay.workbooks.sheets import found, understood_as

HEAD = ["姓名", "应发合计", "养老个人", "养老单位", "实发工资", "入职日期", "离职日期"]
Sheets = dict[str, list[list[Any]]]


def sheets(*months: Sequence[Any] | None, year: str = "2026年", first: int = 1) -> Sheets:
    """王甲 in each month by own contribution, or by gross and both; another is always there and insured."""
    made: Sheets = {}
    for number, each in enumerate(months, first):
        rows = [] if each is None else [["王甲", *each]]
        made[f"{year}{number}月"] = [HEAD, ["王乙", 3000, 240, 480, 2760], *rows]
    return made


def pays(*amounts: Any, hired: Any = None) -> Sheets:
    return sheets(*(None if each == "不在" else (3000, each, each, 2000, hired) for each in amounts))


def told(made: Sheets, rule: str) -> list[str]:
    return [
        f"{each.sheet.removeprefix('2026年') if each.sheet else None}!{each.cell} {each.outcome}"
        for each in found(made, rule)
    ]


@pytest.mark.parametrize(
    ("amounts", "hired", "wrong"),
    [
        ((240, 240, 240), None, []),
        ((240, 0, 240), None, ["2月!C3 violated"]),
        ((240, None, 240), None, ["2月!C3 violated"]),
        ((240, 240, 0), None, ["3月!C3 violated"]),
        ((240, 0, 0), None, ["2月!C3 violated", "3月!C3 violated"]),
        ((240, 0, 240), date(2026, 2, 1), ["2月!C3 violated"]),
        ((240, "待定", 240), None, []),
        ((240, "２４０", 240), None, []),
        ((240, 0.000001, 240), None, []),
        (("待定", 0), None, ["2月!C3 undetermined"]),
        # Nobody knows when somebody came: at the latest in the first month that is paid, thirty days before the third.
        ((0,), None, ["1月!C3 undetermined"]),
        ((0, 0), None, ["1月!C3 undetermined", "2月!C3 undetermined"]),
        ((0, 0, 0), None, ["1月!C3 undetermined", "2月!C3 undetermined", "3月!C3 violated"]),
        ((0, 240), None, ["1月!C3 undetermined"]),
        ((0, 0, 240), None, ["1月!C3 undetermined", "2月!C3 undetermined"]),
        ((0, 0, 0, 240), None, ["1月!C3 undetermined", "2月!C3 undetermined", "3月!C3 violated"]),
        (("不在", 0, 0, 0), None, ["2月!C3 undetermined", "3月!C3 undetermined", "4月!C3 violated"]),
        ((0, "不在", 0), None, ["1月!C3 undetermined", "3月!C3 violated"]),
        # By the day on which somebody was hired.
        ((0,), date(2025, 12, 1), ["1月!C3 undetermined"]),
        ((0,), date(2025, 11, 30), ["1月!C3 violated"]),
        ((0, 0, 0), date(2026, 1, 20), ["1月!C3 undetermined", "2月!C3 undetermined", "3月!C3 violated"]),
        ((0, 0, 240), date(2025, 1, 20), ["1月!C3 violated", "2月!C3 violated"]),
    ],
)  # fmt: skip
def test_who_is_paid_is_insured(amounts: Sequence[Any], hired: Any, wrong: list[str]) -> None:
    assert told(pays(*amounts, hired=hired), "contribution.missing") == wrong


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ((0, 0, 0, 10), []),
        ((None, 0, 0, 10), []),
        ((-1, 0, 0, 10), []),
        (("待定", 0, 0, 10), []),
        ((0.000001, 0, 0, 10), ["2月!C3 violated"]),
        ((3000, 0, 480, 10), []),
        ((3000, 240, 0, 10), []),
        ((3000, 0, "待定", 10), []),
        ((3000, "待定", 0, 10), []),
    ],
)
def test_who_is_not_paid_or_covered_by_one_side_is_not_told(row: Sequence[Any], wrong: list[str]) -> None:
    made = sheets((3000, 240, 480, 10), row, (3000, 240, 480, 10))
    assert told(made, "contribution.missing") == wrong


def test_pay_is_the_gross_or_else_the_net_and_a_month_unpaid_begins_nothing() -> None:
    head = ["姓名", "基本工资", "养老", "实发"]
    made = {f"2026年{number}月": [head, ["王甲", 3000, own, net]] for number, (own, net) in enumerate([(240, 2760), (0, 3000), (0, 0)], 1)}  # fmt: skip
    assert told(made, "contribution.missing") == ["2月!C2 violated"]
    bare = {f"2026年{number}月": [["姓名", "基本工资", "养老"], ["王甲", 3000, own]] for number, own in enumerate([240, 0], 1)}  # fmt: skip
    assert told(bare, "contribution.missing") == []
    began = sheets((0, 0, 0, 0), (3000, 0, 0, 3000), (3000, 0, 0, 3000), (3000, 0, 0, 3000))
    assert told(began, "contribution.missing") == ["2月!C3 undetermined", "3月!C3 undetermined", "4月!C3 violated"]


@pytest.mark.parametrize("kind", ["社保", "养老保险", "医疗保险", "失业保险", "工伤保险单位", "公积金"])
def test_each_insurance_is_looked_at(kind: str) -> None:
    head = ["姓名", "应发合计", kind, "实发"]
    made = {f"2026年{number}月": [head, ["王甲", 3000, amount, 2000]] for number, amount in enumerate([240, 0], 1)}
    assert told(made, "contribution.missing") == ["2月!C2 violated"]


@pytest.mark.parametrize("kind", ["年金", "大病医疗", "生育保险"])
def test_what_not_everybody_has_is_not_missed(kind: str) -> None:
    head = ["姓名", "应发合计", kind, "实发"]
    made = {f"2026年{number}月": [head, ["王甲", 3000, amount, 2000]] for number, amount in enumerate([240, 0], 1)}
    assert told(made, "contribution.missing") == []


def test_a_sheet_without_the_column_says_nothing_of_the_insurance() -> None:
    made = pays(240, 240, 0)
    made["2026年2月"] = [["姓名", "应发合计", "实发"], ["王甲", 3000, 2000]]
    assert told(made, "contribution.missing") == ["3月!C3 violated"]


def test_what_is_missing_is_said_with_its_reason() -> None:
    def message(made: Sheets, place: int = 0) -> str:
        return found(made, "contribution.missing")[place].message

    assert message(pays(240, 0, 240)) == "2026-02没有缴养老保险，前后各月都缴了，属于断缴"
    assert message(pays(240, 0)) == "2026-02没有缴养老保险，以前各月缴了，属于断缴"
    late = message(pays(0, hired=date(2025, 11, 30)))
    assert late.startswith("2026-01没有缴养老保险，2025-11入职，已过30日办理期限（")
    assert message(pays(0, 0, 0), 2).startswith("2026-03没有缴养老保险，自2026-01起发工资，不知道入职日期，已过30日")
    assert (
        message(pays(0))
        == "待核实：2026-01没有缴养老保险，自2026-01起发工资，不知道入职日期，是否还在入职后30日办理期限内或者当月不缴，请核实"
    )
    (one,) = found(pays(240, 0), "contribution.missing")
    assert (one.provision, one.subject, one.remedy, one.facts) == ("34", "王甲", "补缴2026-02的养老保险", {"contribution": "养老保险"})  # fmt: skip
    assert found(pays(0), "contribution.missing")[0].provision == "34"


@pytest.mark.parametrize(
    ("there", "dates", "wrong"),
    [
        ("110", (), []),
        ("011", (), []),
        ("101", (), ["3月!A3 undetermined"]),
        ("1001", (), ["4月!A3 undetermined"]),
        ("10101", (), ["3月!A3 undetermined", "5月!A3 undetermined"]),
        ("101", (date(2026, 2, 28),), ["3月!A3 violated"]),
        ("101", (date(2026, 3, 1),), ["3月!A3 undetermined"]),
        ("1001", (date(2026, 3, 1),), ["4月!A3 undetermined"]),
        ("1001", (date(2026, 2, 1),), ["4月!A3 violated"]),
        ("101", (date(2025, 1, 1), date(2026, 2, 28)), ["3月!A3 undetermined"]),
        ("101", (date(2025, 1, 1), date(2026, 3, 1)), ["3月!A3 violated"]),
        ("1001", (date(2025, 1, 1), date(2026, 3, 31)), ["4月!A3 undetermined"]),
        ("1001", (date(2025, 1, 1), date(2026, 4, 1)), ["4月!A3 violated"]),
        ("101", (None, date(2026, 3, 1)), ["3月!A3 undetermined"]),
    ],
)
def test_who_vanishes_between_sheets_was_in_service_or_nobody_knows(there: str, dates: Any, wrong: list[str]) -> None:
    row = (3000, 240, 480, 2760, *dates)
    made = sheets(*(row if each == "1" else None for each in there))
    assert told(made, "month.missing") == wrong


def test_who_vanishes_is_told_with_the_months() -> None:
    row = (3000, 240, 480, 2760)
    (one,) = found(sheets(row, None, None, row), "month.missing")
    assert (one.facts, one.provision, one.subject) == ({"months": "2026-02、2026-03"}, "34", "王甲")
    assert one.message == "待核实：2026-02、2026-03的表里没有此人，2026-01和2026-04都有；是否在职、是否断缴，请核实"
    (sure,) = found(sheets(*((*row, date(2025, 1, 1)) if each else None for each in (1, 0, 1))), "month.missing")
    assert sure.message == "2026-02的表里没有此人，2026-01和2026-03都有，2025-01入职、其间没有离职"
    assert (sure.facts, sure.provision) == ({"months": "2026-02"}, "34")


@pytest.mark.parametrize(
    ("names", "lacking"),
    [
        (("2026年1月", "2026年2月"), []),
        (("2026年1月", "2026年3月"), ["没有2026-02至2026-03之前的工作表"]),
        (("2026年1月", "2026年3月", "2026年6月"), ["没有2026-02至2026-03之前的工作表", "没有2026-04至2026-06之前的工作表"]),
        (("2025年12月", "2026年1月"), []),
        (("2025年1月", "2026年1月"), ["没有2025-02至2026-01之前的工作表"]),
        (("1月", "2月"), []),
        (("1月", "4月"), ["没有2月至4月之前的工作表"]),
        (("2026年3月", "2026年2月", "2026年1月"), []),
    ],
)  # fmt: skip
def test_months_without_a_sheet_are_named(names: Sequence[str], lacking: list[str]) -> None:
    made = {name: [HEAD, ["王甲", 3000, 240, 480, 2760]] for name in names}
    findings = found(made, "month")
    assert [each.message.removeprefix("待核实：").removesuffix("，这段时间没有核对") for each in findings] == lacking
    assert all(each.cell is None and each.outcome == "undetermined" for each in findings)


def test_a_month_without_a_year_is_not_compared_with_one_that_has_it() -> None:
    head = ["月份", *HEAD]
    rows = [[month, "王甲", 3000, 240, 480, 2760] for month in ("1月", "2026年5月")]
    assert [each.rule for each in found({"2025年台账": [["2026年"], head, *rows]}, "month")] == []


@pytest.mark.parametrize(
    ("titles", "cell"),
    [
        ([["工资表", None, "2026年2月"]], "C1"),
        ([["2026年1月工资表"], ["制表", "2月"]], "B2"),
        ([["2026年2月"], ["2026年3月"]], "A1"),
        ([["2026年1月工资表", None, "1月"]], None),
        ([["2025年1月工资表"]], None),
    ],
)
def test_a_title_of_another_month_than_the_sheets_is_named_where_it_stands(titles: Any, cell: str | None) -> None:
    findings = found({"2026年1月": [*titles, HEAD, ["王甲", 3000, 240, 480, 2760]]}, "month")
    assert [each.cell for each in findings] == [cell] * bool(cell)


def test_titles_that_disagree_among_themselves_are_named() -> None:
    made = {"表": [["2026年2月工资表"], ["制表：", "2026年3月"], HEAD, ["王甲", 3000, 240, 480, 2760]]}
    (one,) = found(made, "month")
    assert (one.cell, one.month) == ("B2", "2026-02")
    assert one.message == "待核实：工作表“表”的标题写2026-03，与表名不一致，按2026-02核对"


@pytest.mark.parametrize(
    ("sheet", "titles", "month"),
    [
        ("1月", ["2026年1月"], "2026-01"),
        ("1月", ["2026年2月", "2026年1月"], "2026-01"),
        ("1月", ["2026年2月"], "2026-01"),
        ("表", ["2月", "2026年2月"], "2026-02"),
        ("表", ["2月", "2026年3月"], "2026-02"),
        ("2025年1月", ["2026年1月"], "2025-01"),
    ],
)
def test_the_year_of_a_sheet_is_that_of_its_month(sheet: str, titles: list[str], month: str) -> None:
    rows = [*([title] for title in titles), HEAD, ["王甲", 3000, 240, 480, 2760], ["合计", 3000]]
    (table,) = understood_as({sheet: rows}).tables
    assert [str(row.month) for row in table.rows] == [month, month]
    assert str(table.month) == month


def test_people_of_no_month_are_counted_once_for_their_sheet_and_not_laid_to_one_of_them() -> None:
    made: Sheets = {"表": [HEAD, ["王甲", 3000, 0, 0, 3000], ["王乙", 3000, 0, 0, 3000], ["合计", 6000]]}
    (one,) = found(made, "month")
    assert (one.sheet, one.cell, one.subject) == ("表", "A2", None)
    assert "有2人不知道是哪个月" in one.message
    own = {"表": [["月份", *HEAD], ["1月", "王甲", 3000], [None, "王乙", 3000]]}
    assert [each.cell for each in found(own, "month")] == ["A3"]
    assert [each.subject for each in found(own, "contribution.missing")] == ["王甲"]
