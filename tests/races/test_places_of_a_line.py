"""All announcements on one plan line together never promise more places than were approved (16.p3)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal, speaking
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.recruitment.campaigns.services import campaign_cancel, campaign_draft, campaign_publish
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.services import slot_take
from fujing.registry.models import Engagement
from tests import factories, world
from tests.factories import SANTAI, territorial
from tests.races.overlap import overlapping

CLERK = replace(territorial(SANTAI, "hr_officer"), account_id=301)
HEAD = replace(territorial(SANTAI, "hr_head"), account_id=302)


def drafted(plan: HeadcountPlan, headcount: int) -> Campaign:
    document = world.document(title=f"招 {headcount} 人")
    document["positions"] = [{**document["positions"][0], "headcount": headcount}]
    with acting(CLERK):
        return campaign_draft(actor=CLERK, document=document, plan=plan)


def publish(campaign: Campaign) -> Campaign:
    with acting(HEAD), transaction.atomic():
        return campaign_publish(actor=HEAD, campaign=campaign)


def past_the_service(campaign: Campaign) -> int:
    now = {"state": "published", "published_at": timezone.now(), "published_by": "某人"}
    return Campaign.objects.filter(pk=campaign.pk).update(**now)


def test_a_second_announcement_takes_only_what_the_first_left(db: None) -> None:
    plan = factories.approved_plan(SANTAI, count=20)
    second, fits = drafted(plan, 9), drafted(plan, 1)
    publish(drafted(plan, 19))
    with pytest.raises(
        Refusal, match="批准 20 人，已聘用 0 人，其他公告正在招 19 人，本公告招 9 人，超出 8 人"
    ) as refused:
        publish(second)
    assert refused.value.provisions == ("16.p3",)
    assert refused.value.facts["lines"][0] | {"line": 0} == {
        "line": 0,
        "approved": 20,
        "free": 20,
        "promised": 19,
        "wanted": 9,
    }
    told = "批准 20 人，已聘用 0 人，其他公告正在招 19 人，本公告招 9 人，超出 8 人"
    with acting(HEAD), pytest.raises(Refusal, match=told), speaking(), transaction.atomic():
        past_the_service(second)
    assert publish(fits).state == "published"


def test_a_hire_from_an_announcement_is_not_counted_twice(db: None) -> None:
    plan = factories.approved_plan(SANTAI, count=3)
    first, second = drafted(plan, 2), drafted(plan, 1)
    publish(first)
    with acting(HEAD):
        post = first.positions.get()

        def engage() -> Engagement:
            return factories.engagement(factories.person(SANTAI), "recruited")

        slot_take(actor=HEAD, line=plan.lines.get(), engage=engage, announced=post.pk)
    assert publish(second).state == "published"


def test_places_of_a_cancelled_announcement_are_free_again(db: None) -> None:
    plan = factories.approved_plan(SANTAI, count=3)
    first, second = publish(drafted(plan, 3)), drafted(plan, 3)
    with pytest.raises(Refusal, match="超出 3 人"):
        publish(second)
    with acting(HEAD):
        campaign_cancel(actor=HEAD, campaign=first, reason="用人计划调整")
    assert publish(second).state == "published"


def test_no_place_is_added_to_a_public_announcement_past_the_plan(db: None) -> None:
    plan = factories.approved_plan(SANTAI, count=3)
    public = publish(drafted(plan, 2))
    with acting(HEAD):
        posts = Position.objects.filter(campaign=public)
        assert posts.update(headcount=3) == 1
        with pytest.raises(Refusal, match="本公告招 4 人，超出 1 人"), speaking(), transaction.atomic():
            posts.update(headcount=4)


@pytest.mark.parametrize("way", ["service", "database"])
def test_of_two_announcements_published_at_once_the_second_counts_the_first(committed: None, way: str) -> None:
    plan = factories.approved_plan(SANTAI, count=20)
    one, other = drafted(plan, 19), drafted(plan, 10)

    def act(campaign: Campaign) -> Any:
        return campaign_publish(actor=HEAD, campaign=campaign) if way == "service" else past_the_service(campaign)

    first, second = overlapping((HEAD, lambda: act(one)), (HEAD, lambda: act(other)))
    assert not isinstance(first, Refusal)
    assert isinstance(second, Refusal)
    assert "其他公告正在招 19 人，本公告招 10 人，超出 9 人" in second.message
    with acting(HEAD):
        assert Campaign.objects.filter(state="published").count() == 1
