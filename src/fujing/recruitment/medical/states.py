"""The life of a medical examination: an adverse result is told, and may be examined once more, before it stands."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable


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
PASSED: Told = {"follows": "体检合格，结论通知本人，可以进入考察和公示。", "second_look": True}
FAILED: Told = {"follows": "体检不合格成为最终结论，不能聘用，名额按规则递补。", "second_look": True}
ABSENT: Told = {"follows": "视为放弃体检，不能聘用，名额按规则递补。", "second_look": True}
FOUND: Told = {"follows": "先告知本人，可以申请复检；复检期满或放弃复检后才算数。", "second_look": True}
MEDICAL = TransitionTable(
    "medical",
    MedicalState,
    [M.ARRANGED],
    [
        Transition(M.ARRANGED, "pass", M.PASSED, RECORDERS, "18.5", "合格", **PASSED),
        Transition(
            M.ARRANGED,
            "recheck",
            M.RECHECK,
            RECORDERS,
            "18.5",
            "医院要求复检",
            follows="本人按新的日期再到医院检查，之后录入结论。",
            undo="复检后录入结论。",
        ),
        Transition(M.ARRANGED, "fail", M.FOUND, RECORDERS, "18.5", "不合格", **FOUND),
        Transition(M.ARRANGED, "absent", M.ABSENT, RECORDERS, "21.p1", "未参加", **ABSENT),
        Transition(M.RECHECK, "pass", M.PASSED, RECORDERS, "18.5", "合格", **PASSED),
        Transition(M.RECHECK, "fail", M.FOUND, RECORDERS, "18.5", "不合格", **FOUND),
        Transition(M.RECHECK, "absent", M.ABSENT, RECORDERS, "21.p1", "未参加", **ABSENT),
        Transition(
            M.FOUND,
            "tell",
            M.TOLD,
            RECORDERS,
            "18.5",
            "告知本人",
            follows="本人看到不合格的条目，从次日起算申请复检的期限。",
            second_look=True,
        ),
        Transition(
            M.TOLD,
            "request",
            M.REQUESTED,
            APPLICANT,
            "18.5",
            "申请复检",
            follows="由另一家医院复检一次，复检结论是最终结论。",
            second_look=True,
        ),
        Transition(M.TOLD, "waive", M.FAILED, APPLICANT, "18.5", "不申请复检", **FAILED),
        Transition(M.TOLD, "expire", M.FAILED, RECORDERS, "18.5", "期满未申请复检，认定不合格", **FAILED),
        Transition(M.REQUESTED, "reexam_pass", M.PASSED, RECORDERS, "18.5", "复检合格", **PASSED),
        Transition(M.REQUESTED, "reexam_fail", M.FAILED, RECORDERS, "18.5", "复检不合格", **FAILED),
    ],
)
