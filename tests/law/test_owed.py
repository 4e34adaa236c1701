"""What is owed of uniform, insignia and equipment, and what is lacking (Articles 14.1, 26 and 27)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujing.law.outfit.owed import PROVISIONS, Line, Piece, owed
from fujing.law.provisions import measures

DAY = date(2026, 11, 27)
CASES = yaml.safe_load((Path(__file__).parent / "cases" / "owed.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_somebody_lacks_is_as_the_table_says(case: dict[str, Any]) -> None:
    lines = [Line(**{"post": None, "since": date(2021, 3, 1), "until": None, **each}) for each in case["lines"]]
    pieces = [Piece(**{"worn_from": None, **each}) for each in case["pieces"]]
    found = owed(lines, pieces, category=case.get("category", "field"), post=case.get("post", 7), day=DAY)
    assert {each.item: each.lacks for each in found} == case["lacks"]
    assert all(each.because for each in found)
    assert all((each.due is None) is (each.lacks is None) for each in found)


def test_what_is_owed_is_owed_by_a_provision() -> None:
    assert set(PROVISIONS.values()) <= set(measures().provisions)
    assert PROVISIONS.keys() == {"uniform", "insignia", "equipment"}
