"""Reading plans as somebody. Row security decides what is there: a territory, or the plans one is asked about."""

from __future__ import annotations

from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import Http404

from fujing.general.quota.models import QuotaAccount
from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import Actor, within
from fujing.recruitment.plans.models import HeadcountPlan, PlanLine, PlanTask, Slot
from fujing.recruitment.plans.states import PlanState, TaskState
from fujing.registry.models import territory_of


def plans_for(actor: Actor) -> QuerySet[HeadcountPlan]:
    """Plans that the actor may read, newest first, with `headcount`."""
    return HeadcountPlan.objects.annotate(headcount=Sum("lines__count")).order_by("-year", "-id")


def plan_for(actor: Actor, plan_id: int) -> HeadcountPlan:
    """One plan or 404."""
    plan = plans_for(actor).prefetch_related("lines").filter(pk=plan_id).first()
    if plan is None:
        raise Http404("没有这份用人计划")
    return plan


def tasks_of(plan: HeadcountPlan) -> list[PlanTask]:
    """The route of a plan, round by round in order."""
    order = {step: index for index, step in enumerate(PlanState.values)}
    return sorted(plan.tasks.all(), key=lambda task: (task.round, order[task.step]))


def waiting_tasks(actor: Actor) -> QuerySet[PlanTask]:
    """What the actor's organ is asked right now, oldest first."""
    return (
        PlanTask.objects.filter(assigned_organ=actor.organ_code or 0, state=TaskState.WAITING)
        .filter(step=F("plan__state"))
        .select_related("plan")
        .order_by("id")
    )


def figures_of(actor: Actor, plan: HeadcountPlan) -> QuotaAccount:
    """Quota figures beside a request, also for a partner who is asked about this plan."""
    with within(actor, *territory_of(plan.organ_code)):
        return quota_of(plan.organ_code)


def approved_plans(organ_code: int) -> QuerySet[HeadcountPlan]:
    """Plans in force of one bureau, newest first."""
    return HeadcountPlan.objects.filter(organ_code=organ_code, state=PlanState.APPROVED).order_by(
        "-year", "-version"
    )


def free_slots(plan: HeadcountPlan) -> dict[int, int]:
    """Free slots by line id."""
    lines = PlanLine.objects.filter(plan=plan).annotate(
        free=Count("slots", filter=Q(slots__engagement__isnull=True))
    )
    return {line.pk: line.free for line in lines}  # type: ignore[attr-defined]


def slots_taken(plan: HeadcountPlan) -> int:
    """How many slots of the plan are taken."""
    return Slot.objects.filter(line__plan=plan, engagement__isnull=False).count()
