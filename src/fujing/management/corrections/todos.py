"""What waits in corrections (Article 14.7)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.management.corrections.models import Correction
from fujing.management.corrections.policies import can_see_corrections
from fujing.management.corrections.states import CorrectionState

KINDS = {"correction": {"asked": "correction_asked"}}


def correction_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """Requests of the own organ's people that nobody answered yet, since the day of the first."""
    if can_see_corrections(actor):
        rows = Correction.objects.filter(organ_code=actor.organ_code or 0, state=CorrectionState.ASKED)
        yield rows_counted(rows, "correction_asked", "asked_at__date")


def correction_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """They wait without a term: no rule seen gives one."""
    count, first = counted.get("correction_asked", (0, None))
    if count:
        yield Todo(
            "correction_asked",
            count,
            "本人申请更正档案，待核对",
            matter="更正申请",
            total=f"共 {count} 件",
            provision="14.7",
            since=first,
        )


CORRECTIONS = Waiting(correction_counts, correction_todos)
