"""What is missing before a protection case is concluded. Whether it is true is for people to find; here nothing is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fujing.law.protection.kinds import OF_NAME, ON_DUTY, Kind

Finding = Literal["upheld", "unfounded", "unclear"]


@dataclass(frozen=True, slots=True)
class Case:
    """What is recorded of a case. `open_referrals` have no outcome yet; `cleared`: published, or declined by the person.

    `reason` is why the bureau goes without what it otherwise does, in writing.
    """

    kind: Kind
    finding: Finding
    measures: int = 0
    referrals: int = 0
    open_referrals: int = 0
    cleared: bool = False
    corrected: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing, and by which provision. `reason_will_do`: a reason in writing stands for it."""

    sentence: str
    provision: str
    reason_will_do: bool


def lacking(case: Case) -> list[Lack]:
    """Everything that is missing; nothing where what was said isn't found to be true: the conclusion itself says why."""
    if case.finding != "upheld":
        return []
    found = []
    if case.measures + case.referrals == 0:
        found.append(Lack("没有登记采取的措施", "28.p1", True))
    if case.kind in ON_DUTY and case.referrals == 0:
        found.append(Lack("没有移送追究阻碍人、侵害人的责任", "44", True))
    if case.open_referrals:
        found.append(Lack(f"还有{case.open_referrals}件移送没有登记处理结果", "44", True))
    if case.kind in OF_NAME and not case.cleared:
        found.append(Lack("没有澄清事实，本人也没有表示不公开澄清", "28.p2", False))
    if case.kind is Kind.ACCOUNTABILITY and not case.corrected:
        found.append(Lack("没有登记纠正错误追究的决定", "28.p2", False))
    return [each for each in found if not (each.reason_will_do and case.reason.strip())]
