"""Reading plans as somebody. Row security decides what is there: a territory, or the plans one is asked about."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject

from fujing.general.budget.queries import cost_finding, personnel_money
from fujing.general.quota.models import QuotaAccount
from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import Actor, looking
from fujing.kernel.clock import today
from fujing.kernel.counts import counted_by
from fujing.kernel.refusals import existing
from fujing.law.findings import Finding
from fujing.recruitment.plans.models import HeadcountPlan, PlanLine, PlanRequest, PlanTask, Slot
from fujing.recruitment.plans.states import PARTNER_OF, PlanState, TaskState
from fujing.registry.models import Engagement, Organ, territory_of
from fujing.registry.moving_in.queries import undated_between
from fujing.registry.states import Category, OrganKind


def plans_for(actor: Actor) -> QuerySet[HeadcountPlan]:
    """Plans that the actor may read, newest first, with `headcount`."""
    return HeadcountPlan.objects.annotate(headcount=Sum("lines__count")).order_by("-year", "-id")


def plan_for(actor: Actor, plan_id: int) -> HeadcountPlan:
    """One plan with `organ_name`, or 404."""
    organ = Organ.objects.filter(pk=OuterRef("organ_code")).values("name")
    plans = plans_for(actor).annotate(organ_name=Subquery(organ))
    return existing(
        plans.prefetch_related("lines").select_related("previous").filter(pk=plan_id).first(), "没有这份用人计划"
    )


def tasks_of(plan: HeadcountPlan) -> list[PlanTask]:
    """The route of a plan, round by round in order."""
    return _in_order(plan.tasks.all())


def _in_order(tasks: Iterable[PlanTask]) -> list[PlanTask]:
    order = {step: index for index, step in enumerate(PlanState.values)}
    return sorted(tasks, key=lambda task: (task.round, order[task.step]))


def whole_route(actor: Actor, plan: HeadcountPlan) -> list[PlanTask]:
    """The route of a plan that the actor may read, with the other organs' steps: what its papers print."""
    with reading(actor, plan):
        return tasks_of(plan)


def requests_of(plan: HeadcountPlan) -> list[PlanRequest]:
    """What was sent, round by round; the facts of a round are read when it is printed."""
    return list(plan.requests.defer("facts").order_by("round"))


def reading(actor: Actor, plan: HeadcountPlan) -> AbstractContextManager[object]:
    """What belongs to a plan that the actor may read: a partner who is asked about it reads it in its bureau's place."""
    return nullcontext() if actor.covers(plan.organ_code) else looking(actor, *territory_of(plan.organ_code))


def waiting_tasks(actor: Actor) -> QuerySet[PlanTask]:
    """What the actor's organ is asked right now, oldest first."""
    return (
        PlanTask.objects.filter(assigned_organ=actor.organ_code or 0, state=TaskState.WAITING)
        .filter(step=F("plan__state"))
        .select_related("plan")
        .order_by("id")
    )


def returned_plans(actor: Actor) -> QuerySet[HeadcountPlan]:
    """Plans of the actor's own bureau that came back to be revised, oldest first."""
    return HeadcountPlan.objects.filter(organ_code=actor.organ_code or 0, state=PlanState.RETURNED).order_by("id")


def figures_of(actor: Actor, plan: HeadcountPlan) -> QuotaAccount:
    """Quota figures beside a request, also for a partner who is asked about this plan."""
    with reading(actor, plan):
        return quota_of(plan.organ_code)


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an amendment beside the version that it amends; `was` and `now` in persons, 0 where absent."""

    post_name: str
    category: str
    was: int
    now: int

    @property
    def label(self) -> str:
        """What happened to the line, in a word."""
        if not self.was:
            return "新增"
        if not self.now:
            return "取消"
        return "未变" if self.was == self.now else "增加" if self.now > self.was else "减少"


def changes_of(plan: HeadcountPlan) -> list[Change]:
    """An amendment line by line against its previous version; empty for a first version."""
    if plan.previous is None:
        return []
    was, now = (
        {(line.post_name, line.get_category_display()): line.count for line in version.lines.all()}
        for version in (plan.previous, plan)
    )
    return [Change(*key, was.get(key, 0), now.get(key, 0)) for key in {**was, **now}]


@dataclass(frozen=True, slots=True)
class Standing:
    """What whoever decides on a plan should know of the bureau beside its quota figures; all in persons."""

    civil: int
    field: int
    undated: int
    """People whose first day no roster says: in neither figure, nor in the quota's."""
    unfilled: list[HeadcountPlan]
    """Earlier approved plans, newest first, with `slots_free` and `slots_all`."""


def standing_of(actor: Actor, plan: HeadcountPlan) -> Standing:
    """The bureau's staff by category and its earlier plans, also for a partner who is asked about this plan."""
    with reading(actor, plan):
        return _figures(plan)[1]


def _count(category: Category) -> Subquery:
    serving = Engagement.objects.filter(
        organ_code=OuterRef("organ_code"), span__endswith__isnull=True, category=category
    )
    return Subquery(serving.order_by().values("organ_code").annotate(count=Count("pk")).values("count"))


def _figures(plan: HeadcountPlan) -> tuple[QuotaAccount, Standing, Decimal | None]:
    """Quota, staff with earlier plans, and the free money for personnel (元): one query for all three."""
    names = ("granted", "passed_down", "in_service", "reserved")
    quota = QuotaAccount.objects.filter(organ_code=OuterRef("organ_code"))
    earlier = (
        HeadcountPlan.objects.filter(organ_code=OuterRef("organ_code"), state=PlanState.APPROVED)
        .exclude(pk=OuterRef("pk"))
        .annotate(
            slots_all=Count("lines__slots"),
            slots_free=Count("lines__slots", filter=Q(lines__slots__engagement__isnull=True)),
        )
        .order_by("-approved_on", "-pk")
    )
    shown = ("id", "year", "version", "number", "approved_on", "slots_all", "slots_free")
    row = (
        HeadcountPlan.objects.filter(pk=plan.pk)
        .order_by()
        .values_list(
            Subquery(quota.values(told=JSONObject(**{name: name for name in names}))),
            _count(Category.CIVIL),
            _count(Category.FIELD),
            ArraySubquery(earlier.values(told=JSONObject(**{name: name for name in shown}))),
            personnel_money(OuterRef("organ_code"), OuterRef("year")),
            undated_between(OuterRef("organ_code"), OuterRef("organ_code"), today()),
        )
        .get()
    )
    account = QuotaAccount(organ_code=plan.organ_code, **(row[0] or {}))
    standing = Standing(row[1] or 0, row[2] or 0, row[5] or 0, [_earlier(told) for told in row[3]])
    return account, standing, row[4]


def _earlier(told: dict[str, Any]) -> HeadcountPlan:
    all_slots, free_slots = told.pop("slots_all"), told.pop("slots_free")
    plan = HeadcountPlan(**told | {"approved_on": date.fromisoformat(told["approved_on"])})
    plan.slots_all, plan.slots_free = all_slots, free_slots  # type: ignore[attr-defined]
    return plan


def _cost(plan: HeadcountPlan, free: Decimal | None) -> Finding:
    """The plan's yearly cost against the free budget for pay and insurance."""
    costs = [line.yearly_cost for line in plan.lines.all()]
    known = None if None in costs else sum((cost for cost in costs if cost is not None), Decimal(0))
    return cost_finding(plan.year, known, free)


def _route(plan: HeadcountPlan) -> tuple[list[PlanTask], list[PlanRequest]]:
    """Tasks and what was sent, round by round, in one query; the facts of a round are read when it is printed."""
    sent = PlanRequest.objects.filter(plan=OuterRef("plan"), round=OuterRef("round"))
    names = ("id", "round", "digest", "sent_at", "sent_by")
    told = Subquery(sent.values(told=JSONObject(**{name: name for name in names})))
    tasks = _in_order(plan.tasks.annotate(sent=told))
    rounds = {task.round: task.sent for task in tasks if task.sent}  # type: ignore[attr-defined]
    requests = [
        PlanRequest(**row | {"sent_at": datetime.fromisoformat(row["sent_at"])}) for _, row in sorted(rounds.items())
    ]
    return tasks, requests


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything on which a plan is decided, as whoever is asked about it reads it."""

    organ_name: str
    tasks: list[PlanTask]
    requests: list[PlanRequest]
    quota: QuotaAccount
    standing: Standing
    cost: Finding
    changes: list[Change]
    free: dict[int, int]
    """Free slots by line, of an approved plan."""

    @property
    def waiting(self) -> PlanTask | None:
        """The answer that is waited for now."""
        open_tasks = (task for task in self.tasks if task.state == TaskState.WAITING and task.asked_at)
        return next(open_tasks, None)


def dossier_of(actor: Actor, plan: HeadcountPlan) -> Dossier:
    """The dossier of a plan that `plan_for` gave the actor; what changed and what is free only within the territory."""
    with reading(actor, plan):
        quota, standing, money = _figures(plan)
        tasks, requests = _route(plan)
    inside = actor.covers(plan.organ_code)
    return Dossier(
        organ_name=plan.organ_name,  # type: ignore[attr-defined]
        tasks=tasks,
        requests=requests,
        quota=quota,
        standing=standing,
        cost=_cost(plan, money),
        changes=changes_of(plan) if inside else [],
        free=free_slots(plan) if inside and plan.state == PlanState.APPROVED else {},
    )


def asked_organ(plan: HeadcountPlan, step: PlanState) -> Organ | None:
    """The organ that decides a step: the next higher bureau, or the same-level department; None where none is known."""
    if step is PlanState.CONSENT:
        return Organ.objects.get(pk=plan.organ_code).parent
    lo, hi = plan.organ_code, plan.organ_code + 10**6 - 1
    partners = Organ.objects.filter(kind=OrganKind.PARTNER, partner_kind=PARTNER_OF[step])
    return partners.filter(code__range=(lo, hi)).first()


def approved_plans(organ_code: int) -> QuerySet[HeadcountPlan]:
    """Plans in force of one bureau, newest first."""
    return HeadcountPlan.objects.filter(organ_code=organ_code, state=PlanState.APPROVED).order_by("-year", "-version")


def places_approved(lo: int, hi: int) -> dict[int, int]:
    """All places of the plans in force (16.p3), by organ of a territory, both bounds inclusive."""
    lines = PlanLine.objects.filter(plan__state=PlanState.APPROVED, plan__organ_code__range=(lo, hi))
    return dict(lines.values_list("plan__organ_code").annotate(Sum("count")).order_by())


def free_slots(plan: HeadcountPlan) -> dict[int, int]:
    """Free slots by line id."""
    lines = PlanLine.objects.filter(plan=plan).annotate(free=Count("slots", filter=Q(slots__engagement__isnull=True)))
    return {line.pk: line.free for line in lines}  # type: ignore[attr-defined]


def slots_announced(posts: Iterable[int]) -> dict[int, int]:
    """Slots taken by hires from each announced post, by the post's id."""
    taken = Slot.objects.filter(announced__in=list(posts), engagement__isnull=False)
    return counted_by(taken, "announced")
