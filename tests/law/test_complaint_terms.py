"""投诉举报的期限: 300 sequences of stops, resumptions, extensions and holidays equal a clock that counts day by day."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fujing.kernel.calendar import is_workday
from fujing.law.complaints.terms import LONGEST, Stop, Term, Unit, ends, overdue

DAY = timedelta(1)
FIRST = date(2025, 12, 20)


def by_days(term: Term, worked: Callable[[date], bool | None]) -> date | None:
    """The last day, counted one by one: a day counts unless somebody stopped the clock before its end."""
    if term.days is None:
        return None
    counted, day = 0, term.begins
    while counted < term.days + term.extended:
        day += DAY
        if (day - term.begins).days > LONGEST:
            return None
        if any(stop.since <= day and (stop.resumed is None or day < stop.resumed) for stop in term.stops):
            continue
        if term.unit is Unit.WORKING:
            known = worked(day)
            if known is None:
                return None
            counted += known
        else:
            counted += 1
    return day


def sequence(seed: int) -> Term:
    chance = random.Random(seed)
    stops = []
    for _ in range(chance.randint(0, 5)):
        since = FIRST + timedelta(chance.randint(-10, 120))
        # Sequences overlap, touch, begin before the term, last no day, and now and then never end.
        resumed = None if chance.random() < 0.06 else since + timedelta(chance.randint(0, 40))
        stops.append(Stop(since, resumed))
    return Term(
        FIRST + timedelta(chance.randint(0, 60)),
        chance.randint(1, 60),
        chance.choice(list(Unit)),
        tuple(stops),
        chance.choice((0, 0, 10, 30)),
    )


def test_deadlines_of_three_hundred_sequences_equal_the_day_by_day_clock() -> None:
    terms = [sequence(seed) for seed in range(300)]
    found = [ends(term, is_workday) for term in terms]
    assert found == [by_days(term, is_workday) for term in terms]
    # The sequences are worth something: both units, stops that count, terms that stand still, and holidays in between.
    assert sum(last is None for last in found) >= 5
    plain = [ends(Term(term.begins, term.days, term.unit), is_workday) for term in terms]
    assert sum(a != b for a, b in zip(found, plain, strict=True)) >= 150
    assert {term.unit for term in terms} == set(Unit)
    over_new_year = [last for term, last in zip(terms, found, strict=True) if term.unit is Unit.WORKING and last]
    assert sum(term_over_holidays(term) for term in terms) >= 50
    assert all(is_workday(last) for last in over_new_year)


def term_over_holidays(term: Term) -> bool:
    """Whether the Spring Festival of 2026 lies in a term of working days."""
    last = ends(term, is_workday)
    return term.unit is Unit.WORKING and last is not None and term.begins < date(2026, 2, 15) < last


@pytest.mark.parametrize(
    ("term", "last"),
    [
        (Term(date(2026, 3, 2), 15), date(2026, 3, 17)),
        (Term(date(2026, 3, 2), 15, extended=30), date(2026, 4, 16)),
        # Stopped on the 10th, resumed on the 13th: the 10th, 11th and 12th don't count.
        (Term(date(2026, 3, 2), 15, stops=(Stop(date(2026, 3, 10), date(2026, 3, 13)),)), date(2026, 3, 20)),
        (Term(date(2026, 3, 2), 15, stops=(Stop(date(2026, 3, 10)),)), None),
        (Term(date(2026, 3, 2), None), None),
        (Term(date(2026, 2, 13), 2, Unit.WORKING), date(2026, 2, 24)),
    ],
)
def test_deadlines_as_a_person_reckons_them(term: Term, last: date | None) -> None:
    assert ends(term, is_workday) == last


def test_deadlines_beyond_the_known_holidays_are_undetermined() -> None:
    assert ends(Term(date(2026, 12, 1), 60, Unit.WORKING), lambda day: None if day.year > 2026 else True) is None
    assert overdue(Term(date(2026, 3, 2), None), date(2030, 1, 1), is_workday) is None


def test_deadlines_are_missed_on_the_day_after_the_last_and_never_while_they_stand_still() -> None:
    term = Term(date(2026, 3, 2), 15)
    assert overdue(term, date(2026, 3, 17), is_workday) is False
    assert overdue(term, date(2026, 3, 18), is_workday) is True
    still = Term(date(2026, 3, 2), 15, stops=(Stop(date(2026, 3, 10)),))
    assert overdue(still, date(2026, 6, 1), is_workday) is False
