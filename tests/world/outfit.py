"""Somebody of the county who has a work card, with the photo of the application, and a vest of the two that they are owed."""

from __future__ import annotations

from datetime import timedelta

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.outfit.services import card_issue, cards_request
from fujing.management.outfit.stock import Given, item_save, outfit_issue, standard_add, stock_enter
from tests.world.made import County


def equip(made: County) -> None:
    """Who was hired gets a card and a vest, and signs for each."""
    engagement = made.engagement
    assert engagement is not None
    with acting(made.hr):
        (card,) = cards_request(
            actor=made.hr, engagements=[engagement.pk], starts=today(), last_day=today() + timedelta(1000)
        )
        person = engagement.person
        card_issue(actor=made.hr, card=card, signed_as=person.name, id_tail=str(person.id_number)[-4:])
        vest = item_save(
            actor=made.hr, kind="equipment", name="防刺服", season="all", sizes=[], unit="件", wear_months=60
        )
        stock_enter(actor=made.hr, item=vest, size="", kind="bought", quantity=9, note="采购")
        standard_add(actor=made.hr, item=vest, quantity=2, category="field", starts=today(), source="公装〔2026〕1号")
        outfit_issue(
            actor=made.hr,
            engagement=engagement,
            given=[Given(vest, "", 1)],
            signed_as=person.name,
            id_tail=str(person.id_number)[-4:],
        )
