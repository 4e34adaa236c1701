"""Somebody of Santai with a work card at any state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.management.outfit.models import Card
from fujing.management.outfit.services import (
    card_issue,
    card_lose,
    card_photo,
    card_revoke,
    card_suspend,
    cards_request,
)
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI
from tests.management.made import ending
from tests.pictures import photograph


@dataclass(frozen=True)
class Store:
    """Who hands out and who decides in a bureau, and somebody in service there."""

    supply: Actor
    head: Actor
    engagement: Engagement


def store(name: str = "王建华") -> Store:
    """Santai with a keeper of equipment, a personnel head, and somebody in service since 2021."""
    engagement = ending(200, name)
    with acting(factories.PROVINCIAL):
        return Store(factories.officer(SANTAI, "supply"), factories.officer(SANTAI, "hr_head"), engagement)


def face() -> SimpleUploadedFile:
    return SimpleUploadedFile("照片.jpg", photograph(), "image/jpeg")


def tail(engagement: Engagement) -> str:
    """The last four characters of somebody's number, by which they sign."""
    return str(engagement.person.id_number)[-4:]


def requested(made: Store, *, starts: date | None = None, days: int = 1000) -> Card:
    """A card with its photo that waits to be handed over."""
    starts = starts or today()
    (card,) = cards_request(
        actor=made.supply, engagements=[made.engagement.pk], starts=starts, last_day=starts + timedelta(days)
    )
    return card_photo(actor=made.supply, card=card, upload=face())


def signed(made: Store, card: Card) -> Card:
    """The same card in its bearer's hands."""
    person = card.engagement.person
    return card_issue(actor=made.supply, card=card, signed_as=person.name, id_tail=tail(card.engagement))


def card_at(made: Store, state: str, **given: int) -> Card:
    """A card brought to a state by the services."""
    card = requested(made, **given)
    if state == "requested":
        return card
    card = signed(made, card)
    if state == "suspended":
        with acting(made.head):
            return card_suspend(actor=made.head, card=card, reason="停止执勤")
    if state == "lost":
        return card_lose(actor=made.supply, card=card, reason="在巡逻中遗失")
    return card_revoke(actor=made.supply, card=card, reason="交回") if state == "revoked" else card
