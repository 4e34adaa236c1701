"""A whole roster judged on a day: counts first, sentences only while they are read."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl
from pydantic import TypeAdapter

from fujing.law.engine import OUTCOMES, Evaluation, Rule
from fujing.law.findings import Outcome, RowFinding
from fujing.law.formats.roster import Roster
from fujing.law.roster.organs import organ_figures
from fujing.law.roster.people import Sorted, sort_people
from fujing.law.rulebooks.people import LEAVERS, ORGANS, PEOPLE, SCOPE

BLOCK = 20_000
"""People whose sentences are made at once."""
EVERYBODY = slice(None)
MADE = TypeAdapter(RowFinding)
"""Of the tens of thousands of findings, each is made without the steps of a constructor in Python."""


@dataclass(frozen=True)
class RosterCheck:
    """What the rule books say of a roster on a day. Nothing satisfied is listed, save of organs."""

    as_of: date
    roster: Roster
    people: Sorted
    judged: tuple[Evaluation, ...]
    organs_judged: Evaluation

    @property
    def not_covered(self) -> list[str]:
        """Labels of the columns that the file doesn't have."""
        return self.roster.absent

    @property
    def organs(self) -> list[dict[str, Any]]:
        """Code, name, people in service and quota of each organ."""
        figures = self.organs_judged.frame
        absent = [pl.lit(None).alias(name) for name in ("in_service", "quota") if name not in figures.columns]
        return figures.with_columns(absent).select("code", "name", "in_service", "quota").to_dicts()

    @cached_property
    def totals(self) -> Mapping[tuple[str, str, Outcome], int]:
        """How many findings of each provision, rule and outcome there are, in the order of the books."""
        found: Counter[tuple[str, str, Outcome]] = Counter()
        for evaluation in (*self.judged, self.organs_judged):
            for rule in evaluation.rules:
                for outcome, chosen in _chosen(evaluation, rule, evaluation is self.organs_judged):
                    found[rule.provision, rule.id, outcome] += int(chosen.sum())
        return {key: count for key, count in found.items() if count}

    @property
    def counts(self) -> dict[str, int]:
        """Violated findings by provision."""
        counts: Counter[str] = Counter()
        for (provision, _, outcome), count in self.totals.items():
            if outcome is Outcome.VIOLATED:
                counts[provision] += count
        return dict(counts)

    @property
    def violated(self) -> bool:
        """Anybody, or any organ, violates a rule."""
        return bool(self.counts)

    def findings(self) -> Iterator[RowFinding]:
        """Of people in the order of the rows, then of organs."""
        yield from heapq.merge(*map(_of_people, self.judged), key=lambda finding: finding.row or 0)
        frame = self.organs_judged.frame.rename({"code": "subject"}).with_columns(pl.lit(None).alias("row"))
        yield from _told(self.organs_judged, frame, slice(0, frame.height), satisfied=True)


def check_roster(roster: Roster, as_of: date, changed: Mapping[str, Any] | None = None) -> RosterCheck:
    """Judge a roster on a day. `changed` puts other values in the place of parameters, for a what-if.

    Raises OutsideValidity for a day on which the Measures weren't in force.
    """
    parameters = PEOPLE.parameters(as_of, changed)
    people = sort_people(roster.people, as_of)
    judged = _with_income(people.judged, roster.organs)
    return RosterCheck(
        as_of,
        roster,
        people,
        (
            SCOPE.evaluate(people.serving, parameters),
            PEOPLE.evaluate(judged, parameters),
            LEAVERS.evaluate(people.left, parameters),
        ),
        ORGANS.evaluate(organ_figures(roster.organs, people, as_of), parameters),
    )


def _with_income(judged: pl.DataFrame, organs: pl.DataFrame | None) -> pl.DataFrame:
    if organs is None or "income" not in organs.columns or "organ_code" not in judged.columns:
        return judged
    income = organs.select(pl.col("code").alias("organ_code"), pl.col("income").alias("organ_income"))
    return judged.join(income, on="organ_code", how="left", maintain_order="left")


def _of_people(evaluation: Evaluation) -> Iterator[RowFinding]:
    frame = evaluation.frame
    for start in range(0, frame.height, BLOCK):
        found = _told(evaluation, frame, slice(start, start + BLOCK), satisfied=False)
        yield from sorted(found, key=lambda finding: finding.row or 0)


def _told(evaluation: Evaluation, frame: pl.DataFrame, part: slice, *, satisfied: bool) -> Iterator[RowFinding]:
    """The findings on some rows, rule by rule."""
    people = frame[part]
    for rule in evaluation.rules:
        absent = dict.fromkeys(name for name in rule.shows if name not in frame.columns)
        shown = ["row", "subject", *(name for name in rule.shows if name not in absent)]
        for outcome, chosen in _chosen(evaluation, rule, satisfied, part):
            if not chosen.any():
                continue
            said: dict[tuple[object, ...], dict[str, Any]] = {}
            for found in people.select(shown).filter(chosen).iter_rows():
                # Whoever has the same facts is told the same sentence, and about half of all people do.
                key = found[2:]
                if (finding := said.get(key)) is None:
                    known = dict(zip(shown[2:], key, strict=True))
                    finding = said[key] = evaluation.told(rule, outcome, known | absent, None)
                finding["row"], finding["subject"] = found[:2]
                yield MADE.validate_python(finding)


def _chosen(
    evaluation: Evaluation, rule: Rule, satisfied: bool, part: slice = EVERYBODY
) -> Iterator[tuple[Outcome, pl.Series]]:
    """Who of some rows gets which outcome; advice goes to some of those who meet the rule."""
    outcomes = evaluation.outcomes[rule.id][part]
    yield OUTCOMES[False], ~outcomes.fill_null(value=True)
    yield OUTCOMES[None], outcomes.is_null()
    if rule.id in evaluation.advice.columns:
        yield Outcome.ADVICE, evaluation.advice[rule.id][part]
    if satisfied:
        yield OUTCOMES[True], outcomes.fill_null(value=False)
