"""Is this announcement lawful: the draft judged provision by provision, as FORMATS tabulates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fujing.law.announcements.ages import ages
from fujing.law.announcements.conditions import education, sex, stricter_conditions
from fujing.law.announcements.contract import contract
from fujing.law.announcements.duties import duties
from fujing.law.announcements.organising import organiser, plan
from fujing.law.announcements.priority import priority
from fujing.law.announcements.procedure import procedure
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.parameters import Parameters
from fujing.law.provisions import measures


def dated_on(announcement: Announcement) -> date | None:
    """The day that decides which law applies: cut-off, else registration, else publication."""
    if isinstance(announcement.cutoff, date):
        return announcement.cutoff
    registration = announcement.registration
    moment = registration and (registration.start or registration.end)
    return moment.date() if moment else announcement.announced_on


def check_announcement(announcement: Announcement, *, today: date) -> list[Finding]:
    """All findings on a draft, satisfied ones included, in the order of the matters.

    The limits are those of the announcement's day, of `today` if it prints none. One dated before the
    Measures took effect (第四十六条) gets that one finding only.
    """
    day, effective = dated_on(announcement) or today, measures().effective
    if day < effective:
        return [
            Finding(
                provision="46",
                rule="announcement.in_force",
                outcome=Outcome.UNDETERMINED,
                message=f"公告日期为{day}，早于本办法施行日{effective}（第四十六条），应按当时的规定判断",
                facts={"date": day, "effective": effective},
            )
        ]
    return list(_findings(announcement, Parameters(day)))


def _findings(announcement: Announcement, p: Parameters) -> Iterator[Finding]:
    yield from organiser(announcement)
    yield from plan(announcement)
    yield from ages(announcement, p)
    yield from education(announcement, p)
    yield from duties(announcement)
    yield from sex(announcement)
    yield from stricter_conditions(announcement)
    yield from priority(announcement)
    yield from procedure(announcement)
    yield from contract(announcement, p)
