"""Ages in full years (周岁), for one person and for a column of birth dates.

The birthday itself counts. A person born on 29 February reaches an age on 1 March of a common year.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import polars as pl

Reading = Literal["completed_years", "birthday_inclusive"]


def birthday(born: date, age: int) -> date:
    """The day on which a person reaches an age."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)


def age_on(born: date, day: date) -> int:
    """Completed years on a day: one more from the birthday itself."""
    age = day.year - born.year
    return age if birthday(born, age) <= day else age - 1


def has_reached(born: date, age: int, day: date) -> bool:
    """已满: the birthday itself counts, on both readings."""
    return birthday(born, age) <= day


def reckoned_age(born: date, day: date, reading: Reading) -> int:
    """The age that an upper limit is compared with (不超过).

    `completed_years`: a person of 35 stays so until the day before the 36th birthday.
    `birthday_inclusive`: the 35th birthday is the last day of not being beyond 35.
    """
    age = age_on(born, day)
    return age if reading == "completed_years" or birthday(born, age) == day else age + 1


def span_expression(born: pl.Expr, day: pl.Expr) -> pl.Expr:
    """Both dates as yyyymmdd, subtracted: its ten-thousands are the completed years.

    29 February (…0229) follows 28 and precedes 1 March (…0301), as the law has it.
    """
    return _digits(day) - _digits(born)


def age_expression(span: pl.Expr) -> pl.Expr:
    """`age_on` of a column, from its span; null where the birth date or the day is unknown."""
    return span // 10_000


def reckoned_expression(span: pl.Expr, born: pl.Expr, day: pl.Expr) -> pl.Expr:
    """`reckoned_age` of a column on the reading `birthday_inclusive`, from its span."""
    from_leap_day = (_digits(born) % 10_000 == 229) & (span % 10_000 == 72) & ~day.dt.is_leap_year()
    return age_expression(span) + (~((span % 10_000 == 0) | from_leap_day)).cast(pl.Int32)


def _digits(day: pl.Expr) -> pl.Expr:
    return day.dt.year() * 10_000 + day.dt.month().cast(pl.Int32) * 100 + day.dt.day()
