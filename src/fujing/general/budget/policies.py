"""Who may act on a budget as its own bureau; who may decide on it is the same for every approval."""

from __future__ import annotations

from fujing.general.budget.models import Budget, BudgetRequest
from fujing.general.budget.states import BUDGET
from fujing.kernel.actor import Actor
from fujing.kernel.approvals import Case
from fujing.kernel.refusals import NotAllowed


def check_own_budget(actor: Actor, organ_code: int) -> None:
    """Only the bureau itself draws up its budget and books on it."""
    if actor.organ_code != organ_code:
        raise NotAllowed("只有本机关可以编制和执行自己的经费预算。", provisions=("8.p1",))


def case_of(budget: Budget, request: BudgetRequest | None) -> Case:
    """The budget as something to decide on; `request` is what was sent last."""
    digest = request.digest if request else ""
    return Case(BUDGET, budget.state, budget.authors, budget.organ_code, "预算", digest)
