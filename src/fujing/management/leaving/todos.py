"""What waits in departures (Articles 26, 32 and 39)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.todos import MOST, Counted, Todo, Waiting, rows_counted
from fujing.law.leaving.days import certificate_until
from fujing.law.parameters import Parameters
from fujing.management.leaving.models import Departure, Resignation
from fujing.management.leaving.policies import can_handle_departures
from fujing.management.leaving.queries import hearings_open, hearings_waiting
from fujing.management.leaving.states import DECIDERS, DepartureState, ResignationState

D = DepartureState
WHAT = {
    D.DRAFTED: "材料收集中，待核对",
    D.CHECKED: "已核对，待决定",
    D.DECIDED: "已决定，待通知本人",
    D.NOTIFIED: "已通知，待交接物品",
    D.CLEARED: "已交接，到最后工作日办理离职",
    D.ENDED: "已离职，待出具证明",
}

KINDS = {
    "departure": {str(state): f"departure_{state}" for state in WHAT},
    "hearing": {"told": "hearing_told"},
    "resignation": {"received": "resignation_received"},
}


def leaving_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """What of the own bureau's departures, notices and hearings is counted, with the last day of work or of a term."""
    if not (can_handle_departures(actor) or actor.has(*DECIDERS)):
        return
    own = {"organ_code": actor.organ_code or 0}
    yield rows_counted(Departure.objects.filter(state__in=WHAT, **own), "departure_", "last_day", by="state")
    received = Resignation.objects.filter(state=ResignationState.RECEIVED, **own)
    yield rows_counted(received, "resignation_received", "last_day")
    yield rows_counted(hearings_open(actor), "hearing_told", "answer_until")


def leaving_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """All that waits in departures, notices and hearings of the own bureau."""
    handles, decides = can_handle_departures(actor), actor.has(*DECIDERS)
    if handles:
        yield from _resignations(counted)
        yield from _hearings(actor, counted)
    for state, what in WHAT.items():
        number, last_day = counted.get(f"departure_{state}", (0, None))
        if last_day and (decides if state == D.CHECKED else handles):
            yield _departure(state, what, number, last_day)


def _departure(state: D, what: str, count: int, last_day: date) -> Todo:
    """Departures at a step; the certificate within the days of Labour Contract Law 50."""
    due = certificate_until(Parameters(last_day), last_day) if state == D.ENDED else last_day
    return Todo(
        f"departure_{state}",
        count,
        what,
        matter="离职",
        total=f"共 {count} 人",
        provision="26" if state == D.NOTIFIED else "39" if state == D.ENDED else "32",
        due=due,
    )


def _resignations(counted: Counted) -> Iterator[Todo]:
    """Notices of people's own that wait to be confirmed; their days run from the day on which they were received."""
    if "resignation_received" in counted:
        count, last_day = counted["resignation_received"]
        yield Todo(
            "resignation_received",
            count,
            "已收到本人书面通知，待确认",
            matter="本人辞职",
            total=f"共 {count} 人",
            provision="14.6",
            due=last_day,
        )


def _hearings(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """Who was told of a dismissal and may still answer: the answer is recorded when it comes, until the term's last day."""
    for each in hearings_waiting(actor)[:MOST] if "hearing_told" in counted else ():
        yield Todo(
            "hearing_told",
            1,
            "已告知，待本人陈述",
            subject=each.pk,
            matter=f"{each.departure.engagement.person.name}离职",
            provision="20.7",
            due=each.answer_until,
        )


LEAVING = Waiting(leaving_counts, leaving_todos)
