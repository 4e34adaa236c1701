"""培训 in self-service: what I owe and what I took part in; nobody else's (Article 14.3)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.training.own import own_standing, own_trainings
from fujing.management.training.services import enrolment_withdraw, requirement_set
from fujing.web.me.training import TRAINING
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI
from tests.management import departures
from tests.management.trainings import HOUR, Bureau, at, enrolment, now
from tests.markup import flat
from tests.registry.activated import opened, own, serving

pytestmark = pytest.mark.django_db
PAGE = "/me/training/"


def trained() -> Bureau:
    """Two people of one bureau."""
    people = [serving(name="王建华"), serving(name="李四")]
    with acting(factories.PROVINCIAL):
        return Bureau(factories.officer(SANTAI, "hr_officer"), factories.officer(SANTAI, "hr_head"), people)


def test_somebody_reads_what_they_owe_and_what_was_recorded_of_them_alone() -> None:
    made = trained()
    account = opened(made.people[0])
    client, actor = client_of(account), own(account)
    page = flat(client.get(PAGE))
    assert "没有参加政治教育" in page
    assert "还没有参加培训的记录" in page
    with acting(made.hr):
        requirement_set(actor=made.hr, year=today().year, kind="political", hours=Decimal(4), basis="年度计划")
    at(made, "confirmed")
    soon = at(
        made, "enrolled", title="保密教育第一期", kind="secrecy", starts_at=now() + HOUR, ends_at=now() + 2 * HOUR
    )
    with acting(made.hr):
        enrolment_withdraw(actor=made.hr, enrolment=enrolment(soon, made.people[1]), reason="值班")
    page = flat(client.get(PAGE))
    assert f"{today().year}年已完成4学时，应当4学时" in page
    assert "到课，4 学时" in page
    assert "保密教育第一期" in page
    with acting(actor):
        found = own_standing(actor, today().year)
        assert found is not None
        assert found.engagement.pk == made.people[0].pk
        assert {each.engagement_id for each in own_trainings(actor)} == {made.people[0].pk}
        card = TRAINING.card(actor)
    assert card is not None
    assert "还有 4 项没有完成" in card.said
    assert "下一次培训" in card.note


def test_who_left_reads_what_they_took_and_owes_nothing() -> None:
    leaving = departures.bureau()
    made = Bureau(leaving.hr, leaving.head, [leaving.engagement])
    account = opened(leaving.engagement)
    at(made, "confirmed")
    with acting(made.hr):
        departures.at(leaving, "resigned", "ended", last_day=today())
    page = flat(client_of(account).get(PAGE))
    assert "您已不在职" in page
    assert "政治教育第一期" in page
