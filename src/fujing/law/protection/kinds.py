"""What somebody is protected from, and how far it may become known."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Kind(StrEnum):
    OBSTRUCTION = "obstruction"
    THREAT = "threat"
    HARM = "harm"
    FALSE_REPORT = "false_report"
    SMEAR = "smear"
    ACCOUNTABILITY = "accountability"


KINDS = {
    Kind.OBSTRUCTION: ("妨害、阻碍履行职责", "28.p1"),
    Kind.THREAT: ("威胁、恐吓", "44"),
    Kind.HARM: ("不法侵害", "44"),
    Kind.FALSE_REPORT: ("不实投诉", "28.p2"),
    Kind.SMEAR: ("恶意炒作、侮辱、诽谤", "28.p2"),
    Kind.ACCOUNTABILITY: ("被错误追究责任", "28.p2"),
}
"""Each with its word and the provision that protects from it."""
ON_DUTY = frozenset({Kind.OBSTRUCTION, Kind.THREAT, Kind.HARM})
"""妨害、阻碍, 不法侵害: who did it is held liable (44)."""
OF_NAME = frozenset({Kind.FALSE_REPORT, Kind.SMEAR})
"""受到不实投诉、恶意炒作或者侮辱、诽谤: the facts are made clear within a certain scope (28.p2)."""


class Scope(IntEnum):
    """在一定范围内: each wider than the one before."""

    CONCERNED = 1
    UNIT = 2
    BUREAU = 3
    COMMUNITY = 4
    PUBLIC = 5


SCOPES = {
    Scope.CONCERNED: "当事人和投诉人",
    Scope.UNIT: "使用单位",
    Scope.BUREAU: "本机关",
    Scope.COMMUNITY: "事情发生的社区、村和单位",
    Scope.PUBLIC: "向社会公开",
}
