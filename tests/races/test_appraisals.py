"""Two officers on one round at the same moment: the best are never more than their places (Article 25)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal
from fujing.management.appraisal.models import Round, Sheet
from fujing.management.appraisal.services import round_decide
from fujing.management.appraisal.sheets import sheet_grade
from tests.management.appraisals import Bureau, bureau, proposed, sheets_of
from tests.races.overlap import Act, overlapping

pytestmark = pytest.mark.race
VALUES = {"甲": 95, "乙": 94}


def raised(made: Bureau, sheet: Sheet) -> Act:
    return made.hr, lambda: sheet_grade(actor=made.hr, sheet=sheet, grade="优秀", reason="成绩突出")


def raised_by_sql(made: Bureau, sheet: Sheet) -> Act:
    """The same as the database alone sees it: no service looks at the round before."""
    values = {"grade": "优秀", "grade_because": "成绩突出", "graded_by": made.hr.name}
    return made.hr, lambda: Sheet.objects.filter(pk=sheet.pk).update(**values)


def settled(made: Bureau, round_: Round) -> Act:
    return made.head, lambda: round_decide(actor=made.head, round_=round_)


def best(made: Bureau, round_: Round) -> tuple[str, int]:
    with acting(made.hr):
        grades = Sheet.objects.filter(round=round_).values_list("grade", flat=True)
        return Round.objects.get(pk=round_.pk).state, list(grades).count("优秀")


@pytest.mark.parametrize("raise_", [raised, raised_by_sql])
@pytest.mark.parametrize("decided_first", [True, False])
def test_a_grade_raised_while_the_round_is_decided_is_refused_or_keeps_it_undecided(
    committed: None, raise_: Callable[[Bureau, Sheet], Act], decided_first: bool
) -> None:
    made = bureau()
    round_ = proposed(made, VALUES)
    assert best(made, round_) == ("proposed", 1)
    acts = [settled(made, round_), raise_(made, sheets_of(made, round_)["乙"])]
    first, second = overlapping(*(acts if decided_first else acts[::-1]))
    assert not isinstance(first, Refusal)
    assert isinstance(second, Refusal)
    assert best(made, round_) == (("decided", 1) if decided_first else ("proposed", 2))
