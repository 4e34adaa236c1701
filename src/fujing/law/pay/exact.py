"""Exact numbers of many people at once: whole numerators over one denominator, never a float.

Numerators are 128 bits wide. Each column knows a bound that it can't exceed, so an overflow is refused before it can
happen. What is the same for everybody is a column of one row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

import polars as pl

WIDE = pl.Int128
LIMIT = 2**126
Bracket = tuple[int | None, int, int]
"""Upper bound (inclusive, in whole units; None: no bound), rate in percent, quick deduction."""


class TooLarge(ArithmeticError):
    """Numbers so large that their product might not be exact."""


@dataclass(frozen=True, slots=True, eq=False)
class Exact:
    """A column of rational numbers. `bound`: no numerator is larger, whatever its sign."""

    values: pl.Series
    denominator: int
    bound: int

    def __post_init__(self) -> None:
        if self.bound * self.denominator >= LIMIT:
            raise TooLarge(f"数字太大，不能精确计算：{self.bound}/{self.denominator}")

    def _scaled(self, factor: int) -> pl.Series:
        return self.values if factor == 1 else self.values * whole(factor)

    def _beside(self, other: Exact) -> tuple[pl.Series, pl.Series, int, int]:
        """Both numerators over the common denominator, that denominator, and the sum of the bounds."""
        common = lcm(self.denominator, other.denominator)
        mine, theirs = common // self.denominator, common // other.denominator
        return self._scaled(mine), other._scaled(theirs), common, self.bound * mine + other.bound * theirs

    def __add__(self, other: Exact) -> Exact:
        one, two, denominator, bound = self._beside(other)
        return Exact(one + two, denominator, bound)

    def __sub__(self, other: Exact) -> Exact:
        one, two, denominator, bound = self._beside(other)
        return Exact(one - two, denominator, bound)

    def __neg__(self) -> Exact:
        return Exact(whole(0) - self.values, self.denominator, self.bound)

    def __mul__(self, other: Exact) -> Exact:
        return Exact(self.values * other.values, self.denominator * other.denominator, self.bound * other.bound)

    def __truediv__(self, other: Exact) -> Exact:
        """By one positive number that is the same for everybody."""
        (by,) = other.values.to_list()
        return Exact(self._scaled(other.denominator), self.denominator * by, self.bound * other.denominator)

    def at_least(self, other: Exact) -> Exact:
        one, two, denominator, bound = self._beside(other)
        return Exact(one + (two - one) * (two > one).cast(WIDE), denominator, bound)

    def at_most(self, other: Exact) -> Exact:
        one, two, denominator, bound = self._beside(other)
        return Exact(one + (two - one) * (two < one).cast(WIDE), denominator, bound)

    def where(self, holds: pl.Series) -> Exact:
        """The number where it holds, else 0."""
        return Exact(self.values * holds.cast(WIDE), self.denominator, self.bound)

    def rounded(self, unit: Fraction) -> Exact:
        """To a multiple of the unit, half away from zero."""
        factor, over = self.denominator * unit.numerator, unit.denominator
        # Series.abs and .sign each run a query of their own, a hundred times as long for one person.
        sign = whole(1) - (self.values < whole(0)).cast(WIDE) * whole(2)
        doubled = self.values * sign * whole(2 * over) + whole(factor)
        most = self.bound * 2 * over + factor
        if most >= LIMIT:
            raise TooLarge("数字太大，不能精确舍入")
        steps = _floored(doubled, 2 * factor) * sign
        return Exact(steps * whole(unit.numerator), over, most // (2 * factor) * unit.numerator)

    def taxed(self, brackets: Sequence[Bracket]) -> Exact:
        """Times the rate less the quick deduction of each number's own bracket."""
        due, lower = constant(0), None
        for upper, percent, quick in brackets:
            own = pl.Series([True]) if lower is None else self.above(constant(lower))
            if upper is not None:
                own = own & ~self.above(constant(upper))
            due = due + (self * constant(Fraction(percent, 100)) - constant(quick)).where(own)
            lower = upper
        return due

    def above(self, other: Exact) -> pl.Series:
        one, two, _, _ = self._beside(other)
        return one > two

    def fraction(self, row: int) -> Fraction:
        """One person's number; what is the same for everybody is also this person's."""
        return Fraction(self.values[row if len(self.values) > 1 else 0], self.denominator)

    def spread(self, people: int) -> Exact:
        """A row for each person."""
        if len(self.values) == people:
            return self
        return Exact(pl.repeat(self.values[0], people, dtype=WIDE, eager=True), self.denominator, self.bound)


def _floored(values: pl.Series, by: int) -> pl.Series:
    """Whole multiples of a positive number. One person's without a query of its own, twenty times as quick."""
    if len(values) == 1 and values[0] is not None:
        return whole(values[0] // by)
    return values // whole(by)


@lru_cache(maxsize=4096)
def whole(number: int) -> pl.Series:
    """One number as a column of one row."""
    return pl.Series([number], dtype=WIDE)


def constant(number: Fraction | int) -> Exact:
    """A number that is the same for everybody."""
    exact = Fraction(number)
    return Exact(whole(exact.numerator), exact.denominator, abs(exact.numerator))


def column(values: pl.Series, denominator: int = 1) -> Exact:
    """A column of whole numerators."""
    wide = values.cast(WIDE)
    ends: list[Any] = [each for each in (wide.min(), wide.max()) if each is not None]
    return Exact(wide, denominator, max((abs(int(each)) for each in ends), default=0))
