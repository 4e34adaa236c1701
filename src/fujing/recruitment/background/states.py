"""The life of a background check: nobody fails who was not heard (Article 20)."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Told, Transition, TransitionTable
from fujing.recruitment.applications.states import APPLICANT


class CheckState(TextChoices):
    OPEN = "open", "考察中"
    TOLD = "told", "已告知，待本人陈述"
    ANSWERED = "answered", "本人已陈述"
    CLEARED = "cleared", "考察合格"
    ADVERSE = "adverse", "考察不合格"


# What each of the two finds on: conduct, and the nine grounds of Article 20.
GROUNDS = ("18.2", *(f"20.{number}" for number in range(1, 10)))

C = CheckState
HEAD = ("hr_head",)
CHECKERS = ("hr_officer", "discipline", "police_officer")
CLEARED: Told = {"follows": "考察合格，本人可以进入公示。", "second_look": True}
ADVERSE: Told = {"follows": "本人不能聘用，名额按规则递补，结论告知本人。", "reason": True, "second_look": True}
CHECK = TransitionTable(
    "background_check",
    CheckState,
    [C.OPEN],
    [
        Transition(C.OPEN, "clear", C.CLEARED, HEAD, "20", "考察合格", **CLEARED),
        Transition(
            C.OPEN,
            "tell",
            C.TOLD,
            HEAD,
            "20",
            "告知本人",
            follows="本人看到认定的情形，在期限内陈述；考察人不能再填写。",
            second_look=True,
        ),
        Transition(
            C.TOLD,
            "answer",
            C.ANSWERED,
            APPLICANT,
            "20",
            "陈述",
            follows="陈述送达人事负责人，作结论前应当听取，提交后不能修改。",
            second_look=True,
        ),
        Transition(C.TOLD, "clear", C.CLEARED, HEAD, "20", "考察合格", **CLEARED),
        Transition(C.TOLD, "conclude", C.ADVERSE, HEAD, "20", "考察不合格", **ADVERSE),
        Transition(C.ANSWERED, "clear", C.CLEARED, HEAD, "20", "考察合格", **CLEARED),
        Transition(C.ANSWERED, "conclude", C.ADVERSE, HEAD, "20", "考察不合格", **ADVERSE),
    ],
)
