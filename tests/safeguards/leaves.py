"""Somebody of a station of Santai who asks for leave, and those who decide on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from fujing.kernel.actor import Actor, acting
from fujing.kernel.calendar import is_workday
from fujing.kernel.clock import today
from fujing.law.leave.others import Event
from fujing.registry.models import Engagement
from fujing.safeguards.leave.ledger import granted
from fujing.safeguards.leave.models import LeaveRequest, LeaveYear
from fujing.safeguards.leave.queries import moment
from fujing.safeguards.leave.services import Asked, leave_advise, leave_approve, leave_ask, work_record
from tests.factories import SANTAI
from tests.management.appraisals import Bureau, bureau
from tests.registry.activated import opened, own

DAY = timedelta(days=1)
NOON = time(12)


@dataclass(frozen=True)
class Station:
    """A bureau with its station; `engagement` is who asks, `person` their own sign-in."""

    bureau: Bureau
    engagement: Engagement
    person: Actor

    @property
    def hr(self) -> Actor:
        return self.bureau.hr

    @property
    def head(self) -> Actor:
        return self.bureau.head

    @property
    def unit(self) -> Actor:
        return self.bureau.unit


def station(names: Sequence[str] = ("甲",), *, code: int = SANTAI) -> Station:
    """People who have served since 2021, with five days of annual leave that are certain; the first has a sign-in."""
    made = bureau(names, code=code)
    first = made.people[0]
    return Station(made, first, own(opened(first, phone=f"1381234{code // 10**6 % 10**4:04d}")))


def arrangements(folder: Path) -> Path:
    """Years that the library doesn't know yet have no holidays but their weekends."""
    path = folder / "holidays.yaml"
    years = range(today().year, today().year + 3)
    rows = [{"year": year, "source": "国办发明电〔2026〕1号", "holidays": [], "workdays": []} for year in years]
    path.write_text(yaml.safe_dump(rows, allow_unicode=True), "utf-8")
    return path


def monday(weeks: int = 1) -> date:
    """A Monday ahead whose week is worked from Monday to Friday alone and lies, with the next, in one year."""
    day = today() + timedelta(days=7 - today().weekday() + 7 * (weeks - 1))
    while [is_workday(day + DAY * step) for step in range(7)] != [True] * 5 + [False] * 2 or (
        day.year != (day + 13 * DAY).year
    ):
        day += 7 * DAY
    return day


def asked(first: date, days: float = 1, kind: str = "annual", **more: Any) -> Asked:
    """So many days from the morning of one on; halves end at noon."""
    begins = moment(first)
    return Asked(kind, begins, begins + timedelta(days=days), **more)


def ask(made: Station, first: date, days: float = 1, kind: str = "annual", **more: Any) -> LeaveRequest:
    """The person asks."""
    with acting(made.person):
        return leave_ask(actor=made.person, engagement=made.engagement, asked=asked(first, days, kind, **more))


def advise(made: Station, row: LeaveRequest, *, agreed: bool = True, advice: str = "") -> LeaveRequest:
    """The leader of the station says something."""
    with acting(made.unit):
        return leave_advise(actor=made.unit, request=row, agreed=agreed, advice=advice)


def approve(made: Station, row: LeaveRequest, **said: Any) -> LeaveRequest:
    """The head of personnel approves."""
    with acting(made.head):
        return leave_approve(actor=made.head, request=row, **said)


def taken(made: Station, first: date, days: float = 1, kind: str = "annual", **said: Any) -> LeaveRequest:
    """Leave that was approved."""
    event = said.pop("event", Event())
    return approve(made, advise(made, ask(made, first, days, kind, event=event)), **said)


def account(made: Station, year: int) -> LeaveYear:
    """The account of a year, as the law reckons it now."""
    with acting(made.hr):
        return granted(made.hr, made.engagement, year)


def balance(made: Station, year: int) -> Decimal:
    """Days that are left of a year."""
    with acting(made.hr):
        return LeaveYear.objects.get(engagement=made.engagement, year=year).balance


def proven(made: Station, since: date) -> None:
    """The papers are seen."""
    with acting(made.hr):
        work_record(actor=made.hr, engagement=made.engagement, since=since, continuous=True, source="社会保险缴费记录")


def noon(day: date) -> datetime:
    return moment(day, NOON)
