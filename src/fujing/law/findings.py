"""What the law says of one matter: an outcome, its provision and the facts that decided."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Outcome(StrEnum):
    """Result of one rule. `undetermined` (待核实) is never treated as `satisfied`."""

    SATISFIED = "satisfied"
    VIOLATED = "violated"
    UNDETERMINED = "undetermined"
    ADVICE = "advice"

    @property
    def label(self) -> str:
        """The word that officers see."""
        return LABELS[self]


LABELS = {Outcome.SATISFIED: "符合", Outcome.VIOLATED: "不符合", Outcome.UNDETERMINED: "待核实", Outcome.ADVICE: "提示"}


class Finding(BaseModel):
    """One sentence of the law about one subject, as documented in FORMATS ("A finding")."""

    model_config = ConfigDict(frozen=True)

    provision: str
    rule: str
    outcome: Outcome
    subject: str | None = None
    message: str
    facts: dict[str, Any] = Field(default_factory=dict)
    remedy: str | None = None


class RowFinding(Finding):
    """A finding about a row of a sheet, as the sheet numbers it; null for what is about no row."""

    row: int | None = None


def plain(value: Any) -> Any:
    """A measure as the number that was written: 168.000000 is 168."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def overall(findings: Iterable[Finding]) -> Outcome:
    """Violated if any is, else undetermined if any is, else satisfied; advice never decides."""
    outcomes = {finding.outcome for finding in findings}
    for outcome in (Outcome.VIOLATED, Outcome.UNDETERMINED):
        if outcome in outcomes:
            return outcome
    return Outcome.SATISFIED
