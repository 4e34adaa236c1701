"""What waits in the wing of the registry, and where each is done."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.daily import standings
from fujing.kernel.todos import Todo
from fujing.web.audience import ADMINS, sees

PLACES = {"daily_missed": "desk:system"}


def registry_todos(actor: Actor) -> Iterator[Todo]:
    """Of administrators: each daily duty that was missed, since the day when it was last done."""
    if not sees(actor, ADMINS):
        return
    for each in standings():
        if each.missed:
            last = timezone.localdate(each.last) if each.last else None
            told = f"上次办成是{last:%Y-%m-%d}" if last else "还没有办成过"
            yield Todo("daily_missed", 1, "每日事项没有按时办理", matter=each.duty.label, total=told, since=last)
