"""Objections during publicity, and re-checks of a result."""

from __future__ import annotations

from django.db.models import TextChoices

from fujing.kernel.transitions import Transition, TransitionTable


class ObjectionState(TextChoices):
    OPEN = "open", "待核查"
    UPHELD = "upheld", "异议成立"
    DISMISSED = "dismissed", "异议不成立"


class ScoreCheckState(TextChoices):
    OPEN = "open", "待复核"
    CONFIRMED = "confirmed", "成绩无误"
    CORRECTED = "corrected", "成绩已更正"


class ScoreEntryState(TextChoices):
    WAITING = "waiting", "等待核对"
    MATCHED = "matched", "两次录入一致"
    DROPPED = "dropped", "已撤回"


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
SCORERS = ("hr_officer", "hr_head")
SCORE_CHECK = TransitionTable(
    "score_check",
    ScoreCheckState,
    [ScoreCheckState.OPEN],
    [
        Transition(ScoreCheckState.OPEN, "confirm", ScoreCheckState.CONFIRMED, SCORERS, "21.p1", "成绩无误"),
        Transition(ScoreCheckState.OPEN, "correct", ScoreCheckState.CORRECTED, SCORERS, "21.p1", "成绩已更正"),
    ],
)
SCORE_ENTRY = TransitionTable(
    "score_entry",
    ScoreEntryState,
    [ScoreEntryState.WAITING],
    [
        Transition(ScoreEntryState.WAITING, "match", ScoreEntryState.MATCHED, SCORERS, "21.p1", "两次录入一致"),
        Transition(ScoreEntryState.WAITING, "drop", ScoreEntryState.DROPPED, SCORERS, "21.p1", "撤回"),
    ],
)
