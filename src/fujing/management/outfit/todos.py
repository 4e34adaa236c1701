"""What waits about work cards (Article 26)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo
from fujing.management.outfit.policies import can_handle_outfits
from fujing.management.outfit.queries import waiting

KINDS = {"card": {"requested": "card_requested", "lost": "card_without"}}
WHAT = {
    "without": "在职而没有有效的工作证，待申领",
    "requested": "已申领，待印制、由本人签收",
    "expiring": "已经到期或者即将到期，待换发",
    "gone": "人员已不在职，工作证待收回注销",
}
DUE = ("expiring",)
"""Whose day is a deadline: the others wait since then."""


def outfit_todos(actor: Actor) -> Iterator[Todo]:
    """Who of the own bureau has no card, whose ends, and what is to be printed, handed over or taken back."""
    counted = waiting(actor) if can_handle_outfits(actor) else {}
    for kind, (count, day) in counted.items():
        last = day - timedelta(1) if day and kind in DUE else None
        yield Todo(
            f"card_{kind}",
            count,
            WHAT[kind],
            matter="工作证",
            total=f"共 {count} 人" if kind in ("without", "gone") else f"共 {count} 张",
            provision="26",
            since=None if last else day,
            due=last,
        )
