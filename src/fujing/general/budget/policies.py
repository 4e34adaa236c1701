"""Who may act on a budget."""

from __future__ import annotations

from fujing.general.budget.models import Budget
from fujing.kernel.actor import Actor
from fujing.kernel.refusals import NotAllowed


def check_own_budget(actor: Actor, organ_code: int) -> None:
    """Only the bureau itself draws up its budget and books on it."""
    if actor.organ_code != organ_code:
        raise NotAllowed("只有本机关可以编制和执行自己的经费预算。", provisions=("8.p1",))


def check_decider(actor: Actor, budget: Budget, *, recorded: bool) -> None:
    """The finance department of the same level decides; its paper is recorded by the bureau; never by the proposer."""
    if actor.account_id == budget.proposed_by_id:
        raise NotAllowed("预算的编制人不能审核本预算。", provisions=("8.p2",) if recorded else ("8.p1",))
    if recorded:
        check_own_budget(actor, budget.organ_code)
    elif actor.organ_code != budget.assigned_organ:
        raise NotAllowed("此预算由同级财政部门审核。", provisions=("8.p1",))
