"""What waits about protection cases (Articles 28 and 44)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.management.protection.models import Clarification, ProtectionCase
from fujing.management.protection.states import DECIDERS, HANDLERS, ClarificationState, ProtectionState

P = ProtectionState
KINDS = {
    "protection": {"opened": "protection_opened", "handling": "protection_handling"},
    # What is proposed waits for the person, on their own page; its case waits for the bureau meanwhile.
    "clarification": {"proposed": "protection_handling", "agreed": "clarification_agreed"},
}
WHAT = {
    "protection_opened": ("已提出，待受理", "维权案件", "件", "28.p1", (*HANDLERS, *DECIDERS)),
    "protection_handling": ("办理中，待办结", "维权案件", "件", "28.p1", (*HANDLERS, *DECIDERS)),
    "clarification_agreed": ("本人同意，待公开澄清", "澄清事实", "份", "28.p2", HANDLERS),
}


def protection_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """The own bureau's cases that aren't about the actor."""
    if not actor.has(*HANDLERS, *DECIDERS):
        return
    rows = ProtectionCase.objects.filter(organ_code=actor.organ_code or 0).exclude(accused=actor.account_id or 0)
    open_ones = rows.filter(state__in=[P.OPENED, P.HANDLING])
    yield rows_counted(open_ones, "protection_", "opened_at__date", by="state")
    agreed = Clarification.objects.filter(organ_code=actor.organ_code or 0, state=ClarificationState.AGREED)
    yield rows_counted(agreed, "clarification_agreed", "consented_on")


def protection_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """They wait since the first of them came; a term that the bureau entered stands on the case."""
    for kind, (what, matter, unit, provision, roles) in WHAT.items():
        number, day = counted.get(kind, (0, None))
        if number and actor.has(*roles):
            yield Todo(kind, number, what, matter=matter, total=f"共 {number} {unit}", provision=provision, since=day)


PROTECTIONS = Waiting(protection_counts, protection_todos)
