"""Which birth dates an age limit lets in on a day: the printed window against the law's."""

from __future__ import annotations

from datetime import date, timedelta

from fujing.law.ages import birthday

DAY = timedelta(days=1)


def latest_birth(age: int, on: date) -> date:
    """The youngest person's birth date who has reached an age on that day, the birthday itself counting."""
    born = date(on.year - age, on.month, min(on.day, 28))
    while birthday(born + DAY, age) <= on:
        born += DAY
    return born


def earliest_birth(age: int, on: date, reading: str) -> date:
    """The oldest person's birth date who is not yet beyond an upper age limit on that day.

    `completed_years`: until the day before the next birthday. `birthday_inclusive`: the birthday of
    the limit itself is the last day.
    """
    if reading == "completed_years":
        return latest_birth(age + 1, on) + DAY
    return latest_birth(age, on - DAY) + DAY
