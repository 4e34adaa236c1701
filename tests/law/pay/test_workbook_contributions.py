"""Insurance and housing fund in pay workbooks: which base, which rate, how amounts are cut, both sides, the bounds."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.law.pay.workbooks.sheets import document, told

NAMES = ["王甲", "王乙", "王丙", "王丁", "王戊", "王己", "王庚"]


def sheet(headings: Sequence[str], *rows: Sequence[Any]) -> list[list[Any]]:
    return [["姓名", *headings], *([name, *row] for name, row in zip(NAMES, rows, strict=False))]


@pytest.mark.parametrize(
    ("heading", "base", "rate", "side", "judged"),
    [
        ("养老保险单位16%", "社保缴费基数", 16, "employer", True),
        ("养老保险个人8%", "社保缴费基数", 8, "person", True),
        ("医疗保险单位6%", "社保缴费基数", 6, "employer", True),
        ("失业保险单位0.6%", "社保缴费基数", 0.6, "employer", True),
        ("工伤保险单位0.4%", "社保缴费基数", 0.4, "employer", True),
        ("生育保险单位0.8%", "社保缴费基数", 0.8, "employer", True),
        ("公积金单位8%", "社保缴费基数", 8, "employer", False),
        ("年金单位8%", "社保缴费基数", 8, "employer", False),
        ("养老保险个人8%", "公积金基数", 8, "person", False),
        ("医疗保险个人2%", "医保基数", 2, "person", True),
        ("养老保险个人8%", "医保基数", 8, "person", False),
        ("公积金个人8%", "公积金基数", 8, "person", True),
        ("年金个人4%", "年金基数", 4, "person", True),
        ("养老保险个人8%", "年金基数", 8, "person", False),
        ("大病医疗个人1%", "社保缴费基数", 1, "person", False),
    ],
)
def test_a_contribution_is_judged_by_its_own_base_and_insurance_by_the_one_for_all(
    tmp_path: Path, heading: str, base: str, rate: float, side: str, judged: bool
) -> None:
    """One fen too much for the second of three; a base of another kind says nothing of it."""
    right = [round(each * rate / 100, 2) for each in (5000, 6000, 7000)]
    rows = sheet([base, heading], (5000, right[0]), (6000, right[1] + 0.01), (7000, right[2]))
    assert told(tmp_path, rows, "contribution.person", "contribution.employer") == [f"C3 contribution.{side} violated"] * judged  # fmt: skip


def test_the_base_of_medical_insurance_goes_before_the_one_for_all(tmp_path: Path) -> None:
    rows = sheet(
        ["社保缴费基数", "医保基数", "医疗保险个人2%"], (5000, 6000, 120), (5000, 6000, 100), (5000, 6000, 120)
    )
    assert told(tmp_path, rows, "contribution.person") == ["D3 contribution.person violated"]


@pytest.mark.parametrize(
    ("paid", "outcome"),
    [(300, []), (299.99, ["C4 contribution.employer undetermined"]), (0, []), (None, []), ("待定", [])],
)
def test_a_rate_that_nobody_gives_is_that_of_most_rows(tmp_path: Path, paid: Any, outcome: list[str]) -> None:
    """What nobody paid, or is only text, is for other rules."""
    rows = sheet(["社保缴费基数", "医疗单位"], (5000, 300), (6000, 360), (5000, paid), (8000, 480))
    assert told(tmp_path, rows, "contribution.employer", "contribution.rate") == outcome


def test_the_first_rows_being_wrong_does_not_make_the_others_so(tmp_path: Path) -> None:
    rows = sheet(["社保缴费基数", "医疗单位"], (5000, 350), *[(each, each * 0.06) for each in (5000, 6000, 7000, 8000)])
    assert told(tmp_path, rows, "contribution") == ["C2 contribution.employer undetermined"]


@pytest.mark.parametrize(
    ("rates", "said"),
    [
        ([6, 6, 7, 7], ["C1 contribution.rate undetermined"]),
        ([6, 6, 6, 7, 7], ["C5 contribution.employer undetermined", "C6 contribution.employer undetermined"]),
        ([6, 7, 8], ["C1 contribution.rate undetermined"]),
        ([6.05, 6.05, 6.05], []),
        ([6.02, 6.02, 6.02], ["C1 contribution.rate undetermined"]),
    ],
)
def test_without_a_rate_of_more_than_half_a_column_is_open(tmp_path: Path, rates: list[float], said: list[str]) -> None:
    """Rates are multiples of 0.05 %; what is between them is none."""
    rows = sheet(["社保缴费基数", "医疗单位"], *((10000, 100 * rate) for rate in rates))
    assert told(tmp_path, rows, "contribution") == said


@pytest.mark.parametrize(("heading", "right"), [("养老单位", 800), ("养老个人", 400)])
def test_the_rates_of_pension_insurance_are_the_laws(tmp_path: Path, heading: str, right: int) -> None:
    """Most rows of one that is wrong everywhere but once don't make it right."""
    rows = sheet(["社保缴费基数", heading], (5000, right), (5000, right + 50), (5000, right + 50))
    found = told(tmp_path, rows, "contribution")
    assert [each.split()[0::2] for each in found] == [["C3", "violated"], ["C4", "violated"]]
    assert told(tmp_path, rows, "contribution", month="3月") == found


def test_a_rate_that_is_given_goes_before_the_headings(tmp_path: Path) -> None:
    rows = sheet(["社保缴费基数", "养老保险个人8%"], (5000, 400), (6000, 480))
    assert told(tmp_path, rows, "contribution") == []
    given = told(tmp_path, rows, "contribution", options=["--rate=养老个人=7%"])
    assert given == ["C2 contribution.person violated", "C3 contribution.person violated"]


BASES = (4246.80, 4333.33, 5001.05, 6777.77)
"""8 % of them: 339.744, 346.6664, 400.084, 542.2216 元."""


@pytest.mark.parametrize(
    "amounts",
    [
        (339.74, 346.67, 400.08, 542.22),
        (339.7, 346.7, 400.1, 542.2),
        (340, 347, 400, 542),
        (339.75, 346.67, 400.09, 542.23),
        (339.8, 346.7, 400.1, 542.3),
        (340, 347, 401, 543),
        (339.74, 346.66, 400.08, 542.22),
        (339, 346, 400, 542),
    ],
    ids=["四舍五入到分", "四舍五入到角", "四舍五入到元", "进到分", "进到角", "进到元", "舍到分", "舍到元"],
)
def test_amounts_may_be_cut_in_any_usual_way_if_most_are_cut_in_it(tmp_path: Path, amounts: tuple[float, ...]) -> None:
    headings = ["社保缴费基数", "养老保险个人8%"]
    rows = list(zip(BASES, amounts, strict=True))
    assert told(tmp_path, sheet(headings, *rows), "contribution") == []
    off = sheet(headings, *rows, (5000, 400.01))
    assert told(tmp_path, off, "contribution") == ["C6 contribution.person violated"]


@pytest.mark.parametrize(("rounded_up", "wrong"), [(2, ["C2", "C3", "C4", "C5"]), (3, ["C5", "C6"])])
def test_amounts_of_which_only_half_are_cut_in_a_way_are_rounded(tmp_path: Path, rounded_up: int, wrong: list[str]) -> None:  # fmt: skip
    """340.024 元 for everybody: rounded it is 340.02, cut upwards 340.03. Half isn't most."""
    rows = [(4250.30, each) for each in [340.03] * rounded_up + [340.01] * 2]
    found = told(tmp_path, sheet(["社保缴费基数", "养老保险个人8%"], *rows), "contribution")
    assert found == [f"{cell} contribution.person violated" for cell in wrong]


@pytest.mark.parametrize(("paid", "right"), [(346.6664, True), (346.675, True), (346.657, True), (346.677, False), (346.656, False)])  # fmt: skip
def test_digits_behind_the_fen_are_right_within_one_of_the_exact_amount(tmp_path: Path, paid: float, right: bool) -> None:  # fmt: skip
    """8 % of 4,333.33 is 346.6664."""
    rows = sheet(["社保缴费基数", "养老保险个人8%"], (4333.33, paid), (5000, 400), (6000, 480), (7000, 560))
    assert told(tmp_path, rows, "contribution") == ["C2 contribution.person violated"] * (not right)


@pytest.mark.parametrize(
    ("heading", "rate", "outcome"),
    [
        ("公积金单位", 4.95, "violated"),
        ("公积金单位", 5, None),
        ("公积金个人", 12, None),
        ("公积金个人", 12.05, "violated"),
        ("工伤单位", 0.15, "undetermined"),
        ("工伤单位", 0.2, None),
        ("工伤单位", 1.9, None),
        ("工伤单位", 1.95, "undetermined"),
        ("失业单位", 0.15, None),
        ("医疗单位", 13, None),
    ],
)
def test_the_housing_funds_rate_is_bounded_and_that_of_work_injury_floats(
    tmp_path: Path, heading: str, rate: float, outcome: str | None
) -> None:
    kind, side = heading[:-2], heading[-2:]
    rows = sheet(["社保缴费基数", "公积金基数", f"{kind}保险{side}{rate}%" if kind != "公积金" else f"公积金{side}{rate}%"], *((each, each, each * rate / 100) for each in (10000, 20000)))  # fmt: skip
    found = [f"D1 contribution.rate {outcome}"] if outcome else []
    assert told(tmp_path, rows, "contribution.rate") == found
    assert told(tmp_path, rows, "contribution.rate", month="1月") == found


def test_work_injury_insurance_is_the_employers_alone(tmp_path: Path) -> None:
    for side, found in (("个人", ["C1 contribution.rate violated"]), ("单位", [])):
        rows = sheet(["社保缴费基数", f"工伤保险{side}0.4%"], (5000, 20), (6000, 24))
        assert told(tmp_path, rows, "contribution") == found


LIMITS = ["--base-floor=4000", "--base-ceiling=20000", "--housing-floor=2000", "--housing-ceiling=25000"]


@pytest.mark.parametrize(
    ("base", "amount", "cell", "said"),
    [
        ("社保缴费基数", "养老个人8%", 3999.99, "floor violated"),
        ("社保缴费基数", "养老个人8%", 4000, None),
        ("社保缴费基数", "养老个人8%", 20000, None),
        ("社保缴费基数", "养老个人8%", 20000.01, "ceiling violated"),
        ("公积金基数", "公积金个人8%", 1999.99, "floor violated"),
        ("公积金基数", "公积金个人8%", 2000, None),
        ("公积金基数", "公积金个人8%", 25000, None),
        ("公积金基数", "公积金个人8%", 25000.01, "ceiling violated"),
        ("医保基数", "医疗个人2%", 100, None),
        ("医保基数", "医疗个人2%", 90000, None),
        ("社保缴费基数", "养老个人8%", "待定", None),
        ("社保缴费基数", "养老个人8%", 0, "floor undetermined"),
        ("社保缴费基数", "养老个人8%", None, "floor undetermined"),
    ],
)
def test_a_base_is_within_the_bounds_of_its_kind(
    tmp_path: Path, base: str, amount: str, cell: Any, said: str | None
) -> None:
    rows = sheet([base, amount], (cell, 400), (5000, 400))
    assert told(tmp_path, rows, "base", options=LIMITS) == [f"B2 base.{said}"] * bool(said)


def test_who_pays_nothing_needs_no_base(tmp_path: Path) -> None:
    """A contribution that goes by another base doesn't need this one either."""
    rows = sheet(
        ["社保缴费基数", "公积金基数", "养老个人8%", "公积金个人8%"], (None, 3000, None, 240), (None, 3000, 0, 240)
    )
    assert told(tmp_path, rows, "base", options=LIMITS) == []


@pytest.mark.parametrize(
    ("bases", "left_out", "said"),
    [
        (["社保缴费基数"], 0, ["社保缴费基数的下限"]),
        (["社保缴费基数"], 1, ["社保缴费基数的上限"]),
        (["公积金基数"], 2, ["公积金缴费基数的下限"]),
        (["公积金基数"], 3, ["公积金缴费基数的上限"]),
        (["社保缴费基数"], 3, []),
        (["公积金基数"], 0, []),
        (["社保缴费基数", "公积金基数"], None, ["社保缴费基数的下限和上限", "公积金缴费基数的下限和上限"]),
        (["岗位工资"], None, []),
    ],
)
def test_a_bound_that_was_not_given_is_told_of_the_bases_there_are(
    tmp_path: Path, bases: list[str], left_out: int | None, said: list[str]
) -> None:
    limits = [] if left_out is None else [each for at, each in enumerate(LIMITS) if at != left_out]
    rows = sheet([*bases, "应发合计"], [5000] * (len(bases) + 1))
    found = document(tmp_path, {"2026年1月": rows}, *limits)["findings"]
    messages = [each["message"] for each in found if each["rule"] == "pay.base.floor"]
    assert messages == [f"待核实：没有给出当地{each}，基数是否过低或者过高没有核对" for each in said]


@pytest.mark.parametrize("kind", ["养老", "医疗", "失业", "公积金"])
@pytest.mark.parametrize(("own", "theirs", "cell"), [(400, 400, None), (400, 0, "D2"), (400, None, "D2"), (0, 400, "C2"), (0, 0, None), ("待定", 0, None), (400, "待定", None)])  # fmt: skip
def test_both_sides_pay_or_neither(tmp_path: Path, kind: str, own: Any, theirs: Any, cell: str | None) -> None:
    rows = sheet(["应发合计", f"{kind}个人", f"{kind}单位"], (5000, own, theirs), (5000, 300, 300))
    assert told(tmp_path, rows, "contribution.sides") == [f"{cell} contribution.sides violated"] * bool(cell)


@pytest.mark.parametrize("kind", ["工伤", "生育"])
def test_what_one_side_alone_may_pay_needs_no_other(tmp_path: Path, kind: str) -> None:
    rows = sheet(["应发合计", f"{kind}个人", f"{kind}单位"], (5000, 0, 30))
    assert told(tmp_path, rows, "contribution.sides") == []


@pytest.mark.parametrize(
    ("person", "employer", "own", "theirs", "open_"),
    [
        ("公积金个人", "公积金单位", 240, 240.01, True),
        ("公积金个人", "公积金单位", 240, 240, False),
        ("公积金个人8%", "公积金单位10%", 240, 300, False),
        ("公积金个人8%", "公积金单位8%", 240, 300, True),
        ("养老个人", "养老单位", 240, 480, False),
    ],
)
def test_the_housing_fund_is_the_same_on_both_sides_unless_the_headings_say_otherwise(
    tmp_path: Path, person: str, employer: str, own: float, theirs: float, open_: bool
) -> None:
    rows = sheet(["应发合计", person, employer], (5000, own, theirs))
    assert told(tmp_path, rows, "contribution.sides") == ["D2 contribution.sides undetermined"] * open_
