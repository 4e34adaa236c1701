"""What waits about headcount plans: with whom a plan is, and with its author when it was returned (Article 16)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum

from fujing.kernel.actor import Actor
from fujing.kernel.todos import MOST, Todo
from fujing.recruitment.plans.policies import can_propose
from fujing.recruitment.plans.queries import returned_plans, waiting_tasks
from fujing.recruitment.plans.states import ANSWERERS
from fujing.registry.models import Organ
from fujing.registry.states import Level

KINDS = {
    "plan": dict.fromkeys(("consent", "establishment", "finance", "government"), "plan_task"),
    "plan_task": {"waiting": "plan_task"},
}


def plan_todos(actor: Actor) -> Iterator[Todo]:
    """Plans that the actor's office is asked about, and those that came back to who wrote them."""
    if actor.has(*ANSWERERS):
        tasks = list(waiting_tasks(actor).annotate(headcount=Sum("plan__lines__count")))
        names = dict(Organ.objects.filter(pk__in={task.plan.organ_code for task in tasks}).values_list("code", "name"))
        for task in tasks:
            yield Todo(
                "plan_task",
                1,
                "待办理",
                task.plan_id,
                county=names.get(task.plan.organ_code, ""),
                matter=f"{task.plan.year} 年用人计划",
                total=f"共 {task.headcount or 0} 人",
                provision="16.p1" if task.plan.level == Level.PROVINCE else "16.p2",
            )
    if can_propose(actor):
        # Whoever may write on: the author may be away while the term runs.
        for plan in returned_plans(actor).annotate(headcount=Sum("lines__count")).order_by("id")[:MOST]:
            yield Todo(
                "plan_returned",
                1,
                "退回修改，待修改后再报",
                plan.pk,
                matter=f"{plan.year} 年用人计划",
                total=f"共 {plan.headcount or 0} 人",  # type: ignore[attr-defined]
                provision="16.p2",
            )
