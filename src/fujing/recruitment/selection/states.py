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
        Transition(
            O.OPEN,
            "uphold",
            O.UPHELD,
            ("hr_head", "discipline"),
            "21.p1",
            "异议成立",
            follows="所涉人员不列入聘用名单，名额按规则递补；提出人凭回执看到答复。",
            reason=True,
            second_look=True,
        ),
        Transition(
            O.OPEN,
            "dismiss",
            O.DISMISSED,
            ("hr_head", "discipline"),
            "21.p1",
            "异议不成立",
            follows="公示期满后可以聘用所涉人员；提出人凭回执看到答复。",
            reason=True,
            second_look=True,
        ),
    ],
)
SCORERS = ("hr_officer", "hr_head")
SCORE_CHECK = TransitionTable(
    "score_check",
    ScoreCheckState,
    [ScoreCheckState.OPEN],
    [
        Transition(
            ScoreCheckState.OPEN,
            "confirm",
            ScoreCheckState.CONFIRMED,
            SCORERS,
            "21.p1",
            "成绩无误",
            follows="成绩不变，申请人看到复核情况。",
            reason=True,
            second_look=True,
        ),
        Transition(
            ScoreCheckState.OPEN,
            "correct",
            ScoreCheckState.CORRECTED,
            SCORERS,
            "21.p1",
            "成绩已更正",
            follows="申请人看到复核情况和更正后的成绩，排名须重新计算。",
            reason=True,
            second_look=True,
        ),
    ],
)
SCORE_ENTRY = TransitionTable(
    "score_entry",
    ScoreEntryState,
    [ScoreEntryState.WAITING],
    [
        Transition(
            ScoreEntryState.WAITING,
            "match",
            ScoreEntryState.MATCHED,
            SCORERS,
            "21.p1",
            "两次录入一致",
            follows="两次录入一致的成绩写入成绩册。",
            undo="之后按成绩更正办理。",
        ),
        Transition(
            ScoreEntryState.WAITING,
            "drop",
            ScoreEntryState.DROPPED,
            SCORERS,
            "21.p1",
            "撤回",
            follows="这次录入作废，不影响成绩册。",
            undo="可以重新录入。",
        ),
    ],
)
