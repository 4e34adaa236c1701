"""The life of a sitting, and who was there."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class SittingState(TextChoices):
    ARRANGED = "arranged", "编排中"
    RELEASED = "released", "准考证已发放"
    HELD = "held", "已考"
    CLOSED = "closed", "已归档"


class Attendance(TextChoices):
    EXPECTED = "expected", "未登记"
    PRESENT = "present", "到场"
    ABSENT = "absent", "缺考"
    MISCONDUCT = "misconduct", "违纪"


S = SittingState
A = Attendance
HR = ("hr_officer", "hr_head")
# Who may be named to invigilate; HR marks without being named.
FILERS = ("hr_head",)
INVIGILATORS = ("police_officer", "discipline")
MARKERS = (*HR, *INVIGILATORS)
READERS = (*HR, "organ_leader", "discipline", "auditor")
# Somebody who came may still be caught cheating: that is no correction.
USUAL = {(A.EXPECTED, A.PRESENT), (A.EXPECTED, A.ABSENT), (A.EXPECTED, A.MISCONDUCT), (A.PRESENT, A.MISCONDUCT)}
MARKED = {
    A.PRESENT: "记为到场，可以录入成绩。",
    A.ABSENT: "记为缺考，考试结束后没有成绩。",
    A.MISCONDUCT: "记为违纪，考试结束后成绩按违纪处理，本人可以陈述。",
}
ATTENDANCE = TransitionTable(
    "attendance",
    Attendance,
    [A.EXPECTED],
    [
        Transition(
            source,
            str(target),
            target,
            MARKERS,
            "21.p1",
            str(target.label) if (source, target) in USUAL else f"更正为{target.label}",
            follows=MARKED[target],
            undo="归档前可以由招聘经办更正，须写理由。",
            reason=(source, target) not in USUAL,
        )
        for source in Attendance
        for target in (A.PRESENT, A.ABSENT, A.MISCONDUCT)
        if source != target
    ],
)
SITTING = TransitionTable(
    "sitting",
    SittingState,
    [S.ARRANGED],
    [
        Transition(
            S.ARRANGED,
            "release",
            S.RELEASED,
            HR,
            "21.p1",
            "发放准考证",
            follows="座位不能再调整，本人看到准考证。",
            second_look=True,
        ),
        Transition(
            S.RELEASED,
            "hold",
            S.HELD,
            HR,
            "21.p1",
            "考试结束",
            follows="缺考、违纪写入成绩，监考人不能再登记。",
            second_look=True,
        ),
        Transition(
            S.HELD,
            "close",
            S.CLOSED,
            ("hr_head",),
            "21.p1",
            "归档",
            follows="归档后到考情况不能再更正。",
            second_look=True,
        ),
    ],
)
