"""The life of a class: from the draft to the confirmed attendance."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable
from fujing.law.training.kinds import KINDS, RESULTS

PLANNERS = ("training", "hr_officer", "hr_head")
CONFIRMERS = ("hr_head", "organ_leader")
KIND_CHOICES = list(KINDS.items())
RESULT_CHOICES = list(RESULTS.items())


class CourseState(TextChoices):
    DRAFTED = "drafted", "草拟"
    PUBLISHED = "published", "已发布，可以报名"
    ENDED = "ended", "已结束，登记考勤"
    CONFIRMED = "confirmed", "已确认"
    CANCELLED = "cancelled", "已取消"


C = CourseState
HELD = (C.ENDED, C.CONFIRMED)
OPEN = (C.DRAFTED, C.PUBLISHED, C.ENDED)
"""Not at their end."""
CANCELLED: Told = {
    "follows": "培训不再举办，已报名的人员全部退出，可以报名同一时间的其他培训。",
    "undo": "需要时另行草拟。",
    "reason": True,
}
COURSE = TransitionTable(
    "course",
    CourseState,
    [C.DRAFTED],
    [
        Transition(
            C.DRAFTED,
            "publish",
            C.PUBLISHED,
            PLANNERS,
            "24",
            "发布",
            follows="种类、学时和考试从此不再改动；可以报名，时间和地点还可以调整。",
            undo="举办以前可以取消。",
        ),
        Transition(
            C.PUBLISHED,
            "end",
            C.ENDED,
            PLANNERS,
            "24",
            "结束，登记考勤",
            follows="不再报名和退出，逐人登记到课、迟到或者缺席。",
            second_look=True,
        ),
        Transition(
            C.ENDED,
            "confirm",
            C.CONFIRMED,
            CONFIRMERS,
            "24",
            "核准考勤和成绩",
            follows="计入每人的学时。确认以后不再改动，更正须另行登记并写明原因。",
            second_look=True,
        ),
        Transition(C.DRAFTED, "cancel", C.CANCELLED, PLANNERS, "24", "取消", **CANCELLED),
        Transition(C.PUBLISHED, "cancel", C.CANCELLED, PLANNERS, "24", "取消", **CANCELLED),
    ],
)
