"""Ending registration, and taking steps back while nothing follows from them: a publication, an end of registration."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.decisions import decide
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import Refusal, stated
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.policies import only_the_organ
from fujing.recruitment.campaigns.readiness import purposes_of
from fujing.recruitment.campaigns.services import campaign_step
from fujing.recruitment.campaigns.states import CAMPAIGN, TAKE_BACK_MINUTES, CampaignState


def registration_close(*, actor: Actor, campaign: Campaign, reason: str) -> Campaign:
    """End registration. Before the announced end it needs a reason, which is kept as a decision (21.p1)."""
    early = campaign.registration_to is not None and timezone.now() <= campaign.registration_to
    if early and not reason.strip():
        raise Refusal("报名时间未到，提前截止请写明理由。", provisions=("21.p1",), errors={"reason": ["请写明理由。"]})
    campaign = campaign_step(actor=actor, campaign=campaign, verb="close")
    if early:
        _decided(actor, campaign, "提前截止报名", reason.strip())
    return campaign


def registration_reopen(*, actor: Actor, campaign: Campaign, reason: str) -> Campaign:
    """Take applications again until the announced end. Refused after it, and once a review has begun (21.p1)."""
    campaign = relocked(campaign)
    CAMPAIGN.check(actor, campaign.state, "reopen")
    why = no_reopening(campaign)
    if why:
        raise Refusal(why, provisions=("21.p1",))
    reason = stated(reason, "reason", "请写明理由。", refusal="请写明恢复报名的理由。", provisions=("21.p1",))
    campaign = campaign_step(actor=actor, campaign=campaign, verb="reopen")
    _decided(actor, campaign, "恢复报名", reason)
    return campaign


def no_reopening(campaign: Campaign) -> str:
    """Why registration can't be taken up again; empty if it can."""
    if campaign.registration_to is None or campaign.registration_to < timezone.now():
        return "公告写明的报名时间已过，不能恢复报名。"
    if Application.objects.filter(campaign=campaign).exclude(reviewed_by="").exists():
        return "资格审查已经开始，不能恢复报名。"
    return ""


def publication_withdraw(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Take an announcement back from the public within minutes of its publication, while nobody has applied (21.p1).

    It goes back to what it was: a draft, or agreed by 人社 where that consent stands.
    """
    campaign = relocked(campaign)
    CAMPAIGN.check(actor, campaign.state, "unpublish")
    only_the_organ(actor, campaign.organ_code, "收回发布")
    why = no_withdrawal(campaign)
    if why:
        raise Refusal(why, provisions=("21.p1",))
    campaign.state = CampaignState.AGREED if purposes_of(campaign.document) else CampaignState.DRAFT
    campaign.published_at, campaign.published_by = None, ""
    campaign.save()
    _decided(actor, campaign, "收回发布", f"收回《{campaign.title}》")
    return campaign


def no_withdrawal(campaign: Campaign) -> str:
    """Why a publication can't be taken back; empty if it can."""
    at = campaign.published_at
    if at is None or timezone.now() - at > timedelta(minutes=TAKE_BACK_MINUTES):
        return f"发布已超过 {TAKE_BACK_MINUTES} 分钟，不能收回；确需终止的，办理取消。"
    if Application.objects.filter(campaign=campaign).exists():
        return "已经有人报名，不能收回；确需终止的，办理取消。"
    return ""


def _decided(actor: Actor, campaign: Campaign, kind: str, message: str) -> None:
    decide(
        actor=actor,
        organ_code=campaign.organ_code,
        kind=kind,
        subject=campaign,
        outcome=kind,
        message=message,
        provisions=["21.p1"],
    )
