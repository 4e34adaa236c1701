"""Correct workbooks in five layouts have nothing wrong; of each planted fault exactly the cells are named.

The months come from an oracle of their own (workbooks/correct), the layouts from workbooks/layouts, the faults from
workbooks/plants.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from fujing.law.findings import Outcome
from fujing.law.pay.workbook import Bounds, Figures, Income, WorkbookCheck, check_workbook, read_workbook
from fujing.law.pay.workbook.cells import MICRO
from fujing.law.pay.workbook.telling import CellFinding
from tests.law.pay.workbooks import correct
from tests.law.pay.workbooks.layouts import LAYOUTS, Laid
from tests.law.pay.workbooks.plants import MONTHS, PLANTS, Cells, Plant, Scene

FIGURES = Figures(
    minimum_wage=2100 * MICRO,
    social=Bounds(4246_800_000, 21234 * MICRO),
    housing=Bounds(2000 * MICRO, 27000 * MICRO),
    rates={("medical", "person"): Fraction(2, 100), ("unemployment", "person"): Fraction(4, 1000)},
    source="川人社发示例",
    income=Income(40000 * MICRO, correct.YEAR - 1, "三台县", "统计公报"),
)
Named = set[tuple[str | None, str | None, str, Outcome]]


def scene(layout: str, seed: int, count: int = 12) -> tuple[Scene, bool]:
    random = Random(f"{layout}·{seed}")
    persons = correct.people(random, count, MONTHS)
    before = LAYOUTS[layout]([], 0, {}).absence_in_gross
    return Scene(persons, correct.slips(persons, MONTHS, {}, absence_in_gross=before), layout), before


def laid(case: Scene, before: bool) -> Laid:
    """The workbook with what the scene has put into it."""
    everybody = [*case.people, *(person for person, _ in case.added)]
    slips = correct.slips(everybody, MONTHS, case.wrong, absence_in_gross=before)
    for place, (_, month) in enumerate(case.added, len(case.people)):
        slips = {at: slip for at, slip in slips.items() if at[0] != place or at[1] == month}
    return LAYOUTS[case.layout](everybody, MONTHS, {at: slip for at, slip in slips.items() if at not in case.gone})


def checked(folder: Path, book: Laid) -> WorkbookCheck:
    return check_workbook(read_workbook(book.written(folder / "工资表.xlsx")), FIGURES)


def named(findings: Sequence[CellFinding]) -> Named:
    return {(each.sheet, each.cell, each.rule, each.outcome) for each in findings}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("seed", range(8))
def test_a_correct_workbook_has_no_violation(tmp_path: Path, layout: str, seed: int) -> None:
    case, before = scene(layout, seed)
    judged = checked(tmp_path, laid(case, before))
    assert [each for each in judged.findings if each.outcome is Outcome.VIOLATED] == []
    assert sum(each["people"] for each in judged.sheets) == 12 * (1 if layout == "long" else MONTHS)
    assert {each.rule for each in judged.findings if each.outcome is Outcome.UNDETERMINED} <= {"pay.tax"}
    assert [each.outcome for each in judged.findings if each.rule == "pay.floor"] == [Outcome.SATISFIED]


def whom(case: Scene, plant: Plant, taken: set[int]) -> int:
    """Somebody free who earns enough (or little enough) for the fault."""
    month = 3
    for place in range(len(case.people)):
        slip = case.slips[place, month]
        if place not in taken and (slip["tax"] > 0) == plant.rich and (not plant.rich or slip["gross"] > 9000):
            return place
    raise AssertionError(plant.said)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant.said)
def test_a_planted_fault_is_named_by_its_cells_and_nothing_else_is(tmp_path: Path, layout: str, plant: Plant) -> None:
    case, before = scene(layout, 3, 20)
    clean = laid(case, before)
    if not plant.fits(clean, layout):
        return
    already = named(checked(tmp_path, clean).findings)
    case.who = whom(case, plant, set())
    after = plant.plant(case)
    book = laid(case, before)
    cells = after(book)
    found = named(checked(tmp_path, book).findings) - already
    outcome = Outcome(plant.outcome_on(layout))
    assert {(sheet, cell) for sheet, cell, rule, said in found if (rule, said) == (plant.rule, outcome)} == cells
    assert {(sheet, cell) for sheet, cell, _, said in found if said is Outcome.VIOLATED} <= cells


@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_faults_at_once_are_each_named_and_nothing_else_is(tmp_path: Path, layout: str) -> None:
    case, before = scene(layout, 5, 70)
    clean = laid(case, before)
    already = named(checked(tmp_path, clean).findings)
    taken: set[int] = set()
    planned = []
    for plant in PLANTS:
        if plant.fits(clean, layout):
            case.who = whom(case, plant, taken)
            taken |= {case.who, case.who + 1}
            planned.append((plant, plant.plant(case)))
    book = laid(case, before)
    expected: list[tuple[Plant, Cells]] = [(plant, after(book)) for plant, after in planned]
    found = named(checked(tmp_path, book).findings) - already
    for plant, cells in expected:
        outcome = Outcome(plant.outcome_on(layout))
        of_rule = {(sheet, cell) for sheet, cell, rule, said in found if (rule, said) == (plant.rule, outcome)}
        assert of_rule >= cells, plant.said
    every = {cell for _, cells in expected for cell in cells}
    violated = {(sheet, cell) for sheet, cell, _, said in found if said is Outcome.VIOLATED}
    assert violated <= every


def test_there_are_faults_enough() -> None:
    assert len(PLANTS) >= 20
    shown = {layout: sum(plant.fits(laid(*scene(layout, 0)), layout) for plant in PLANTS) for layout in LAYOUTS}
    assert all(count >= 11 for count in shown.values()), shown
