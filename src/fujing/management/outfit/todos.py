"""What waits about work cards (Article 26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.management.outfit.models import Card
from fujing.management.outfit.policies import can_handle_outfits
from fujing.management.outfit.queries import expiring, left_behind, without_card
from fujing.management.outfit.states import CardState

KINDS = {"card": {"requested": "card_requested", "lost": "card_without"}}
WHAT = {
    "without": "在职而没有有效的工作证，待申领",
    "requested": "已申领，待印制、由本人签收",
    "expiring": "已经到期或者即将到期，待换发",
    "gone": "人员已不在职，工作证待收回注销",
}
DUE = ("expiring",)
"""Whose day is a deadline: the others wait since then."""


def outfit_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """What of the own bureau's cards is counted: those without since their first day in service, `requested` since then,
    `expiring` until the day after the last, `gone` since the day after the last in service."""
    if not can_handle_outfits(actor):
        return
    own = Card.objects.filter(organ_code=actor.organ_code or 0)
    asked = own.filter(state=CardState.REQUESTED, engagement__span__endswith=None)
    yield rows_counted(without_card(actor), "card_without", "span__startswith")
    yield rows_counted(asked, "card_requested", "made_at__date")
    yield rows_counted(expiring(own, today()), "card_expiring", "span__endswith")
    yield rows_counted(left_behind(own, today()), "card_gone", "engagement__span__endswith")


def outfit_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """Who of the own bureau has no card, whose ends, and what is to be printed, handed over or taken back."""
    for kind, what in WHAT.items():
        count, day = counted.get(f"card_{kind}", (0, None))
        if not count:
            continue
        last = day - timedelta(1) if day and kind in DUE else None
        yield Todo(
            f"card_{kind}",
            count,
            what,
            matter="工作证",
            total=f"共 {count} 人" if kind in ("without", "gone") else f"共 {count} 张",
            provision="26",
            since=None if last else day,
            due=last,
        )


OUTFIT = Waiting(outfit_counts, outfit_todos)
