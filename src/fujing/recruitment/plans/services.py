"""The acts on a plan. Every step is a row of the transition table; approval makes the slots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max, QuerySet
from django.utils import timezone

from fujing.general.quota.models import QuotaAccount
from fujing.general.quota.queries import quota_of
from fujing.general.quota.services import quota_release, quota_reserve
from fujing.kernel.actor import Actor, within
from fujing.kernel.approvals import Paper as Paper
from fujing.kernel.approvals import answer, check_verb, lapse, recorded
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal
from fujing.recruitment.plans.models import HeadcountPlan, PlanLine, PlanRequest, PlanTask, Slot
from fujing.recruitment.plans.papers import request_facts
from fujing.recruitment.plans.policies import (
    case_of,
    check_amend_plan,
    check_propose,
    check_send_plan,
    check_write_plan,
)
from fujing.recruitment.plans.queries import asked_organ
from fujing.recruitment.plans.states import PLAN, STEPS, PlanState, TaskState
from fujing.registry.models import Engagement, Organ, territory_of
from fujing.registry.moving_in.queries import undated_people
from fujing.registry.states import Level

DATE_OF = {
    PlanState.CONSENT: "consented_on",
    PlanState.ESTABLISHMENT: "reviewed_on",
    PlanState.FINANCE: "funded_on",
    PlanState.GOVERNMENT: "approved_on",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line as entered. `yearly_cost` in 元 a year."""

    post_name: str
    category: str
    count: int
    reason: str
    yearly_cost: Decimal | None = None


def plan_draft(
    *, actor: Actor, year: int, reason: str, lines: Sequence[Line], amends: HeadcountPlan | None = None
) -> HeadcountPlan:
    """Draw up a plan, or a new version of an approved one. Refuses departments, stations and more than the quota."""
    check_propose(actor)
    organ = Organ.objects.get(pk=actor.organ_code or 0)
    if not organ.manages:
        raise Refusal("内设机构、派出机构不能拟定用人计划。", provisions=("17.p2",))
    if amends:
        amends = relocked(amends)
        check_amend_plan(actor, amends)
    # One draft of a bureau at a time: two would count the same free quota and take the same version.
    locked(QuotaAccount.objects.filter(pk=organ.code))
    _check_lines(organ.code, lines, amends)
    versions = HeadcountPlan.objects.filter(organ_code=organ.code, year=year).aggregate(last=Max("version"))
    plan = HeadcountPlan(
        organ_code=organ.code,
        level=organ.level,
        year=year,
        version=(versions["last"] or 0) + 1,
        previous=amends,
        reason=reason,
        proposed_by=actor.name,
        proposed_by_id=actor.account_id or 0,
    )
    plan.wrote(actor)
    plan.full_clean()
    plan.save()
    _write_lines(plan, lines)
    return plan


def plan_revise(*, actor: Actor, plan: HeadcountPlan, reason: str, lines: Sequence[Line]) -> HeadcountPlan:
    """Change a draft, or a returned or withdrawn plan, which becomes a draft again."""
    check_write_plan(actor, plan)
    plan = relocked(plan)
    if plan.state != PlanState.DRAFT:
        plan.state = PLAN.check(actor, plan.state, "revise").target
    _check_lines(plan.organ_code, lines, plan.previous)
    plan.reason = reason
    plan.wrote(actor)
    plan.full_clean()
    plan.save()
    plan.lines.all().delete()
    _write_lines(plan, lines)
    return plan


def _unused(plan: HeadcountPlan) -> QuerySet[Slot]:
    """Slots that nobody has taken; none before approval and after a newer version."""
    return Slot.objects.filter(line__plan=plan, engagement__isnull=True)


def _check_lines(organ_code: int, lines: Sequence[Line], amends: HeadcountPlan | None) -> None:
    """Refuse an empty plan and one above the free quota, to which the amended version gives its free slots back."""
    if not lines:
        raise Refusal("用人计划至少应有一个岗位。", provisions=("16.p2",))
    total = sum(line.count for line in lines)
    free = quota_of(organ_code).free + (_unused(amends).count() if amends else 0)
    if total > free:
        message = f"计划合计 {total} 人，超出空余用人额度 {free} 人（第十六条第二款）。"
        remedy = "可减少人数，或先申请增加用人额度。"
        raise Refusal(
            message,
            provisions=("16.p2",),
            facts={"total": total, "free": free},
            remedy=remedy,
            errors={"lines": [message + remedy]},
        )


def _write_lines(plan: HeadcountPlan, lines: Sequence[Line]) -> None:
    for line in lines:
        row = PlanLine(
            organ_code=plan.organ_code,
            plan=plan,
            post_name=line.post_name,
            category=line.category,
            count=line.count,
            reason=line.reason,
            yearly_cost=line.yearly_cost,
        )
        row.full_clean()
        row.save()


def plan_submit(*, actor: Actor, plan: HeadcountPlan) -> HeadcountPlan:
    """Send the draft on its way: to the superior bureau (16.p2), in the province to 机构编制 (16.p1)."""
    check_send_plan(actor, plan)
    plan = relocked(plan)
    provincial = plan.level == Level.PROVINCE
    move = PLAN.check(actor, plan.state, "submit_provincial" if provincial else "submit")
    _check_lines(
        plan.organ_code, [Line(x.post_name, x.category, x.count, x.reason) for x in plan.lines.all()], plan.previous
    )
    number = (plan.requests.aggregate(last=Max("round"))["last"] or 0) + 1
    organs = {step: _asked(plan, step) for step in (STEPS[1:] if provincial else STEPS)}
    for step, organ in organs.items():
        PlanTask.objects.create(
            organ_code=plan.organ_code,
            plan=plan,
            round=number,
            step=step,
            assigned_organ=organ.code,
            assigned_name=organ.name,
            asked_at=timezone.now() if step == move.target else None,
        )
    plan.state = move.target
    plan.consented_on = plan.reviewed_on = plan.funded_on = None
    plan.wrote(actor)
    plan.save()
    request = PlanRequest(
        organ_code=plan.organ_code, plan=plan, round=number, sent_by=actor.name, sent_by_id=actor.account_id or 0
    )
    own, first = Organ.objects.get(pk=plan.organ_code), organs[PlanState(move.target)]
    undated = undated_people(plan.organ_code, plan.organ_code, today()).count()
    request.freeze(request_facts(plan, own.name, first.name, quota_of(plan.organ_code), undated))
    request.save()
    return plan


def _asked(plan: HeadcountPlan, step: PlanState) -> Organ:
    organ = asked_organ(plan, step)
    if organ is None:
        raise Refusal(f"尚未登记“{step.label}”的办理机关，请系统管理员先登记。", provisions=("16.p2",))
    return organ


def plan_withdraw(*, actor: Actor, plan: HeadcountPlan) -> HeadcountPlan:
    """Take a plan back before it is decided; it may be revised and sent again."""
    check_send_plan(actor, plan)
    plan = relocked(plan)
    plan.state = PLAN.check(actor, plan.state, "withdraw").target
    plan.save()
    lapse(plan.tasks.all())
    return plan


def plan_decide(
    *,
    actor: Actor,
    plan: HeadcountPlan,
    verb: str,
    opinion: str = "",
    number: str = "",
    paper: Paper | None = None,
    seen: str = "",
) -> HeadcountPlan:
    """Decide the step whose turn it is: `pass`, `return` or `refuse`, each also as `record_…` for a paper decision.

    `number` is the approval's document number, needed at the last step; `seen` the digest of the request that was
    read. Whoever wrote into the plan or sent it can't decide it.
    """
    check_verb(verb)
    with within(actor, *territory_of(plan.organ_code)):
        plan = relocked(plan)
        PLAN.check(actor, plan.state, verb)
        task = plan.tasks.filter(step=plan.state, state=TaskState.WAITING).latest("round")
        move = answer(
            actor=actor,
            case=case_of(plan, plan.requests.order_by("-round").first()),
            row=task,
            verb=verb,
            opinion=opinion,
            number=number,
            paper=paper,
            numbered=plan.state == PlanState.GOVERNMENT,
            seen=seen,
        )
        if task.state == TaskState.PASSED:
            setattr(plan, DATE_OF[PlanState(plan.state)], task.document_date)
            if move.target == PlanState.APPROVED:
                plan.number = number.strip() or task.document_number
        plan.state = move.target
        plan.full_clean(exclude=["lines"])
        plan.save()
        rest = plan.tasks.filter(round=task.round, state=TaskState.WAITING)
        if task.state == TaskState.PASSED:
            # Only now does the next organ see the plan.
            rest.filter(step=plan.state).update(asked_at=timezone.now())
        else:
            lapse(rest)
        if plan.state == PlanState.APPROVED:
            _put_in_force(actor, plan)
        decide(
            actor=actor,
            organ_code=plan.organ_code,
            kind="用人计划审批",
            subject=plan,
            outcome=move.label,
            message=opinion or move.label,
            provisions=move.provision.split(),
            facts={"step": task.step, "paper": recorded(verb)},
        )
        return plan


def _put_in_force(actor: Actor, plan: HeadcountPlan) -> None:
    """Make the slots and promise the quota; an amended version gives its free slots back first."""
    if plan.previous_id:
        (previous,) = locked(HeadcountPlan.objects.filter(pk=plan.previous_id))
        if previous.state != PlanState.APPROVED:
            raise Refusal("所修订的计划已由其他版本替代，请按现行版本重新拟定。", provisions=("16.p2",))
        # A hire locks its line first: with the lines held, the free slots counted are the ones deleted.
        locked(previous.lines.all())
        unused = _unused(previous)
        quota_release(actor=actor, organ_code=plan.organ_code, count=unused.count())
        unused.delete()
        previous.state = PlanState.SUPERSEDED
        previous.save()
    lines = list(plan.lines.all())
    quota_reserve(actor=actor, organ_code=plan.organ_code, count=sum(line.count for line in lines))
    Slot.objects.bulk_create(Slot(organ_code=plan.organ_code, line=line) for line in lines for _ in range(line.count))


def slot_take(*, actor: Actor, line: PlanLine, engage: Callable[[], Engagement], announced: int | None = None) -> Slot:
    """Take a free slot of the line for the engagement that `engage` makes: the only way to hire (16.p3).

    `announced` is the announced post that the hire fills. The line is locked first, so of two hires for the last slot one waits and is then refused.
    """
    line = relocked(line)
    slot = line.slots.filter(engagement__isnull=True).order_by("pk").first()
    if slot is None:
        raise Refusal(
            f"不能聘用：本计划“{line.post_name}” {line.count} 个名额已全部使用（第十六条第三款）。",
            provisions=("16.p3",),
            facts={"line": line.pk, "count": line.count},
            remedy="可申请追加用人计划。",
        )
    quota_release(actor=actor, organ_code=line.organ_code, count=1)
    slot.engagement, slot.announced = engage(), announced
    slot.save(update_fields=["engagement", "announced"])
    return slot
