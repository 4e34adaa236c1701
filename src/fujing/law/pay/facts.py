"""What a month's formulas need to know of everybody, as columns of exact numbers, and what isn't known."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import lcm
from typing import Any

import polars as pl

from fujing.law.formats.pay import COUNTS, PEOPLE_COLUMNS, PayFiles
from fujing.law.formats.pay_scheme import Scheme
from fujing.law.pay.exact import Exact, column, constant

CENTS = 100
POWERS = tuple(10**digits for digits in range(7))
"""A cell has six decimals at most."""
SUMMED = ("back_pay", "recovery_due", *(each.key for each in COUNTS))
ORDER = tuple(each.key for each in PEOPLE_COLUMNS)
"""Missing facts are named in the order of the people file."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month's facts, a row for each person. `served`: in service on any day of it. `unknown`: what is missing.

    `counted`: by month rule, for whom the month is one of contributions.
    """

    first: date
    served: pl.Series
    days: Exact
    length: Exact
    counted: dict[str, pl.Series]
    full: dict[str, Exact]
    rows: dict[str, Exact]
    bases: dict[str, Exact]
    special: Exact
    first_job: pl.Series
    unknown: dict[str, pl.Series]


class Facts:
    """A scheme, people and their months, asked for one month after the other.

    `schemes` are those that follow it, each from a month on; of people who are told anew from a month on
    (`PayFiles.later`) that month and the later ones know what was said then.
    """

    def __init__(self, scheme: Scheme, files: PayFiles, schemes: Mapping[date, Scheme] | None = None) -> None:
        self.files = files
        self.schemes = {date.min: scheme, **(schemes or {})}
        self.people = {date.min: files.people, **files.later}
        self.months = {
            month: rows for (month,), rows in files.months.partition_by("month", as_dict=True).items() if month
        }
        self.scales = {key: _scale(files.months[key]) for key in SUMMED}
        self._standing: tuple[tuple[date, date], Standing] | None = None

    def scheme(self, first: date) -> Scheme:
        """The scheme that the month is paid by."""
        return self.schemes[_last(self.schemes, first)]

    def month(self, first: date) -> Month:
        """The facts of the month that begins on this day."""
        known = (_last(self.schemes, first), _last(self.people, first))
        if self._standing is None or self._standing[0] != known:
            self._standing = known, Standing(self.schemes[known[0]], self.people[known[1]])
        return self._standing[1].month(first, self._rows(first))

    def _rows(self, first: date) -> dict[str, Exact]:
        """The month's counts and sums; whoever has no row has 0 of everything."""
        rows = self.months.get(first)
        if rows is None:
            return {key: constant(0) for key in SUMMED}
        scaled = rows.select("id", *((pl.col(key) * scale).cast(pl.Int128) for key, scale in self.scales.items()))
        joined = self.files.people.select("id").join(scaled, on="id", how="left", maintain_order="left").fill_null(0)
        return {key: column(joined[key], scale) for key, scale in self.scales.items()}


class Standing:
    """What a scheme makes of people as they are known, whatever the month brings."""

    def __init__(self, scheme: Scheme, people: pl.DataFrame) -> None:
        self.scheme = scheme
        self.people = people
        self.special = _cents(people["special_deductions"])
        self.bases = {base: _cents(people[f"{base}_base"]) for base in ("social", "housing")}
        self.first_job = people["first_job"].fill_null(False)
        self.by_key = {item.code: self._looked_up(item) for item in scheme.items if item.kind in ("table", "appraisal")}

    def month(self, first: date, rows: dict[str, Exact]) -> Month:
        """The facts of the month that begins on this day, with its rows."""
        length = monthrange(first.year, first.month)[1]
        service = self._service(first, first.replace(day=length))
        served = service["days"] > 0
        counted = {"any_day": served, "joined_by_15": service["joined_by_15"]}
        full = {item.code: self._full(item, first, service) for item in self.scheme.items}
        return Month(
            first,
            served,
            column(service["days"]),
            constant(length),
            counted,
            {code: each for code, each in full.items() if each is not None},
            rows,
            self.bases,
            self.special,
            self.first_job,
            self._unknown(first, counted),
        )

    def _service(self, first: date, last: date) -> pl.DataFrame:
        """Days in service (an unknown hiring date: as if hired before), and what hangs on the two dates."""
        hired, left, middle = pl.col("hired_on"), pl.col("left_on"), first.replace(day=15)
        begins = pl.max_horizontal(hired.fill_null(first), pl.lit(first))
        ends = pl.min_horizontal(left.dt.offset_by("-1d"), pl.lit(last))
        return self.people.select(
            days=((ends - begins).dt.total_days() + 1).clip(0),
            on_last_day=(hired <= last).fill_null(True) & (left > last).fill_null(True),
            joined_by_15=(hired <= middle).fill_null(False) & (left > middle).fill_null(True),
            years=(first.year - hired.dt.year() - _later_in_year(hired, first)).fill_null(0).clip(0),
        )

    def _full(self, item: Any, first: date, service: pl.DataFrame) -> Exact | None:
        """An item's full amount where it is a fact, or the number that its amount is multiplied by."""
        if item.code in self.by_key:
            return self.by_key[item.code][0]
        if item.kind == "fixed":
            return constant(Fraction(item.amount))
        if item.kind == "seniority":
            years = column(service["years"])
            return years if item.cap_years is None else years.at_most(constant(item.cap_years))
        if item.kind == "once":
            return column(service["on_last_day"]) if item.month == first.month else constant(0)
        return None

    def _looked_up(self, item: Any) -> tuple[Exact, pl.Series]:
        """Each person's amount or factor, and who has none."""
        by, table = (item.by, item.table) if item.kind == "table" else ("appraisal", item.factors)
        amounts = {key: Fraction(amount) for key, amount in table.items()}
        under = lcm(*(each.denominator for each in amounts.values()))
        numbers = {key: int(each * under) for key, each in amounts.items()}
        found = self.people[by].replace_strict(numbers, default=None, return_dtype=pl.Int64)
        return column(found.fill_null(0), under), found.is_null()

    def _unknown(self, first: date, insured: dict[str, pl.Series]) -> dict[str, pl.Series]:
        """By the name of what is missing, whose slip it leaves open."""
        missing: dict[str, pl.Series] = {"hired_on": self.people["hired_on"].is_null()}
        for item in self.scheme.items:
            if item.code in self.by_key:
                key: str = item.by if item.kind == "table" else "appraisal"
                mask = self.by_key[item.code][1]
                missing[key] = missing[key] | mask if key in missing else mask
        for each in self.scheme.contributions:
            counted = insured[each.month_rule]
            if each.on(first) is None:
                missing[each.code] = counted
            key = f"{each.base}_base"
            mask = self.people[key].is_null() & (counted | self.people["hired_on"].is_null())
            missing[key] = missing[key] | mask if key in missing else mask
        place = {key: at for at, key in enumerate(ORDER)}
        return dict(sorted(missing.items(), key=lambda each: place.get(each[0], len(place))))


def _last(since: Iterable[date], first: date) -> date:
    """The latest of the days that a month already knows."""
    return max(day for day in since if day <= first)


def _later_in_year(hired: pl.Expr, day: date) -> pl.Expr:
    """1 where this year's anniversary is still to come, else 0."""
    later = (hired.dt.month() > day.month) | ((hired.dt.month() == day.month) & (hired.dt.day() > day.day))
    return later.cast(pl.Int32)


def _scale(cells: pl.Series) -> int:
    """The least power of ten times which every cell is whole: what is exact reaches further so."""
    scaled = ((scale, cells * scale) for scale in POWERS)
    return next(scale for scale, numbers in scaled if (numbers == numbers.round()).all())


def _cents(cells: pl.Series) -> Exact:
    """Amounts as whole 分; what isn't there is 0 (and, where it mustn't be, told as missing)."""
    whole = cells.to_frame().select((pl.col(cells.name) * CENTS).cast(pl.Int128).fill_null(0))
    return column(whole.to_series(), CENTS)
