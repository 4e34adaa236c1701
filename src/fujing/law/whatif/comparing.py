"""Two evaluations of the same rows, rule by rule: how often each outcome became which, and sentences for what changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any, Literal

import polars as pl

from fujing.law.engine import OUTCOMES, Evaluation, Rule
from fujing.law.findings import Outcome, RowFinding

Kind = Literal["person", "organ", "announcement", "application"]
TALLY = {
    "of": pl.String,
    "provision": pl.String,
    "rule": pl.String,
    "organ": pl.String,
    "was": pl.String,
    "becomes": pl.String,
    "count": pl.Int64,
}


class ChangedFinding(RowFinding):
    """What the rules would say, `was` what they say today. `campaign` is the recruitment, for what belongs to one."""

    of: Kind
    was: Outcome | None
    organ: str | None
    campaign: int | None = None


@dataclass(frozen=True)
class Comparison:
    """`tally`: by kind, provision, rule, organ, outcome today and outcome then, how many. `changed`: in order."""

    tally: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=TALLY))
    changed: tuple[ChangedFinding, ...] = ()

    def __add__(self, other: Comparison) -> Comparison:
        return Comparison(pl.concat([self.tally, other.tally]), self.changed + other.changed)


def gathered(parts: Iterable[Comparison]) -> Comparison:
    """Several comparisons as one."""
    return reduce(lambda one, other: one + other, parts, Comparison())


Tell = Callable[[Rule, Outcome, dict[str, Any]], dict[str, Any]]


def compared(
    before: Evaluation,
    after: Evaluation,
    kind: Kind,
    named: pl.DataFrame,
    tell: Tell | None = None,
    campaign: int | None = None,
) -> Comparison:
    """What differs between two evaluations of the same rows in the same order.

    `named` gives each row its `row`, `subject` and `organ`. A sentence that would merely be worded otherwise is no
    change. `tell` makes the sentence where it needs more than the row.
    """
    if before.rules != after.rules or before.frame.height != after.frame.height:
        raise ValueError("只能比较同一张表的两次核对")
    tallies, changed = [], []
    for rule in after.rules:
        outcomes = named.with_columns(_words(before, rule).alias("was"), _words(after, rule).alias("becomes"))
        counted = outcomes.group_by("organ", "was", "becomes").agg(pl.len().cast(pl.Int64).alias("count"))
        rest = {"of": kind, "provision": rule.provision, "rule": rule.id}
        tallies.append(
            counted.with_columns(**{name: pl.lit(value) for name, value in rest.items()}).select(list(TALLY))
        )
        differs = outcomes["was"] != outcomes["becomes"]
        if differs.any():
            told = zip(
                outcomes.filter(differs).iter_rows(named=True),
                after.frame.filter(differs).iter_rows(named=True),
                strict=True,
            )
            changed += [_finding(after, rule, name, row, kind, tell, campaign) for name, row in told]
    return Comparison(pl.concat([pl.DataFrame(schema=TALLY), *tallies]), tuple(changed))


def _words(evaluation: Evaluation, rule: Rule) -> pl.Series:
    """Each row's outcome in words; advice goes to some of those who meet the rule."""
    told = {truth: outcome.value for truth, outcome in OUTCOMES.items() if truth is not None}
    met = evaluation.outcomes[rule.id].replace_strict(told, return_dtype=pl.String).fill_null(OUTCOMES[None].value)
    if rule.id not in evaluation.advice.columns:
        return met
    advised = evaluation.advice[rule.id]
    return pl.select(pl.when(advised).then(pl.lit(Outcome.ADVICE.value)).otherwise(met)).to_series()


def _finding(
    after: Evaluation,
    rule: Rule,
    name: dict[str, Any],
    row: dict[str, Any],
    kind: Kind,
    tell: Tell | None,
    campaign: int | None,
) -> ChangedFinding:
    outcome = Outcome(name["becomes"])
    row = dict.fromkeys(rule.shows) | row
    said = tell(rule, outcome, row) if tell else after.told(rule, outcome, row, name["subject"])
    own = {"row": name["row"], "was": Outcome(name["was"]), "organ": name["organ"], "campaign": campaign}
    return ChangedFinding(**{**said, "subject": name["subject"]}, **own, of=kind)
