"""What a duty order asks about work cards (Article 26): whose may be used, and until when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

from fujing.duties.orders.facts import Cards, Held
from fujing.management.outfit.models import Card
from fujing.management.outfit.states import CardState


def cards_for_duty(engagements: Collection[int]) -> Cards:
    """By employment; a card that is requested only says nothing, one that is stopped, lost or handed in is none."""
    rows = Card.objects.filter(engagement__in=engagements).exclude(state=CardState.REQUESTED)
    found: dict[int, list[Held]] = defaultdict(list)
    for engagement, state, number, span in rows.values_list("engagement_id", "state", "number", "span"):
        held = found[engagement]
        if state == CardState.VALID:
            held.append(Held(number, span.lower, span.upper - timedelta(1)))
    return {engagement: tuple(held) for engagement, held in found.items()}
