"""The life of a request to correct one's file, and who confirms what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable

HR = ("hr_officer", "hr_head")
HEAD = ("hr_head",)
SELF = ("auxiliary",)
"""The person, by the sign-in of their own."""


class CorrectionState(TextChoices):
    ASKED = "asked", "待核对"
    CONFIRMED = "confirmed", "已更正"
    DECLINED = "declined", "不予更正"
    TAKEN_BACK = "taken_back", "本人已撤回"


@dataclass(frozen=True, slots=True)
class Correctable:
    """One thing that may be wrong: its word, who confirms it, and the paper that proves it (empty: none is needed)."""

    label: str
    roles: tuple[str, ...]
    proof: str = ""


CORRECTABLE = {
    "phone": Correctable("手机号", HR),
    "household": Correctable("户籍", HR, "户口簿"),
    "major": Correctable("专业", HR, "毕业证书"),
    # What somebody was hired on, and what comes before others, is the head's to confirm.
    "education": Correctable("学历", HEAD, "毕业证书"),
    "veteran": Correctable("退役士兵", HEAD, "退役证明"),
    "other": Correctable("其他内容", HEAD, "能证明的材料"),
}
C = CorrectionState
CORRECTION = TransitionTable(
    "correction",
    CorrectionState,
    [C.ASKED],
    [
        Transition(
            C.ASKED,
            "confirm",
            C.CONFIRMED,
            HR,
            "14.7",
            "核对无误，更正",
            follows="人员档案按本人所写的更正，本人看到答复；更正前的内容保留在变更留痕中。",
            second_look=True,
        ),
        Transition(
            C.ASKED,
            "decline",
            C.DECLINED,
            HR,
            "14.7",
            "不予更正",
            follows="档案不变，本人看到理由。",
            undo="本人补充材料后可以重新申请。",
            second_look=True,
        ),
        Transition(
            C.ASKED,
            "take_back",
            C.TAKEN_BACK,
            SELF,
            "14.7",
            "撤回申请",
            follows="不再办理这次更正，档案不变。",
            undo="需要时可以重新申请。",
        ),
    ],
)
