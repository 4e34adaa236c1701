"""What somebody owes of education and training, and what counts (Article 24)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujing.law.formats.roster import LABELS
from fujing.law.parameters import Parameters
from fujing.law.training.kinds import COLUMNS, KINDS, RESULTS, SPECIAL, YEARLY, counts
from fujing.law.training.owed import UNASKED, Asked, Away, Owed, Taken, hours_needed, owed_before_duty, owed_in_year

LAW = Parameters(date(2026, 11, 27))
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "training.yaml").read_text("utf-8"))
OUTCOMES = {"done": True, "lacks": False, "unknown": None}


def judged(case: dict[str, Any]) -> Owed:
    kind, began = case.get("kind", "political"), case.get("began", date(2020, 5, 1))
    told = case.get("asked", {"hours": 8})
    asked = None
    if told is not None:
        hours = None if told["hours"] is None else Decimal(str(told["hours"]))
        asked = Asked(hours, told.get("newcomers"), told.get("topic", ""))
    had = case.get("taken", {})
    said = had.get("said", UNASKED)
    taken = Taken(
        Decimal(str(had.get("hours", 0))),
        had.get("times", 0),
        had.get("unclear", 0),
        None if said == "空白" else said,
        had.get("last"),
    )
    if kind == "induction":
        return owed_before_duty(LAW, began, taken, asked, first_duty=case.get("first_duty"))
    away = [Away(*each) for each in case.get("away", [])]
    return owed_in_year(LAW, kind, 2026, began, taken, asked, away=away, applies=case.get("applies", True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_is_owed_is_done_lacking_or_unknown_as_the_table_says(case: dict[str, Any]) -> None:
    found = judged(case)
    assert found.holds is OUTCOMES[case["is"]], found.because
    assert case.get("says", "") in found.because
    assert found.because


@pytest.mark.parametrize(
    ("confirmed", "result", "passed"), list(product((True, False), ("", *RESULTS), (True, False, None)))
)
def test_only_a_confirmed_attendance_with_its_exam_passed_counts(
    confirmed: bool, result: str, passed: bool | None
) -> None:
    found = counts(confirmed=confirmed, result=result, passed=passed)
    if result == "absent" or passed is False:
        assert found.holds is False
    elif confirmed and result and passed:
        assert found.holds is True
    else:
        assert found.holds is None
    assert found.because


def test_each_of_the_four_educations_and_annual_training_is_owed_yearly() -> None:
    assert YEARLY == ("political", "discipline", "integrity", "secrecy", "annual")
    assert set(KINDS) == {*YEARLY, "induction", "special"}
    assert set(COLUMNS) == set(KINDS) - {SPECIAL}
    assert set(COLUMNS.values()) <= set(LABELS)


def test_it_is_late_from_the_first_day_of_the_next_year_on() -> None:
    lacking = owed_in_year(LAW, "political", 2026, date(2020, 5, 1), Taken(), Asked(Decimal(8)))
    assert lacking.until == date(2026, 12, 31)
    assert not lacking.late(date(2026, 12, 31))
    assert lacking.late(date(2027, 1, 1))
    unknown = owed_in_year(LAW, "political", 2026, None, Taken(), Asked(Decimal(8)))
    assert not unknown.late(date(2027, 1, 1))


def test_induction_has_no_last_day_before_the_first_duty_is_known() -> None:
    assert owed_before_duty(LAW, date(2026, 5, 1), Taken()).until is None
    day = date(2026, 6, 1)
    assert owed_before_duty(LAW, date(2026, 5, 1), Taken(), first_duty=day).until == day


def test_the_greater_number_of_hours_applies_and_none_where_neither_is_entered() -> None:
    asked = Asked(Decimal(8))
    assert hours_needed(LAW, "political", None) is None
    assert hours_needed(LAW, "political", Asked()) is None
    assert hours_needed(LAW, "political", asked) == 8
    more = Parameters(LAW.day, {"training.hours": {"political": 12.5}})
    assert hours_needed(more, "political", asked) == Decimal("12.5")
    assert hours_needed(more, "political", None) == Decimal("12.5")
    assert hours_needed(more, "secrecy", asked) == 8
    less = Parameters(LAW.day, {"training.hours": {"political": 4}})
    assert hours_needed(less, "political", asked) == 8


def test_a_special_training_is_called_by_its_topic() -> None:
    found = owed_in_year(LAW, SPECIAL, 2026, date(2020, 5, 1), Taken(), Asked(Decimal(4), topic="警械使用"))
    assert found.label == "专项培训（警械使用）"
    assert owed_in_year(LAW, "annual", 2026, None, Taken(), Asked(Decimal(4), topic="无关")).label == "年度培训"
