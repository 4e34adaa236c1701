"""Who may act on a plan as its own bureau; who may decide on it is the same for every approval."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.approvals import Case
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.recruitment.plans.models import HeadcountPlan, PlanRequest
from fujing.recruitment.plans.states import PLAN, PROPOSERS, PlanState


def check_propose(actor: Actor) -> None:
    """Who draws up plans, in whichever bureau."""
    actor.need(*PROPOSERS)


def check_send_plan(actor: Actor, plan: HeadcountPlan) -> None:
    """Only the bureau itself sends its plan and takes it back."""
    if actor.organ_code != plan.organ_code:
        raise NotAllowed("只有拟定计划的公安机关可以办理此步骤。", provisions=("16.p2",))


def check_write_plan(actor: Actor, plan: HeadcountPlan) -> None:
    """Who writes into a bureau's plan."""
    check_send_plan(actor, plan)
    check_propose(actor)


def check_amend_plan(actor: Actor, plan: HeadcountPlan) -> None:
    """A new version is drawn up of the own plan that is in force."""
    if (plan.organ_code, plan.state) != (actor.organ_code, PlanState.APPROVED):
        raise NotAllowed("只能修订本机关已批准并在执行的用人计划。", provisions=("16.p2",))


can_propose = asking(check_propose)
can_send_plan = asking(check_send_plan)
can_write_plan = asking(check_write_plan)
can_amend_plan = asking(check_amend_plan)


def case_of(plan: HeadcountPlan, request: PlanRequest | None) -> Case:
    """The plan as something to decide on; `request` is what was sent last."""
    digest = request.digest if request else ""
    return Case(PLAN, plan.state, plan.authors, plan.organ_code, "计划", digest)
