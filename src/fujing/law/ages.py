"""周岁: completed years at a date, one person or a million.

年满 counts from the birthday itself; a person born on 29 February reaches an age on 1 March of a common year.
"""

from __future__ import annotations

from typing import Any

import polars as pl

READINGS = ("completed_years", "birthday_inclusive")


def completed_years(birth: pl.Expr, on: pl.Expr) -> pl.Expr:
    """Completed years of age on a day. Comparing month and day puts 29 February before 1 March by itself."""
    before_birthday = _month_day(birth) > _month_day(on)
    return on.dt.year().cast(pl.Int32) - birth.dt.year() - before_birthday.cast(pl.Int32)


def with_ages(frame: pl.DataFrame) -> pl.DataFrame:
    """Add `age` on the cut-off and `age_eve` on the day before it, in completed years."""
    birth, on = pl.col("birth_date"), pl.col("cutoff")
    return frame.with_columns(
        completed_years(birth, on).alias("age"),
        completed_years(birth, on.dt.offset_by("-1d")).alias("age_eve"),
    )


def at_most(a: Any, limit: pl.Expr) -> pl.Expr:
    """Whether an upper age limit is kept, by the announcement's reading.

    `completed_years`: until the day before the next birthday. `birthday_inclusive`: the birthday of the limit is the
    last day. Unknown reading (the announcement doesn't say): undetermined where the two differ.
    """
    wide, narrow = a.age <= limit, a.age_eve < limit
    return (
        pl.when(a.reads_birthday)
        .then(narrow)
        .when(a.reads_birthday.is_not_null() | (wide == narrow))
        .then(wide)
    )


def _month_day(day: pl.Expr) -> pl.Expr:
    return day.dt.month().cast(pl.Int32) * 100 + day.dt.day()
