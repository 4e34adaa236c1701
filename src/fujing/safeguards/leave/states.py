"""The life of a request for leave, and what its days are booked as (Article 36)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable
from fujing.law.leave.kinds import GROUNDS, LABELS

HR = ("hr_officer", "hr_head")
UNIT = ("unit_leader",)
DECIDERS = ("hr_head", "organ_leader")
ASKERS = ("auxiliary", *HR)


class LeaveKind(TextChoices):
    ANNUAL = "annual", LABELS["annual"]
    SICK = "sick", LABELS["sick"]
    PERSONAL = "personal", LABELS["personal"]
    MARRIAGE = "marriage", LABELS["marriage"]
    MATERNITY = "maternity", LABELS["maternity"]
    SPOUSE = "spouse", LABELS["spouse"]
    CHILDCARE = "childcare", LABELS["childcare"]
    PARENTS = "parents", LABELS["parents"]
    BEREAVEMENT = "bereavement", LABELS["bereavement"]


class Ground(TextChoices):
    FACTS = "facts", GROUNDS["facts"]
    DATES = "dates", GROUNDS["dates"]
    WORK = "work", GROUNDS["work"]


class LeaveState(TextChoices):
    ASKED = "asked", "已申请，待单位意见"
    ADVISED = "advised", "单位已提意见，待批准"
    APPROVED = "approved", "已批准"
    REFUSED = "refused", "没有批准"
    CANCELLED = "cancelled", "已取消"
    RECALLED = "recalled", "提前返岗"
    ENDED = "ended", "已销假"


S = LeaveState
WAITING = (S.ASKED, S.ADVISED)
GRANTED = (S.APPROVED, S.RECALLED, S.ENDED)
LIVE = (*WAITING, *GRANTED)
"""Whose days are taken or kept free."""


class EntryKind(TextChoices):
    GRANT = "grant", "核定"
    CARRIED_IN = "carried_in", "上一年度转入"
    CARRIED_OUT = "carried_out", "转入下一年度"
    USE = "use", "请假"
    BACK = "back", "退回"
    UNARRANGED = "unarranged", "应休未休，待支付"
    WAIVED = "waived", "本人书面提出不休"
    CORRECTION = "correction", "更正"


BACK: Told = {"follows": "占用的年休假天数退回余额。", "undo": "重新申请。"}
LEAVE = TransitionTable(
    "leave_request",
    LeaveState,
    [S.ASKED],
    [
        Transition(
            S.ASKED,
            "advise",
            S.ADVISED,
            (*UNIT, *HR),
            "36",
            "提出意见",
            follows="转人事负责人或者机关负责人批准。",
            undo="批准以前由批准人按实际情况决定。",
        ),
        Transition(
            S.ADVISED,
            "approve",
            S.APPROVED,
            DECIDERS,
            "36",
            "批准",
            follows="本人在手机上看到结果；请假期间不能派勤。",
            undo="开始以前可以取消，开始以后可以召回。",
            second_look=True,
        ),
        Transition(
            S.ADVISED,
            "refuse",
            S.REFUSED,
            DECIDERS,
            "36",
            "不批准",
            follows="理由告知本人，占用的年休假天数退回余额。",
            second_look=True,
        ),
        *(Transition(state, "cancel", S.CANCELLED, ASKERS, "36", "取消申请", **BACK) for state in WAITING),
        Transition(S.APPROVED, "cancel", S.CANCELLED, ASKERS, "36", "取消", **BACK),
        Transition(
            S.APPROVED,
            "recall",
            S.RECALLED,
            DECIDERS,
            "36",
            "召回或者提前返岗",
            follows="从返岗时间起不再是请假，没有休的天数退回余额。",
            reason=True,
            second_look=True,
        ),
        Transition(
            S.APPROVED,
            "end",
            S.ENDED,
            HR,
            "36",
            "销假",
            follows="按批准的天数记载，计入当月考勤。",
            undo="天数有误的，由人事负责人写明理由更正。",
        ),
    ],
)
