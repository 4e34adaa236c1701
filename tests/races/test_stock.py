"""Two officers at one stock and one bureau's cards at the same moment."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal
from fujing.management.outfit.models import Card, Holding, StockEntry
from fujing.management.outfit.services import cards_request
from fujing.management.outfit.stock import Given, outfit_issue, stock_enter
from tests.management.cards import Store, store, tail
from tests.management.test_stock import stocked
from tests.races.overlap import Act, overlapping

pytestmark = pytest.mark.race


def test_the_last_piece_goes_to_one_of_two(committed: None) -> None:
    first, second = store("甲"), store("乙")
    with acting(first.supply):
        item = stocked(first, 1)

    def issuing(made: Store) -> Act:
        def act() -> object:
            return outfit_issue(
                actor=made.supply,
                engagement=made.engagement,
                given=[Given(item, "170", 1)],
                signed_as=made.engagement.person.name,
                id_tail=tail(made.engagement),
            )

        return made.supply, act

    got, told = overlapping(issuing(first), issuing(second))
    assert isinstance(got, list)
    assert isinstance(told, Refusal)
    assert "库存不足" in told.message
    with acting(first.supply):
        assert Holding.objects.count() == 1
        assert [each.balance for each in StockEntry.objects.order_by("pk")] == [1, 0]


def test_two_entries_at_once_are_both_reckoned(committed: None) -> None:
    made = store("甲")
    with acting(made.supply):
        item = stocked(made, 1)

    def buying() -> object:
        return stock_enter(actor=made.supply, item=item, size="170", kind="bought", quantity=4)

    overlapping((made.supply, buying), (made.supply, buying))
    with acting(made.supply):
        assert [each.balance for each in StockEntry.objects.order_by("pk")] == [1, 5, 9]


def test_two_requests_at_once_get_numbers_that_follow(committed: None) -> None:
    first, second = store("甲"), store("乙")
    term = {"starts": today(), "last_day": today() + timedelta(100)}

    def requesting(made: Store) -> Act:
        return made.supply, lambda: cards_request(actor=made.supply, engagements=[made.engagement.pk], **term)

    overlapping(requesting(first), requesting(second))
    with acting(first.supply):
        assert sorted(Card.objects.values_list("serial", flat=True)) == [1, 2]


def test_somebody_for_whom_two_request_a_card_gets_one(committed: None) -> None:
    made = store("甲")
    term = {"starts": today(), "last_day": today() + timedelta(100)}

    def requesting() -> object:
        return cards_request(actor=made.supply, engagements=[made.engagement.pk], **term)

    _, told = overlapping((made.supply, requesting), (made.supply, requesting))
    assert isinstance(told, Refusal)
    assert "已有工作证或者正在制证" in told.message
