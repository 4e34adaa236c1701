"""Ages in full years (周岁), for one person and for a column of birth dates.

The birthday itself counts. A person born on 29 February reaches an age on 1 March of a common year.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import polars as pl

DAYS_TO_1970 = 719_468
"""From 1 March of the year 0 to 1 January 1970."""
DAYS_IN_400_YEARS = 146_097

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


def march_steps(name: str, day: pl.Expr) -> tuple[dict[str, pl.Expr], ...]:
    """Columns to add one step after the other: `<name>_year` and `<name>_day` of a date, in years from 1 March.

    29 February is the last day of such a year (365, counted from 0), so a birthday then is reached on 1 March of a
    common year, as the law has it, and every other day keeps its number in all years. In whole numbers and each
    step once: five times as fast as asking the calendar for year, month and day.
    """
    days, cycle, year = (pl.col(f"{name}_{part}") for part in ("days", "cycle", "year_of_cycle"))
    return (
        {f"{name}_days": day.to_physical() + DAYS_TO_1970},
        {f"{name}_cycle": days % DAYS_IN_400_YEARS},
        {f"{name}_year_of_cycle": (cycle - cycle // 1460 + cycle // 36524 - cycle // 146096) // 365},
        {
            f"{name}_year": days // DAYS_IN_400_YEARS * 400 + year,
            f"{name}_day": cycle - (365 * year + year // 4 - year // 100),
        },
    )


def age_expression(born: tuple[pl.Expr, pl.Expr], day: tuple[pl.Expr, pl.Expr]) -> pl.Expr:
    """`age_on` of columns, each date as year and day of `march_steps`; null where one is unknown."""
    return day[0] - born[0] - (day[1] < born[1]).cast(pl.Int32)


def reckoned_expression(age: pl.Expr, born: pl.Expr, day: tuple[pl.Expr, pl.Expr]) -> pl.Expr:
    """`reckoned_age` on the reading `birthday_inclusive`, from the age and the birth's day in its March year."""
    year = day[0]
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    on_birthday = (day[1] == born) | ((born == 365) & (day[1] == 0) & ~leap)
    return age + (~on_birthday).cast(pl.Int32)
