"""Who may act on a budget as its own bureau; who may decide on it is the same for every approval."""

from __future__ import annotations

from fujing.general.budget.models import Budget, BudgetRequest
from fujing.general.budget.states import BUDGET, PROPOSERS, SPENDERS
from fujing.kernel.actor import Actor
from fujing.kernel.approvals import Case
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed


def check_propose_budget(actor: Actor) -> None:
    """Who draws up budgets, in whichever bureau."""
    actor.need(*PROPOSERS)


def check_run_budget(actor: Actor, organ_code: int) -> None:
    """Only the bureau itself draws up its budget and books on it."""
    if actor.organ_code != organ_code:
        raise NotAllowed("只有本机关可以编制和执行自己的经费预算。", provisions=("8.p1",))


def check_write_budget(actor: Actor, organ_code: int) -> None:
    """Who writes into a bureau's budget."""
    check_propose_budget(actor)
    check_run_budget(actor, organ_code)


def check_spend(actor: Actor, organ_code: int) -> None:
    """Only the bureau's own finance office enters payments by hand."""
    actor.need(*SPENDERS)
    check_run_budget(actor, organ_code)


can_propose_budget = asking(check_propose_budget)
can_run_budget = asking(check_run_budget)
can_write_budget = asking(check_write_budget)
can_spend = asking(check_spend)


def case_of(budget: Budget, request: BudgetRequest | None) -> Case:
    """The budget as something to decide on; `request` is what was sent last."""
    digest = request.digest if request else ""
    return Case(BUDGET, budget.state, budget.authors, budget.organ_code, "预算", digest)
