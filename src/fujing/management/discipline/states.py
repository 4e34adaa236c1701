"""The life of a breach of duty: recorded, the person heard, proposed, decided, looked at again, over (Articles 15 and 43)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.hearings import hearing_table
from fujing.kernel.transitions import Told, Transition, TransitionTable

HANDLERS = ("discipline", "hr_officer", "hr_head")
"""Who may record and handle; which matters, the policies say."""
DECIDERS = ("hr_head", "organ_leader")
HR = ("hr_officer", "hr_head")
SELF = ("auxiliary",)
"""The person, by the sign-in of their own."""


class SchemeState(TextChoices):
    ENTERED = "entered", "录入中，待核对"
    CONFIRMED = "confirmed", "已核对，可以依据"
    ENDED = "ended", "已停用"
    WITHDRAWN = "withdrawn", "已撤下"


class MatterState(TextChoices):
    RECORDED = "recorded", "已记录，待告知本人"
    INVITED = "invited", "已告知，待本人陈述"
    STATED = "stated", "本人已陈述，待提出意见"
    DECLINED = "declined", "本人不作陈述，待提出意见"
    PROPOSED = "proposed", "已提出意见，待决定"
    DECIDED = "decided", "已决定"
    ASKED = "asked", "本人申请复核，待答复"
    ANSWERED = "answered", "复核维持"
    REVOKED = "revoked", "复核撤销"
    DISMISSED = "dismissed", "已转办解除劳动合同"
    ENDED = "ended", "影响期满，已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class HearingState(TextChoices):
    TOLD = "told", "已告知，待本人陈述"
    ANSWERED = "answered", "本人已陈述"
    DECLINED = "declined", "本人不作陈述"


class Verdict(TextChoices):
    """What came of looking at a decision again."""

    MAINTAINED = "maintained", "维持"
    REVOKED = "revoked", "撤销"


S = SchemeState
SCHEME = TransitionTable(
    "discipline_scheme",
    SchemeState,
    [S.ENTERED],
    [
        Transition(
            S.ENTERED,
            "confirm",
            S.CONFIRMED,
            DECIDERS,
            "43",
            "核对无误",
            follows="处理种类不再增减，提出处理意见时可以依据。",
            undo="规定废止的，可以停用；录错的，停用后重新录入。",
        ),
        Transition(
            S.ENTERED,
            "withdraw",
            S.WITHDRAWN,
            HANDLERS,
            "43",
            "撤下",
            follows="本次录入作废。",
            undo="重新录入。",
            reason=True,
        ),
        Transition(
            S.CONFIRMED,
            "end",
            S.ENDED,
            DECIDERS,
            "43",
            "停用",
            follows="施行的最后一日以后发生的事实，不再依据本规定；已经作出的决定不变。",
            second_look=True,
        ),
    ],
)

M = MatterState
OPEN = (M.RECORDED, M.INVITED, M.STATED, M.DECLINED, M.PROPOSED)
"""Before the decision."""
HEARD = (M.STATED, M.DECLINED)
STANDING = (M.DECIDED, M.ANSWERED)
"""Decided, and nothing is pending."""
DECIDED = (M.DECIDED, M.ASKED, M.ANSWERED, M.REVOKED, M.DISMISSED, M.ENDED)
"""From the decision on."""
PROPOSED = (M.PROPOSED, *DECIDED)
BACK: Told = {"follows": "可以补充材料；补充后重新告知本人，重新听取陈述。", "undo": "重新告知。", "reason": True}
GONE: Told = {
    "follows": "本次记录作废，不作处理；已经告知本人的，本人看到已经撤回。",
    "reason": True,
    "second_look": True,
}
MATTER = TransitionTable(
    "discipline_matter",
    MatterState,
    [M.RECORDED],
    [
        Transition(
            M.RECORDED,
            "invite",
            M.INVITED,
            HANDLERS,
            "43",
            "登记告知本人",
            follows="本人看到事实、材料目录和陈述期限；材料不再增减。",
            undo="需要补充材料的，听取陈述后退回补充。",
        ),
        Transition(
            M.INVITED,
            "state",
            M.STATED,
            HANDLERS,
            "43",
            "登记本人的陈述",
            follows="本人的原话加密保存，从此不得改动；决定人查阅以后才能决定。",
            second_look=True,
        ),
        Transition(
            M.INVITED,
            "say",
            M.STATED,
            SELF,
            "43",
            "提交陈述和申辩",
            follows="您的原话加密保存，从此不得改动；决定人查阅以后才能决定。",
            second_look=True,
        ),
        Transition(
            M.INVITED,
            "decline",
            M.DECLINED,
            HANDLERS,
            "43",
            "登记本人不作陈述",
            follows="不作陈述的经过记入案卷，可以提出处理意见。",
            second_look=True,
        ),
        *(
            Transition(
                state,
                "propose",
                M.PROPOSED,
                HANDLERS,
                "43",
                "提出处理意见",
                follows="由记录、提出以外的负责人决定。",
                undo="决定以前可以退回补充。",
            )
            for state in HEARD
        ),
        *(Transition(state, "return", M.RECORDED, HANDLERS, "43", "退回补充", **BACK) for state in HEARD),
        Transition(M.PROPOSED, "return", M.RECORDED, (*HANDLERS, "organ_leader"), "43", "退回补充", **BACK),
        Transition(
            M.PROPOSED,
            "decide",
            M.DECIDED,
            DECIDERS,
            "43",
            "决定",
            follows="按提出的意见决定，本人看到决定，可以申请复核。",
            second_look=True,
        ),
        Transition(
            M.DECIDED,
            "ask",
            M.ASKED,
            SELF,
            "14.5",
            "申请复核",
            follows="由决定人以外的负责人复核、答复。",
            second_look=True,
        ),
        Transition(
            M.DECIDED,
            "receive",
            M.ASKED,
            HANDLERS,
            "14.5",
            "登记书面复核申请",
            follows="由决定人以外的负责人复核、答复。",
            second_look=True,
        ),
        Transition(
            M.ASKED,
            "maintain",
            M.ANSWERED,
            DECIDERS,
            "14.5",
            "维持决定",
            follows="答复告知本人，决定继续有效。",
            second_look=True,
        ),
        Transition(
            M.ASKED,
            "revoke",
            M.REVOKED,
            DECIDERS,
            "14.5",
            "撤销决定",
            follows="答复告知本人，决定自始无效；事实另有出入的，重新记录。",
            second_look=True,
        ),
        *(
            Transition(
                state,
                "dismiss",
                M.DISMISSED,
                HR,
                "32.3",
                "转办解除劳动合同",
                follows="开始办理离职，事实材料转入；是否解除，按离职的程序另行告知、听取陈述和决定。",
                second_look=True,
            )
            for state in STANDING
        ),
        *(
            Transition(
                state,
                "end",
                M.ENDED,
                HANDLERS,
                "43",
                "登记办结",
                follows="影响期已满，本次处理不再影响本人。",
                second_look=True,
            )
            for state in STANDING
        ),
        *(Transition(state, "withdraw", M.WITHDRAWN, HANDLERS, "43", "撤回", **GONE) for state in OPEN),
    ],
)
HEARING = hearing_table(
    "discipline_hearing",
    HANDLERS,
    SELF,
    "43",
    states=HearingState,
    more=(
        Transition(
            HearingState.TOLD,
            "decline",
            HearingState.DECLINED,
            HANDLERS,
            "43",
            "登记本人不作陈述",
            follows="不作陈述的经过记入案卷，可以提出处理意见。",
            second_look=True,
        ),
    ),
)
