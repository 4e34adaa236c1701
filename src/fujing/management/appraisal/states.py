"""The life of a round, of one person's sheet in it, and of a request to look at a result again."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable

HR = ("hr_officer", "hr_head")
HEAD = ("hr_head",)
DECIDERS = ("hr_head", "organ_leader")
ANSWERERS = ("hr_head", "organ_leader", "discipline")
OFFICER = ("police_officer",)
UNIT = ("unit_leader",)
READERS = ("discipline", "auditor")


class Period(TextChoices):
    YEAR = "year", "年度考核"
    HALF = "half", "半年考核"
    QUARTER = "quarter", "季度考核"


class RoundState(TextChoices):
    DRAFTED = "drafted", "拟定方案"
    OPENED = "opened", "考核中"
    PROPOSED = "proposed", "已拟等次，待决定"
    DECIDED = "decided", "已决定，待公示"
    PUBLICISED = "publicised", "公示和复核中"
    CLOSED = "closed", "已办结"
    CANCELLED = "cancelled", "已取消"


class SheetState(TextChoices):
    SELF = "self", "待本人自评"
    OFFICER = "officer", "待责任民警"
    UNIT = "unit", "待单位"
    SCORED = "scored", "已评分"
    UNGRADED = "ungraded", "不确定等次"
    GRADED = "graded", "已定等次"


class Step(TextChoices):
    """Who scores."""

    OFFICER = "officer", "责任民警"
    UNIT = "unit", "用人单位"


class AskedBy(TextChoices):
    PERSON = "person", "本人申请复核"
    OTHER = "other", "他人公示异议"


class AskedState(TextChoices):
    ASKED = "asked", "待答复"
    KEPT = "kept", "维持原等次"
    CHANGED = "changed", "改定等次"


R = RoundState
LASTING = (R.DECIDED, R.PUBLICISED, R.CLOSED)
"""From here on grades don't change but by a reconsideration."""
WAITING = (R.DRAFTED, R.OPENED, R.PROPOSED, R.DECIDED, R.PUBLICISED)
S = SheetState
BEING_SCORED = (S.SELF, S.OFFICER, S.UNIT)
CANCEL: Told = {"follows": "这个批次作废，已填写的内容留存，不产生等次。", "reason": True, "second_look": True}
ROUND = TransitionTable(
    "appraisal_round",
    RoundState,
    [R.DRAFTED],
    [
        Transition(
            R.DRAFTED,
            "open",
            R.OPENED,
            HR,
            "25",
            "开始考核",
            follows="为每名在职人员建立考核表，四项内容的权重、等次和比例从此不再改动。",
            undo="拟定等次以前可以取消这个批次。",
            second_look=True,
        ),
        Transition(
            R.OPENED,
            "propose",
            R.PROPOSED,
            HR,
            "25",
            "拟定等次",
            follows="按分数和名额为每人拟定等次，送负责人决定。",
            undo="决定以前可以退回。",
        ),
        Transition(
            R.PROPOSED,
            "decide",
            R.DECIDED,
            DECIDERS,
            "25",
            "决定",
            follows="等次从此不得改动，只能经复核改定；由经办公示。",
            second_look=True,
        ),
        Transition(
            R.PROPOSED,
            "return",
            R.OPENED,
            HR + DECIDERS[1:],
            "25",
            "退回",
            follows="拟定的等次作废，可以退回考核表重新评分，再拟定等次。",
            undo="补正后再拟定等次。",
            reason=True,
        ),
        Transition(
            R.DECIDED,
            "publicise",
            R.PUBLICISED,
            HR,
            "25",
            "开始公示",
            follows="从今天起公示，期满以后本人还可以在期限内申请复核。",
            second_look=True,
        ),
        Transition(
            R.PUBLICISED,
            "close",
            R.CLOSED,
            HR,
            "25",
            "办结",
            follows="公示和复核的期限已满，每人的等次就此确定，作为层级、薪酬和合同的依据。",
            second_look=True,
        ),
        Transition(R.DRAFTED, "cancel", R.CANCELLED, HR, "25", "取消", **CANCEL),
        Transition(R.OPENED, "cancel", R.CANCELLED, HEAD, "25", "取消", **CANCEL),
    ],
)
EXEMPT: Told = {
    "follows": "不确定等次，只保留评语；本期没有等次作为依据。",
    "undo": "拟定等次以前可以重新列入。",
    "reason": True,
}
RETURN: Told = {"follows": "退回上一步重新评分，已有的评分留存，以新的为准。", "undo": "重新评分。", "reason": True}
SHEET = TransitionTable(
    "appraisal_sheet",
    SheetState,
    [S.SELF, S.UNGRADED],
    [
        Transition(
            S.SELF,
            "report",
            S.OFFICER,
            HR + UNIT + OFFICER + ("auxiliary",),
            "25",
            "登记自评",
            follows="由责任民警评分，自评从此不得改动。",
            undo="登记错人或者错件的，改为不确定等次后重新列入，再登记。",
        ),
        Transition(
            S.OFFICER,
            "assess",
            S.UNIT,
            OFFICER,
            "25",
            "责任民警评分",
            follows="由用人单位评分。",
            undo="单位可以退回。",
        ),
        Transition(
            S.UNIT,
            "assess",
            S.SCORED,
            UNIT,
            "25",
            "单位评分",
            follows="由机关拟定等次。",
            undo="拟定等次以前可以退回。",
        ),
        Transition(S.UNIT, "return", S.OFFICER, UNIT, "25", "退回责任民警", **RETURN),
        Transition(S.SCORED, "return", S.UNIT, HR, "25", "退回单位", **RETURN),
        *(
            Transition(state, "exempt", S.UNGRADED, HR, "25", "不确定等次", **EXEMPT)
            for state in (*BEING_SCORED, S.SCORED)
        ),
        Transition(
            S.UNGRADED,
            "include",
            S.SELF,
            HR,
            "25",
            "列入考核",
            follows="从本人自评开始。",
            undo="可以再改为不确定等次。",
            reason=True,
        ),
        Transition(
            S.SCORED, "grade", S.GRADED, (), "25", "确定等次", follows="批次办结，等次就此确定。", second_look=True
        ),
    ],
)
A = AskedState
ASKED = TransitionTable(
    "appraisal_asked",
    AskedState,
    [A.ASKED],
    [
        Transition(
            A.ASKED, "keep", A.KEPT, ANSWERERS, "25", "维持原等次", follows="答复交提出人，等次不变。", second_look=True
        ),
        Transition(
            A.ASKED,
            "change",
            A.CHANGED,
            ANSWERERS,
            "25",
            "改定等次",
            follows="以改定的等次为准，原等次和理由留存。",
            second_look=True,
        ),
    ],
)
