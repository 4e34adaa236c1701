"""What waits about tiers (Article 23)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.management.tiers.models import Batch, Scheme
from fujing.management.tiers.queries import objected, publicity_over
from fujing.management.tiers.states import DECIDERS, HR, BatchState, SchemeState

KINDS = {
    "tiers_scheme": {"drafted": "tiers_scheme_drafted"},
    "tiers_batch": {
        "drafted": "tiers_batch_drafted",
        "proposed": "tiers_batch_proposed",
        "publicised": "tiers_batch_publicised",
    },
}
WHAT = {
    "tiers_scheme_drafted": ("已登记，待决定施行", DECIDERS, "层级方案", "份"),
    "tiers_batch_drafted": ("拟定中，待提出名单", HR, "层级批次", "批"),
    "tiers_batch_proposed": ("已提出名单，待公示", HR, "层级批次", "批"),
    "tiers_batch_objected": ("公示中收到异议，待答复", HR, "层级批次", "批"),
    "tiers_batch_publicised": ("公示期满，待决定", DECIDERS, "层级批次", "批"),
}


def tier_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """What of the own bureau's schemes and batches is counted, for whoever acts on them."""
    if not actor.has(*HR, *DECIDERS):
        return
    own = Batch.objects.filter(organ_code=actor.organ_code or 0)
    schemes = Scheme.objects.filter(organ_code=actor.organ_code or 0, state=SchemeState.DRAFTED)
    yield rows_counted(schemes, "tiers_scheme_drafted", "made_at__date")
    waiting = own.filter(state__in=[BatchState.DRAFTED, BatchState.PROPOSED])
    yield rows_counted(waiting, "tiers_batch_", "made_at__date", by="state")
    yield rows_counted(publicity_over(own), "tiers_batch_publicised", "publicised_until")
    yield rows_counted(objected(own), "tiers_batch_objected", "publicised_from")


def tier_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """What waits for who draws up, answers and decides; what is public waits from the day after its last."""
    for kind, (what, roles, matter, unit) in WHAT.items():
        number, day = counted.get(kind, (0, None))
        if not number or not actor.has(*roles):
            continue
        since = day + timedelta(1) if day and kind == "tiers_batch_publicised" else day
        yield Todo(kind, number, what, matter=matter, total=f"共 {number} {unit}", provision="23.p1", since=since)


TIERS = Waiting(tier_counts, tier_todos)
