"""What a decision on a breach of duty asks for, and until when it works (Articles 15, 40 and 43)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujing.law.discipline.cases import DUTIES, Matter, Means, Suspects, ask_until, decidable, effect_until
from fujing.law.findings import Outcome

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "discipline.yaml").read_text("utf-8"))
WHOLE: dict[str, Any] = {
    "duty": "15.3",
    "happened_on": date(2026, 10, 8),
    "evidence": 2,
    "means": "rules",
    "confirmed": True,
    "rules_from": date(2024, 1, 1),
    "rules_until": None,
    "statement": "answered",
    "governed": False,
    "statute": "",
    "suspects": "none",
    "referred": False,
}


def matter(**said: Any) -> Matter:
    given = WHOLE | said
    means = Means(given["means"]) if given["means"] else None
    return Matter(**given | {"means": means, "suspects": Suspects(given["suspects"]) if given["suspects"] else None})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_case_may_be_decided_as_the_table_says(case: dict[str, Any]) -> None:
    found = decidable(matter(**case["said"]))
    assert [each.rule for each in found] == [
        f"discipline.{rule}" for rule in ("duty", "evidence", "grade", "heard", "other_law", "referred")
    ]
    assert {each.rule.split(".")[1]: str(each.outcome) for each in found if each.outcome != Outcome.SATISFIED} == case[
        "finds"
    ]
    assert all(each.message.endswith("。") for each in found)


@pytest.mark.parametrize("blanked", ["means", "rules_from", "statement", "governed", "suspects"])
def test_what_is_unknown_lets_no_decision_pass(blanked: str) -> None:
    assert any(each.outcome != Outcome.SATISFIED for each in decidable(matter(**{blanked: None})))


def test_the_seven_duties_stand_in_the_words_of_the_article() -> None:
    assert list(DUTIES) == [f"15.{item}" for item in range(1, 8)]
    assert DUTIES["15.4"] == "遵守保密规定，服从保密管理"


@pytest.mark.parametrize(
    ("decided_on", "months", "until"),
    [
        (date(2026, 3, 1), 6, date(2026, 8, 31)),
        (date(2026, 8, 31), 6, date(2027, 2, 27)),
        (date(2026, 8, 31), 0, date(2026, 8, 30)),
        (date(2026, 8, 31), None, None),
    ],
)
def test_the_effect_runs_from_the_day_of_the_decision(decided_on: date, months: int | None, until: date | None) -> None:
    assert effect_until(decided_on, months) == until


@pytest.mark.parametrize(("days", "until"), [(30, date(2026, 3, 31)), (0, date(2026, 3, 1)), (None, None)])
def test_how_long_a_reconsideration_may_be_asked_for(days: int | None, until: date | None) -> None:
    assert ask_until(date(2026, 3, 1), days) == until
