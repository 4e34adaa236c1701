"""Drawing up, checking, publishing and closing a campaign."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from pydantic import ValidationError

from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE, today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import locked
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.law.announcements import check_announcement
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.consistency import contradictions
from fujing.law.formats.faults import explain
from fujing.recruitment.campaigns.models import Campaign, Position, exact
from fujing.recruitment.campaigns.states import CAMPAIGN, CampaignState
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.queries import free_slots
from fujing.recruitment.plans.states import PlanState
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
        f"公告：{path} {value and f'的值是“{value}”，'}{expected}"
        for path, value, expected in contradictions(document)
    ]
    if faults:
        raise Refusal("公告填写有误，未保存。", errors={"document": faults})
    return announcement


def campaign_draft(
    *, actor: Actor, document: dict[str, Any], plan: HeadcountPlan | None, campaign: Campaign | None = None
) -> Campaign:
    """Save a draft announcement with what the check says of it. An unreadable document is refused, nothing written.

    The organ, the plan's number and its headcount are the system's own facts and replace what the document says.
    """
    actor.need("hr_officer", "hr_head")
    if campaign is not None and campaign.state != "draft":
        raise Refusal("公告已发布，不能再修改；可以取消后重新拟定。", provisions=("21.p1",))
    if campaign is not None and campaign.organ_code != actor.organ_code:
        raise NotAllowed("只有招聘机关可以修改公告。", provisions=("17.p1",))
    organ = Organ.objects.get(pk=actor.organ_code or 0)
    if plan is not None and plan.organ_code != organ.code:
        raise NotAllowed("只能使用本机关的用人计划。", provisions=("16.p3",))
    document = {**document, "organ": {"code": f"{organ.code}", "name": organ.name, "level": organ.level}}
    if not organ.manages:
        document["organ"]["level"] = "dispatched" if organ.kind == "station" else "internal"
    if plan is not None:
        approved = plan.state == PlanState.APPROVED
        document["plan"] = {
            "number": plan.number or "未批准",
            "headcount": sum(free_slots(plan).values()),
            "approved": approved,
        }
    announcement = announcement_of(document)
    window = announcement.registration
    campaign = campaign or Campaign(organ_code=organ.code, drafted_by=actor.name)
    campaign.plan, campaign.title, campaign.document = plan, announcement.title, document
    campaign.registration_from = _moment(window.start) if window else None
    campaign.registration_to = _moment(window.end) if window else None
    campaign.findings = [
        finding.model_dump(mode="json") for finding in check_announcement(announcement, today=today())
    ]
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
    left = free_slots(campaign.plan) if campaign.plan else {}
    for post in announcement.positions:
        fitting = [line for line in lines if line.category == post.category]
        named = [line for line in fitting if line.post_name == post.name] or fitting
        line = max(named, key=lambda each: left[each.pk], default=None)
        if line is not None:
            left[line.pk] -= post.headcount
        Position.objects.create(
            organ_code=campaign.organ_code, campaign=campaign, line=line, code=post.code, name=post.name,
            category=post.category, headcount=post.headcount,
        )  # fmt: skip


def campaign_publish(*, actor: Actor, campaign: Campaign) -> Campaign:
    """Make the announcement public. Refused while any finding is violated or places are missing (16.p3, 17.p2, 18)."""
    (campaign,) = locked(Campaign.objects.filter(pk=campaign.pk))
    move = CAMPAIGN.check(actor, campaign.state, "publish")
    if actor.organ_code != campaign.organ_code:
        raise NotAllowed("只有招聘机关可以发布公告。", provisions=("17.p1",))
    plan = campaign.plan
    if plan is None or plan.state != PlanState.APPROVED:
        raise Refusal("不能发布：没有已批准的用人计划。", provisions=("16.p3",), remedy="先报批用人计划。")
    violated = [
        finding
        for finding in check_announcement(campaign.announcement, today=today())
        if finding.outcome is Outcome.VIOLATED
    ]
    if violated:
        raise Refusal(
            f"不能发布：公告有 {len(violated)} 处不符合办法。",
            provisions=tuple(dict.fromkeys(finding.provision for finding in violated)),
            errors={"document": [_sentence(finding) for finding in violated]},
        )
    left = free_slots(plan)
    for position in campaign.positions.all():
        if position.line_id is None:
            raise Refusal(f"不能发布：计划中没有与岗位“{position.name}”同类别的名额。", provisions=("16.p3",))
        left[position.line_id] -= position.headcount
        if left[position.line_id] < 0:
            raise Refusal(
                f"不能发布：岗位“{position.name}”招聘 {position.headcount} 人，超出计划空余名额。", provisions=("16.p3",),
                remedy="减少招聘人数，或追加用人计划。",
            )  # fmt: skip
    if campaign.registration_from is None or campaign.registration_to is None:
        raise Refusal("不能发布：公告未写报名起止时间。", provisions=("21.p1",))
    campaign.state, campaign.published_at, campaign.published_by = move.target, timezone.now(), actor.name
    campaign.save()
    decide(
        actor=actor, organ_code=campaign.organ_code, kind="发布招聘公告", subject=campaign, outcome="发布",
        message=f"发布《{campaign.title}》", provisions=["16.p3", "17.p1", "21.p1"], facts={"plan": plan.number},
    )  # fmt: skip
    return campaign


def _sentence(finding: Finding) -> str:
    return f"{'岗位' + finding.subject + '：' if finding.subject else ''}{finding.message}"


def campaign_move(*, actor: Actor, campaign: Campaign, verb: str) -> Campaign:
    """Take a campaign on by `close` or `cancel`; every other step has a service that checks what it needs."""
    if verb not in {"close", "cancel"}:
        raise Refusal("不能这样办理此步骤。", provisions=("21.p1",))
    return campaign_step(actor=actor, campaign=campaign, verb=verb)


def campaign_step(*, actor: Actor, campaign: Campaign, verb: str) -> Campaign:
    """One step of the table by the recruiting organ, locked. Only for services that checked the rest."""
    (campaign,) = locked(Campaign.objects.filter(pk=campaign.pk))
    move = CAMPAIGN.check(actor, campaign.state, verb)
    if actor.organ_code != campaign.organ_code:
        raise NotAllowed("只有招聘机关可以办理此步骤。", provisions=("17.p1",))
    campaign.state = move.target
    if move.target in {CampaignState.FINISHED, CampaignState.CANCELLED}:
        campaign.ended_on = today()
    campaign.save()
    return campaign
