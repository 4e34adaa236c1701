"""The route of a headcount plan: 16.p2 for cities and counties, 16.p1 for the province."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable
from fujing.registry.states import PartnerKind


class PlanState(TextChoices):
    DRAFT = "draft", "起草"
    CONSENT = "consent", "待上一级公安机关同意"
    ESTABLISHMENT = "establishment", "待机构编制部门审核"
    FINANCE = "finance", "待财政部门审核"
    GOVERNMENT = "government", "待本级人民政府批准"
    APPROVED = "approved", "已批准"
    RETURNED = "returned", "退回修改"
    REFUSED = "refused", "不同意"
    WITHDRAWN = "withdrawn", "已撤回"
    SUPERSEDED = "superseded", "已由新版本替代"


class TaskState(TextChoices):
    WAITING = "waiting", "待办理"
    PASSED = "passed", "同意"
    RETURNED = "returned", "退回修改"
    REFUSED = "refused", "不同意"


S = PlanState
STEPS = (S.CONSENT, S.ESTABLISHMENT, S.FINANCE, S.GOVERNMENT)
NEXT = {S.CONSENT: S.ESTABLISHMENT, S.ESTABLISHMENT: S.FINANCE, S.FINANCE: S.GOVERNMENT, S.GOVERNMENT: S.APPROVED}
PARTNER_OF = {
    S.ESTABLISHMENT: PartnerKind.ESTABLISHMENT,
    S.FINANCE: PartnerKind.FINANCE,
    S.GOVERNMENT: PartnerKind.GOVERNMENT,
}
DECIDERS = {
    S.CONSENT: ("hr_head", "organ_leader"),
    S.ESTABLISHMENT: ("partner_establishment",),
    S.FINANCE: ("partner_finance",),
    S.GOVERNMENT: ("partner_government",),
}
PROPOSERS = ("hr_officer", "hr_head")
PASS_LABEL = {S.CONSENT: "同意", S.ESTABLISHMENT: "审核同意", S.FINANCE: "审核同意", S.GOVERNMENT: "批准"}


def _steps() -> list[Transition]:
    moves = []
    for step in STEPS:
        provision = "16.p2" if step is S.CONSENT else "16.p1 16.p2"
        moves += [
            Transition(step, "pass", NEXT[step], DECIDERS[step], provision, PASS_LABEL[step]),
            Transition(step, "return", S.RETURNED, DECIDERS[step], provision, "退回修改"),
            Transition(step, "refuse", S.REFUSED, DECIDERS[step], provision, "不同意"),
        ]
        if step in PARTNER_OF:
            # While the partner has no sign-in its paper decision is recorded on its behalf (8.p2).
            moves += [
                Transition(step, "record_pass", NEXT[step], ("hr_head",), "8.p2", "录入纸质同意"),
                Transition(step, "record_return", S.RETURNED, ("hr_head",), "8.p2", "录入纸质退回"),
                Transition(step, "record_refuse", S.REFUSED, ("hr_head",), "8.p2", "录入纸质不同意"),
            ]
        moves.append(Transition(step, "withdraw", S.WITHDRAWN, PROPOSERS, "16.p2", "撤回"))
    return moves


PLAN = TransitionTable(
    "plan",
    PlanState,
    [S.DRAFT],
    [
        Transition(S.DRAFT, "submit", S.CONSENT, PROPOSERS, "16.p2", "报上一级公安机关"),
        Transition(S.DRAFT, "submit_provincial", S.ESTABLISHMENT, PROPOSERS, "16.p1", "报机构编制部门审核"),
        Transition(S.DRAFT, "withdraw", S.WITHDRAWN, PROPOSERS, "16.p2", "撤回"),
        *_steps(),
        Transition(S.RETURNED, "revise", S.DRAFT, PROPOSERS, "16.p2", "修改"),
        Transition(S.RETURNED, "withdraw", S.WITHDRAWN, PROPOSERS, "16.p2", "撤回"),
        Transition(
            S.APPROVED, "supersede", S.SUPERSEDED, DECIDERS[S.GOVERNMENT] + ("hr_head",), "16.p2", "由新版本替代"
        ),
    ],
)
TASK = TransitionTable(
    "plan_task",
    TaskState,
    [TaskState.WAITING],
    [
        Transition(TaskState.WAITING, "pass", TaskState.PASSED, (), "16.p2", "同意"),
        Transition(TaskState.WAITING, "return", TaskState.RETURNED, (), "16.p2", "退回"),
        Transition(TaskState.WAITING, "refuse", TaskState.REFUSED, (), "16.p2", "不同意"),
    ],
)
