"""How a term runs: from the day after it began, not on days on which it is stopped, and longer by what it is extended.

The Measures and the province state no number of days: a term without one is undetermined, never kept and never missed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST = 3660
"""Days within which a term's end is looked for; beyond them it is undetermined."""


class Unit(StrEnum):
    CALENDAR = "calendar"
    WORKING = "working"


@dataclass(frozen=True, slots=True)
class Stop:
    """Days that don't count: from `since`, inclusive, until `resumed`, exclusive; None: it hasn't resumed."""

    since: date
    resumed: date | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """So many days after `begins`, which doesn't count itself; `days` None where none are stated."""

    begins: date
    days: int | None
    unit: Unit = Unit.CALENDAR
    stops: tuple[Stop, ...] = ()
    extended: int = 0


def ends(term: Term, is_workday: Callable[[date], bool | None]) -> date | None:
    """The last day, inclusive. None: no days are stated, the term stands still, or the holidays of a year aren't known."""
    if term.days is None:
        return None
    left = term.days + term.extended
    day = term.begins
    for since, until in _runs(term.begins, term.stops):
        # Days before a run are stopped: whole stretches are stepped over.
        day = since - timedelta(days=1)
        if term.unit is Unit.CALENDAR:
            length = (until - since).days if until else left
            if left <= length:
                return day + timedelta(days=left)
            left -= length
            continue
        while left and (until is None or day + timedelta(days=1) < until):
            day += timedelta(days=1)
            worked = is_workday(day)
            if worked is None or (day - term.begins).days > LONGEST:
                return None
            left -= worked
        if not left:
            return day
    return None


def overdue(term: Term, today: date, is_workday: Callable[[date], bool | None]) -> bool | None:
    """Whether the last day is over; False while it stands still, None where no end can be said."""
    if term.days is not None and any(stop.resumed is None for stop in term.stops if stop.since <= today):
        return False
    last = ends(term, is_workday)
    return None if last is None else today > last


def _runs(begins: date, stops: Sequence[Stop]) -> list[tuple[date, date | None]]:
    """The stretches on which days count, [since, until), the last one open unless the term stands still."""
    runs: list[tuple[date, date | None]] = []
    day: date | None = begins + timedelta(days=1)
    for stop in sorted(stops, key=lambda each: (each.since, each.resumed or date.max)):
        if day is None:
            break
        if stop.since > day:
            runs.append((day, stop.since))
        day = None if stop.resumed is None else max(day, stop.resumed)
    if day is not None:
        runs.append((day, None))
    return runs
