"""What somebody who serves, or served, reads of their own card and outfit: by their account alone (Article 14.1)."""

from __future__ import annotations

from fujing.kernel.actor import Actor, looking
from fujing.management.outfit.models import Card, Holding
from fujing.management.outfit.states import HoldingState
from fujing.management.outfit.stock_queries import Due, dues_of
from fujing.registry.models import bureau_range
from fujing.registry.own import own_engagement


def own_cards(actor: Actor) -> list[Card]:
    """The person's own cards, the newest first."""
    return list(Card.objects.filter(person_id=actor.person_id or 0).defer("code").order_by("-pk"))


def own_pieces(actor: Actor) -> int:
    """How many pieces the person has in their hands."""
    return Holding.objects.filter(person_id=actor.person_id or 0, state=HoldingState.HELD).count()


def own_holdings(actor: Actor) -> list[Holding]:
    """Everything that the person was given, what they still have first, with the words for which they signed.

    What things are called is the organ's catalogue; it is read for the person's own pieces alone.
    """
    engagement = own_engagement(actor)
    if engagement is None:
        return []
    with looking(actor, *bureau_range(engagement.organ_code)):
        rows = Holding.objects.filter(person_id=actor.person_id or 0).select_related("item", "hand_over")
        return list(rows.order_by("ended_on", "item__kind", "item__name", "pk"))


def own_dues(actor: Actor) -> list[Due]:
    """What the person is owed today, item by item; nothing for whoever left. The standard is the organ's."""
    engagement = own_engagement(actor)
    if engagement is None or engagement.span.upper is not None:
        return []
    with looking(actor, *bureau_range(engagement.organ_code)):
        return dues_of(engagement)
