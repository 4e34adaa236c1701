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


def month_and_day(day: pl.Expr) -> pl.Expr:
    """1 March as 301: 29 February (229) follows 28 and precedes 1 March, as the law has it."""
    return day.dt.month().cast(pl.Int32) * 100 + day.dt.day()


def age_expression(born: tuple[pl.Expr, pl.Expr], day: tuple[pl.Expr, pl.Expr]) -> pl.Expr:
    """`age_on` of columns, each date as year and `month_and_day`; null where one is unknown."""
    return day[0] - born[0] - (day[1] < born[1]).cast(pl.Int32)


def reckoned_expression(age: pl.Expr, born: pl.Expr, day: tuple[pl.Expr, pl.Expr]) -> pl.Expr:
    """`reckoned_age` on the reading `birthday_inclusive`, from the age and the birth's `month_and_day`."""
    year = day[0]
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    on_birthday = (day[1] == born) | ((born == 229) & (day[1] == 301) & ~leap)
    return age + (~on_birthday).cast(pl.Int32)
