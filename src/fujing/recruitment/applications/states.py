"""The life of an application, and of the background check behind it."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class ApplicationState(TextChoices):
    DRAFT = "draft", "未提交"
    SUBMITTED = "submitted", "待资格审查"
    RETURNED = "returned", "退回补充"
    QUALIFIED = "qualified", "资格审查合格"
    REJECTED = "rejected", "资格审查不合格"
    WITHDRAWN = "withdrawn", "已放弃"


class CheckState(TextChoices):
    OPEN = "open", "考察中"
    TOLD = "told", "已告知，待本人陈述"
    ANSWERED = "answered", "本人已陈述"
    CLEARED = "cleared", "考察合格"
    ADVERSE = "adverse", "考察不合格"


A = ApplicationState
APPLICANT = ("applicant",)
REVIEWERS = ("hr_officer", "hr_head")
APPLICATION = TransitionTable(
    "application",
    ApplicationState,
    [A.DRAFT],
    [
        Transition(A.DRAFT, "submit", A.SUBMITTED, APPLICANT, "21.p1", "提交报名"),
        Transition(A.RETURNED, "submit", A.SUBMITTED, APPLICANT, "21.p1", "补充后提交"),
        Transition(A.SUBMITTED, "withdraw", A.WITHDRAWN, APPLICANT, "21.p1", "放弃报名"),
        Transition(A.RETURNED, "withdraw", A.WITHDRAWN, APPLICANT, "21.p1", "放弃报名"),
        Transition(A.QUALIFIED, "withdraw", A.WITHDRAWN, APPLICANT, "21.p1", "放弃"),
        Transition(A.SUBMITTED, "qualify", A.QUALIFIED, REVIEWERS, "18", "审查合格"),
        Transition(A.SUBMITTED, "return", A.RETURNED, REVIEWERS, "21.p1", "退回补充"),
        Transition(A.SUBMITTED, "reject", A.REJECTED, REVIEWERS, "18", "审查不合格"),
        Transition(A.RETURNED, "reject", A.REJECTED, REVIEWERS, "18", "逾期未补充，不合格"),
    ],
)

C = CheckState
CHECKERS = ("hr_officer", "discipline", "police_officer")
CHECK = TransitionTable(
    "background_check",
    CheckState,
    [C.OPEN],
    [
        Transition(C.OPEN, "clear", C.CLEARED, ("hr_head",), "20", "考察合格"),
        Transition(C.OPEN, "tell", C.TOLD, ("hr_head",), "20", "告知本人"),
        Transition(C.TOLD, "answer", C.ANSWERED, APPLICANT, "20", "陈述"),
        Transition(C.TOLD, "clear", C.CLEARED, ("hr_head",), "20", "考察合格"),
        Transition(C.TOLD, "conclude", C.ADVERSE, ("hr_head",), "20", "陈述期满，考察不合格"),
        Transition(C.ANSWERED, "clear", C.CLEARED, ("hr_head",), "20", "考察合格"),
        Transition(C.ANSWERED, "conclude", C.ADVERSE, ("hr_head",), "20", "考察不合格"),
    ],
)
