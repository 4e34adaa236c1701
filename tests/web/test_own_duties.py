"""派勤 in self-service: what I am ordered to, and nobody else's (Article 4)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fujing.duties.orders.services import order_give, order_withdraw
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.web.me.duties import DUTIES
from tests.clients import client_of
from tests.duties.made import at, drafted, somebody, unit
from tests.markup import flat
from tests.registry.activated import opened, own

pytestmark = pytest.mark.django_db
PAGE = "/me/duties/"


def test_somebody_reads_the_own_orders_with_place_and_officer_and_no_draft() -> None:
    made = unit()
    who, other = somebody(made), somebody(made, "乙")
    tomorrow = today() + timedelta(1)

    def order(people: list[Any], hour: int, place: str) -> Any:
        said = {"begins": at(hour, tomorrow), "ends": at(hour + 2, tomorrow), "place": place}
        return drafted(made, people, vehicle="川B1234警", **said)

    mine, theirs = order([who], 22, "潼川镇"), order([other], 8, "北坝镇")
    order([who], 8, "草稿村")
    with acting(made.leader):
        order_give(actor=made.leader, order=mine)
        order_give(actor=made.leader, order=theirs)
    account = opened(who)
    client, actor = client_of(account), own(account)
    page = flat(client.get(PAGE))
    for said in ("潼川镇", "张警官", "川B1234警", "民警带领", f"{tomorrow:%Y-%m-%d} 22:00"):
        assert said in page
    assert "北坝镇" not in page
    assert "草稿村" not in page
    with acting(actor):
        card = DUTIES.card(actor)
    assert card is not None
    assert "潼川镇" in card.said
    with acting(made.leader):
        order_withdraw(actor=made.leader, order=mine, reason="改派")
    assert "没有将要执行的派勤" in flat(client.get(PAGE))
