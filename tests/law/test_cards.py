"""Who is given a work card (Article 26)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujing.law.outfit.cards import card_due

DAY = date(2026, 11, 27)
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "cards.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_who_is_given_a_card_is_as_the_table_says(case: dict[str, Any]) -> None:
    said = card_due(day=DAY, **case["said"])
    assert said.holds is case["holds"]
    assert said.because.endswith("）")
    assert said.because.count("第") >= 1


@pytest.mark.parametrize("blanked", ["category", "purchased", "began"])
def test_what_is_unknown_gives_no_card(blanked: str) -> None:
    known: dict[str, Any] = {"category": "field", "purchased": False, "began": DAY, "ended": None}
    assert card_due(day=DAY, **known).holds
    empty = "" if blanked == "category" else None
    assert card_due(day=DAY, **known | {blanked: empty}).holds is None
