"""The life of a medical examination: an adverse result is told, and may be examined once more, before it stands."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class MedicalState(TextChoices):
    ARRANGED = "arranged", "待体检"
    RECHECK = "recheck", "待复检"
    FOUND = "found", "体检不合格，待告知"
    TOLD = "told", "已告知，可申请复检"
    REQUESTED = "requested", "已申请复检"
    PASSED = "passed", "体检合格"
    FAILED = "failed", "体检不合格"
    ABSENT = "absent", "未参加体检"


M = MedicalState
RECORDERS = ("hr_officer", "hr_head")
APPLICANT = ("applicant",)
MEDICAL = TransitionTable(
    "medical",
    MedicalState,
    [M.ARRANGED],
    [
        Transition(M.ARRANGED, "pass", M.PASSED, RECORDERS, "18.5", "合格"),
        Transition(M.ARRANGED, "recheck", M.RECHECK, RECORDERS, "18.5", "医院要求复检"),
        Transition(M.ARRANGED, "fail", M.FOUND, RECORDERS, "18.5", "不合格"),
        Transition(M.ARRANGED, "absent", M.ABSENT, RECORDERS, "21.p1", "未参加"),
        Transition(M.RECHECK, "pass", M.PASSED, RECORDERS, "18.5", "合格"),
        Transition(M.RECHECK, "fail", M.FOUND, RECORDERS, "18.5", "不合格"),
        Transition(M.RECHECK, "absent", M.ABSENT, RECORDERS, "21.p1", "未参加"),
        Transition(M.FOUND, "tell", M.TOLD, RECORDERS, "18.5", "告知本人"),
        Transition(M.TOLD, "request", M.REQUESTED, APPLICANT, "18.5", "申请复检"),
        Transition(M.TOLD, "waive", M.FAILED, APPLICANT, "18.5", "不申请复检"),
        Transition(M.TOLD, "expire", M.FAILED, RECORDERS, "18.5", "期满未申请复检"),
        Transition(M.REQUESTED, "reexam_pass", M.PASSED, RECORDERS, "18.5", "复检合格"),
        Transition(M.REQUESTED, "reexam_fail", M.FAILED, RECORDERS, "18.5", "复检不合格"),
    ],
)
