"""What waits about reports, for their readers alone, and about suggestions (Articles 14.4 and 31)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.management.complaints.models import Report, Suggestion
from fujing.management.complaints.states import ANSWERERS, READERS, ReportState

R = ReportState
OPEN = (R.RECEIVED, R.TRANSFERRED, R.ACCEPTED, R.INVESTIGATED, R.HEARD, R.CONCLUDED)
KINDS = {
    "complaint": {str(state): f"complaint_{state}" for state in OPEN},
    "suggestion": {"made": "suggestion_made"},
    # A statement is asked of one person, on their own page; its report waits for the readers meanwhile.
    "complaint_hearing": {"asked": "complaint_investigated"},
}


def complaint_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """Reports to which the actor holds a key (the database shows no other), and suggestions to the own bureau."""
    if actor.has(*READERS):
        yield rows_counted(Report.objects.filter(state__in=OPEN), "complaint_", "received_on", by="state")
    if actor.has(*ANSWERERS):
        waiting = Suggestion.objects.filter(organ_code=actor.organ_code or 0, state="made")
        yield rows_counted(waiting, "suggestion_made", "made_at__date")


def complaint_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """How many, and since when; nothing of what they are about."""
    for state in OPEN:
        number, day = counted.get(f"complaint_{state}", (0, None))
        if number and actor.has(*READERS):
            yield Todo(
                f"complaint_{state}",
                number,
                str(state.label),
                matter="投诉举报",
                total=f"共 {number} 件",
                provision="31",
                since=day,
            )
    number, day = counted.get("suggestion_made", (0, None))
    if number and actor.has(*ANSWERERS):
        yield Todo(
            "suggestion_made", number, "待答复", matter="意见建议", total=f"共 {number} 条", provision="14.4", since=day
        )


COMPLAINTS = Waiting(complaint_counts, complaint_todos)
