"""A publication and an end of registration are taken back while nothing follows from them (21.p1)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from fujing.kernel.actor import acting
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.applications.registration import publication_withdraw, registration_close, registration_reopen
from fujing.recruitment.applications.review import application_review
from fujing.recruitment.campaigns.models import Campaign
from tests import factories
from tests.factories import SANTAI
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db


def test_a_publication_is_taken_back_within_ten_minutes_and_is_public_no_more() -> None:
    campaign, head = made.campaign(), made.head()
    with acting(head):
        back = publication_withdraw(actor=head, campaign=campaign)
    assert (back.state, back.published_at, back.published_by) == ("draft", None, "")
    with acting(made.VISITOR):
        assert not Campaign.objects.filter(pk=campaign.pk).exists()


def test_a_publication_stands_after_ten_minutes_and_once_anybody_began_to_apply() -> None:
    late, begun, head = made.campaign(), made.campaign(), made.head()
    made.application(begun, "draft")
    with acting(head):
        Campaign.objects.filter(pk=late.pk).update(published_at=timezone.now() - timedelta(minutes=11))
        for campaign, why in ((late, "10 分钟"), (begun, "已经有人报名")):
            with pytest.raises(Refusal, match=why):
                publication_withdraw(actor=head, campaign=campaign)
            with pytest.raises(Refusal, match="不能收回"), speaking(), transaction.atomic():
                Campaign.objects.filter(pk=campaign.pk).update(state="draft")


def test_an_early_end_asks_why_and_the_head_alone_takes_it_back_until_a_review_began() -> None:
    campaign, head = made.campaign(), made.head()
    application, _ = made.application(campaign)
    with acting(factories.PROVINCIAL):
        hr = factories.officer(SANTAI, "hr_officer")
    with acting(hr):
        with pytest.raises(Refusal, match="提前截止请写明理由"):
            registration_close(actor=hr, campaign=campaign, reason=" ")
        registration_close(actor=hr, campaign=campaign, reason="报名人数已满足开考比例")
        with pytest.raises(NotAllowed):
            registration_reopen(actor=hr, campaign=campaign, reason="误操作")
    with acting(head):
        campaign.refresh_from_db()
        assert Decision.objects.filter(kind="提前截止报名", message__contains="开考比例").exists()
        reopened = registration_reopen(actor=head, campaign=campaign, reason="误操作")
        assert reopened.state == "published"
        application_review(actor=head, application=application, verb="qualify")
        closed = registration_close(actor=head, campaign=reopened, reason="人数已满足")
        with pytest.raises(Refusal, match="审查已经开始"):
            registration_reopen(actor=head, campaign=closed, reason="误操作")
        with pytest.raises(Refusal, match="不能恢复报名"), speaking(), transaction.atomic():
            Campaign.objects.filter(pk=campaign.pk).update(state="published")
