"""Giving a published recruitment up: a reason that who applied reads, and the clock of their data starts (21.p1)."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.applications.queries import own_application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import published_campaigns
from fujing.recruitment.campaigns.services import campaign_cancel
from tests import factories, world
from tests.clients import client_of
from tests.factories import MIANYANG, SANTAI

WHY = "上级核减用人计划，本次招聘不再进行。"


@pytest.fixture
def county(db: None) -> world.County:
    return world.county(SANTAI, "王建华", 311)


def test_who_applied_reads_why_it_was_cancelled_and_the_period_starts(county: world.County) -> None:
    with acting(county.head):
        campaign_cancel(actor=county.head, campaign=county.campaign, reason=f" {WHY} ")
        decision = Decision.objects.get(kind="取消招聘")
    assert decision.message == WHY
    with acting(county.applicant):
        campaign = own_application(county.applicant, county.application.pk).campaign
        assert (campaign.state, campaign.cancelled_because, campaign.ended_on) == ("cancelled", WHY, today())
        assert not published_campaigns().exists()
    assert WHY in Client().get(f"/announcements/{county.campaign.pk}/").content.decode()


def test_no_campaign_is_cancelled_without_a_reason(county: world.County) -> None:
    with acting(county.head):
        with pytest.raises(Refusal, match="应写明理由"):
            campaign_cancel(actor=county.head, campaign=county.campaign, reason="  ")
        mine = Campaign.objects.filter(pk=county.campaign.pk)
        for wrong in ({"state": "cancelled"}, {"cancelled_because": WHY}):
            with pytest.raises(Refusal, match="取消招聘应写明理由"), speaking(), transaction.atomic():
                mine.update(**wrong)
        assert mine.get().state == "published"


def test_an_officer_does_not_cancel_what_is_public_and_nobody_another_bureaus(county: world.County) -> None:
    with acting(county.hr), pytest.raises(NotAllowed):
        campaign_cancel(actor=county.hr, campaign=county.campaign, reason=WHY)
    above = factories.territorial(MIANYANG, "hr_head")
    with acting(above), pytest.raises(NotAllowed, match="只有招聘机关"):
        campaign_cancel(actor=above, campaign=county.campaign, reason=WHY)


def test_the_page_asks_for_the_reason_and_says_what_follows(county: world.County) -> None:
    client, url = client_of(county.head), f"/desk/campaigns/{county.campaign.pk}/"
    assert 'value="cancel"' in client.get(url).content.decode()
    page = client.post(url, {"verb": "cancel", "reason": WHY}).content.decode()
    assert "已有 1 人报名，他们会看到理由" in page
    assert "王建华" in page
    assert "办理后不能撤销" in page
    with acting(county.head):
        assert Campaign.objects.get(pk=county.campaign.pk).state == "published"
    empty = client.post(url, {"verb": "cancel", "confirmed": "1", "reason": ""})
    assert empty.status_code == 422
    assert client.post(url, {"verb": "cancel", "confirmed": "1", "reason": WHY}).status_code == 302
    after = client.get(url).content.decode()
    assert f"取消：{WHY}" in after
    assert 'value="cancel"' not in after
