"""Who may decide on a plan: the right organ, and never anybody who wrote into it."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.refusals import NotAllowed
from fujing.recruitment.plans.models import HeadcountPlan, PlanTask


def check_own_plan(actor: Actor, plan: HeadcountPlan) -> None:
    """Only the bureau itself proposes, revises and withdraws its plan."""
    if actor.organ_code != plan.organ_code:
        raise NotAllowed("只有拟定计划的公安机关可以办理此步骤。", provisions=("16.p2",))


def check_decider(actor: Actor, plan: HeadcountPlan, task: PlanTask) -> None:
    """The organ asked decides; a paper decision is recorded by the bureau, but never by an author of the plan."""
    if actor.account_id in plan.authors:
        raise NotAllowed("拟定人和修改过计划的人不能审批本计划。", provisions=("16.p2",))
    if actor.organ_code != task.assigned_organ:
        raise NotAllowed(f"此步骤由{task.assigned_name}办理。", provisions=("16.p2",))


def check_recorder(actor: Actor, plan: HeadcountPlan) -> None:
    """A paper decision is entered by the bureau's personnel head, never by an author of the plan."""
    check_own_plan(actor, plan)
    if actor.account_id in plan.authors:
        raise NotAllowed("拟定人和修改过计划的人不能代录审批意见。", provisions=("8.p2",))
