"""The last steps: a hire and its contract."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class HireState(TextChoices):
    PROPOSED = "proposed", "拟聘用"
    HIRED = "hired", "已聘用"
    DECLINED = "declined", "放弃聘用"


H = HireState
HR = ("hr_officer", "hr_head")
HEADS = ("hr_head", "organ_leader")
HIRE = TransitionTable(
    "hire",
    HireState,
    [H.PROPOSED],
    [
        Transition(
            H.PROPOSED,
            "hire",
            H.HIRED,
            HEADS,
            "16.p3",
            "聘用",
            follows="占用一个计划名额，进入花名册，一个月内签订劳动合同；不愿继续工作的按离职办理。",
            second_look=True,
        ),
        Transition(
            H.PROPOSED,
            "decline",
            H.DECLINED,
            HR,
            "21.p1",
            "放弃聘用",
            follows="不占用计划名额，名额由递补名单上的下一人取得；没有递补人员的空缺。",
            reason=True,
            second_look=True,
        ),
    ],
)
