"""Drawing up, checking, publishing and closing a campaign."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from pydantic import ValidationError

from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE, today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.consistency import contradictions
from fujing.law.formats.faults import explain
from fujing.recruitment.campaigns.consents import consents_lapse
from fujing.recruitment.campaigns.models import Campaign, Position, exact
from fujing.recruitment.campaigns.policies import check_announce, check_revise, only_the_organ
from fujing.recruitment.campaigns.readiness import (
    asked_about,
    check_agreed,
    check_ready,
    findings_of,
    places_left,
    plan_facts,
)
from fujing.recruitment.campaigns.states import CAMPAIGN, CampaignState
from fujing.recruitment.plans.models import HeadcountPlan, PlanLine
from fujing.registry.models import Organ


def announcement_of(document: dict[str, Any]) -> Announcement:
    """The document as an announcement; a Refusal names every fault with its path."""
    faults: list[str] = []
    document = exact(document)
    try:
        announcement = Announcement.model_validate(document)
    except ValidationError as error:
        faults += [str(fault) for fault in explain(error, file="公告", root="announcement")]
    faults += [
        f"公告：{path} {value and f'的值是“{value}”，'}{expected}" for path, value, expected in contradictions(document)
    ]
    faults += [f"公告：{fault}" for fault in _too_long(document)]
    if faults:
        raise Refusal("公告填写有误，未保存。", errors={"document": faults})
    return announcement


def _too_long(document: dict[str, Any]) -> Iterator[str]:
    """What the format allows and no list or paper has room for."""
    posts = document.get("positions")
    said = [("announcement.title", document.get("title"), 200)]
    for index, post in enumerate(posts if isinstance(posts, list) else ()):
        part, path = post if isinstance(post, dict) else {}, f"announcement.positions[{index}]"
        said += [(f"{path}.code", part.get("code"), 20), (f"{path}.name", part.get("name"), 80)]
    for path, value, most in said:
        if isinstance(value, str) and len(value) > most:
            yield f"{path} 有 {len(value)} 字，应不超过 {most} 字"


def campaign_draft(
    *,
    actor: Actor,
    document: dict[str, Any],
    plan: HeadcountPlan | None,
    campaign: Campaign | None = None,
    retention_months: int | None = None,
) -> Campaign:
    """Save a draft announcement with what the check says of it. An unreadable document is refused, nothing written.

    `retention_months` is how long applicants' data is kept after the end; left out, it stays as it was.

    The organ and the plan (number, approval, headcount, what is used of it) are the system's own facts and replace
    what the document says;
    a consent of 人社 that the document claims is left out, since only the department's answer writes it (21.p2).
    """
    check_announce(actor)
    if campaign is not None:
        check_revise(actor, campaign)
    organ = Organ.objects.get(pk=actor.organ_code or 0)
    if plan is not None and plan.organ_code != organ.code:
        raise NotAllowed("只能使用本机关的用人计划。", provisions=("16.p3",))
    document = {**asked_about(document), "organ": {"code": f"{organ.code}", "name": organ.name, "level": organ.level}}
    if not organ.manages:
        document["organ"]["level"] = "dispatched" if organ.kind == "station" else "internal"
    campaign = campaign or Campaign(organ_code=organ.code, drafted_by=actor.name)
    campaign.plan = plan
    if plan is not None:
        document["plan"] = plan_facts(campaign)
    announcement = announcement_of(document)
    window = announcement.registration
    campaign.wrote(actor)
    campaign.title, campaign.document = announcement.title, document
    campaign.registration_from = _moment(window.start) if window else None
    campaign.registration_to = _moment(window.end) if window else None
    campaign.findings = findings_of(document)
    campaign.retention_months = retention_months or campaign.retention_months
    campaign.__dict__.pop("announcement", None)
    campaign.full_clean(exclude=["document", "findings"])
    campaign.save()
    _lay_out(campaign, announcement)
    return campaign


def _moment(value: Any) -> datetime | None:
    return value.replace(tzinfo=ZONE) if isinstance(value, datetime) and value.tzinfo is None else value


def _lay_out(campaign: Campaign, announcement: Announcement) -> None:
    """Positions beside the document; each takes its places from the plan line of its category that has most left."""
    campaign.positions.all().delete()
    lines = list(campaign.plan.lines.all()) if campaign.plan else []
    left = places_left(campaign)
    for post in announcement.positions:
        fitting = [line for line in lines if line.category == post.category]
        named = [line for line in fitting if line.post_name == post.name] or fitting
        line = max(named, key=lambda each: left[each.pk], default=None)
        if line is not None:
            left[line.pk] -= post.headcount
        Position.objects.create(
            organ_code=campaign.organ_code,
            campaign=campaign,
            line=line,
            code=post.code,
            name=post.name,
            category=post.category,
            headcount=post.headcount,
        )


def campaign_publish(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Make the announcement public. Refused while any finding is violated, places are missing (16.p3, 17.p2, 18)
    or 人社 has not consented to what needs its consent (17.p1, 21.p2)."""
    campaign = relocked(campaign)
    move = CAMPAIGN.check(actor, campaign.state, "publish")
    only_the_organ(actor, campaign.organ_code, "发布公告")
    # With the lines held, the places counted are the ones that are promised.
    locked(PlanLine.objects.filter(pk__in=campaign.positions.values("line")))
    check_ready(campaign)
    check_agreed(campaign)
    campaign.state, campaign.published_at, campaign.published_by = move.target, timezone.now(), actor.name
    campaign.save()
    decide(
        actor=actor,
        organ_code=campaign.organ_code,
        kind="发布招聘公告",
        subject=campaign,
        outcome="发布",
        message=f"发布《{campaign.title}》",
        provisions=["16.p3", "17.p1", "21.p1"],
        facts={"plan": campaign.plan and campaign.plan.number},
    )
    return campaign


def campaign_move(*, actor: Actor, campaign: Campaign, verb: str) -> Campaign:
    """Take a campaign on by `close`; every other step has a service that checks what it needs."""
    if verb != "close":
        raise Refusal("不能这样办理此步骤。", provisions=("21.p1",))
    return campaign_step(actor=actor, campaign=campaign, verb=verb)


def campaign_cancel(*, actor: Actor, campaign: Campaign, reason: str) -> Campaign:
    """Give a recruitment up for good, with a reason that everyone who applied reads; what is kept of them runs out
    from this day on (Personal Information Protection Law 47)."""
    reason = reason.strip()
    if not reason:
        raise Refusal("取消招聘应写明理由，报名人会看到。", errors={"reason": ["请写明取消的理由，报名人会看到。"]})
    campaign = campaign_step(actor=actor, campaign=campaign, verb="cancel", reason=reason)
    decide(
        actor=actor,
        organ_code=campaign.organ_code,
        kind="取消招聘",
        subject=campaign,
        outcome="取消",
        message=reason,
        provisions=["21.p1"],
    )
    return campaign


def campaign_step(*, actor: Actor, campaign: Campaign, verb: str, reason: str = "") -> Campaign:
    """One step of the table by the recruiting organ, locked. Only for services that checked the rest.

    `reason` is what a cancelled campaign says of itself.
    """
    campaign = relocked(campaign)
    move = CAMPAIGN.check(actor, campaign.state, verb)
    only_the_organ(actor, campaign.organ_code, "办理此步骤")
    if campaign.published_at is None:
        consents_lapse(campaign)
    campaign.state, campaign.cancelled_because = move.target, reason
    if move.target in {CampaignState.FINISHED, CampaignState.CANCELLED}:
        campaign.ended_on = today()
    campaign.save()
    return campaign
