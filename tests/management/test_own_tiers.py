"""What somebody who serves reads of tiers by their own sign-in: the own ones and nobody else's (Articles 14 and 23)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.law.periods import months_later
from fujing.management.tiers.batches import batch_publicise
from fujing.management.tiers.models import Candidate, Holding, Objection, PastFact
from fujing.management.tiers.outlook import own_outlook
from fujing.management.tiers.queries import own_candidacies, own_tiers
from tests.clients import client_of
from tests.management.tiers import YEARS, bureau, graded, held, proposed
from tests.registry.activated import opened, own

pytestmark = pytest.mark.django_db


def test_somebody_reads_their_own_tier_and_from_when_the_next_step_is_possible() -> None:
    made = bureau({"甲": "", "乙": "五级"})
    since = date(today().year, 1, 1)
    held(made, "甲", "五级", since)
    person = own(opened(made.people["甲"]))
    with acting(person):
        assert [each.name for each in own_tiers(person)] == ["五级辅警"]
        outlook = own_outlook(person)
        assert outlook is not None
        assert (outlook.now, outlook.reached, outlook.assumed) == ("not_qualified", months_later(since, 12), "合格")
        # A place depends on the others, of whom the person knows nothing: it is never promised.
        assert outlook.then == "unsettled"
    body = client_of(person).get(reverse("me:tiers")).content.decode()
    assert "五级辅警" in body
    assert "不作预测" in body
    assert "我的层级" in client_of(person).get(reverse("me:home")).content.decode()


def test_a_list_is_read_by_whom_it_is_about_once_it_is_public_and_nothing_of_others() -> None:
    made = bureau({"甲": "四级", "乙": "五级"})
    batch = proposed(made, {"甲": 90})
    person = own(opened(made.people["甲"]))
    with acting(person):
        assert own_candidacies(person) == []
    with acting(made.hr):
        batch_publicise(actor=made.hr, batch=batch, starts=today(), until=today() + timedelta(5))
    with acting(person):
        assert [(each.name, each.chosen) for each in own_candidacies(person)] == [("甲", True)]
        assert {each.person_id for each in Candidate.objects.all()} == {person.person_id}
        assert {each.person_id for each in Holding.objects.all()} == {person.person_id}
        assert {each.person_id for each in PastFact.objects.all()} == {person.person_id}
        assert not Objection.objects.exists()
        assert Holding.objects.update(recorded_by="本人") == 0
    assert "2026年晋升" in client_of(person).get(reverse("me:tiers")).content.decode()


def test_who_has_none_is_told_what_is_missing() -> None:
    made = bureau({"甲": ""})
    graded(made, "甲", YEARS[0], "合格")
    person = own(opened(made.people["甲"]))
    with acting(person):
        outlook = own_outlook(person)
        assert outlook is not None
        assert (outlook.now, outlook.then) == ("undetermined", None)
    body = client_of(person).get(reverse("me:tiers")).content.decode()
    assert "没有在册的层级" in body
    assert "待核实" in body
