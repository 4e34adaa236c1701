"""Words of the budget: the six kinds of 8.p1, its way to the finance department, the entries of its ledger."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.approvals import answers
from fujing.kernel.transitions import Told, Transition, TransitionTable


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
SPENDERS = ("finance",)
FINANCE = ("partner_finance",)
RECORDERS = ("hr_head", "organ_leader")
STEPS = (S.FINANCE,)
UNSENT = frozenset({S.DRAFT, S.RETURNED, S.WITHDRAWN})
AGAIN: Told = {"follows": "保存后是草稿，可以重新报送。", "undo": "可以再改，也可以撤回。"}
RESENT = "修改后可以重新报送。"


def _decisions(deciders: tuple[str, ...], provision: str, prefix: str, labels: tuple[str, str]) -> list[Transition]:
    """Both answers of the finance department, by sign-in or entered from paper."""
    return [
        Transition(
            S.FINANCE,
            f"{prefix}pass",
            S.ISSUED,
            deciders,
            provision,
            labels[0],
            follows="六项经费记入本年度账户；预算不能再改，只能编制调整。",
            second_look=True,
        ),
        Transition(
            S.FINANCE,
            f"{prefix}return",
            S.RETURNED,
            deciders,
            provision,
            labels[1],
            follows="退回编制人修改。",
            undo=RESENT,
            reason=True,
        ),
    ]


def _withdrawing(source: BudgetState) -> Transition:
    return Transition(
        source, "withdraw", S.WITHDRAWN, PROPOSERS, "8.p1", "撤回", follows="财政部门不再办理。", undo=RESENT
    )


BUDGET = TransitionTable(
    "budget",
    BudgetState,
    [S.DRAFT],
    [
        Transition(
            S.DRAFT,
            "submit",
            S.FINANCE,
            PROPOSERS,
            "8.p1",
            "报财政部门审核",
            follows="报送后各项金额不能更改，由同级财政部门办理。",
            undo="下达前可以撤回，修改后重新报送。",
        ),
        _withdrawing(S.DRAFT),
        *_decisions(FINANCE, "8.p1", "", ("审核下达", "退回修改")),
        *_decisions(RECORDERS, "8.p2", "record_", ("录入纸质下达", "录入纸质退回")),
        _withdrawing(S.FINANCE),
        Transition(S.RETURNED, "revise", S.DRAFT, PROPOSERS, "8.p1", "修改", **AGAIN),
        _withdrawing(S.RETURNED),
        Transition(S.WITHDRAWN, "revise", S.DRAFT, PROPOSERS, "8.p1", "修改后重新报送", **AGAIN),
        Transition(
            S.ISSUED,
            "supersede",
            S.SUPERSEDED,
            FINANCE + RECORDERS,
            "8.p1",
            "由调整后的预算替代",
            follows="账户按调整后的预算计算，已承付和支出的照旧。",
            undo="可以再编制调整。",
        ),
    ],
)
TASK = answers("budget_task", "8.p1")
