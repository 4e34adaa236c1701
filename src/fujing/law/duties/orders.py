"""What is judged: orders, absences, and what of them a file says at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from fujing.law.formats.roster import NONE

AbsenceKind = Literal["leave", "suspension", "recusal"]


@dataclass(frozen=True, slots=True)
class Order:
    """One person sent to one piece of work. `end` earlier than `start` is on the next day."""

    row: int
    subject: str
    """序号, or 行N."""
    id_number: str | None = None
    day: date | None = None
    start: time | None = None
    end: time | Literal["24:00"] | None = None
    item: str | None = None
    text: str | None = None
    place: str | None = None
    commander: str | None = None
    basis: str | None = None
    needs: tuple[str, ...] = ()
    drives: bool = False
    restraint: bool = False
    emergency: str | None = None
    mode: str | None = None
    """How it is commanded, a key of MODES; a file doesn't say."""
    part: str | None = None
    """What of it is the auxiliary's, a key of PART_LABELS; a file doesn't say."""
    moments: tuple[datetime, datetime] | None = None
    """From when until when, where that is known to the minute; else `day`, `start` and `end` say it."""
    named: str = ""
    """What others call it; empty: by its row."""

    @property
    def article(self) -> str | None:
        """9, 10 or 11: the article that the item names, whether or not it has that item."""
        head = (self.item or "").split(".")[0]
        return head if head in ("9", "10", "11") else None

    @property
    def led_by(self) -> str | None:
        """The commanding officer; empty and 无 are nobody."""
        return None if said_none(self.commander) else self.commander

    @property
    def span(self) -> tuple[datetime, datetime] | None:
        """From when (inclusive) to when (exclusive); null while date or time is unknown."""
        if self.moments is not None:
            return self.moments
        if self.day is None or self.start is None or self.end is None:
            return None
        begins = datetime.combine(self.day, self.start)
        midnight = datetime.combine(self.day, time()) + timedelta(days=1)
        if self.end == "24:00":
            return begins, midnight
        ends = datetime.combine(self.day, self.end)
        return begins, ends + timedelta(days=1) if self.end < self.start else ends

    @property
    def days(self) -> tuple[date, ...]:
        """The days that it touches; one that ends at midnight doesn't touch the next."""
        if self.span is None:
            return () if self.day is None else (self.day,)
        begins, ends = self.span
        last = max(begins, ends - timedelta(microseconds=1)).date()
        return (begins.date(),) if last == begins.date() else (begins.date(), last)


@dataclass(frozen=True, slots=True)
class Absence:
    """A person who isn't to be sent: on some days (inclusive), or to one matter.

    `moments`: from when until when, where that is known to the minute; on its first and last day the rest is free.
    """

    id_number: str | None
    kind: AbsenceKind | None
    start: date | None = None
    end: date | None = None
    matter: str | None = None
    moments: tuple[datetime, datetime] | None = None

    def meets(self, order: Order) -> bool | None:
        """Whether an order falls into it: to the minute where both are known so, else by days."""
        if self.moments is not None and order.span is not None:
            return self.moments[0] < order.span[1] and order.span[0] < self.moments[1]
        return self.covers(order.days)

    def covers(self, days: tuple[date, ...]) -> bool | None:
        """Whether any of the days is in it; null where an unknown end leaves that open."""
        if any((self.start or day) <= day <= (self.end or day) and (self.start and self.end) for day in days):
            return True
        possible = any((self.start or day) <= day <= (self.end or day) for day in days) or not days
        return None if possible else False


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan as a file has it. `columns`: the keys of the columns that are there; no absences: no such sheet."""

    orders: tuple[Order, ...]
    columns: frozenset[str]
    absences: tuple[Absence, ...] | None = None


def said_none(text: str | None) -> bool:
    """Nothing there, or said that there is nothing."""
    return text is None or text.strip() in ("", NONE)
