"""The life of an application."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable


class ApplicationState(TextChoices):
    DRAFT = "draft", "未提交"
    SUBMITTED = "submitted", "待资格审查"
    RETURNED = "returned", "退回补充"
    QUALIFIED = "qualified", "资格审查合格"
    REJECTED = "rejected", "资格审查不合格"
    WITHDRAWN = "withdrawn", "已放弃"


A = ApplicationState
APPLICANT = ("applicant",)
REVIEWERS = ("hr_officer", "hr_head")
HANDED_IN_FIRST: Told = {
    "follows": "报名进入资格审查，提交后不能直接修改。",
    "undo": "报名时间内、审查开始前可以撤回修改。",
    "second_look": True,
}
HANDED_IN: Told = {"follows": "报名进入资格审查，提交后不能直接修改。", "second_look": True}
GIVEN_UP: Told = {
    "follows": "不再参加本次招聘，名额由他人递补。",
    "undo": "报名时间内可以重新报名；报名截止后不能恢复。",
    "second_look": True,
}
CORRECTABLE = "没有发准考证、没有成绩和考察前，人事负责人可以更正。"
CORRECTED: Told = {
    "follows": "原结论撤销，报名回到待资格审查，本人会看到。",
    "undo": "重新审查作出结论。",
    "reason": True,
    "second_look": True,
}
REJECTED: Told = {
    "follows": "本人不能参加后续环节，会看到理由。",
    "undo": CORRECTABLE,
    "reason": True,
    "second_look": True,
}
APPLICATION = TransitionTable(
    "application",
    ApplicationState,
    [A.DRAFT],
    [
        Transition(A.DRAFT, "submit", A.SUBMITTED, APPLICANT, "21.p1", "提交报名", **HANDED_IN_FIRST),
        Transition(A.RETURNED, "submit", A.SUBMITTED, APPLICANT, "21.p1", "补充后提交", **HANDED_IN),
        Transition(
            A.SUBMITTED,
            "reopen",
            A.DRAFT,
            APPLICANT,
            "21.p1",
            "撤回修改",
            follows="报名变为未提交，改好后须在报名时间内重新提交；不再提交的，视为没有报名。",
            undo="重新提交即可。",
            second_look=True,
        ),
        Transition(A.SUBMITTED, "withdraw", A.WITHDRAWN, APPLICANT, "21.p1", "放弃报名", **GIVEN_UP),
        Transition(A.RETURNED, "withdraw", A.WITHDRAWN, APPLICANT, "21.p1", "放弃报名", **GIVEN_UP),
        Transition(A.QUALIFIED, "withdraw", A.WITHDRAWN, APPLICANT, "21.p1", "放弃报名", **GIVEN_UP),
        Transition(
            A.WITHDRAWN,
            "again",
            A.DRAFT,
            APPLICANT,
            "21.p1",
            "重新报名",
            follows="报名变为未提交，须在报名时间内提交，重新审查。",
            undo="提交后可以再放弃。",
        ),
        Transition(
            A.SUBMITTED,
            "qualify",
            A.QUALIFIED,
            REVIEWERS,
            "18",
            "审查合格",
            follows="本人可以参加后续环节。",
            undo=CORRECTABLE,
        ),
        Transition(
            A.SUBMITTED,
            "return",
            A.RETURNED,
            REVIEWERS,
            "21.p1",
            "退回补充",
            follows="本人看到缺少的内容，在期限内补齐后重新提交。",
            undo="本人补充后重新审查；逾期未补充的，可以作不合格结论。",
            reason=True,
        ),
        Transition(A.SUBMITTED, "reject", A.REJECTED, REVIEWERS, "18", "审查不合格", **REJECTED),
        Transition(A.RETURNED, "reject", A.REJECTED, REVIEWERS, "18", "逾期未补充，不合格", **REJECTED),
        Transition(A.QUALIFIED, "correct", A.SUBMITTED, ("hr_head",), "18", "更正审查结论", **CORRECTED),
        Transition(A.REJECTED, "correct", A.SUBMITTED, ("hr_head",), "18", "更正审查结论", **CORRECTED),
    ],
)
