"""Objections during publicity."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class ObjectionState(TextChoices):
    OPEN = "open", "待核查"
    UPHELD = "upheld", "异议成立"
    DISMISSED = "dismissed", "异议不成立"


class CandidateStatus(TextChoices):
    HIRE = "hire", "拟聘用"
    RESERVE = "reserve", "递补名单"
    OUT = "out", "未入选"
    TIE = "tie", "同分待定"


O = ObjectionState  # noqa: E741 - the table below reads as a table
OBJECTION = TransitionTable(
    "objection",
    ObjectionState,
    [O.OPEN],
    [
        Transition(O.OPEN, "uphold", O.UPHELD, ("hr_head", "discipline"), "21.p1", "异议成立"),
        Transition(O.OPEN, "dismiss", O.DISMISSED, ("hr_head", "discipline"), "21.p1", "异议不成立"),
    ],
)
