"""Every way of rounding against fractions, one number at a time and by column."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import polars as pl
import pytest

from fujing.law.ranking.rounding import divide

HALF = Fraction(1, 2)
MODES = {
    "down": floor,
    "up": ceil,
    "half_up": lambda exact: floor(exact + HALF),
    "half_down": lambda exact: ceil(exact - HALF),
    "half_even": round,
}
PAIRS = [(number, by) for by in (1, 2, 3, 4, 5, 10) for number in range(6 * by + 1)]


@pytest.mark.parametrize("mode", MODES)
def test_a_quotient_is_rounded_as_its_mode_says(mode: str) -> None:
    expected = [MODES[mode](Fraction(number, by)) for number, by in PAIRS]
    assert [divide(number, by, mode) for number, by in PAIRS] == expected
    frame = pl.DataFrame(PAIRS, schema=["number", "by"], orient="row")
    assert frame.select(divide(pl.col("number"), pl.col("by"), mode)).to_series().to_list() == expected
