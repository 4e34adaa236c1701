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
    PRESENT = "present", "到场"
    ABSENT = "absent", "缺考"
    MISCONDUCT = "misconduct", "违纪"


S = SittingState
HR = ("hr_officer", "hr_head")
SITTING = TransitionTable(
    "sitting",
    SittingState,
    [S.ARRANGED],
    [
        Transition(S.ARRANGED, "release", S.RELEASED, HR, "21.p1", "发放准考证"),
        Transition(S.RELEASED, "hold", S.HELD, HR, "21.p1", "考试结束"),
        Transition(S.HELD, "close", S.CLOSED, ("hr_head",), "21.p1", "归档"),
    ],
)
