"""The life of a departure: from the draft with its evidence to the certificate."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.hearings import hearing_table
from fujing.kernel.transitions import Told, Transition, TransitionTable

HR = ("hr_officer", "hr_head")
DECIDERS = ("hr_head", "organ_leader")
SELF = ("auxiliary",)
"""The person, by the sign-in of their own."""


class DepartureState(TextChoices):
    DRAFTED = "drafted", "收集材料"
    CHECKED = "checked", "已核对，待决定"
    DECIDED = "decided", "已决定，待通知"
    NOTIFIED = "notified", "已通知，待交接"
    CLEARED = "cleared", "已交接，待离职"
    ENDED = "ended", "已离职，待出具证明"
    CLOSED = "closed", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class ResignationState(TextChoices):
    RECEIVED = "received", "已收到，待确认"
    CONFIRMED = "confirmed", "已确认，办理离职"
    WITHDRAWN = "withdrawn", "本人已撤回"


class Heard(TextChoices):
    """What a decision states of the person's statement and defence."""

    ANSWERED = "answered", "本人已陈述申辩"
    SILENT = "silent", "陈述期满，本人没有陈述"
    EARLIER = "earlier", "登记陈述以前的决定"


class Outcome(TextChoices):
    """What became of a thing that is to be handed back."""

    RETURNED = "returned", "已交回"
    LOST = "lost", "已遗失，说明处理情况"
    NONE = "none", "没有配发"


D = DepartureState
WAITING = (D.DRAFTED, D.CHECKED, D.DECIDED, D.NOTIFIED, D.CLEARED, D.ENDED)
"""Not at their end."""
DECIDED = (D.DECIDED, D.NOTIFIED, D.CLEARED, D.ENDED, D.CLOSED)
NOTIFIED = (D.NOTIFIED, D.CLEARED, D.ENDED, D.CLOSED)
TAKEN_BACK: Told = {"follows": "本次离职作废，劳动合同继续履行。", "undo": "需要时重新办理。", "reason": True}
DEPARTURE = TransitionTable(
    "departure",
    DepartureState,
    [D.DRAFTED],
    [
        Transition(
            D.DRAFTED,
            "check",
            D.CHECKED,
            HR,
            "32",
            "核对材料，送决定",
            follows="材料从此不再增减，由人事负责人或者机关负责人决定。",
            undo="决定前可以退回补充材料。",
        ),
        Transition(
            D.CHECKED,
            "decide",
            D.DECIDED,
            DECIDERS,
            "32",
            "决定",
            follows="决定登记在案，列出应交接的物品；由经办通知本人。",
            undo="离职前可以撤回。",
            second_look=True,
        ),
        Transition(
            D.CHECKED,
            "return",
            D.DRAFTED,
            HR + DECIDERS[1:],
            "32",
            "退回补充材料",
            follows="可以增减材料，补充后再核对。",
            undo="补充后再核对。",
            reason=True,
        ),
        Transition(
            D.DECIDED,
            "notify",
            D.NOTIFIED,
            HR,
            "39",
            "登记通知",
            follows="通知日期和最后工作日按提前通知的天数核对。",
            undo="离职前可以撤回。",
        ),
        Transition(
            D.NOTIFIED,
            "clear",
            D.CLEARED,
            HR,
            "26",
            "交接完毕",
            follows="交接的物品从此不再改动，最后工作日起办理离职。",
            undo="离职前可以撤回。",
        ),
        Transition(
            D.CLEARED,
            "end",
            D.ENDED,
            HR,
            "39",
            "办理离职",
            follows="用工和岗位安排到最后工作日为止，额度随之空出；十五日内出具证明，转移档案和社会保险关系。",
            second_look=True,
        ),
        Transition(
            D.ENDED,
            "certify",
            D.CLOSED,
            HR,
            "39",
            "登记已出具证明",
            follows="解除或者终止劳动合同的证明已交本人，档案和社会保险关系已转移。",
            second_look=True,
        ),
        Transition(D.DRAFTED, "withdraw", D.WITHDRAWN, HR, "32", "撤回", **TAKEN_BACK),
        Transition(D.CHECKED, "withdraw", D.WITHDRAWN, HR, "32", "撤回", **TAKEN_BACK),
        *(
            Transition(state, "withdraw", D.WITHDRAWN, DECIDERS, "32", "撤回", **TAKEN_BACK)
            for state in (D.DECIDED, D.NOTIFIED, D.CLEARED)
        ),
    ],
)
R = ResignationState
RESIGNATION = TransitionTable(
    "resignation",
    ResignationState,
    [R.RECEIVED],
    [
        Transition(
            R.RECEIVED,
            "confirm",
            R.CONFIRMED,
            HR,
            "14.6",
            "确认，开始办理离职",
            follows="按通知的情形和最后工作日开始办理离职，书面通知列为材料。本人从此不能自行撤回。",
            undo="离职前经双方同意，可以撤回离职。",
            second_look=True,
        ),
        Transition(
            R.RECEIVED,
            "withdraw",
            R.WITHDRAWN,
            HR,
            "14.6",
            "登记本人撤回",
            follows="这次通知作废，劳动合同继续履行。",
            undo="本人需要时可以重新提交书面通知。",
        ),
        Transition(
            R.RECEIVED,
            "take_back",
            R.WITHDRAWN,
            SELF,
            "14.6",
            "撤回辞职",
            follows="这次通知作废，劳动合同继续履行。",
            undo="需要时可以重新提交。",
            second_look=True,
        ),
    ],
)
HEARING = hearing_table("hearing", HR, SELF, "20.7")
