"""The kinds of education and training that Article 24 names, and when one that was given counts."""

from __future__ import annotations

from fujing.law.contracts import Said
from fujing.law.formats.roster import EDUCATIONS

INDUCTION, ANNUAL, SPECIAL = "induction", "annual", "special"
KINDS = {**EDUCATIONS, INDUCTION: "岗前培训", ANNUAL: "年度培训", SPECIAL: "专项培训"}
YEARLY = (*EDUCATIONS, ANNUAL)
"""Owed by everybody each calendar year."""
PRESENT, LATE, ABSENT = "present", "late", "absent"
RESULTS = {PRESENT: "到课", LATE: "迟到", ABSENT: "缺席"}
COLUMNS = {INDUCTION: "inducted_on", ANNUAL: "trained_on", **{kind: f"educated_{kind}" for kind in EDUCATIONS}}
"""In which column of a roster the last day of a kind stands. A roster says nothing of 专项培训."""


def counts(*, confirmed: bool, result: str, passed: bool | None) -> Said:
    """Whether what somebody took counts. `result` is empty where nobody recorded whether they came; `passed` is True where
    the class has no exam, and None where the result of the exam isn't there."""
    if result == ABSENT:
        return Said(False, "缺席")
    if passed is False:
        return Said(False, "考试没有合格")
    if not result:
        return Said(None, "没有登记考勤")
    if passed is None:
        return Said(None, "没有登记考试成绩")
    if not confirmed:
        return Said(None, "培训没有确认")
    return Said(True, "已确认")
