"""What waits about pay (Article 33)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.safeguards.payroll.models import PayRun, PayScheme
from fujing.safeguards.payroll.states import APPROVERS, OPEN, PREPARERS, READERS, SchemeState

KINDS = {
    "pay_run": {"draft": "pay_run_draft", "submitted": "pay_run_submitted", "approved": "pay_run_approved"},
    "pay_scheme": {"entered": "pay_scheme_entered"},
}
WHAT = {
    "pay_scheme_entered": ("薪酬方案待核准", APPROVERS),
    "pay_run_submitted": ("月度薪酬待审批", APPROVERS),
    "pay_run_draft": ("月度薪酬已核算，待报审", PREPARERS),
    "pay_run_approved": ("月度薪酬已审批，待发放", PREPARERS),
}


def pay_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """What of the own bureau's pay is counted, for whoever acts on it."""
    if not actor.has(*READERS):
        return
    own = actor.organ_code or 0
    yield rows_counted(PayRun.objects.filter(organ_code=own, state__in=OPEN), "pay_run_", "made_at__date", by="state")
    entered = PayScheme.objects.filter(organ_code=own, state=SchemeState.ENTERED)
    yield rows_counted(entered, "pay_scheme_", "made_at__date", by="state")


def pay_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """What waits for who approves and for who prepares."""
    for kind, (what, roles) in WHAT.items():
        number, day = counted.get(kind, (0, None))
        if number and actor.has(*roles):
            yield Todo(kind, number, what, matter="薪酬", total=f"共 {number} 件", provision="33", since=day)


PAYROLL = Waiting(pay_counts, pay_todos)
