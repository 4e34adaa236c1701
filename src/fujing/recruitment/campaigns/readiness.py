"""What an announcement needs before it is asked about and before it is published (16.p3, 17.p1, 21.p2, 22)."""

from __future__ import annotations

from typing import Any

from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal
from fujing.law.announcements import check_announcement
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.recruitment.campaigns.models import OPEN, Campaign, Entrustment, Position, exact
from fujing.recruitment.campaigns.queries import department_of
from fujing.recruitment.campaigns.states import PROVISION_OF, ConsentPurpose, ConsentState
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.queries import free_slots, slots_announced, tasks_of
from fujing.recruitment.plans.states import PlanState


def purposes_of(document: dict[str, Any]) -> list[ConsentPurpose]:
    """What 人社 of the same level has to consent to before this document may be published."""
    organiser = document.get("organiser") or {}
    found = [ConsentPurpose.JOINT] if organiser.get("mode") == "joint_hrss" else []
    return found + ([ConsentPurpose.SIMPLIFIED] if document.get("simplified") is not None else [])


def asked_about(document: dict[str, Any]) -> dict[str, Any]:
    """The document as the department is asked: without the consent that only its answer writes."""
    simplified = document.get("simplified")
    if not isinstance(simplified, dict):
        return document
    return {**document, "simplified": {key: value for key, value in simplified.items() if key != "consent"}}


def findings_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings on a stored document, as they are kept beside it."""
    announcement = Announcement.model_validate(exact(document))
    return [finding.model_dump(mode="json") for finding in check_announcement(announcement, today=today())]


def findings_if_consented(document: dict[str, Any]) -> list[Finding]:
    """What the check says once 人社 consents today: the ground on which it decides."""
    if ConsentPurpose.SIMPLIFIED in purposes_of(document):
        department = department_of(int(document["organ"]["code"]))
        consent = {
            "by": department.name if department else "同级人力资源社会保障部门",
            "number": "待人社部门编文号",
            "date": today().isoformat(),
        }
        document = {**document, "simplified": {**document["simplified"], "consent": consent}}
    return check_announcement(Announcement.model_validate(exact(document)), today=today())


def plan_facts(campaign: Campaign) -> dict[str, Any]:
    """What the system knows of the campaign's plan: its number, who approved it, and how much of it is gone (16).

    `used` are the places that earlier announcements took: those that are hired or that open ones still promise.
    """
    plan = campaign.plan
    if plan is None:
        return {}
    approved, total = plan.state == PlanState.APPROVED, plan.total
    route = tasks_of(plan)
    facts = {
        "number": plan.number or "未批准",
        "headcount": total,
        "used": max(total - sum(places_left(campaign).values()), 0) if approved else 0,
        "approved": approved,
    }
    if approved and route:
        # The government decides; its office, which is registered, answers for it (16.p1, 16.p2).
        facts["approved_by"] = route[-1].assigned_name.removesuffix("办公室").removesuffix("办公厅")
    return facts


def violations_if_consented(document: dict[str, Any]) -> list[Finding]:
    """What stays violated even then: the bureau has to put it right first."""
    return _violated(findings_if_consented(document))


def _violated(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.outcome is Outcome.VIOLATED]


def check_ready(campaign: Campaign) -> None:
    """Refuse an announcement that could not be published even with every consent."""
    plan = campaign.plan
    if plan is None or plan.state != PlanState.APPROVED:
        raise Refusal("不能发布：没有已批准的用人计划。", provisions=("16.p3",), remedy="先报批用人计划。")
    _check_places(campaign, plan)
    # What others promised since the draft was saved counts as it is now.
    findings = findings_if_consented({**campaign.document, "plan": plan_facts(campaign)})
    if violated := _violated(findings):
        raise Refusal(
            f"不能发布：公告有 {len(violated)} 处不符合办法。",
            provisions=tuple(dict.fromkeys(finding.provision for finding in violated)),
            errors={"document": [_sentence(finding) for finding in violated]},
        )
    unclear = [each for each in findings if each.rule == "announcement.weights"]
    if unclear:
        raise Refusal(
            f"不能发布：{_sentence(unclear[0])}。",
            provisions=("21.p1",),
            remedy="核对权重，使合计为 100%。",
            errors={"document": [_sentence(each) for each in unclear]},
        )
    if campaign.registration_from is None or campaign.registration_to is None:
        raise Refusal("不能发布：公告未写报名起止时间。", provisions=("21.p1",))
    if campaign.announcement.organiser and campaign.announcement.organiser.mode == "entrusted":
        _check_entrusted(campaign)


def places_left(campaign: Campaign) -> dict[int, int]:
    """Places by plan line that no hire has taken and no other open announcement has promised (16.p3)."""
    if campaign.plan is None:
        return {}
    promised = _promised(campaign)
    return {line: free - promised.get(line, 0) for line, free in free_slots(campaign.plan).items()}


def _promised(campaign: Campaign) -> dict[int, int]:
    """Places by plan line that other open announcements still have to fill."""
    open_posts = Position.objects.filter(line__plan=campaign.plan, campaign__state__in=OPEN)
    posts = list(open_posts.exclude(campaign=campaign.pk or 0).values_list("pk", "line_id", "headcount"))
    taken = slots_announced([post for post, _, _ in posts])
    promised: dict[int, int] = {}
    for post, line, headcount in posts:
        promised[line] = promised.get(line, 0) + max(headcount - taken.get(post, 0), 0)
    return promised


def _check_places(campaign: Campaign, plan: HeadcountPlan) -> None:
    """Refuse more places than the approved lines have left beside all other open announcements, line by line (16.p3)."""
    wanted: dict[int, int] = {}
    for position in campaign.positions.all():
        if position.line_id is None:
            raise Refusal(f"不能发布：计划中没有与岗位“{position.name}”同类别的名额。", provisions=("16.p3",))
        wanted[position.line_id] = wanted.get(position.line_id, 0) + position.headcount
    free, promised = free_slots(plan), _promised(campaign)
    lines = {line.pk: line for line in plan.lines.all()}
    over = []
    facts: list[dict[str, Any]] = []
    for pk, own in sorted(wanted.items()):
        # A line of another version of the plan has nothing left here.
        line, there, others = lines.get(pk), free.get(pk, 0), promised.get(pk, 0)
        if own + others <= there:
            continue
        approved, name = (line.count, line.post_name) if line else (0, "不在现行计划内")
        over.append(
            f"岗位“{name}”批准 {approved} 人，已聘用 {max(approved - there, 0)} 人，其他公告正在招 {others} 人，"
            f"本公告招 {own} 人，超出 {own + others - there} 人"
        )
        facts.append({"line": pk, "approved": approved, "free": there, "promised": others, "wanted": own})
    if over:
        raise Refusal(
            f"不能发布：{'；'.join(over)}。",
            provisions=("16.p3",),
            facts={"lines": facts},
            remedy="减少招聘人数，或追加用人计划。",
        )


def _sentence(finding: Finding) -> str:
    return f"{'岗位' + finding.subject + '：' if finding.subject else ''}{finding.message}"


def _check_entrusted(campaign: Campaign) -> None:
    made = Entrustment.objects.filter(campaign=campaign).first()
    organiser = campaign.document["organiser"]
    if made is None or (made.institution, made.signs) != (organiser.get("with"), organiser.get("signs")):
        raise Refusal(
            "不能发布：公告写明委托办理，还没有与公告一致的委托文件。", provisions=("22",), remedy="先登记委托。"
        )


def check_agreed(campaign: Campaign) -> None:
    """Refuse publication without each consent of 人社 that the document needs, given to this very document."""
    document = asked_about(campaign.document)
    for purpose in purposes_of(document):
        given = campaign.consents.filter(purpose=purpose, state=ConsentState.PASSED).first()
        if given is None or given.document != document:
            raise Refusal(
                f"不能发布：{purpose.label}，须经同级人力资源社会保障部门同意。",
                provisions=(PROVISION_OF[purpose],),
                remedy="先送人社部门。",
            )
