"""Words of the budget: the six kinds of 8.p1, its way to the finance department, the entries of its ledger."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class BudgetKind(TextChoices):
    """What 8.p1 names, in its order."""

    PAY = "pay", "薪酬"
    COMMENDATION = "commendation", "奖励"
    INSURANCE = "insurance", "社保"
    EQUIPMENT = "equipment", "装备"
    UNIFORM = "uniform", "服装"
    TRAINING = "training", "训练"


# Pay and social insurance are owed once the work was done: an overspend is recorded, shown in red and reported, never
# refused. The other kinds are spent by choice, so what exceeds the budget is refused.
OWED = (BudgetKind.PAY, BudgetKind.INSURANCE)


class BudgetState(TextChoices):
    DRAFT = "draft", "编制"
    FINANCE = "finance", "待财政部门审核"
    ISSUED = "issued", "已下达"
    RETURNED = "returned", "退回修改"
    WITHDRAWN = "withdrawn", "已撤回"
    SUPERSEDED = "superseded", "已调整"


class EntryKind(TextChoices):
    ALLOT = "allot", "下达"
    COMMIT = "commit", "承付"
    RELEASE = "release", "撤销承付"
    SPEND = "spend", "支出"
    REFUND = "refund", "冲回"


S = BudgetState
PROPOSERS = ("finance", "hr_head")
FINANCE = ("partner_finance",)
RECORDERS = ("hr_head", "organ_leader")
BUDGET = TransitionTable(
    "budget",
    BudgetState,
    [S.DRAFT],
    [
        Transition(S.DRAFT, "submit", S.FINANCE, PROPOSERS, "8.p1", "报财政部门审核"),
        Transition(S.DRAFT, "withdraw", S.WITHDRAWN, PROPOSERS, "8.p1", "撤回"),
        Transition(S.FINANCE, "pass", S.ISSUED, FINANCE, "8.p1", "审核下达"),
        Transition(S.FINANCE, "return", S.RETURNED, FINANCE, "8.p1", "退回修改"),
        Transition(S.FINANCE, "record_pass", S.ISSUED, RECORDERS, "8.p2", "录入纸质下达"),
        Transition(S.FINANCE, "record_return", S.RETURNED, RECORDERS, "8.p2", "录入纸质退回"),
        Transition(S.FINANCE, "withdraw", S.WITHDRAWN, PROPOSERS, "8.p1", "撤回"),
        Transition(S.RETURNED, "revise", S.DRAFT, PROPOSERS, "8.p1", "修改"),
        Transition(S.RETURNED, "withdraw", S.WITHDRAWN, PROPOSERS, "8.p1", "撤回"),
        Transition(S.ISSUED, "supersede", S.SUPERSEDED, FINANCE + RECORDERS, "8.p1", "由调整后的预算替代"),
    ],
)
