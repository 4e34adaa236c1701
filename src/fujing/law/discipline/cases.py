"""What has to stand before somebody's breach of a duty is decided on, and until when the decision works (15, 40, 43).

The Measures name no grades: they are those of the organ's own rules. What is not known is 待核实 and lets nothing pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fujing.law.findings import Finding, Outcome
from fujing.law.periods import months_later
from fujing.law.provisions import cite, measures

DUTIES: dict[str, str] = {f"15.{item}": measures()[f"15.{item}"].text.rstrip("；。") for item in range(1, 8)}
"""The seven duties by address, in the words of Article 15."""


class Suspects(StrEnum):
    """Whether the facts also reach what only another authority may decide (43)."""

    NONE = "none"
    SECURITY = "security"
    CRIME = "crime"

    @property
    def label(self) -> str:
        """As officers write it."""
        return {"none": "不涉及", "security": "涉嫌违反治安管理", "crime": "涉嫌犯罪"}[self.value]


class Means(StrEnum):
    """What is to follow. A grade comes from the organ's rules; the others stand in the Measures or mean that none does."""

    NONE = "none"
    RULES = "rules"
    DISMISSAL = "dismissal"

    @property
    def label(self) -> str:
        """As officers write it."""
        return {"none": "不予处理", "rules": "依据本机关处理规定", "dismissal": "建议解除劳动合同"}[self.value]


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of one case; None is what isn't.

    `means`: what is proposed. `rules_from` and `rules_until` are the days, both inclusive, of the rules that a grade is
    from (until None: still in force), and `confirmed` whether somebody else checked that they were entered as they are.
    `statement` is `answered`, `declined`, or `told` while the person may still answer. `governed`: whether another law
    already provides for the liability, and `statute` which.
    """

    duty: str
    happened_on: date
    evidence: int
    means: Means | None = None
    confirmed: bool = False
    rules_from: date | None = None
    rules_until: date | None = None
    statement: str | None = None
    governed: bool | None = None
    statute: str = ""
    suspects: Suspects | None = None
    referred: bool = False


def decidable(matter: Matter) -> list[Finding]:
    """Every condition of a decision with its sentence; it may be taken when all are satisfied."""
    return [*_facts(matter), _grade(matter), _heard(matter), _other_law(matter), _referred(matter)]


def _said(provision: str, rule: str, outcome: Outcome, message: str, remedy: str = "") -> Finding:
    return Finding(
        provision=provision, rule=f"discipline.{rule}", outcome=outcome, message=message, remedy=remedy or None
    )


def _facts(matter: Matter) -> Iterator[Finding]:
    if matter.duty in DUTIES:
        words = f"违反的义务：{cite(matter.duty)}，{DUTIES[matter.duty]}。"
        yield _said(matter.duty, "duty", Outcome.SATISFIED, words)
    else:
        yield _said("15", "duty", Outcome.VIOLATED, "应写明违反第十五条的哪一项义务。", "按事实对应到项")
    if matter.evidence > 0:
        yield _said("43", "evidence", Outcome.SATISFIED, f"事实有{matter.evidence}份证据材料。")
    else:
        yield _said("43", "evidence", Outcome.VIOLATED, "事实没有证据材料。", "登记证据材料")


def _grade(matter: Matter) -> Finding:
    if matter.means is None:
        return _said("43", "grade", Outcome.UNDETERMINED, "没有提出处理意见，待核实。", "先提出处理意见")
    if matter.means is Means.NONE:
        return _said("43", "grade", Outcome.SATISFIED, "不予处理。")
    if matter.means is Means.DISMISSAL:
        return _said("32.3", "grade", Outcome.SATISFIED, "建议解除劳动合同，另按离职的程序办理。")
    if not matter.confirmed or matter.rules_from is None:
        return _said(
            "43", "grade", Outcome.UNDETERMINED, "没有录入并核对本机关的处理规定，处理种类待核实。", "先录入处理规定"
        )
    if matter.happened_on < matter.rules_from:
        words = f"处理规定{matter.rules_from}起施行，事实发生在{matter.happened_on}，不能适用。"
        return _said("43", "grade", Outcome.VIOLATED, words, "依据当时施行的处理规定")
    if matter.rules_until is not None and matter.happened_on > matter.rules_until:
        words = f"处理规定施行到{matter.rules_until}止，事实发生在{matter.happened_on}，不能适用。"
        return _said("43", "grade", Outcome.VIOLATED, words, "依据当时施行的处理规定")
    return _said("43", "grade", Outcome.SATISFIED, f"处理种类出自{matter.happened_on}施行中的处理规定。")


def _heard(matter: Matter) -> Finding:
    if matter.statement == "answered":
        return _said("43", "heard", Outcome.SATISFIED, "已经听取本人的陈述和申辩。")
    if matter.statement == "declined":
        return _said("43", "heard", Outcome.SATISFIED, "本人不陈述，已有记录。")
    if matter.statement == "told":
        return _said("43", "heard", Outcome.VIOLATED, "已经告知，本人的陈述或者不陈述的记录还没有登记。")
    return _said("43", "heard", Outcome.VIOLATED, "还没有告知本人并听取陈述和申辩。", "先登记告知")


def _other_law(matter: Matter) -> Finding:
    if matter.governed is None:
        return _said("40", "other_law", Outcome.UNDETERMINED, "是否另有法律、法规规定，待核实。", "核实后写明")
    if not matter.governed:
        return _said("40", "other_law", Outcome.SATISFIED, "法律、法规没有另外规定法律责任。")
    if not matter.statute.strip():
        return _said("40", "other_law", Outcome.VIOLATED, "法律、法规已有规定的，应写明从哪一部、哪一条。")
    return _said("40", "other_law", Outcome.SATISFIED, f"法律、法规已有规定的，从其规定：{matter.statute.strip()}。")


def _referred(matter: Matter) -> Finding:
    if matter.suspects is None:
        words = "是否涉嫌违反治安管理或者犯罪，待核实。"
        return _said("43", "referred", Outcome.UNDETERMINED, words, "核实后写明")
    if matter.suspects is Suspects.NONE:
        return _said("43", "referred", Outcome.SATISFIED, "不涉及治安管理处罚和刑事责任。")
    if not matter.referred:
        words = f"{matter.suspects.label}，应移送有权机关，不能只在这里处理。"
        return _said("43", "referred", Outcome.VIOLATED, words, "登记移送")
    return _said("43", "referred", Outcome.SATISFIED, f"{matter.suspects.label}，已移送有权机关。")


def ask_until(decided_on: date, days: int | None) -> date | None:
    """The last day, inclusive, on which a reconsideration may be asked for; None where the rules say no number of days."""
    return None if days is None else decided_on + timedelta(days)


def effect_until(decided_on: date, months: int | None) -> date | None:
    """The last day of a decision's effect, inclusive; None where the rules say no number of months.

    A grade without effect (0 months) ends on the day before the decision: nothing is left of it.
    """
    return None if months is None else months_later(decided_on, months) - timedelta(1)
