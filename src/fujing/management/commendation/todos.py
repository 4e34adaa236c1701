"""What waits about commendations (Article 29)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.management.commendation.models import Commendation
from fujing.management.commendation.queries import objected, publicity_over
from fujing.management.commendation.states import CHECKERS, DECIDERS, HR, CommendationState

C = CommendationState
KINDS = {
    "commendation": {
        "proposed": "commendation_proposed",
        "checked": "commendation_checked",
        "publicised": "commendation_publicised",
    }
}
WHAT = {
    "commendation_proposed": ("已申报，待核对", CHECKERS),
    "commendation_checked": ("已核对，待公示", HR),
    "commendation_objected": ("公示中收到异议，待答复", HR),
    "commendation_publicised": ("公示期满，待决定", DECIDERS),
}


def commendation_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """What of the own bureau's commendations is counted, for whoever acts on them."""
    if not actor.has(*HR, *DECIDERS):
        return
    own = Commendation.objects.filter(organ_code=actor.organ_code or 0)
    waiting = own.filter(state__in=[C.PROPOSED, C.CHECKED])
    yield rows_counted(waiting, "commendation_", "made_at__date", by="state")
    yield rows_counted(publicity_over(own), "commendation_publicised", "publicised_until")
    yield rows_counted(objected(own), "commendation_objected", "publicised_from")


def commendation_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """What waits for who checks, makes public, answers and decides; what is public waits from the day after its last."""
    for kind, (what, roles) in WHAT.items():
        number, day = counted.get(kind, (0, None))
        if not number or not actor.has(*roles):
            continue
        since = day + timedelta(1) if day and kind == "commendation_publicised" else day
        yield Todo(kind, number, what, matter="表彰奖励", total=f"共 {number} 人", provision="29", since=since)


COMMENDATIONS = Waiting(commendation_counts, commendation_todos)
