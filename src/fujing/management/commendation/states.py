"""The life of a commendation: proposed, checked, made public, awarded (Article 29)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable

HR = ("hr_officer", "hr_head")
CHECKERS = ("hr_head",)
DECIDERS = ("organ_leader",)


class CommendationState(TextChoices):
    PROPOSED = "proposed", "已申报，待核对"
    CHECKED = "checked", "已核对，待公示"
    PUBLICISED = "publicised", "公示中，期满待决定"
    AWARDED = "awarded", "已表彰"
    REFUSED = "refused", "不予表彰"
    WITHDRAWN = "withdrawn", "已撤回"


C = CommendationState
OPEN = (C.PROPOSED, C.CHECKED, C.PUBLICISED)
BACK: Told = {"follows": "本次申报作废。", "undo": "重新申报。", "reason": True}
NOT: Told = {"follows": "本次申报办结，不予表彰，理由告知申报人。", "reason": True, "second_look": True}
COMMENDATION = TransitionTable(
    "commendation",
    CommendationState,
    [C.PROPOSED],
    [
        Transition(
            C.PROPOSED,
            "check",
            C.CHECKED,
            CHECKERS,
            "29",
            "核对属实",
            follows="事迹和材料不再改动，可以公示。",
            undo="公示前发现有误的，撤回后重新申报。",
        ),
        Transition(
            C.CHECKED,
            "publicise",
            C.PUBLICISED,
            HR,
            "29",
            "公示",
            follows="事迹在公示期内公开，收到的异议逐件登记、答复。",
            undo="公示有误的，撤回后重新申报。",
        ),
        Transition(
            C.PUBLICISED,
            "award",
            C.AWARDED,
            DECIDERS,
            "29",
            "决定表彰",
            follows="记入本人档案；有奖金的，从奖励经费中预留。",
            second_look=True,
        ),
        *(
            Transition(state, "refuse", C.REFUSED, DECIDERS, "29", "不予表彰", **NOT)
            for state in (C.CHECKED, C.PUBLICISED)
        ),
        *(Transition(state, "withdraw", C.WITHDRAWN, HR, "29", "撤回", **BACK) for state in OPEN),
    ],
)
