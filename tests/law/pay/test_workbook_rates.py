"""Rates, bases and both sides of contributions where a file would be too slow for so many rows."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from fujing.law.pay.workbook import Bounds, Figures
from fujing.law.pay.workbook.cells import MICRO
from fujing.law.pay.workbook.contributions import percent, times
from tests.law.pay.workbooks.sheets import MONTH, cells, found

NAMES = ["王甲", "王乙", "王丙", "王丁", "王戊", "王己"]


def sheet(headings: str, *rows: Sequence[Any]) -> list[list[Any]]:
    names = [*NAMES, *(f"李{number}" for number in range(len(rows)))]
    return [["姓名", *headings.split()], *([name, *row] for name, row in zip(names, rows, strict=False))]


def told(headings: str, *rows: Sequence[Any], rule: str = "contribution", figures: Figures | None = None) -> list[str]:
    return cells(found({MONTH: sheet(headings, *rows)}, rule, figures=figures))


@pytest.mark.parametrize(
    ("base", "rate", "right"),
    [(1, Fraction(1, 2), 1), (1, Fraction(1, 3), 0), (2, Fraction(1, 3), 1), (10, Fraction(1, 4), 3), (3, Fraction(2), 6), (100, Fraction(8, 100), 8)],
)  # fmt: skip
def test_a_part_is_to_the_nearest_millionth(base: int, rate: Fraction, right: int) -> None:
    assert times(base, rate) == right


def test_a_rate_is_said_in_percent() -> None:
    assert [percent(each) for each in (Fraction(8, 100), Fraction(4, 1000), Fraction(1), Fraction(13, 2000))] == ["8%", "0.4%", "100%", "0.65%"]  # fmt: skip


@pytest.mark.parametrize(
    ("paid", "wrong"),
    [
        (601, ["C2 undetermined", "C3 undetermined", "C4 undetermined"]),
        (601.01, ["C1 undetermined"]),
        (599, ["C2 undetermined", "C3 undetermined", "C4 undetermined"]),
        (598.99, ["C1 undetermined"]),
        (602.5, ["C1 undetermined"]),
        (604, ["C2 undetermined", "C3 undetermined", "C4 undetermined"]),
        (1, ["C1 undetermined"]),
    ],
)
def test_a_rate_is_found_from_amounts_within_a_yuan_of_it(paid: float, wrong: list[str]) -> None:
    """6 % of 10,000 are 600; 6.05 % are 605; 0.01 % is no rate."""
    assert told("社保基数 医疗单位", *[(10000, paid)] * 3) == wrong


def test_all_of_a_few_rows_are_asked_for_the_rate() -> None:
    rows = [(10000, 100 * rate) for rate in (6, 7, 6, 7, 7)]
    assert told("社保基数 医疗单位", *rows) == ["C2 undetermined", "C4 undetermined"]


def test_without_a_usual_way_of_cutting_amounts_are_rounded() -> None:
    """8 % of 4,250.30 are 340.024."""
    rows = [(4250.30, paid) for paid in (340.02, 340.03, 340.01, 340.04)]
    assert told("社保基数 养老8%", *rows) == ["C3 violated", "C4 violated", "C5 violated"]


@pytest.mark.parametrize(("base", "paid"), [(0.000001, 400), (5000, 0.000001)])
def test_the_least_base_and_amount_are_judged(base: float, paid: float) -> None:
    assert told("社保基数 养老8%", (base, paid), (5000, 400)) == ["C2 violated"]


@pytest.mark.parametrize("headings", ["社保基数 社保10%", "社保基数 大病1%", "补充医疗基数 补充医疗1%"])
def test_several_insurances_in_one_and_those_beside_are_not_judged(headings: str) -> None:
    assert told(headings, (5000, 7), (5000, 8)) == []


@pytest.mark.parametrize(("rows", "wrong"), [(799, range(0, 798, 2)), (800, range(1, 800, 2))])
def test_of_eight_hundred_rows_every_second_is_asked_for_the_rate(rows: int, wrong: range) -> None:
    """Every second pays 7 %, and one more of 799; of 800 only the first, the third and so on are asked, which pay 6 %."""
    amounts = [(10000, 600 if at % 2 == 0 and at < 800 - 2 * (rows == 799) else 700) for at in range(rows)]
    assert told("社保基数 医疗单位", *amounts) == [f"C{at + 2} undetermined" for at in wrong]


@pytest.mark.parametrize(("people", "wrong"), [(4, ["C2", "C3", "C4", "C5"]), (5, ["C1"]), (6, ["C1"])])
def test_a_column_of_which_nobody_pays_the_rate_was_misread(people: int, wrong: list[str]) -> None:
    assert [each.split()[0] for each in told("社保基数 养老8%", *[(5000, 300)] * people)] == wrong
    if people > 4:
        rows = [(5000, 300)] * people + [(5000, 400)]
        assert [each.split()[0] for each in told("社保基数 养老8%", *rows)] == [f"C{at + 2}" for at in range(people)]


@pytest.mark.parametrize(
    ("paid", "wrong"),
    [(347, False), (347.004, False), (347.005, True), (346.996, False), (346.995, True), (346.6664, False), (346.66, True), (346.6764, True), (346.6763, False), (346.6564, True), (346.6565, False)],
)  # fmt: skip
def test_where_most_are_cut_to_the_yuan_a_few_digits_more_are_still_right(paid: float, wrong: bool) -> None:
    """8 % of 4,333.33 are 346.6664, and 347 to the yuan."""
    rows = [(4333.33, paid), (5001.05, 400), (6777.77, 542), (4246.80, 340)]
    assert told("社保基数 养老8%", *rows) == ["C2 violated"] * wrong


def test_what_is_wrong_with_an_amount_is_said() -> None:
    def one(headings: str, *rows: Sequence[Any], figures: Figures | None = None) -> Any:
        (only,) = found({MONTH: sheet(headings, *rows)}, "contribution", figures=figures)
        return only

    printed = one("社保基数 养老8%", (5000, 399), (6000, 480), (7000, 560))
    assert printed.message == "养老保险（个人）写399.00元，社保基数5,000.00×8%应为400.00元，差-1.00元（表头写明）"
    assert (printed.facts, printed.provision) == ({"printed": "399.00", "right": "400.00", "rate": "8%"}, "34")
    common = one("社保基数 医疗单位", (5000, 299), (6000, 360), (7000, 420))
    assert common.message == "待核实：医疗保险（单位）写299.00元，本表多数人为基数的6%，按此应为300.00元；费率没有给出"
    assert (common.facts, common.provision, common.rule) == (
        {"printed": "299.00", "right": "300.00"},
        "34",
        "pay.contribution.employer",
    )
    given = Figures(rates={("medical", "employer"): Fraction(6, 100)}, source="川医保发")
    assert one("社保基数 医疗单位", (5000, 299), figures=given).message.endswith("差-1.00元（川医保发）")
    unsourced = Figures(rates=given.rates)
    assert one("社保基数 医疗单位", (5000, 299), figures=unsourced).message.endswith(
        "（核对时给出的数字，没有写明来源）"
    )
    law = one("社保基数 养老单位", (5000, 799))
    assert "×16%应为800.00元，差-1.00元（" in law.message
    assert "表头写明" not in law.message
    open_ = one("社保基数 医疗单位", (5000, 300), (5000, 400))
    assert open_.message == "待核实：医疗保险（单位）的费率没有给出，各人缴费与基数之比也不一致，没有核对"
    assert open_.provision == "34"
    misread = one("社保基数 养老8%", *[(5000, 300)] * 5)
    assert misread.message == "待核实：养老保险（个人）没有一个人是“社保基数”的8%，这一列没有核对"


def test_a_rate_given_for_one_side_is_not_that_of_the_other() -> None:
    given = Figures(rates={("medical", "employer"): Fraction(7, 100)})
    assert told("社保基数 医疗单位 医疗个人", (5000, 300, 100), (6000, 360, 120), figures=given) == [
        "C2 violated",
        "C3 violated",
    ]


def test_tables_of_all_months_show_the_rate_together() -> None:
    head = "社保基数 医疗单位"
    made = {MONTH: sheet(head, (5000, 350)), "2026年2月": sheet(head, (5000, 300), (6000, 360))}
    assert cells(found(made, "contribution.employer")) == ["C2 undetermined"]
    apart = made | {"2026年2月": sheet("社保基数 养老单位", (5000, 800))}
    assert found(apart, "contribution.employer") == []


@pytest.mark.parametrize(
    ("heading", "row", "wrong"),
    [
        ("公积金13%", (390, 1), "violated"),
        ("公积金13%", (0, 1), None),
        ("公积金13%", (None, 1), None),
        ("公积金13%", ("待定", 1), None),
        ("公积金13%", (0.000001, 1), "violated"),
        ("公积金12%", (390, 1), None),
        ("公积金", (390, 1), None),
        ("工伤单位3%", (390, 1), "undetermined"),
        ("工伤个人", (20, 1), "violated"),
        ("工伤个人0.4%", (0, 1), None),
        ("工伤个人0.4%", ("２０", 1), "violated"),
        ("养老13%", (390, 1), None),
    ],
)
def test_a_rate_beyond_the_laws_is_told_even_without_a_base(
    heading: str, row: Sequence[Any], wrong: str | None
) -> None:
    """As soon as anybody pays it."""
    assert told(f"{heading} 实发 应发合计", (*row, 1), (None, 1, 1), rule="contribution.rate") == [
        f"B1 {wrong}"
    ] * bool(wrong)


@pytest.mark.parametrize(
    ("sheet_", "heading", "wrong"),
    [
        ("2015年1月", "工伤单位3%", []),
        ("2026年1月", "工伤单位3%", ["B1 undetermined"]),
        ("2015年1月", "公积金13%", ["B1 violated"]),
        ("2019年4月", "养老单位", []),
        ("2019年5月", "养老单位", ["B2 violated"]),
    ],
)
def test_the_laws_rates_are_those_of_the_month(sheet_: str, heading: str, wrong: list[str]) -> None:
    """Before its law a rate is only what most rows come to; that of pension insurance is 16 % since May 2019."""
    rows = [["姓名", heading, "社保基数", "公积金基数"], ["王甲", 190, 1000, 1000]]
    rows[1][1] = 30 if "工伤" in heading else 130 if "公积金" in heading else 190
    made = found({sheet_: rows}, "contribution")
    assert [f"{each.cell} {each.outcome}" for each in made] == wrong


def test_the_bounds_of_rates_are_said_with_their_source() -> None:
    (one,) = found({MONTH: sheet("公积金基数 公积金13%", (1000, 130))}, "contribution")
    assert one.message.startswith("住房公积金（个人）按13%缴纳，应在5%至12%之间（")
    assert (one.facts, one.provision) == ({"rate": "13%"}, "34")
    (injury,) = found({MONTH: sheet("社保基数 工伤个人0.4%", (5000, 20))}, "contribution")
    assert (injury.provision, injury.remedy) == ("34", "退还个人缴纳的部分")


LIMITS = Figures(
    social=Bounds(4000 * MICRO, 20000 * MICRO), housing=Bounds(2000 * MICRO, 25000 * MICRO), source="川人社发"
)


@pytest.mark.parametrize(
    ("base", "cell", "wrong"),
    [
        ("社保基数", 3999.99, "floor"),
        ("社保基数", 20000.01, "ceiling"),
        ("养老基数", 3999.99, "floor"),
        ("失业基数", 20000.01, "ceiling"),
        ("工伤基数", 3999.99, "floor"),
        ("生育基数", 3999.99, "floor"),
        ("公积金基数", 1999.99, "floor"),
        ("公积金基数", 25000.01, "ceiling"),
        ("公积金基数", 2000, None),
        ("医保基数", 1, None),
        ("年金基数", 1, None),
        ("补充医疗基数", 90000, None),
    ],
)
def test_bases_are_bounded_by_their_kind(base: str, cell: float, wrong: str | None) -> None:
    made = found({MONTH: sheet(f"{base} 应发合计", (cell, 1), (5000, 1))}, "base", figures=LIMITS)
    assert [(each.cell, each.rule) for each in made] == [("B2", f"pay.base.{wrong}")] * bool(wrong)


def test_a_base_out_of_bounds_says_the_bound_and_what_to_do() -> None:
    low, high = found({MONTH: sheet("社保基数 应发合计", (3000, 1), (30000, 1))}, "base", figures=LIMITS)
    assert low.message == "“社保基数”3,000.00元，低于下限4,000.00元，应按4,000.00元缴纳（川人社发）"
    assert low.remedy == "基数改为4,000.00元，各项缴费重新计算，补缴差额"
    assert high.message == "“社保基数”30,000.00元，高于上限20,000.00元，应按20,000.00元缴纳（川人社发）"
    assert high.remedy == "基数改为20,000.00元，各项缴费重新计算，退还多缴"
    assert (low.facts, high.facts) == (
        {"printed": "3000.00", "right": "4000.00"},
        {"printed": "30000.00", "right": "20000.00"},
    )
    assert {low.provision, high.provision} == {"34"}


@pytest.mark.parametrize(
    ("headings", "row", "wrong"),
    [
        ("社保基数 养老8%", (None, 400), "B2"),
        ("社保基数 养老8%", (0, 400), "B2"),
        ("社保基数 养老8%", (None, None), None),
        ("社保基数 养老8%", (None, "４００"), "B2"),
        ("社保基数 养老8%", (None, 0.000001), "B2"),
        ("社保基数 养老8%", (None, "待定"), None),
        ("社保基数 养老8%", ("待定", 400), None),
        ("社保基数 公积金8%", (None, 400), None),
        ("公积金基数 公积金8%", (None, 400), "B2"),
        ("社保基数 大病", (None, 4), None),
        ("社保基数 年金", (None, 4), None),
    ],
)
def test_who_pays_has_a_base(headings: str, row: Sequence[Any], wrong: str | None) -> None:
    made = found({MONTH: sheet(f"{headings} 应发合计", (*row, 1), (5000, 400, 1))}, "base", figures=LIMITS)
    assert [(each.cell, each.provision, each.outcome.value) for each in made] == [(wrong, "34", "undetermined")] * bool(
        wrong
    )


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        (Figures(social=Bounds(1, None)), "没有给出当地社保缴费基数的上限"),
        (Figures(social=Bounds(None, 10**12)), "没有给出当地社保缴费基数的下限"),
        (Figures(), "没有给出当地社保缴费基数的下限和上限"),
        (Figures(social=Bounds(1, 10**12)), None),
    ],
)
def test_bounds_that_nobody_gave_are_told(figures: Figures, said: str | None) -> None:
    made = found({MONTH: sheet("社保基数 应发合计", (5000, 1))}, "base", figures=figures)
    assert [each.message for each in made] == [f"待核实：{said}，基数是否过低或者过高没有核对"] * bool(said)
    assert all(each.provision == "34" and each.cell is None for each in made)


@pytest.mark.parametrize(
    ("own", "theirs", "message"),
    [
        (240, 0, "住房公积金个人缴了240.00元，“公积金单位”没有缴；两方应同月缴纳"),
        (0, 250, "住房公积金单位缴了250.00元，“公积金个人”没有缴；两方应同月缴纳"),
        (-1, 250, "住房公积金单位缴了250.00元，“公积金个人”没有缴；两方应同月缴纳"),
        (240, 250, "待核实：住房公积金单位缴250.00元，个人缴240.00元，同一单位两方比例应相同（"),
    ],
)
def test_what_differs_between_the_two_sides_is_said(own: float, theirs: float, message: str) -> None:
    (one,) = found({MONTH: sheet("应发合计 公积金个人 公积金单位", (5000, own, theirs))}, "contribution.sides")
    assert one.message.startswith(message)
    assert one.facts == ({"printed": "250.00", "right": "240.00"} if own == 240 and theirs else {})
    assert one.provision == "34"


@pytest.mark.parametrize(
    ("own", "theirs", "cell"),
    [(0.000001, 0, "D2"), (0, 0.000001, "C2"), (None, 400, "C2"), (400, None, "D2"), (None, None, None), (0, None, None), (-1, 0, None), ("待定", 400, None), (400, "待定", None), (0, "待定", None)],
)  # fmt: skip
def test_the_side_that_does_not_pay_is_named(own: Any, theirs: Any, cell: str | None) -> None:
    made = told("应发合计 养老个人 养老单位", (5000, own, theirs), (5000, 1, 1), rule="contribution.sides")
    assert made == [f"{cell} violated"] * bool(cell)


def test_one_side_alone_in_a_sheet_has_no_other_to_differ_from() -> None:
    assert told("应发合计 养老个人 失业单位", (5000, 240, 0), rule="contribution.sides") == []
