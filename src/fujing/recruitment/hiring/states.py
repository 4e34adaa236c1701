"""The last steps: a hire and its contract."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class HireState(TextChoices):
    PROPOSED = "proposed", "拟聘用"
    HIRED = "hired", "已聘用"
    DECLINED = "declined", "放弃聘用"


H = HireState
HIRE = TransitionTable(
    "hire",
    HireState,
    [H.PROPOSED],
    [
        Transition(H.PROPOSED, "hire", H.HIRED, ("hr_head", "organ_leader"), "16.p3", "聘用"),
        Transition(H.PROPOSED, "decline", H.DECLINED, ("hr_officer", "hr_head"), "21.p1", "放弃聘用"),
    ],
)
