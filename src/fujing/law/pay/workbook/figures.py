"""Local figures that a workbook doesn't say: given by whoever asks, with their source, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Income:
    """Article 33: last year's urban disposable income of the locality, millionths of a 元."""

    amount: int
    year: int | None = None
    locality: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """Lowest and highest base, millionths of a 元; None where nobody gave it."""

    floor: int | None = None
    ceiling: int | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """All of them. `rates` by contribution and side (`pension`, `person`); `source`: where they are printed."""

    minimum_wage: int | None = None
    social: Bounds = field(default_factory=Bounds)
    housing: Bounds = field(default_factory=Bounds)
    rates: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    source: str | None = None
    income: Income | None = None

    @property
    def cited(self) -> str:
        return self.source or "核对时给出的数字，没有写明来源"
