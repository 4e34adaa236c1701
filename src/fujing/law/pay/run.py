"""`compute`: everybody's slips of a year's first months. Pure: files in, amounts out, no database.

The months go one after the other, for the tax is cumulative; within a month all people are reckoned at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import reduce
from operator import or_

import polars as pl

from fujing.law.formats.pay import PayFiles
from fujing.law.formats.pay_scheme import Scheme
from fujing.law.pay.exact import Exact, column
from fujing.law.pay.facts import Facts, Month
from fujing.law.pay.month import Before, Everybody, MonthFormulas, Slip


@dataclass(frozen=True, slots=True)
class MonthRun:
    """One month of everybody. `unknown`: what is missing so far this year; `open`: whose slip that leaves undetermined.

    A slip stands for whoever is `month.served`; its amounts mean nothing where it is open. `scheme` is what it is paid by.
    """

    scheme: Scheme
    month: Month
    before: Before
    slip: Slip[Exact]
    unknown: dict[str, pl.Series]
    open: pl.Series

    @property
    def computed(self) -> pl.Series:
        return self.month.served & ~self.open

    def total(self, number: Exact) -> Fraction:
        """A number's sum over the computed slips."""
        counted = number.where(self.computed)
        return Fraction(int(counted.values.sum() or 0), counted.denominator)

    def missing(self, row: int) -> list[str]:
        """What one person's slip lacks."""
        return [key for key, mask in self.unknown.items() if mask[row]]


@dataclass(frozen=True, slots=True)
class Run:
    """The slips of `year`'s months up to `through`, people in the order of their file."""

    scheme: Scheme
    year: int
    through: int
    people: Sequence[str]
    months: list[MonthRun]


def compute(
    scheme: Scheme, files: PayFiles, year: int, through: int = 12, *, schemes: Mapping[date, Scheme] | None = None
) -> Run:
    """All people × months at once; `schemes` follow the first one, each from a month on.

    Raises TooLarge where amounts are beyond what is exact.
    """
    facts = Facts(scheme, files, schemes)
    before, months = Before(), list[MonthRun]()
    unknown: dict[str, pl.Series] = {}
    for number in range(1, through + 1):
        first = date(year, number, 1)
        month, paid_by = facts.month(first), facts.scheme(first)
        slip = MonthFormulas(paid_by, month, before, Everybody()).slip()
        unknown = _still(unknown, month)
        months.append(MonthRun(paid_by, month, before, slip, unknown, reduce(or_, unknown.values())))
        before = _after(before, month, slip)
    return Run(scheme, year, through, files.people["id"].to_list(), months)


def _still(unknown: dict[str, pl.Series], month: Month) -> dict[str, pl.Series]:
    """What was missing in an earlier slip stays missing in the later ones."""
    now = {key: mask & month.served for key, mask in month.unknown.items()}
    still = {key: mask | unknown[key] if key in unknown else mask for key, mask in now.items()}
    return still | {key: mask for key, mask in unknown.items() if key not in now}


def _after(before: Before, month: Month, slip: Slip[Exact]) -> Before:
    """Only slips count: a month without one leaves everything as it was."""
    served = month.served
    return Before(
        before.gross + slip.gross.amount.where(served),
        before.contributions + slip.withheld.contributions.where(served),
        before.special + month.special.where(served),
        before.tax + slip.withheld.tax.where(served),
        before.slips + column(served),
        slip.carried.where(served) + before.carried.where(~served),
    )
