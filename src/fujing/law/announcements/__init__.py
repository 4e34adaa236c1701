"""Is this announcement lawful: the draft judged provision by provision, as FORMATS tabulates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fujing.law.announcements.ages import ages
from fujing.law.announcements.conditions import disqualifiers, education, sex, stricter_conditions
from fujing.law.announcements.consent import simplified
from fujing.law.announcements.contract import contract
from fujing.law.announcements.dates import dates
from fujing.law.announcements.duties import duties
from fujing.law.announcements.organising import organiser
from fujing.law.announcements.planning import plan
from fujing.law.announcements.printed import printed
from fujing.law.announcements.priority import priority
from fujing.law.announcements.procedure import procedure
from fujing.law.announcements.scope import dated_on, out_of_scope
from fujing.law.announcements.weights import weights
from fujing.law.findings import Finding
from fujing.law.formats.announcement import Announcement
from fujing.law.parameters import Parameters
from fujing.law.prohibitions import Lexicon

__all__ = ["check_announcement", "dated_on"]


def check_announcement(
    announcement: Announcement, *, today: date, words: Lexicon | None = None, changed: Mapping[str, Any] | None = None
) -> list[Finding]:
    """All findings on a draft, satisfied ones included, in the order of the matters.

    The limits are those of the announcement's day, of `today` if it prints none. One that the Measures don't judge
    (第四十六条, 第三条, 第二条) gets that one finding only. `changed` puts other values in the place of parameters, for a
    what-if.
    """
    day = dated_on(announcement) or today
    outside = out_of_scope(announcement, day)
    return [outside] if outside else list(_findings(announcement, Parameters(day, changed), words))


def _findings(announcement: Announcement, p: Parameters, words: Lexicon | None) -> Iterator[Finding]:
    yield from organiser(announcement)
    yield from plan(announcement)
    yield from ages(announcement, p)
    yield from education(announcement, p)
    yield from duties(announcement, words)
    yield from sex(announcement)
    yield from stricter_conditions(announcement)
    yield from disqualifiers(announcement)
    yield from priority(announcement)
    yield from simplified(announcement)
    yield from procedure(announcement)
    yield from dates(announcement)
    yield from weights(announcement)
    yield from printed(announcement)
    yield from contract(announcement, p)
