"""Somebody of the county who has a work card, with the photo of the application."""

from __future__ import annotations

from datetime import timedelta

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.outfit.services import card_issue, cards_request
from tests.world.made import County


def equip(made: County) -> None:
    """Who was hired gets a card and signs for it."""
    engagement = made.engagement
    assert engagement is not None
    with acting(made.hr):
        (card,) = cards_request(
            actor=made.hr, engagements=[engagement.pk], starts=today(), last_day=today() + timedelta(1000)
        )
        person = engagement.person
        card_issue(actor=made.hr, card=card, signed_as=person.name, id_tail=str(person.id_number)[-4:])
