"""Formulas of small sheets, without a file: where they look, which results are stale, which numbers stand over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from fujing.kernel.excel import Grid
from fujing.law.pay.workbook import Figures, check_workbook
from fujing.law.pay.workbook.tables import understood
from fujing.law.pay.workbook.telling import CellFinding

Places = Mapping[tuple[int, int], str | tuple[int, int]]
HEAD = ["序号", "姓名", "基本工资", "应发合计", "实发工资"]
NAMES = ["王甲", "王乙", "王丙", "王丁"]


def found(
    gross: Sequence[Any], formulas: Places, *, dry: Sequence[tuple[int, int]] = (), sums: Sequence[Any] = (), other: list[list[Any]] | None = None
) -> list[CellFinding]:  # fmt: skip
    """Four people of 10 yuan, whose gross is given; net is 1 and of no interest."""
    rows: list[list[Any]] = [list(HEAD)]
    rows += [[at, name, 10.0, each, 1.0] for at, (name, each) in enumerate(zip(NAMES, gross, strict=False), 1)]
    rows += [list(sums)] if sums else []
    grids = {"2026年1月": Grid(rows, [], dict(formulas), list(dry))} | (
        {"别的": Grid(other, [], {}, [])} if other else {}
    )
    findings = check_workbook(understood("表.xlsx", grids), Figures()).findings
    return [each for each in findings if each.rule.startswith("pay.formula.")]


def told(gross: Sequence[Any], formulas: Places, **more: Any) -> list[str]:
    return [
        f"{each.cell} {each.rule.removeprefix('pay.formula.')} {each.outcome}"
        for each in found(gross, formulas, **more)
    ]


ALL: Places = {(row, 3): f"=C{row + 1}" for row in range(1, 5)}


@pytest.mark.parametrize(
    ("stored", "stale"),
    [(10.0, False), (10.004, False), (10.0049, False), (10.005, True), (9.9951, False), (9.995, True), ("", True), ("十", False), ("１０", False)],
)  # fmt: skip
def test_a_stored_result_agrees_within_half_a_fen(stored: Any, stale: bool) -> None:
    """What is only text is told as text."""
    assert told([10.0, stored, 10.0, 10.0], ALL) == ["D3 stale violated"] * stale


def test_a_formula_filled_from_another_is_the_others() -> None:
    filled: Places = {(1, 3): "=C2", (2, 3): (1, 3), (3, 3): (1, 3), (4, 3): (9, 9)}
    assert told([10.0, 11.0, 10.0, 10.0], filled) == ["D3 stale violated", "D5 overwritten advice"]


def test_formulas_outside_of_the_people_and_their_amounts_are_not_reckoned() -> None:
    words: Places = {(0, 3): "=C2", (1, 0): "=C2", (1, 1): "=C2", (9, 3): "=C2"}
    assert told([10.0] * 4, words, dry=[(0, 3), (1, 0), (9, 3)]) == []


def test_an_empty_result_of_a_formula_that_comes_to_nothing_is_right() -> None:
    assert told(["", 10.0, 10.0, 10.0], {(1, 3): '=IF(C2>99,1,"")'}) == []
    assert told(["", 10.0, 10.0, 10.0], {(1, 3): "=Z99"}) == []
    assert told([10.0, 10.0, 10.0, 10.0], {(1, 3): "=Z99"}) == ["D2 stale violated"]


def test_what_was_never_computed_is_told_once_at_the_first() -> None:
    (one,) = found(["", "", 10.0, 10.0], ALL, dry=[(9, 9), (1, 3), (2, 3)])
    assert (one.cell, one.rule, one.outcome, one.subject) == ("D2", "pay.formula.uncomputed", "undetermined", None)
    assert one.message == "待核实：有2个公式没有计算结果（第一个在D2），用到它们的都没有核对"


@pytest.mark.parametrize("formula", ["=没有!A1", "=VLOOKUP(A1,B:C,2,0)", "=C2>1", '="字"', "=C2:C3"])
def test_what_cannot_be_reckoned_is_told_once_for_the_column(formula: str) -> None:
    (one,) = found([10.0, 10.0, 10.0, 10.0], {(1, 3): formula, (2, 3): formula})
    assert (one.cell, one.rule, one.outcome, one.month) == ("D1", "pay.formula.stale", "undetermined", "2026-01")
    assert one.message == "待核实：“应发合计”有2个公式不在能核对的写法之内，只核对了结果"


@pytest.mark.parametrize(
    ("reference", "value"),
    [("别的!A1", 7), ("别的!B1", 8), ("别的!A2", 9), ("别的!B2", 6), ("别的!C1", 0), ("别的!A3", 0), ("别的!C3", 0)],
)
def test_a_formula_looks_into_another_sheet_and_finds_nothing_beyond_it(reference: str, value: float) -> None:
    other = [[7.0, 8.0], [9.0, 6.0]]
    assert told([float(value)] * 4, {(1, 3): f"={reference}+0"}, other=other) == []
    assert told([value + 1.0] * 4, {(1, 3): f"={reference}+0"}, other=other) == ["D2 stale violated"]


@pytest.mark.parametrize(
    ("formula", "first"),
    [
        # Filled upwards or to the left beyond the sheet's edge, where nothing stands.
        ("=别的!A{above}+C{row}", 10),
        ("=别的!A{above}", 0),
    ],
)
def test_a_formula_of_a_column_finds_nothing_above_the_first_row(formula: str, first: float) -> None:
    """The first person's formula, if it stood there as in the rows below, would look above the other sheet."""
    places: Places = {(row, 3): formula.format(above=row - 1, row=row + 1) for row in (2, 3, 4)}
    other = [[0.0], [0.0], [0.0], [5.0]]
    stored = [float(first), *[first + 0.0] * 3]
    assert told(stored, places, other=other) == ["D2 overwritten advice"]


def test_a_stale_result_says_what_it_shows_and_comes_to() -> None:
    (one,) = found([10.0, 11.0, 10.0, 10.0], ALL)
    assert (one.facts, one.subject, one.cell) == ({"printed": "11.00", "right": "10.00"}, "王乙", "D3")
    assert one.message == "“应发合计”显示11.00，公式按现在的数算出10.00；结果是旧的"
    (sums,) = found([10.0] * 4, {(5, 3): "=SUM(D2:D5)"}, sums=["", "合计", 40.0, 41.0, 4.0])
    assert (sums.subject, sums.cell, sums.facts["right"]) == ("合计", "D6", "40.00")
    (empty,) = found(["", 10.0, 10.0, 10.0], {(1, 3): "=C2"})
    assert empty.facts == {"printed": "0.00", "right": "10.00"}


@pytest.mark.parametrize(
    ("stored", "outcome"),
    [(10.0, "advice"), (10.0049, "advice"), (9.9951, "advice"), (10.005, "violated"), (9.995, "violated"), ("", None), ("十", None)],
)  # fmt: skip
def test_a_number_over_a_formula(stored: Any, outcome: str | None) -> None:
    three = {at: formula for at, formula in ALL.items() if at[0] != 2}
    made = found([10.0, stored, 10.0, 10.0], three)
    assert [(each.cell, each.outcome) for each in made] == ([("D3", outcome)] if outcome else [])
    if outcome == "violated":
        assert made[0].facts == {"printed": f"{stored:g}", "right": "10.00"}


def test_a_number_over_a_formula_that_cannot_be_reckoned_is_open() -> None:
    three: Places = {(row, 3): f"=别的!A{row}+C{row + 1}" for row in (1, 3, 4)}
    (one,) = (each for each in found([10.0] * 4, three, other=[[0.0], ["字"], [0.0], [0.0]]))
    assert (one.cell, one.rule, one.outcome) == ("D3", "pay.formula.overwritten", "undetermined")


@pytest.mark.parametrize(("numbers", "told_"), [(1, True), (2, False)])
def test_a_column_of_formulas_is_one_of_three_and_two_thirds(numbers: int, told_: bool) -> None:
    some = {at: formula for at, formula in ALL.items() if at[0] > numbers}
    assert told([10.0] * 4, some) == ["D2 overwritten advice"] * told_
    other: Places = {**some, (4, 3): "=C5*1"}
    assert told([10.0] * 4, other) == []
