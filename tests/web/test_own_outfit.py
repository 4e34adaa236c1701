"""证装 in self-service: my card, what I am owed and what I signed for; nobody else's (Article 14.1)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.outfit.own import own_cards, own_dues, own_holdings
from fujing.management.outfit.stock import standard_add
from fujing.registry.models import Engagement
from fujing.web.me.outfit import OUTFIT
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI
from tests.management.cards import Store, card_at
from tests.management.test_stock import issued, stocked
from tests.markup import flat
from tests.registry.activated import opened, own, serving

pytestmark = pytest.mark.django_db
PAGE = "/me/outfit/"


def keeper(engagement: Engagement) -> Store:
    with acting(factories.PROVINCIAL):
        return Store(factories.officer(SANTAI, "supply"), factories.officer(SANTAI, "hr_head"), engagement)


def test_somebody_reads_their_card_what_they_are_owed_and_what_they_signed_for() -> None:
    mine, other = serving(name="王建华"), serving(name="李四")
    account = opened(mine)
    client = client_of(account)
    page = flat(client.get(PAGE))
    assert "单位还没有为您制发工作证" in page
    assert "应当配多少现在说不清" in page
    made, theirs = keeper(mine), keeper(other)
    with acting(made.supply):
        card, foreign = card_at(made, "valid"), card_at(theirs, "valid")
        item = stocked(made)
        standard_add(
            actor=made.supply, item=item, quantity=2, category="field", starts=today(), source="三公装〔2026〕1号"
        )
        issued(made, item)
        issued(theirs, item, size="170")
    page = flat(client.get(PAGE))
    assert card.number in page
    assert foreign.number not in page
    assert "缺 1件" in page
    assert "按类别的标准应配2，现有1，缺1" in page
    assert page.count("夏季执勤服 170 第") == 1
    actor = own(account)
    with acting(actor):
        assert [each.pk for each in own_cards(actor)] == [card.pk]
        assert [each.engagement_id for each in own_holdings(actor)] == [mine.pk]
        assert [each.said.lacks for each in own_dues(actor)] == [1]
        with CaptureQueriesContext(connection) as queries:
            shown = OUTFIT.card(actor)
        assert len(queries) == 2
    assert shown is not None
    assert shown.said.startswith("工作证有效期至")
    assert shown.note == "领用服装、标识、装备 1 件"


@pytest.mark.parametrize(("state", "said"), [("requested", "待发放"), ("suspended", "已停用"), ("lost", "没有有效")])
def test_the_first_page_says_how_the_card_stands(state: str, said: str) -> None:
    mine = serving()
    account = opened(mine)
    made = keeper(mine)
    with acting(made.supply):
        card_at(made, state)
    with acting(own(account)) as actor:
        shown = OUTFIT.card(actor)
    assert shown is not None
    assert said in shown.said
