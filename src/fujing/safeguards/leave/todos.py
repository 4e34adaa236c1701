"""What waits about leave (Article 36)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.safeguards.leave.models import LeaveRequest
from fujing.safeguards.leave.states import DECIDERS, HR, UNIT, LeaveState

S = LeaveState
KINDS = {"leave_request": {"asked": "leave_of_unit", "advised": "leave_advised", "approved": "leave_over"}}
WHAT = {
    "leave_of_unit": ("已申请，待单位意见", UNIT),
    "leave_asked": ("没有登记用人单位，待提意见", HR),
    "leave_advised": ("单位已提意见，待批准", DECIDERS),
    "leave_over": ("假期已满，待销假", HR),
}


def over(rows: QuerySet[LeaveRequest]) -> QuerySet[LeaveRequest]:
    """Those that were approved and are over."""
    return rows.filter(state=S.APPROVED, span__endswith__lte=datetime.now(tz=ZONE))


def leave_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """What of the own unit's or bureau's requests is counted, for whoever acts on them."""
    own = LeaveRequest.objects.filter(organ_code=actor.organ_code or 0)
    if actor.has(*UNIT):
        asked = LeaveRequest.objects.filter(unit=actor.organ_code or 0, state=S.ASKED)
        yield rows_counted(asked, "leave_of_unit", "asked_at__date")
    if actor.has(*HR):
        yield rows_counted(own.filter(state=S.ASKED, unit=None), "leave_asked", "asked_at__date")
        yield rows_counted(over(own), "leave_over", "asked_at__date")
    if actor.has(*DECIDERS):
        yield rows_counted(own.filter(state=S.ADVISED), "leave_advised", "asked_at__date")


def leave_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """What waits for the unit, for the personnel and for who decides."""
    for kind, (what, roles) in WHAT.items():
        number, day = counted.get(kind, (0, None))
        if number and actor.has(*roles):
            yield Todo(kind, number, what, matter="请假", total=f"共 {number} 件", provision="36", since=day)


LEAVES = Waiting(leave_counts, leave_todos)
