"""加分: points that the review verifies person by person, where the announcement counts such points (Article 19)."""

from __future__ import annotations

from decimal import Decimal

from fujing.kernel.actor import Actor
from fujing.kernel.decisions import decide
from fujing.kernel.locks import locked, relocked
from fujing.kernel.numbers import bare
from fujing.kernel.refusals import Refusal, stated
from fujing.law.formats.announcement import Announcement
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.policies import check_review
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.states import CampaignState

IN_TIME = (CampaignState.PUBLISHED, CampaignState.CLOSED)
"""Before names are made public the order may still change."""
IN_REVIEW = (ApplicationState.SUBMITTED, ApplicationState.QUALIFIED)


def counts_points(announcement: Announcement) -> bool:
    """Whether the announcement adds points that are verified person by person."""
    return announcement.bonus is not None and announcement.bonus.column is True


def range_of(announcement: Announcement) -> tuple[Decimal, Decimal]:
    """The least and the most points that may be verified, both inclusive."""
    low, high = (announcement.bonus.range if announcement.bonus else None) or (Decimal(0), Decimal(100))
    return low, high


def bonus_record(*, actor: Actor, application: Application, points: Decimal | None, proof: str) -> Application:
    """Verify an applicant's points, in 分, on a proof that is named; None takes them back, also for a reason.

    Refused where the announcement counts no such points, outside of its range, and once names are public.
    """
    check_review(actor, application.organ_code, "核定加分")
    (campaign,) = locked(Campaign.objects.filter(pk=application.campaign_id))
    application = relocked(application)
    if not counts_points(campaign.announcement):
        raise Refusal("公告没有写明逐人核定的加分，不能加分。", provisions=("19",))
    if campaign.state not in IN_TIME or application.state not in IN_REVIEW:
        raise Refusal("公示前、提交报名后才能核定加分。", provisions=("19", "21.p1"))
    low, high = range_of(campaign.announcement)
    if points is not None and not low <= points <= high:
        text = f"应在公告所定的{bare(low)}至{bare(high)}分之间。"
        raise Refusal("核定的加分超出公告所定的范围。", provisions=("19",), errors={"points": [text]})
    proof = stated(proof, "proof", "请写明看到的证明材料或者理由。", refusal="核定加分应写明依据。", provisions=("19",))
    application.bonus_points = points
    application.bonus_proof = "" if points is None else proof
    application.bonus_by = actor.name
    application.save()
    decide(
        actor=actor,
        organ_code=application.organ_code,
        kind="核定加分",
        subject=application,
        outcome="不加分" if points is None else f"加{bare(points)}分",
        message=proof,
        provisions=["19"],
        account_id=application.account_id,
    )
    return application
