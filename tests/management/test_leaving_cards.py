"""Whoever leaves hands in the very card that they were given (Article 26)."""

from __future__ import annotations

import pytest
from django.db import transaction

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal, speaking
from fujing.management.leaving.models import ClearanceItem, Departure
from fujing.management.leaving.services import departure_clear, items_confirm
from fujing.management.outfit.models import Card
from fujing.management.outfit.services import card_lose
from tests.management.cards import Store, card_at
from tests.management.departures import Bureau, at, bureau, confirmed

pytestmark = pytest.mark.django_db


def with_card(state: str = "valid") -> tuple[Bureau, Card]:
    """A bureau with somebody who has a card."""
    made = bureau()
    with acting(made.hr):
        return made, card_at(Store(made.hr, made.head, made.engagement), state)


@pytest.mark.parametrize(
    ("state", "outcome", "becomes"),
    [
        ("valid", "returned", "revoked"),
        ("suspended", "returned", "revoked"),
        ("requested", "returned", "revoked"),
        ("valid", "lost", "lost"),
    ],
)
def test_what_is_confirmed_of_a_card_happens_to_it(state: str, outcome: str, becomes: str) -> None:
    made, card = with_card(state)
    with acting(made.hr):
        departure = at(made, "resigned", "notified")
        item = ClearanceItem.objects.get(departure=departure, kind="card")
        assert (item.name, item.card_id) == (f"工作证 {card.number}", card.pk)
        items_confirm(actor=made.hr, departure=departure, said=confirmed(departure, "card"))
        with pytest.raises(Refusal, match=card.number):
            departure_clear(actor=made.hr, departure=departure)
        items_confirm(actor=made.hr, departure=departure, said={item.pk: (outcome, "经查找未果")})
        assert Card.objects.get(pk=card.pk).state == becomes
        assert departure_clear(actor=made.hr, departure=departure).state == "cleared"


def test_a_card_that_is_out_is_never_said_not_to_have_been_given() -> None:
    made, card = with_card()
    with acting(made.hr):
        departure = at(made, "resigned", "notified")
        item = ClearanceItem.objects.get(departure=departure, kind="card")
        with pytest.raises(Refusal, match="登记为有效，应当收回"):
            items_confirm(actor=made.hr, departure=departure, said={item.pk: ("none", "")})
        card_lose(actor=made.hr, card=card, reason="遗失")
        with pytest.raises(Refusal, match="交接结果应与登记一致"):
            items_confirm(actor=made.hr, departure=departure, said={item.pk: ("returned", "")})
        items_confirm(actor=made.hr, departure=departure, said={item.pk: ("lost", "已声明作废")})


def test_nobody_is_cleared_with_a_card_that_the_list_does_not_know_also_for_the_database() -> None:
    made = bureau()
    with acting(made.hr):
        departure = at(made, "resigned", "notified")
        items_confirm(actor=made.hr, departure=departure, said=confirmed(departure))
        card = card_at(Store(made.hr, made.head, made.engagement), "valid")
        with pytest.raises(Refusal, match=f"还有物品没有交接：工作证 {card.number}"):
            departure_clear(actor=made.hr, departure=departure)
        with pytest.raises(Refusal, match="还有物品没有交接"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(state="cleared")
        with pytest.raises(Refusal, match="只能登记交接的结果"), speaking(), transaction.atomic():
            ClearanceItem.objects.filter(departure=departure, kind="uniform").update(card=card)
