"""How the sums of a sheet are found from its rows, and which of them are told: of a row, and of a column."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from fujing.law.pay.workbook.sums import Parts, Ways, ways
from tests.law.pay.workbooks.sheets import MONTH, cells, found, understood_as

NAMES = ["王甲", "王乙", "王丙", "王丁", "王戊", "王己", "王庚", "王辛"]


def sheet(headings: str, *rows: Sequence[Any]) -> list[list[Any]]:
    return [["姓名", *headings.split()], *([name, *row] for name, row in zip(NAMES, rows, strict=False))]


def ways_of(*sheets: list[list[Any]]) -> Ways:
    (alike,) = ways(understood_as({f"2026年{number}月": each for number, each in enumerate(sheets, 1)}).tables)
    return alike


def parts(found_: Parts | None) -> str:
    return "不知" if found_ is None else " ".join(f"{'+' if sign > 0 else '-'}{each.title}" for each, sign in found_)


@pytest.mark.parametrize(
    ("headings", "rows", "sums"),
    [
        ("基本 绩效 应发合计 实发", [(10, 5, 15, 15)], {"应发合计": "+基本 +绩效", "实发": "+应发合计"}),
        ("基本 绩效 实发", [(10, 5, 15)], {"实发": "+基本 +绩效"}),
        ("应发合计 工会费 实发", [(15, 1, 14)], {"实发": "+应发合计 -工会费"}),
        # What is kept for absence may be taken before the sum, after it, or stand there without being taken.
        ("基本 事假扣款 应发合计 实发", [(10, 2, 8, 8)], {"应发合计": "+基本 -事假扣款", "实发": "+应发合计"}),
        ("基本 事假扣款 应发合计 实发", [(10, -2, 8, 8)], {"应发合计": "+基本 +事假扣款", "实发": "+应发合计"}),
        ("基本 事假扣款 应发合计 实发", [(10, 2, 10, 8)], {"应发合计": "+基本", "实发": "+应发合计 -事假扣款"}),
        ("基本 应发合计 事假扣款 实发", [(10, 10, 2, 8)], {"应发合计": "+基本", "实发": "+应发合计 -事假扣款"}),
        ("基本 应发合计 事假扣款 实发", [(10, 8, 2, 8)], {"应发合计": "+基本 -事假扣款", "实发": "+应发合计"}),
        ("基本 事假扣款 应发合计 病假扣款 实发", [(10, 2, 7, 3, 5)], {"应发合计": "+基本 -病假扣款", "实发": "+应发合计 -事假扣款"}),
        ("基本 工会费 应发合计 实发", [(10, 2, 8, 8)], {"应发合计": "+基本 -工会费", "实发": "+应发合计"}),
        ("基本 工会费 应发合计 实发", [(10, 2, 10, 8)], {"应发合计": "+基本", "实发": "+应发合计 -工会费"}),
        ("基本 应发合计 工会费 实发", [(10, 8, 2, 8)] , {"应发合计": "+基本", "实发": "+应发合计 -工会费"}),
        # What is earned behind the sum may be within it.
        ("基本 应发合计 夜班津贴 实发", [(10, 10, 3, 13)], {"应发合计": "+基本", "实发": "+应发合计 +夜班津贴"}),
        ("基本 应发合计 夜班津贴 实发", [(10, 13, 3, 13)], {"应发合计": "+基本 +夜班津贴", "实发": "+应发合计"}),
        # An item that nobody knows is added, left out or taken off, as most rows have it.
        ("基本 神秘 应发合计 实发", [(10, 3, 13, 13)], {"应发合计": "+基本 +神秘", "实发": "+应发合计"}),
        ("基本 神秘 应发合计 实发", [(10, 3, 10, 10)], {"应发合计": "+基本", "实发": "+应发合计"}),
        ("基本 神秘 应发合计 实发", [(10, 3, 7, 7)], {"应发合计": "+基本 -神秘", "实发": "+应发合计"}),
        ("基本 应发合计 神秘 实发", [(10, 10, 3, 7)], {"应发合计": "+基本", "实发": "+应发合计 -神秘"}),
        ("基本 应发合计 神秘 实发", [(10, 10, 3, 13)], {"应发合计": "+基本", "实发": "+应发合计 +神秘"}),
        ("基本 应发合计 神秘 实发", [(10, 10, 3, 10)], {"应发合计": "+基本", "实发": "+应发合计"}),
        ("基本 应发合计 实发 神秘", [(10, 10, 7, 3)], {"应发合计": "+基本", "实发": "不知"}),
        ("神秘 基本 实发", [(3, 10, 10)], {"实发": "+基本"}),
        # One that is written in words, even if some of them read as numbers, is no part of a sum.
        ("基本 神秘 应发合计 实发", [(10, "3", 10, 10), (10, "无数", 10, 10)], {"应发合计": "+基本", "实发": "+应发合计"}),
        # Deductions.
        ("应发合计 养老 个税 工会费 扣款合计 实发", [(20, 1, 2, 3, 6, 14)], {"扣款合计": "+工会费 +养老 +个税", "实发": "+应发合计 -养老 -个税 -工会费"}),
        ("应发合计 养老 个税 工会费 扣款合计 实发", [(20, 1, 2, 3, 5, 14)], {"扣款合计": "+工会费 +个税", "实发": "+应发合计 -养老 -个税 -工会费"}),
        ("应发合计 养老 个税 工会费 扣款合计 实发", [(20, 1, 2, 3, 4, 14)], {"扣款合计": "+工会费 +养老", "实发": "+应发合计 -养老 -个税 -工会费"}),
        ("应发合计 事假扣款 工会费 扣款合计 实发", [(20, 2, 3, 5, 15)], {"扣款合计": "+工会费 +事假扣款", "实发": "+应发合计 -事假扣款 -工会费"}),
        ("应发合计 事假扣款 工会费 扣款合计 实发", [(20, 2, 3, 3, 15)], {"扣款合计": "+工会费", "实发": "+应发合计 -事假扣款 -工会费"}),
        ("应发合计 扣款合计 实发", [(20, 5, 15)], {"实发": "+应发合计 -扣款合计"}),
        ("基本 实发 养老", [(20, 18, 2)], {"实发": "+基本 -养老"}),
        ("应发合计 养老单位 实发", [(20, 3, 20)], {"实发": "+应发合计"}),
        # Of a sum of contributions and its parts only one counts.
        ("应发合计 社保 养老 医疗 实发", [(20, 3, 2, 1, 17)], {"实发": "+应发合计 -养老 -医疗"}),
        ("应发合计 社保 公积金 实发", [(20, 3, 2, 15)], {"实发": "+应发合计 -社保 -公积金"}),
        ("应发合计 公积金 社保小计 实发", [(20, 2, 3, 15)], {"实发": "+应发合计 -社保小计 -公积金", "社保小计": "不知"}),
        ("应发合计 公积金 三险一金 实发", [(20, 2, 5, 15)], {"实发": "+应发合计 -三险一金", "三险一金": "不知"}),
        ("应发合计 养老 五险 实发", [(20, 3, 3, 17)], {"实发": "+应发合计 -养老", "五险": "+养老"}),
        ("应发合计 五险 实发", [(20, 3, 17)], {"实发": "+应发合计 -五险"}),
        # Sums of contributions.
        ("应发合计 养老 公积金 五险合计 实发", [(20, 1, 2, 3, 17)], {"实发": "+应发合计 -养老 -公积金", "五险合计": "+养老 +公积金"}),
        ("应发合计 养老 公积金 五险合计 实发", [(20, 1, 2, 1, 17)], {"实发": "+应发合计 -养老 -公积金", "五险合计": "+养老"}),
        ("应发合计 养老 公积金 五险合计 实发", [(20, 1, 2, 2, 17)], {"实发": "+应发合计 -养老 -公积金", "五险合计": "不知"}),
        ("应发合计 养老 大病 五险合计 实发", [(20, 1, 4, 1, 15)], {"实发": "+应发合计 -养老 -大病", "五险合计": "+养老"}),
        ("应发合计 养老 年金 五险合计 实发", [(20, 1, 4, 5, 15)], {"实发": "+应发合计 -养老 -年金", "五险合计": "+养老 +年金"}),
        ("应发合计 五险 社保合计 实发", [(20, 3, 3, 17)], {"实发": "+应发合计 -五险"}),
        ("应发合计 社保 医疗 实发", [(20, 3, 1, 19)], {"实发": "+应发合计 -医疗"}),
        ("应发合计 社保 失业 实发", [(20, 3, 1, 19)], {"实发": "+应发合计 -失业"}),
        *((f"应发合计 {kind} 五险 实发", [(20, 1, 1, 19)], {"实发": f"+应发合计 -{kind}", "五险": f"+{kind}"}) for kind in ("医疗", "失业", "社保", "工伤", "生育")),
        ("应发合计 养老 年金 大病 五险合计 实发", [(20, 1, 2, 4, 5, 13)], {"实发": "+应发合计 -养老 -年金 -大病", "五险合计": "+养老 +大病"}),
        ("应发合计 实发 单位养老 单位公积金 单位合计", [(20, 20, 2, 1, 3)], {"实发": "+应发合计", "单位合计": "+单位养老 +单位公积金"}),
        ("应发合计 实发 单位合计", [(20, 20, 3)], {"实发": "+应发合计"}),
    ],
)  # fmt: skip
def test_a_sum_is_of_what_most_rows_add_up(headings: str, rows: list[Sequence[Any]], sums: dict[str, str]) -> None:
    made = ways_of(sheet(headings, *rows))
    assert {way.total.title: parts(way.parts) for way in made.found} == sums


@pytest.mark.parametrize(
    ("headings", "row", "taxed", "person"),
    [
        ("基本 应发合计 实发", (10, 10, 10), "+应发合计", ""),
        ("基本 绩效 实发", (10, 5, 15), "+基本 +绩效", ""),
        ("基本 应发合计 夜班津贴 实发", (10, 10, 3, 13), "+应发合计 +夜班津贴", ""),
        ("基本 应发合计 夜班津贴 实发", (10, 13, 3, 13), "+应发合计", ""),
        ("基本 事假扣款 应发合计 实发", (10, 2, 8, 8), "+应发合计", ""),
        ("基本 应发合计 事假扣款 工会费 实发", (10, 10, 2, 1, 7), "+应发合计 -事假扣款", ""),
        ("应发合计 养老 公积金 个税 单位养老 实发", (10, 1, 1, 1, 1, 7), "+应发合计", "+养老 +公积金"),
        ("实发 个税", (10, 1), "", ""),
    ],
)
def test_what_is_taxed_and_what_is_free_of_tax(headings: str, row: Sequence[Any], taxed: str, person: str) -> None:
    made = ways_of(sheet(headings, row))
    assert (parts(made.taxed), parts(made.person)) == (taxed, person)


def test_a_column_of_a_section_of_earnings_is_earned_wherever_it_stands() -> None:
    rows = [
        ["姓名", "应发", "应发", "扣款", "实发"],
        ["姓名", "应发合计", "岗位", "工会费", "实发"],
        ["王甲", 10, 10, 1, 9],
    ]
    assert {way.total.title: parts(way.parts) for way in ways_of(rows).found} == {
        "应发·应发合计": "+应发·岗位",
        "实发": "+应发·应发合计 -扣款·工会费",
    }


@pytest.mark.parametrize(
    ("values", "sign"),
    [((2, 3), "-"), ((-2, -3), "+"), ((-2, 3), "-"), ((-2, 0.000001), "-"), ((-2, -3, 1), "+"), ((-2, 0, None), "+"), ((0, 0), "-"), (("-2", -3), "+")],
)  # fmt: skip
def test_a_deduction_that_most_rows_write_below_zero_is_added(values: Sequence[Any], sign: str) -> None:
    rows = [(10, value, None) for value in values]
    (way,) = ways_of(sheet("基本 工会费 实发", *rows)).found
    assert parts(way.usual) == f"+基本 {sign}工会费"


@pytest.mark.parametrize(
    ("netto", "way"),
    [
        ([7, 7, 7, 9], "+基本 -神秘"),
        ([7, 7, 9, 9], "不知"),
        ([13, 13, 7], "+基本 +神秘"),
        ([10, 13, 10, 13, 13], "+基本 +神秘"),
        ([10, 10, 10, None], "+基本"),
    ],
)
def test_a_way_fits_more_than_half_of_the_rows(netto: list[Any], way: str) -> None:
    """An empty sum is no row that could fit."""
    made = ways_of(sheet("基本 神秘 应发合计 实发", *((10, 3, each, 1) for each in netto)))
    assert parts(made.found[0].parts) == way


def test_of_ways_that_fit_as_many_rows_the_most_usual_is_taken() -> None:
    rows = [(10, 0, 10, 10), (10, 0, 10, 10), (10, 3, 99, 99)]
    assert parts(ways_of(sheet("基本 神秘 应发合计 实发", *rows)).found[0].parts) == "+基本 +神秘"


def test_tables_alike_are_judged_as_one() -> None:
    """The second sheet alone would add up otherwise; its headings say other things, and it is judged by itself."""
    many = sheet("基本 神秘 应发合计 实发", *[(10, 3, 13, 13)] * 3)
    few = sheet("基本 神秘 应发合计 实发", (10, 3, 10, 10))
    other = sheet("基本 神秘2 应发合计 实发", (10, 3, 10, 10))
    assert parts(ways_of(many, few).found[0].parts) == "+基本 +神秘"
    renamed = {
        MONTH: sheet("部门 基本 应发合计 实发", ("甲", 1, 1, 1)),
        "2026年2月": sheet("科室 基本 应发合计 实发", ("甲", 1, 1, 1)),
    }
    assert [len(each.tables) for each in ways(understood_as(renamed).tables)] == [2]
    both = ways(understood_as({"2026年1月": many, "2026年2月": other}).tables)
    assert [parts(each.found[0].parts) for each in both] == ["+基本 +神秘", "+基本"]


@pytest.mark.parametrize(("rows", "way"), [(799, "不知"), (800, "+基本 +神秘")])
def test_of_eight_hundred_rows_every_second_is_asked(rows: int, way: str) -> None:
    """Every second one has the unknown item in its sum: the first, the third and so on."""
    made = [["姓名", "基本", "神秘", "应发合计", "实发"]]
    made += [["王甲", 10, 3, 10 if at % 2 else 13 + (at % 4) * 5 * (rows == 799), 1] for at in range(rows)]
    assert parts(ways_of(made).found[0].parts) == way


def told(headings: str, *rows: Sequence[Any], rule: str = "sum") -> list[str]:
    return [f"{each} {found_.rule.removeprefix('pay.sum.')}" for found_ in found({MONTH: sheet(headings, *rows)}, rule) for each in cells([found_])]  # fmt: skip


PAID = "基本 绩效 工会费 实发"


@pytest.mark.parametrize(
    ("net", "outcome"),
    [(15, None), (15.004, None), (14.996, None), (15.005, "violated"), (15.004999, None), (14.995001, None), (0, "violated"), (14.995, "violated"), (None, "undetermined"), ("待定", None), ("１５", None)],
)  # fmt: skip
def test_a_sum_agrees_within_half_a_fen(net: Any, outcome: str | None) -> None:
    assert told(PAID, (10, 5, 0, net), (10, 5, 0, 15), (10, 5, 0, 15)) == [f"E2 {outcome} net"] * bool(outcome)


@pytest.mark.parametrize(
    ("first", "second", "net", "wrong"),
    [
        (10.001, 5, 15.006, False),
        (10.001, 5, 15.006001, True),
        (10.001, 5, 14.996, False),
        (10.001, 5, 14.995999, True),
        (10.001, 5.001, 15.012, False),
        (10.001, 5.001, 15.012001, True),
        (10, 5, 15.005, True),
        (10.001, 0.01, 10.016, False),
        (10.001, 0.01, 10.016001, True),
    ],
)
def test_digits_behind_the_fen_move_a_sum_by_half_of_one_each(
    first: float, second: float, net: float, wrong: bool
) -> None:
    assert told(PAID, (first, second, 0, net)) == ["E2 violated net"] * wrong


def test_a_sum_of_text_is_not_told_and_one_of_nothing_needs_none() -> None:
    assert told(PAID, (10, "待定", 0, 3), (10, 5, 0, 15)) == []
    assert told(PAID, (10, "５", 0, 3), (10, 5, 0, 15)) == ["E2 violated net"]
    assert told(PAID, (0, None, 0, None), (10, 5, 0, 15)) == []


def test_a_wrong_sum_says_what_it_is_of_and_by_how_much() -> None:
    (one,) = found(
        {MONTH: sheet("基本 绩效 应发合计 工会费 房租 实发", (10, 0, 10, 1, 2, 9), (10, 5, 15, 1, 2, 12))}, "sum"
    )
    assert one.message == "“实发”写9.00元，按 应发合计10.00 －工会费1.00 －房租2.00 应为7.00元，差2.00元"
    assert one.facts == {"printed": "9.00", "right": "7.00"}
    assert (one.cell, one.subject, one.month, one.provision) == ("G2", "王甲", "2026-01", "33")


def test_parts_of_nothing_are_not_shown() -> None:
    (one,) = found({MONTH: sheet(PAID, (10, 5, 0, 3), (10, 5, 0, 15))}, "sum")
    assert one.message == "“实发”写3.00元，按 基本10.00 ＋绩效5.00 应为15.00元，差-12.00元"


def test_an_empty_sum_says_what_it_should_be() -> None:
    (one,) = found({MONTH: sheet(PAID, (10, 5, 1, None), (10, 5, 1, 14))}, "sum")
    assert (one.cell, one.facts) == ("E2", {"right": "14.00"})


def test_another_way_than_the_usual_is_told_once_at_the_heading() -> None:
    def said(*row: Any, headings: str = "基本 神秘 应发合计 实发") -> list[str]:
        return [each.message for each in found({MONTH: sheet(headings, row, row), "2026年2月": sheet(headings, row, row)}, "sum")]  # fmt: skip

    assert said(10, 3, 10, 10) == ["待核实：多数人的“应发合计”不含神秘，按这种算法核对；是否应这样算，请核实"]
    assert said(10, 3, 7, 7) == []
    assert said(10, 3, 13, 13) == []
    late = said(10, 13, 3, 13, headings="基本 应发合计 夜班津贴 实发")
    assert late == ["待核实：多数人的“应发合计”含夜班津贴，按这种算法核对；是否应这样算，请核实"]
    both = said(10, 3, 8, 2, 8, headings="基本 神秘 应发合计 事假扣款 实发")
    assert both == ["待核实：多数人的“应发合计”不含神秘，含事假扣款，按这种算法核对；是否应这样算，请核实"]


@pytest.mark.parametrize(
    ("headings", "rows"),
    [
        ("基本 应发合计 神秘 实发", [(10, 10, 3, 7)]),
        ("基本 神秘 应发合计 实发", [(10, "3", 10, 10), (10, "无数", 10, 10)]),
        ("基本 神秘 应发合计 实发", [(10, None, 10, 10)]),
        ("基本 应发合计 实发 神秘", [(10, 10, 10, 3)]),
        ("神秘 基本 实发", [(3, 10, 10)]),
        ("个税 实发", [(1, 10)]),
    ],
)
def test_an_item_that_could_be_no_part_of_a_sum_is_not_told(headings: str, rows: list[Sequence[Any]]) -> None:
    assert told(headings, *rows) == []


def test_two_hundred_and_forty_three_ways_are_tried() -> None:
    """Five items that nobody knows, each added, left out or taken off; of six, those in which the first is added."""
    five = ways_of(sheet("基本 神一 神二 神三 神四 神五 应发合计 实发", (100, 1, 2, 4, 8, 16, 69, 69)))
    assert parts(five.found[0].parts) == "+基本 -神一 -神二 -神三 -神四 -神五"
    head = "基本 神一 神二 神三 神四 神五 神六 应发合计 实发"
    tried = ways_of(sheet(head, (100, 1, 2, 4, 8, 16, 32, 39, 39))).found[0]
    assert parts(tried.parts) == "+基本 +神一 -神二 -神三 -神四 -神五 -神六"
    not_tried = ways_of(sheet(head, (100, 1, 2, 4, 8, 16, 32, 162, 162))).found[0]
    assert parts(not_tried.parts) == "不知"


def test_the_same_headings_in_other_places_are_read_where_they_are() -> None:
    """A column of numbers more in front: the sums of the second sheet are its own."""
    first = sheet("基本 绩效 应发合计 工会费 实发", (10, 5, 15, 1, 14))
    second = [["序号", *first[0]], [1, *first[1]], [2, "王乙", 10, 5, 16, 1, 15]]
    assert cells(found({MONTH: first, "2026年2月": second}, "sum")) == ["2026年2月!E3 violated"]


def test_a_sum_whose_way_cannot_be_told_is_open_at_its_heading() -> None:
    rows = sheet("基本 神秘 应发合计 实发", (10, 3, 1, 1), (10, 3, 2, 2))
    (one,) = found({MONTH: rows, "2026年2月": rows}, "sum")
    assert (one.sheet, one.cell, one.rule, one.outcome) == (MONTH, "D1", "pay.sum.gross", "undetermined")
    assert one.message == "待核实：认不出“应发合计”由哪些列相加（试过基本、神秘），这一列没有核对"


@pytest.mark.parametrize(
    ("deductions", "net", "told_"),
    [(6, 14, []), (5, 14, ["E2 violated deductions"]), (5, 15, ["E2 violated deductions"]), (6, 13, ["F2 violated net"]), (5, 13, ["E2 violated deductions", "F2 violated net"])],
)  # fmt: skip
def test_what_follows_from_a_wrong_sum_of_deductions_is_not_told_again(deductions: int, net: int, told_: list[str]) -> None:  # fmt: skip
    rows = [(20, 2, 4, deductions, net), (20, 2, 4, 6, 14), (20, 2, 4, 6, 14)]
    assert told("应发合计 个税 工会费 扣款合计 实发", *rows) == told_


def test_a_sum_of_deductions_that_leaves_nothing_open_is_wrong_where_it_differs() -> None:
    assert told("应发合计 工会费 扣款合计 实发", (20, 4, 3, 16), (20, 4, 4, 16)) == ["D2 violated deductions"]
    assert told("应发合计 个税 扣款合计 实发", (20, 4, 3, 16), (20, 4, 4, 16)) == ["D1 undetermined deductions"]


def test_a_net_that_was_misread_says_nothing_by_the_sum_of_deductions() -> None:
    rows = [(20, 2, 4, 6, 1)] * 5
    assert told("应发合计 个税 工会费 扣款合计 实发", *rows) == ["F1 undetermined net"]


def test_deductions_outside_of_their_sum_still_count() -> None:
    """The sum leaves income tax out; net is reckoned from the sum and the tax."""
    rows = [(20, 2, 4, 3, 15), (20, 2, 4, 4, 14), (20, 2, 4, 4, 14)]
    assert told("应发合计 个税 工会费 扣款合计 实发", *rows)[1:] == ["E2 violated deductions"]
    rows[0] = (20, 2, 4, 3, 14)
    assert told("应发合计 个税 工会费 扣款合计 实发", *rows)[1:] == ["E2 violated deductions"]
    rows[0] = (20, 2, 4, 3, 16)
    assert told("应发合计 个税 工会费 扣款合计 实发", *rows)[1:] == ["E2 violated deductions", "F2 violated net"]


@pytest.mark.parametrize(("people", "known"), [(4, True), (5, False)])
def test_five_rows_of_which_none_agrees_were_misread(people: int, known: bool) -> None:
    first = ways_of(sheet("基本 绩效 工会费 实发", *[(10, 1, 1, 11)] * people, *[(10, 1, 1, None)] * 3)).found[0]
    assert (first.parts is not None) == known
    one_right = ways_of(sheet("基本 绩效 工会费 实发", *[(10, 1, 1, 11)] * people, (10, 1, 1, 10))).found[0]
    assert one_right.parts is not None


def test_something_was_withheld_and_no_column_says_what() -> None:
    assert told("基本 实发", (10, 9), (10, 10)) == ["C1 undetermined net"]
    assert told("基本 实发", (10, 10), (10, 10)) == []
    assert told("基本 实发", (10, 10), (10, 10), ("待定", 1), (10, "待定")) == []
    assert told("基本 实发", (10, 10), (10, 10), (10, None)) == ["C4 undetermined net"]
    assert told("基本 扣款合计 实发", (10, 1, 8), (10, 0, 10)) == ["D2 violated net"]
    assert told("基本 工会费 实发", (10, 1, 8), (10, 0, 10)) == ["D2 violated net"]


# Sums of columns.


def column(*rows: Sequence[Any], headings: Sequence[str] = ("部门", "姓名", "应发合计", "实发工资")) -> list[str]:
    return cells(found({MONTH: [headings, *rows]}, "sum.column", "sum.headcount"))


A, B, C = ["甲队", "王甲", 10, 10], ["甲队", "王乙", 20, 20], ["乙队", "王丙", 40, 40]


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ([A, B, ["合计", None, 30, 30]], []),
        ([A, B, ["合计", None, 30, 31]], ["D4 violated"]),
        ([A, B, ["合计", None, 30, 30.004]], []),
        ([A, B, ["合计", None, 30, 30.005]], ["D4 violated"]),
        ([A, B, ["合计", None, 30, None]], []),
        ([A, B, ["小计", None, 30, 30], C, ["小计", None, 40, 40], ["合计", None, 70, 70]], []),
        ([A, B, ["小计", None, 30, 30], C, ["小计", None, 41, 40], ["合计", None, 70, 70]], ["C6 violated"]),
        ([A, B, ["小计", None, 30, 30], C, ["小计", None, 70, 70]], []),
        ([A, B, ["小计", None, 30, 30], C, ["小计", None, 70, 71]], ["D6 violated"]),
        ([A, B, ["小计", None, 30, 30], C, ["合计", None, 40, 40]], []),
        ([A, B, ["小计", None, 30, 30], C, ["合计", None, 1, 1]], ["C6 violated", "D6 violated"]),
        ([A, B, ["小计", None, 40, 40], C], ["C4 violated", "D4 violated"]),
        ([A, B, ["合计", None, 0, 30]], ["C4 violated"]),
        ([["合计", None, 70, 70], A, B, C], []),
        ([["合计", None, 70, 71], A, B, C], ["D2 violated"]),
        ([["合计", None, 1, 1]], []),
        ([A, ["甲队", "王乙", "待定", 20], ["合计", None, 10, 31]], ["D4 violated"]),
        ([A, ["甲队", "王乙", "２０", 20], ["合计", None, 30, 30]], []),
        ([A, ["甲队", "王乙", "２０", 20], ["合计", None, 10, 30]], ["C4 violated"]),
        ([A, ["甲队", "王乙", 0, None], ["合计", None, 10, 10]], []),
        ([A, B, ["累计", None, 1, 1]], ["A4 undetermined"]),
        ([A, B, [None, "本年 累计", 1, 1]], ["B4 undetermined"]),
        ([A, B, ["合计", None, "３０", 30]], []),
    ],
)
def test_a_row_of_sums_is_of_the_people_above_or_below_it(rows: list[list[Any]], wrong: list[str]) -> None:
    assert column(*rows) == wrong


@pytest.mark.parametrize(
    ("first", "second", "total", "wrong"),
    [(10.001, 20, 30.006, False), (10.001, 20, 30.0061, True), (10.001, 20.001, 30.012, False), (10.001, 20.001, 30.0121, True), (10, 20, 30.005, True)],
)  # fmt: skip
def test_digits_behind_the_fen_move_the_sum_of_a_column(first: float, second: float, total: float, wrong: bool) -> None:
    rows = [["王甲", first, 1], ["王乙", second, 1], ["合计", total, 2]]
    assert column(*([None, *row] for row in rows)) == ["C4 violated"] * wrong


def test_a_wrong_row_of_sums_says_of_how_many_people() -> None:
    (one,) = found({MONTH: [["部门", "姓名", "应发合计", "实发工资"], A, B, ["小计", None, 30, 31], C, ["合计", None, 70, 70]]}, "sum.column")  # fmt: skip
    assert one.message == "“小计”的“实发工资”写31.00，2人相加为30.00，差1.00"
    assert (one.subject, one.facts) == ("小计", {"printed": "31.00", "right": "30.00"})
    for word, right in (("小计", "40.00"), ("合计", "70.00")):
        rows = [["部门", "姓名", "应发合计", "实发工资"], A, B, ["小计", None, 30, 30], C, [word, None, 1, 1]]
        assert [each.facts["right"] for each in found({MONTH: rows}, "sum.column")] == [right, right]
    (nothing,) = found({MONTH: [["姓名", "应发合计", "实发工资"], ["王甲", 1, 1], ["合计", 0, 1]]}, "sum.column")
    assert nothing.facts == {"printed": "0.00", "right": "1.00"}
    (open_,) = found({MONTH: [["姓名", "应发合计", "实发工资"], ["王甲", 1, 1], ["累计", 1, 1]]}, "sum.column")
    assert (open_.subject, open_.message) == ("累计", "待核实：“累计”跨几个月，没有核对")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("共2人", False),
        ("共3人", True),
        ("共计：3人", True),
        ("合计（3人", True),
        ("实有3人", True),
        ("人数：3人", True),
        ("人数：3", True),
        ("人数：2", False),
        ("本月新增3人", False),
        ("共3", False),
    ],
)
def test_a_head_count_is_of_the_people_there_are(text: str, wrong: bool) -> None:
    rows = [["姓名", "应发合计", "实发工资"], ["王甲", 1, 1], ["王乙", 1, 1], [f"备注：{text}"]]
    assert cells(found({MONTH: rows}, "sum.headcount")) == ["A4 violated"] * wrong
    above = [[text, None, None], *rows[:-1]]
    assert cells(found({MONTH: above}, "sum.headcount")) == ["A1 violated"] * wrong


@pytest.mark.parametrize(
    ("first", "second", "wrong"),
    [("小计2人", "小计1人", []), ("小计3人", "小计1人", ["A4 violated"]), ("小计2人", "小计3人", ["A6 violated"]), ("小计2人", "累计3人", ["A6 undetermined"])],
)  # fmt: skip
def test_a_head_count_in_a_row_of_sums_is_of_its_people(first: str, second: str, wrong: list[str]) -> None:
    assert column(A, B, [first, None, 30, 30], C, [second, None, 40, 40]) == wrong


def test_a_head_count_of_nobody_is_left_alone_and_one_of_people_may_count_them_once() -> None:
    assert column(["合计5人", None, 1, 1]) == []
    twice = [["姓名", "应发合计", "实发工资"], ["王甲", 1, 1], ["王甲", 1, 1], ["王乙", 1, 1]]
    for heads, wrong in ((3, []), (2, []), (1, ["A5 violated"])):
        assert cells(found({MONTH: [*twice, [f"备注：共{heads}人"]]}, "sum.headcount")) == wrong
    (one,) = found({MONTH: [*twice, ["备注：共4人"]]}, "sum.headcount")
    assert one.facts == {"printed": "4", "right": "3"}
