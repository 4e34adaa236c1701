"""Who may act on a plan as its own bureau; who may decide on it is the same for every approval."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.approvals import Case
from fujing.kernel.refusals import NotAllowed
from fujing.recruitment.plans.models import HeadcountPlan, PlanRequest
from fujing.recruitment.plans.states import PLAN


def check_own_plan(actor: Actor, plan: HeadcountPlan) -> None:
    """Only the bureau itself proposes, revises and withdraws its plan."""
    if actor.organ_code != plan.organ_code:
        raise NotAllowed("只有拟定计划的公安机关可以办理此步骤。", provisions=("16.p2",))


def case_of(plan: HeadcountPlan, request: PlanRequest | None) -> Case:
    """The plan as something to decide on; `request` is what was sent last."""
    digest = request.digest if request else ""
    return Case(PLAN, plan.state, plan.authors, plan.organ_code, "计划", digest)
