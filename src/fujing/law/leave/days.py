"""Counting days of leave: whole days, halves and hours, with and without the days that nobody works."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from fujing.law.leave.kinds import KINDS, Measure

Working = Callable[[date], bool | None]
"""Whether a day is worked, weekends that were shifted included; None in a year without an arrangement."""
NOON = time(12)
HOURS = Decimal(8)
WHOLE, FINEST = Decimal(1), Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Counted:
    """A leave in days: all days, and by calendar year those that are worked. `unknown`: years without an arrangement."""

    calendar: Decimal
    working: Mapping[int, Decimal]
    unknown: tuple[int, ...] = ()

    @property
    def worked(self) -> Decimal | None:
        """The working days of all years; None where a year has no arrangement."""
        return None if self.unknown else sum(self.working.values(), Decimal(0))

    def of(self, kind: str) -> tuple[Decimal, Decimal] | None:
        """The fewest and the most days that count for a kind; None where that can't be told."""
        measure = KINDS[kind].measure
        if measure is Measure.CALENDAR:
            return self.calendar, self.calendar
        if self.worked is None:
            return None
        return self.worked, self.worked if measure is Measure.WORKING else self.calendar


def counted(begins: datetime, ends: datetime, works: Working) -> Counted:
    """A leave from a moment until another, the last not included; morning and afternoon are half days."""
    calendar, working, unknown = Decimal(0), defaultdict[int, Decimal](Decimal), set()
    day = begins.date()
    while datetime.combine(day, time()) < ends:
        midnight = datetime.combine(day + timedelta(days=1), time())
        part = share(max(begins, datetime.combine(day, time())), min(ends, midnight))
        calendar += part
        worked = works(day)
        if worked is None:
            unknown.add(day.year)
        elif worked:
            working[day.year] += part
        day += timedelta(days=1)
    return Counted(calendar, dict(working), tuple(sorted(unknown)))


def share(begins: datetime, ends: datetime) -> Decimal:
    """What part of its day a time is: halves by noon, else its hours of eight, never more than the day."""
    halves = (begins.time() in (time(), NOON)) and (ends.time() in (time(), NOON))
    seconds = Decimal((ends - begins).total_seconds())
    if halves:
        return seconds / 86400
    return min(WHOLE, (seconds / 3600 / HOURS).quantize(FINEST))
