"""周岁: the two readings, 29 February, and one person against a column."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fujing.law.ages import age_on, birthday, has_reached, reckoned_age
from fujing.law.rulebooks.applicant import Applicant

days = st.dates(date(1950, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1990, 1, 22), date(2026, 1, 21), 35),
        (date(1990, 1, 22), date(2026, 1, 22), 36),
        (date(2008, 1, 22), date(2026, 1, 22), 18),
        (date(2008, 1, 23), date(2026, 1, 22), 17),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(1988, 2, 29), date(2024, 2, 29), 36),
    ],
)
def test_the_birthday_itself_counts_and_29_february_waits_for_1_march(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
    assert has_reached(born, age, day)
    assert not has_reached(born, age + 1, day)


@pytest.mark.parametrize(
    ("day", "completed", "inclusive"),
    [
        (date(2025, 1, 22), 35, 35),
        (date(2025, 1, 23), 35, 36),
        (date(2026, 1, 21), 35, 36),
        (date(2026, 1, 22), 36, 36),
    ],
)
def test_the_readings_differ_from_the_day_after_the_birthday(day: date, completed: int, inclusive: int) -> None:
    born = date(1990, 1, 22)
    assert reckoned_age(born, day, "completed_years") == completed
    assert reckoned_age(born, day, "birthday_inclusive") == inclusive


@given(born=days, later=st.integers(0, 30_000), near=st.booleans(), offset=st.integers(-2, 2))
def test_column_and_person_agree(born: date, later: int, near: bool, offset: int) -> None:
    day = born + timedelta(days=later)
    if near:
        day = max(born, birthday(born, 35) + timedelta(days=offset))
    frame = pl.DataFrame({"birth_date": [born], "cutoff": [day], "age_reading": ["x"], "education": [None]})
    for step in Applicant().derived():
        frame = frame.with_columns(**step)
    assert frame["age"][0] == age_on(born, day)
    assert frame["inclusive"][0] == reckoned_age(born, day, "birthday_inclusive")


@pytest.mark.parametrize(
    ("born", "day", "completed", "inclusive"),
    [
        (date(2004, 2, 29), date(2022, 2, 28), 17, 18),
        (date(2004, 2, 29), date(2022, 3, 1), 18, 18),
        (date(2004, 2, 29), date(2022, 3, 2), 18, 19),
        (date(2004, 2, 29), date(2024, 2, 28), 19, 20),
        (date(2004, 2, 29), date(2024, 2, 29), 20, 20),
        (date(2004, 2, 29), date(2024, 3, 1), 20, 21),
        (date(2064, 2, 29), date(2100, 2, 28), 35, 36),
        (date(2064, 2, 29), date(2100, 3, 1), 36, 36),
        (date(1964, 2, 29), date(2000, 2, 29), 36, 36),
        (date(1964, 2, 29), date(2000, 3, 1), 36, 37),
        (date(2004, 2, 28), date(2022, 3, 1), 18, 19),
        (date(2004, 3, 1), date(2022, 3, 1), 18, 18),
        (date(2004, 3, 1), date(2022, 2, 28), 17, 18),
        (date(2004, 12, 31), date(2022, 12, 31), 18, 18),
        (date(2004, 12, 31), date(2023, 1, 1), 18, 19),
    ],
)
def test_columns_know_the_leap_day_in_common_leap_and_hundredth_years(
    born: date, day: date, completed: int, inclusive: int
) -> None:
    frame = pl.DataFrame({"birth_date": [born], "cutoff": [day], "age_reading": ["x"], "education": [None]})
    for step in Applicant().derived():
        frame = frame.with_columns(**step)
    assert (frame["age"][0], frame["inclusive"][0]) == (completed, inclusive)
    assert (age_on(born, day), reckoned_age(born, day, "birthday_inclusive")) == (completed, inclusive)
