"""Cumulative tax of a workbook, the income that Article 33 compares with, and what the rows don't tell of both."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from fujing.law.pay.workbook import Figures, Income
from fujing.law.pay.workbook.cells import MICRO
from fujing.law.pay.workbook.tax import taxed
from tests.law.pay.workbooks.sheets import cells, found

BRACKETS = [(100, 3, 0), (200, 10, 7), (None, 20, 27)]


@pytest.mark.parametrize(
    ("taxable", "tax"),
    [(0, 0), (100, 3), (100.01, 3), (100.05, 3.01), (200, 13), (200.05, 13.01), (1000, 173), (0.16, 0), (0.17, 0.01), (0.5, 0.02)],
)  # fmt: skip
def test_an_upper_bound_belongs_to_its_own_bracket(taxable: float, tax: float) -> None:
    assert taxed(round(taxable * MICRO), BRACKETS) == round(tax * MICRO)


HEAD = ["姓名", "应发合计", "养老", "专项附加扣除", "个人所得税", "实发工资"]
Months = dict[int, list[Sequence[Any]]]


def told(months: Months, head: Sequence[str] = HEAD, year: str = "2026年") -> list[str]:
    """Rows of each month: who, gross, own contribution, special deduction, tax."""
    sheets = {f"{year}{number}月": [head, *([*row, *[1000] * (len(head) - len(row))] for row in rows)] for number, rows in months.items()}  # fmt: skip
    return [f"{(each.sheet or '').removeprefix(year)}!{each.cell} {each.outcome}" for each in found(sheets, "tax")]


def one(*taxes: Any, gross: Any = 8000, own: Any = 500, special: Any = 1000, first: int = 1) -> Months:
    return {first + at: [("王甲", gross, own, special, tax)] for at, tax in enumerate(taxes)}


@pytest.mark.parametrize(
    ("months", "wrong"),
    [
        # 8000 − 5000 − 500 − 1000 = 1500 a month, of which 3 % are 45.
        (one(45, 45, 45), []),
        (one(45.01), ["1月!E2 violated"]),
        (one(44.99), ["1月!E2 violated"]),
        (one(45.009), []),
        (one(44.991), []),
        (one(None), ["1月!E2 violated"]),
        (one(0), ["1月!E2 violated"]),
        (one("４５"), ["1月!E2 undetermined"]),
        (one(45, "待定", 45), ["2月!E2 undetermined"]),
        (one(45, gross="待定"), ["1月!E2 undetermined"]),
        (one(45, own="待定"), ["1月!E2 undetermined"]),
        (one(45, special="待定"), ["1月!E2 undetermined"]),
        (one(45, special="１０００"), []),
        (one(None, gross=None), []),
        (one(1, gross=None), ["1月!E2 violated"]),
        # Too much in January: February takes it off, or goes on as if it hadn't been.
        (one(55, 35, 45), ["1月!E2 violated"]),
        (one(55, 45, 45), ["1月!E2 violated"]),
        (one(55, 40, 45), ["1月!E2 violated", "2月!E2 violated"]),
        (one(145, 0, 0, 35), ["1月!E2 violated"]),
        (one(145, 0, 1, 34), ["1月!E2 violated", "3月!E2 violated"]),
        # Nothing is due and nothing withheld.
        (one(0, 0, gross=6500), []),
        (one(0, 0.01, gross=6500), ["2月!E2 violated"]),
        # An unpaid January lowers February.
        ({1: [("王甲", 4000, 0, 0, 0)], 2: [("王甲", 7000, 0, 0, 30)]}, []),
        ({1: [("王甲", 4000, 0, 0, 0)], 2: [("王甲", 7000, 0, 0, 60)]}, ["2月!E2 violated"]),
        # From March on: as someone who began, or as 首次就业 from January.
        ({1: [("王乙", 1000, 0, 0, 0)], 2: [("王乙", 1000, 0, 0, 0)], **one(45, first=3)}, []),
        ({1: [("王乙", 1000, 0, 0, 0)], 2: [("王乙", 1000, 0, 0, 0)], **one(0, first=3)}, ["3月!E2 undetermined"]),
        ({1: [("王乙", 1000, 0, 0, 0)], 2: [("王乙", 1000, 0, 0, 0)], **one(20, first=3)}, ["3月!E2 undetermined"]),
        ({1: [("王乙", 1000, 0, 0, 0)], 2: [("王乙", 1000, 0, 0, 0)], **one(60, first=3)}, ["3月!E2 violated"]),
        ({1: [("王乙", 1000, 0, 0, 0)], **one(285, first=2, gross=21000)}, ["2月!E2 undetermined"]),
        ({1: [("王乙", 1000, 0, 0, 0)], **one(284.99, first=2, gross=21000)}, ["2月!E2 violated"]),
        # A month without somebody: whether it was unpaid nobody says.
        ({1: [("王甲", 8000, 500, 1000, 45)], 2: [("王乙", 1000, 0, 0, 0)], 3: [("王甲", 8000, 500, 1000, 45)]}, []),
        ({1: [("王甲", 8000, 500, 1000, 45)], 2: [("王乙", 1000, 0, 0, 0)], 3: [("王甲", 8000, 500, 1000, 0)]}, ["3月!E2 undetermined"]),
        # Half a fen of tax goes up, a millionth less doesn't.
        ({1: [("王甲", 5000.5, 0, 0, 0.02)]}, []),
        ({1: [("王甲", 5000.499999, 0, 0, 0.01)]}, []),
        # After a month that made the year's tax less than what was due before, it is still exact.
        ({1: [("王甲", 8000, 500, 1000, 55)], 2: [("王甲", 4000, 0, 0, 0)], 3: [("王甲", 8000, 500, 1000, 14.99)]}, ["1月!E2 violated", "3月!E2 violated"]),
        ({1: [("王甲", 8000, 500, 1000, 55)], 2: [("王甲", 4000, 0, 0, 0)], 3: [("王甲", 8000, 500, 1000, 15)]}, ["1月!E2 violated"]),
        # Twice in a month: whose tax it is can't be said.
        ({1: [("王甲", 8000, 500, 1000, 1), ("王甲", 8000, 500, 1000, 2)]}, []),
    ],
)  # fmt: skip
def test_tax_is_what_is_due_by_then_without_what_was_withheld(months: Months, wrong: list[str]) -> None:
    assert told(months) == wrong


def test_the_end_of_a_bracket_is_passed_within_the_year() -> None:
    """33,000 a month are taxable: 990 for January; 66,000 by February, 10 % less 2,520 are 4,080, less 990."""
    assert told(one(990, 3090, gross=39500)) == []
    assert told(one(990, 990, gross=39500)) == ["2月!E2 violated"]


def test_the_order_of_the_sheets_makes_no_difference() -> None:
    months = one(45, 45)
    assert told(dict(reversed(months.items()))) == []


@pytest.mark.parametrize(
    ("bonus", "tax", "outcome"),
    [(10000, 45, "undetermined"), (10000, 345, None), (0, 44, "violated"), (None, 44, "violated") ],
)  # fmt: skip
def test_a_yearly_bonus_may_be_taxed_by_itself(bonus: Any, tax: Any, outcome: str | None) -> None:
    head = ["姓名", "基本工资", "年终奖", "养老", "专项附加扣除", "个人所得税", "实发工资"]
    assert told({1: [("王甲", 8000, bonus, 500, 1000, tax)]}, head) == [f"1月!F2 {outcome}"] * bool(outcome)


def test_after_a_bonus_the_whole_year_is_open() -> None:
    head = ["姓名", "基本工资", "年终奖", "养老", "专项附加扣除", "个人所得税", "实发工资"]
    months: Months = {1: [("王甲", 8000, 10000, 500, 1000, 345)], 2: [("王甲", 8000, 0, 500, 1000, 44)]}
    assert told(months, head) == ["2月!F2 undetermined"]


@pytest.mark.parametrize(
    ("tax", "outcome"), [(44.99, "E1 undetermined"), (45, None), (45.01, "E2 violated"), (0, "E1 undetermined")]
)
def test_less_without_a_column_of_special_deductions_is_open_at_the_heading(tax: float, outcome: str | None) -> None:
    head = ["姓名", "应发合计", "养老", "工会费", "个人所得税", "实发工资"]
    assert told({1: [("王甲", 7000, 500, 0, tax)]}, head) == [f"1月!{outcome}"] * bool(outcome)


def test_no_column_of_special_deductions_is_none_of_them() -> None:
    head = ["姓名", "应发合计", "养老", "工会费", "个人所得税", "实发工资"]
    assert told({1: [("王甲", 5000.5, 0, 0, 0.02)]}, head) == []


def test_a_bonus_that_cannot_be_read_may_be_one() -> None:
    head = ["姓名", "年终奖", "应发合计", "专项附加扣除", "个人所得税", "实发工资"]
    assert told({1: [("王甲", "待定", 7500, 1000, 44), ("王乙", 0, 7500, 1000, 44), ("王丙", 0, 7500, 1000, 45)]}, head) == ["1月!E2 undetermined", "1月!E3 violated"]  # fmt: skip


def test_a_sheet_without_a_column_of_tax_is_not_judged() -> None:
    assert told({1: [("王甲", 9000)]}, ["姓名", "应发合计", "实发工资"]) == []
    assert told({1: [("王甲", 9000)]}, ["姓名", "个人所得税", "实发工资"]) == []


@pytest.mark.parametrize(
    ("gross", "own", "tax", "outcome"),
    [
        (5500, 500, 0, None),
        (5500, 500, None, None),
        (5500.01, 500, 0, "E1 undetermined"),
        (5500, 500, 0.01, "E2 undetermined"),
        (5500, 500, 0.000001, "E2 undetermined"),
        (5500, 500, -1, "E1 undetermined"),
        (5500, 500, "零", "E1 undetermined"),
        ("待定", 500, 0, "E1 undetermined"),
        (5500, "待定", 0, "E1 undetermined"),
        (8000, 500, 45, "E1 undetermined"),
    ],
)
def test_without_the_first_months_only_who_earns_too_little_has_surely_no_tax(
    gross: Any, own: Any, tax: Any, outcome: str | None
) -> None:
    row = ("王甲", gross, own, 0, tax)
    assert told({2: [row]}) == [f"2月!{outcome}"] * bool(outcome)
    assert told({1: [row]}, year="") == [f"1月!{outcome}"] * bool(outcome)


def test_months_behind_a_gap_are_open_and_those_before_it_judged() -> None:
    months = one(44, 45) | one(44, 45, first=4)
    assert told(months) == ["1月!E2 violated", "4月!E1 undetermined", "5月!E1 undetermined"]
    whole = one(*[45] * 12)
    assert told(whole) == []
    del whole[12]
    assert told(whole) == []


def test_two_years_are_two_years() -> None:
    sheets = {
        f"{year}年{month}月": [HEAD, ["王甲", 8000, 500, 1000, 45, 1]] for year in (2025, 2026) for month in (1, 2)
    }
    assert cells(found(sheets, "tax")) == []
    del sheets["2026年1月"]
    assert [(each.sheet, each.cell) for each in found(sheets, "tax")] == [("2026年2月", "E1")]


def test_what_is_open_says_why() -> None:
    def messages(months: Months, year: str = "2026年") -> list[str]:
        sheets = {f"{year}{number}月": [HEAD, *([*row, 1] for row in rows)] for number, rows in months.items()}
        return [each.message.removeprefix("待核实：") for each in found(sheets, "tax")]

    assert messages(one(45, 45, first=2)) == [
        "没有1月的工资表，2026-02有1人的累计预扣不能重算",
        "没有1月的工资表，2026-03有1人的累计预扣不能重算",
    ]
    assert messages(one(45) | one(45, first=3)) == ["没有2月的工资表，2026-03有1人的累计预扣不能重算"]
    assert messages(one(45), year="") == ["不知道是哪一年，1月有1人的累计预扣不能重算"]
    assert messages({2: [("王甲", 8000, 0, 0, 9), ("王乙", 8000, 0, 0, 9)]}) == [
        "没有1月的工资表，2026-02有2人的累计预扣不能重算"
    ]
    assert messages(one(3, first=2, gross=5500)) == [
        "本月应发减个人缴费不超过5,000元，“个人所得税”却有3.00元；没有1月的工资表，是否补扣以前的，请核实"
    ]
    assert (
        "累计应发16,000.00－5,000×2个月－个人缴费1,000.00－专项附加扣除2,000.00，已预扣45.00，应为45.00元"
        in messages(one(45, 44))[0]
    )
    started = {1: [("王乙", 1000, 0, 0, 0)], **one(0, first=2)}
    assert "按此应为45.00元；自2月起发工资，是否当年首次就业" in messages(started)[0]
    (lower,) = found({"2026年1月": [["姓名", "应发合计", "个人所得税", "实发工资"], ["王甲", 9000, 1, 1]]}, "tax")
    assert lower.facts == {"count": "1"}
    (wrong,) = found({"2026年1月": [HEAD, ["王甲", 8000, 500, 1000, 46, 1]]}, "tax")
    assert wrong.facts == {"printed": "46.00", "right": "45.00"}
    (none,) = found({"2026年1月": [HEAD, ["王甲", 4000, 0, 0, 1, 1]]}, "tax")
    assert none.facts == {"printed": "1.00", "right": "0.00"}
    (early,) = found({"2026年2月": [HEAD, ["王甲", 4000, 0, 0, 1, 1]]}, "tax")
    assert early.facts == {"printed": "1.00"}
    (first,) = found(
        {"2026年1月": [HEAD, ["王乙", 1, 0, 0, 0, 1]], "2026年2月": [HEAD, ["王甲", 8000, 500, 1000, 0, 1]]}, "tax"
    )
    assert first.facts == {"printed": "0.00"}


def test_before_cumulative_withholding_nothing_is_reckoned() -> None:
    """2018 and earlier; nobody's pay of then is judged by the figures of now."""
    for year, why in (("2018年", "2018年还没有按累计预扣"), ("2019年", "")):
        made = found({f"{year}1月": [HEAD, ["王甲", 4000, 0, 0, 9, 1]]}, "tax")
        assert [each.outcome for each in made] == ["undetermined" if why else "violated"]
        assert made[0].message.startswith(f"待核实：{why}，2018-01有1人" if why else "“个人所得税”写9.00元")
    assert [each.outcome for each in found({"2018年1月": [HEAD, ["王甲", 4000, 0, 0, 0, 1]]}, "tax")] == [
        "undetermined"
    ]


# Article 33.

INCOME = Income(36000 * MICRO, 2025, "三台县", "统计公报")


def floor(sheets: dict[str, list[list[Any]]], income: Income | None = INCOME) -> tuple[str, str, dict[str, str]]:
    (one_,) = found(sheets, "floor", figures=Figures(income=income))
    return one_.outcome.value, one_.message.removeprefix("待核实：总体薪酬标准："), dict(one_.facts)


def paid(*rows: Sequence[Any], head: Sequence[str] = ("姓名", "应发合计", "实发工资")) -> list[list[Any]]:
    return [list(head), *map(list, rows)]


@pytest.mark.parametrize(
    ("income", "lacks"),
    [
        (None, "缺少上一年度本地城镇居民人均可支配收入"),
        (Income(1, 2025, "三台县", None), "收入数字没有写明来源"),
        (Income(1, 2025, None, "公报"), "收入数字没有写明是哪个地方的"),
        (Income(1, None, "三台县", "公报"), "收入数字没有写明年度"),
        (Income(1, 2024, "三台县", "公报"), "收入数字是2024年的，应为2025年"),
        (Income(1, 2026, "三台县", "公报"), "收入数字是2026年的，应为2025年"),
        (Income(1), "收入数字没有写明来源，收入数字没有写明是哪个地方的，收入数字没有写明年度"),
    ],
)
def test_what_an_income_lacks_is_said(income: Income | None, lacks: str) -> None:
    assert floor({"2026年1月": paid(["王甲", 3000, 3000])}, income)[:2] == ("undetermined", lacks)


@pytest.mark.parametrize(
    ("sheets", "lacks"),
    [
        ({"表": paid(["王甲", 3000, 3000])}, "不知道工资是哪一年的，没有找到应发合计"),
        ({"1月": paid(["王甲", 3000, 3000])}, "不知道工资是哪一年的"),
        ({"2026年1月": paid(["王甲", 3000, 3000]), "2025年1月": paid(["王甲", 3000, 3000])}, "工资表跨年，应分年核对"),
        ({"2026年1月": paid(["王甲", "待定", 3000], ["王乙", None, 1], ["王丙", 1, 1])}, "有2处应发没有数额"),
        ({"2026年1月": paid(["王甲", 3000, 1], head=["姓名", "基本工资", "实发"])}, "不知道工资是哪一年的，没有找到应发合计"),
    ],
)  # fmt: skip
def test_what_the_pay_lacks_for_the_comparison_is_said(sheets: Any, lacks: str) -> None:
    assert floor(sheets)[:2] == ("undetermined", lacks)


@pytest.mark.parametrize(
    ("grosses", "outcome", "year"),
    [
        ([3000, 3000], "satisfied", "36000.00"),
        ([3000, 2999.99], "violated", "35999.94"),
        ([2000, 4000], "satisfied", "36000.00"),
        ([2999.99, 3000.02], "satisfied", "36000.06"),
        ([0, 1000], "violated", "6000.00"),
        ([2999.9999, 2999.9999], "satisfied", "36000.00"),
        ([2999.9995, 2999.9995], "violated", "35999.99"),
    ],
)
def test_a_years_pay_is_twelve_times_the_average_month(grosses: list[float], outcome: str, year: str) -> None:
    rows = [[name, gross, 1] for name, gross in zip(("王甲", "王乙"), grosses, strict=True)]
    made = floor({"2026年1月": paid(*rows)})
    assert (made[0], made[2]) == (outcome, {"annualised": year, "income": "36000.00"})
    assert made[1].startswith(
        f"2人2个人月，人均年应发{float(year):,.2f}元，三台县2025年城镇居民人均可支配收入36,000.00元（统计公报）"
    )


def dated(*months: Sequence[Sequence[Any]]) -> dict[str, list[list[Any]]]:
    """Rows of months: who, gross, hired, left."""
    head = ["姓名", "应发合计", "入职日期", "离职日期"]
    return {f"2026年{number}月": paid(*([*row, *[None] * (4 - len(row))] for row in rows), head=head) for number, rows in enumerate(months, 1)}  # fmt: skip


LOW, FULL = ("王甲", 3000), ("王乙", 3200)


@pytest.mark.parametrize(
    ("months", "outcome"),
    [
        # Somebody who comes in the second month or goes before the last may have worked a part of it.
        (([LOW, FULL], [LOW, FULL]), "satisfied"),
        (([FULL], [FULL, ("王丙", 1000)]), "undetermined"),
        (([FULL, ("王丙", 1000)], [FULL]), "undetermined"),
        (([("王乙", 2000)], [("王乙", 2000), ("王丙", 1000)]), "violated"),
        (([("王丙", 1000)], [("王乙", 3200)]), "undetermined"),
        # Nobody is surely whole.
        (([("王丙", 1000)], [("王乙", 1000)]), "undetermined"),
        # In the first month of all, where a date says so.
        (([FULL, ("王丙", 1000)],), "violated"),
        (([FULL, ("王丙", 1000, date(2026, 1, 9))],), "undetermined"),
        (([FULL, ("王丙", 1000, date(2025, 12, 9))],), "violated"),
        (([FULL, ("王丙", 1000, None, date(2026, 1, 20))],), "undetermined"),
        (([FULL, ("王丙", 1000, None, date(2026, 2, 1))],), "violated"),
        # In the middle of the workbook.
        (([FULL], [FULL, ("王丙", 1000)], [FULL, ("王丙", 1000)]), "violated"),
        (([FULL], [FULL, ("王丙", 1)], [FULL, ("王丙", 3200)]), "undetermined"),
        (([FULL, ("王丙", 3200)], [FULL, ("王丙", 1)], [FULL]), "undetermined"),
        # What is surely whole comes to exactly the income.
        (([("王乙", 3000)], [("王乙", 3000), ("王丙", 1000)]), "undetermined"),
        (([("王乙", 2999.99)], [("王乙", 3000), ("王丙", 1000)]), "violated"),
    ],
)  # fmt: skip
def test_a_part_of_a_month_makes_nobody_poorer(months: Any, outcome: str) -> None:
    assert floor(dated(*months))[0] == outcome


def test_what_is_missing_for_the_comparison_is_told_with_what_to_do() -> None:
    (low,) = found({"2026年1月": paid(["王甲", 2000, 1])}, "floor", figures=Figures(income=INCOME))
    assert low.remedy == "人均每年还差12,000.00元，调整薪酬标准"
    assert low.message.endswith("，低于这一标准")
    twice = floor({"2026年1月": paid(["王甲", 3000, 1]), "2026年2月": paid(["王甲", 3000, 1])})
    assert twice[1].startswith("1人2个人月")


# Minimum wage.


def minimum(row: Sequence[Any], head: Sequence[str], lowest: int | None = 2200 * MICRO) -> list[Any]:
    return found(
        {"2026年1月": [["姓名", *head], ["王甲", *row]]}, "minimum_wage", figures=Figures(lowest, source="川人社发")
    )


def test_what_is_compared_with_the_minimum_wage_is_said() -> None:
    (one_,) = minimum(
        (2000, 100, "待定", 2299, 1, 0), ["基本工资", "加班工资", "夜班津贴", "应发合计", "实发", "事假天数"]
    )
    assert one_.message.startswith("应发2,299.00元，与最低工资比较的是2,199.00元（不计加班工资和特殊条件津贴100.00元，")
    assert one_.message.endswith("低于月最低工资2,200.00元（川人社发）")
    assert (one_.cell, one_.outcome, one_.facts, one_.remedy) == ("E2", "violated", {"right": "2200.00"}, "补足1.00元")
    (bare,) = minimum((2000, 1), ["应发合计", "实发"])
    assert (
        bare.message
        == "待核实：应发2,000.00元，与最低工资比较的是2,000.00元，低于月最低工资2,200.00元（川人社发）；没有出勤天数，是否整月在岗不知道"
    )
    (unknown,) = minimum((2000, 1), ["应发合计", "实发"], None)
    assert (unknown.cell, unknown.outcome) == (None, "undetermined")


@pytest.mark.parametrize(
    ("head", "row", "outcome"),
    [
        ([], [], "undetermined"),
        (["出勤天数"], [22], "undetermined"),
        (["应出勤天数", "出勤天数"], [22, 22], "violated"),
        (["应出勤天数", "出勤天数"], [22, 23], "violated"),
        (["应出勤天数", "出勤天数"], [22, 21.5], None),
        (["应出勤天数", "出勤天数"], [22, None], None),
        (["应出勤天数", "出勤天数"], [0.000001, None], None),
        (["应出勤天数", "出勤天数"], [0, 0], "undetermined"),
        (["事假天数"], [None], "violated"),
        (["事假天数", "入职日期"], [0, date(2026, 1, 31)], None),
        (["事假天数", "入职日期"], [0, date(2025, 12, 31)], "violated"),
        (["事假天数", "离职日期"], [0, date(2026, 1, 31)], None),
        (["事假天数", "离职日期"], [0, date(2026, 2, 1)], "violated"),
        (["应出勤天数"], [22], "undetermined"),
        (["事假天数", "病假天数"], [0, 0], "violated"),
        (["事假天数", "病假天数"], [0, 1], None),
        (["事假天数", "病假天数"], [0, "待定"], "undetermined"),
        (["事假天数", "事假扣款"], [0, 100], "violated"),
        (["事假天数", "事假扣款"], ["待定", 100], None),
        (["事假扣款", "病假扣款"], [0, 100], None),
        (["应出勤天数", "出勤天数"], [22, "待定"], None),
        (["应出勤天数", "出勤天数"], ["待定", 22], "undetermined"),
        (["应出勤天数", "出勤天数", "事假天数"], [22, 22, 1], None),
    ],
)
def test_who_worked_the_whole_month(head: list[str], row: list[Any], outcome: str | None) -> None:
    made = minimum((2000, 1, *row), ["应发合计", "实发", *head])
    assert [each.outcome for each in made] == [outcome] * bool(outcome)


@pytest.mark.parametrize(
    ("gross", "extra", "outcome"),
    [(2200, 0, None), (2199.99, 0, "violated"), (2300, 100, None), (2299.99, 100, "violated"), (2300, "一百", None), (None, 0, None), ("待定", 0, None), (0, 0, "violated")],
)  # fmt: skip
def test_the_minimum_is_reached_exactly(gross: Any, extra: Any, outcome: str | None) -> None:
    rows = [["姓名", "加班工资", "应发合计", "实发", "事假天数"], ["王甲", extra, gross, 1, 0], ["王乙", 0, 5000, 1, 0]]
    made = found({"2026年1月": rows}, "minimum_wage", figures=Figures(2200 * MICRO))
    assert [(each.cell, each.outcome) for each in made] == [("C2", outcome)] * bool(outcome)


def test_a_month_of_unknown_number_has_no_first_or_last_day() -> None:
    sheets = {"表": [["姓名", "应发合计", "实发", "事假天数"], ["王甲", 2000, 1, 0]]}
    assert [each.outcome for each in found(sheets, "minimum_wage", figures=Figures(2200 * MICRO))] == ["violated"]
    assert (
        found({"表": [["姓名", "基本工资", "实发"], ["王甲", 1, 1]]}, "minimum_wage", figures=Figures(2200 * MICRO))
        == []
    )
