"""The route of a headcount plan: 16.p2 for cities and counties, 16.p1 for the province."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.approvals import AnswerState, answers
from fujing.kernel.transitions import Told, Transition, TransitionTable
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


TaskState = AnswerState
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
RECORDERS = ("hr_head",)
ANSWERERS = tuple({role: None for roles in DECIDERS.values() for role in roles})
RECORD_LABELS = ("录入纸质同意", "录入纸质退回", "录入纸质不同意")
PASS_LABEL = {S.CONSENT: "同意", S.ESTABLISHMENT: "审核同意", S.FINANCE: "审核同意", S.GOVERNMENT: "批准"}


BACK = "批准前可以撤回，修改后重新报送。"
FROZEN = "报送后岗位和人数不能更改"
LATER = "批准前，后面的环节可以退回，报送机关可以撤回。"
RESENT = "修改后可以重新报送。"
FOLLOWS = {
    S.CONSENT: "送机构编制部门审核。",
    S.ESTABLISHMENT: "送财政部门审核。",
    S.FINANCE: "送本级人民政府批准。",
    S.GOVERNMENT: "名额生效，占用用人额度；计划不能再改，只能修订。",
}


def _decisions(step: PlanState, deciders: tuple[str, ...], provision: str, *, on_paper: bool) -> list[Transition]:
    """The three answers of a step, by sign-in or entered from paper."""
    prefix, labels = ("record_", RECORD_LABELS) if on_paper else ("", (PASS_LABEL[step], "退回修改", "不同意"))
    final = step is S.GOVERNMENT
    return [
        Transition(
            step,
            f"{prefix}pass",
            NEXT[step],
            deciders,
            provision,
            labels[0],
            follows=FOLLOWS[step],
            undo="" if final else LATER,
            second_look=final,
        ),
        Transition(
            step,
            f"{prefix}return",
            S.RETURNED,
            deciders,
            provision,
            labels[1],
            follows="退回拟定人修改，修改后从头报送。",
            undo=RESENT,
            reason=True,
        ),
        Transition(
            step,
            f"{prefix}refuse",
            S.REFUSED,
            deciders,
            provision,
            labels[2],
            follows="本计划到此为止，需要时另行拟定。",
            reason=True,
            second_look=True,
        ),
    ]


def _withdrawing(source: PlanState) -> Transition:
    return Transition(
        source, "withdraw", S.WITHDRAWN, PROPOSERS, "16.p2", "撤回", follows="办理机关不再办理。", undo=RESENT
    )


def _steps() -> list[Transition]:
    moves = []
    for step in STEPS:
        moves += _decisions(step, DECIDERS[step], "16.p2" if step is S.CONSENT else "16.p1 16.p2", on_paper=False)
        if step in PARTNER_OF:
            # While the partner has no sign-in its paper decision is recorded on its behalf (8.p2).
            moves += _decisions(step, RECORDERS, "8.p2", on_paper=True)
        moves.append(_withdrawing(step))
    return moves


AGAIN: Told = {"follows": "保存后是草稿，可以重新报送。", "undo": "可以再改，也可以撤回。"}
PLAN = TransitionTable(
    "plan",
    PlanState,
    [S.DRAFT],
    [
        Transition(
            S.DRAFT,
            "submit",
            S.CONSENT,
            PROPOSERS,
            "16.p2",
            "报上一级公安机关",
            follows=f"{FROZEN}，由上一级公安机关办理。",
            undo=BACK,
        ),
        Transition(
            S.DRAFT,
            "submit_provincial",
            S.ESTABLISHMENT,
            PROPOSERS,
            "16.p1",
            "报机构编制部门审核",
            follows=f"{FROZEN}，由机构编制部门办理。",
            undo=BACK,
        ),
        _withdrawing(S.DRAFT),
        *_steps(),
        Transition(S.RETURNED, "revise", S.DRAFT, PROPOSERS, "16.p2", "修改", **AGAIN),
        _withdrawing(S.RETURNED),
        Transition(S.WITHDRAWN, "revise", S.DRAFT, PROPOSERS, "16.p2", "修改后重新报送", **AGAIN),
        Transition(
            S.APPROVED,
            "supersede",
            S.SUPERSEDED,
            DECIDERS[S.GOVERNMENT] + RECORDERS,
            "16.p2",
            "由新版本替代",
            follows="新版本执行，本版本空余的名额不再使用。",
            undo="可以再修订。",
        ),
    ],
)
TASK = answers("plan_task", "16.p2")
