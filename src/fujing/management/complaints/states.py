"""The life of a report, of the statement of whom it accuses, and of a suggestion (Articles 14.4, 14.5 and 31)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable

READERS = ("discipline",)
"""Who may read a report at all; which of them does is for `law/complaints/readers.py` to say."""
ANSWERERS = ("hr_officer", "hr_head")
SELF = ("auxiliary",)


class ReportState(TextChoices):
    RECEIVED = "received", "已收到，待决定是否受理"
    DECLINED = "declined", "不予受理"
    TRANSFERRED = "transferred", "已移送，待对方接收"
    ACCEPTED = "accepted", "已受理，待调查"
    INVESTIGATED = "investigated", "调查中"
    HEARD = "heard", "已听取陈述和申辩"
    CONCLUDED = "concluded", "已有结论，待答复"
    ANSWERED = "answered", "已答复"


class Finding(TextChoices):
    FOUNDED = "founded", "属实"
    PARTLY = "partly", "部分属实"
    UNFOUNDED = "unfounded", "不属实"
    UNPROVEN = "unproven", "无法查实"
    UNIDENTIFIED = "unidentified", "查不到当事人"


class HearingState(TextChoices):
    ASKED = "asked", "待陈述"
    GIVEN = "given", "已陈述"
    REFUSED = "refused", "本人不作陈述"


class SuggestionState(TextChoices):
    MADE = "made", "已提出，待答复"
    ANSWERED = "answered", "已答复"


R = ReportState
OVER: Told = {"follows": "调查继续，作结论以前重新听取陈述和申辩。", "undo": "重新作结论。", "reason": True}
COMPLAINT = TransitionTable(
    "complaint",
    ReportState,
    [R.RECEIVED],
    [
        Transition(
            R.RECEIVED,
            "accept",
            R.ACCEPTED,
            READERS,
            "31",
            "受理",
            follows="反映人凭回执码看到已经受理；填写了办结期限的，从今天起计算。",
            undo="不属于本机关办理的，可以移送。",
        ),
        Transition(
            R.RECEIVED,
            "decline",
            R.DECLINED,
            READERS,
            "31",
            "不予受理",
            follows="反映人凭回执码看到理由。",
            undo="反映人补充材料的，可以重新受理。",
            reason=True,
            second_look=True,
        ),
        Transition(
            R.DECLINED,
            "reopen",
            R.RECEIVED,
            READERS,
            "31",
            "重新审查",
            follows="重新决定是否受理。",
            undo="可以再作不予受理的决定。",
            reason=True,
        ),
        *(
            Transition(
                state,
                "transfer",
                R.TRANSFERRED,
                READERS,
                "31",
                "移送",
                follows="对方机关的纪检督察人员取得钥匙，接收以后由其办理，本机关不再能看。",
                undo="对方退回的，仍由本机关办理。",
                reason=True,
                second_look=True,
            )
            for state in (R.RECEIVED, R.ACCEPTED)
        ),
        Transition(
            R.TRANSFERRED,
            "take",
            R.RECEIVED,
            READERS,
            "31",
            "接收",
            follows="由本机关决定是否受理，移送的机关不再能看。",
            second_look=True,
        ),
        Transition(
            R.TRANSFERRED,
            "give_back",
            R.RECEIVED,
            READERS,
            "31",
            "退回",
            follows="仍由移送的机关办理，本机关不再能看。",
            reason=True,
            second_look=True,
        ),
        Transition(
            R.ACCEPTED,
            "investigate",
            R.INVESTIGATED,
            READERS,
            "31",
            "开始调查",
            follows="可以通知当事人陈述和申辩。",
            undo="查不到当事人的，写明后办结。",
        ),
        Transition(
            R.INVESTIGATED,
            "hear",
            R.HEARD,
            READERS,
            "31",
            "陈述申辩已听取",
            follows="可以作结论。",
            undo="作结论以前可以再通知陈述。",
        ),
        Transition(
            R.HEARD,
            "conclude",
            R.CONCLUDED,
            READERS,
            "31",
            "作结论",
            follows="结论不再改动；属实的转处理，不属实的转澄清。",
            second_look=True,
        ),
        Transition(
            R.INVESTIGATED,
            "not_found",
            R.CONCLUDED,
            READERS,
            "31",
            "查不到当事人，办结",
            follows="不对任何人作结论，答复反映人。",
            reason=True,
            second_look=True,
        ),
        Transition(
            R.CONCLUDED,
            "answer",
            R.ANSWERED,
            READERS,
            "31",
            "答复反映人",
            follows="反映人凭回执码看到答复。",
            second_look=True,
        ),
        *(Transition(state, "reopen", R.INVESTIGATED, READERS, "31", "重新调查", **OVER) for state in (R.ANSWERED,)),
    ],
)
HEARD_OUT = TransitionTable(
    "complaint_hearing",
    HearingState,
    [HearingState.ASKED],
    [
        Transition(
            HearingState.ASKED,
            "state",
            HearingState.GIVEN,
            SELF,
            "31",
            "提交陈述和申辩",
            follows="陈述立即封存，只有调查人员能看，作结论以前必须考虑。",
            second_look=True,
        ),
        Transition(
            HearingState.ASKED,
            "refuse",
            HearingState.REFUSED,
            READERS,
            "31",
            "登记不作陈述",
            follows="本人不作陈述的经过记入卷内，可以作结论。",
            second_look=True,
        ),
        Transition(
            HearingState.ASKED,
            "record",
            HearingState.GIVEN,
            READERS,
            "31",
            "登记当面陈述",
            follows="陈述笔录封存入卷，可以作结论。",
            second_look=True,
        ),
    ],
)
SUGGESTION = TransitionTable(
    "suggestion",
    SuggestionState,
    [SuggestionState.MADE],
    [
        Transition(
            SuggestionState.MADE,
            "answer",
            SuggestionState.ANSWERED,
            ANSWERERS,
            "14.4",
            "答复",
            follows="本人在“我的权利”看到答复。",
            second_look=True,
        )
    ],
)
