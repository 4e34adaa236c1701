"""Rules as single expressions over named facts; True, False and null are 符合, 不符合 and 待核实.

The same rule guards one act and screens a million rows. A batch keeps two bit masks; sentences are made on view.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from fujing.kernel.digests import digest_of
from fujing.law.findings import Finding, Outcome
from fujing.law.parameters import Parameters
from fujing.law.provisions import cite, measures

VIOLATED, UNDETERMINED = "violated", "undetermined"
Row = Mapping[str, Any]
Sentence = Callable[[Row], str]


class OutsideValidity(ValueError):
    """No rule book is in force on that day; an older or newer one is never used instead."""


class ConflictingExceptions(ValueError):
    """Two exceptions to one base rule both apply and disagree."""


class Facts:
    """Hands out the facts of a row as columns and remembers which were asked for."""

    def __init__(self) -> None:
        self.used: list[str] = []

    def __getattr__(self, name: str) -> pl.Expr:
        if name not in self.used:
            self.used.append(name)
        return pl.col(name)


@dataclass(frozen=True, slots=True)
class Exempt:
    """A cited exception: where `when` holds, `value` stands in place of the base value."""

    provision: str
    when: pl.Expr
    value: pl.Expr


def excepted(test: Callable[[pl.Expr], pl.Expr], base: pl.Expr, *exceptions: Exempt) -> pl.Expr:
    """`test` on the base value or on that of the exception which applies.

    Where it is unknown whether an exception applies, the result is unknown only if it makes a difference.
    Rows where two exceptions apply and disagree raise ConflictingExceptions when evaluated.
    """
    results = [test(exception.value) for exception in exceptions]
    result = test(base)
    for exception, other in zip(exceptions, results, strict=True):
        unknown = exception.when.is_null() & other.ne_missing(result)
        result = pl.when(exception.when).then(other).when(unknown).then(None).otherwise(result)
    clash = pl.lit(False)
    for index, first in enumerate(exceptions):
        for second in exceptions[index + 1 :]:
            clash = clash | (first.when & second.when & first.value.ne_missing(second.value)).fill_null(False)
    if len(exceptions) < 2:
        return result
    names = "与".join(dict.fromkeys(cite(exception.provision) for exception in exceptions))
    return pl.struct(result.alias("value"), clash.alias("clash")).map_batches(
        lambda rows: _unless_clash(rows, names), return_dtype=pl.Boolean
    )


def _unless_clash(rows: pl.Series, names: str) -> pl.Series:
    if rows.struct.field("clash").any():
        raise ConflictingExceptions(f"{names}的例外同时适用而结果不同")
    return rows.struct.field("value")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as declared: its provision, its expression, and its sentences."""

    id: str
    provision: str
    remedy: str
    expression: Callable[[Any, Parameters], pl.Expr]
    violated: Sentence
    satisfied: Sentence | None
    unknown: Sentence | None
    shown: tuple[str, ...]

    @property
    def text(self) -> str:
        """The provision's own words, as the rule's docstring carries them."""
        return inspect.getdoc(self.expression) or ""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule on a day: its expression and the facts that it reads."""

    rule: Rule
    expression: pl.Expr
    facts: tuple[str, ...]


@dataclass
class RuleBook:
    """Rules in force from a day (inclusive) until a day (exclusive)."""

    id: str
    start: date
    until: date | None = None
    labels: dict[str, str] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)

    def rule(
        self,
        provision: str,
        *,
        id: str,
        remedy: str,
        violated: Sentence,
        satisfied: Sentence | None = None,
        unknown: Sentence | None = None,
        shown: Sequence[str] = (),
    ) -> Callable[[Callable[[Any, Parameters], pl.Expr]], Rule]:
        """Declare a rule. `shown` names the facts that its findings open to (default: those it reads)."""
        measures()[provision]

        def declare(expression: Callable[[Any, Parameters], pl.Expr]) -> Rule:
            declared = Rule(id, provision, remedy, expression, violated, satisfied, unknown, tuple(shown))
            if any(other.id == id for other in self.rules):
                raise ValueError(f"rule {id} is declared twice")
            self.rules.append(declared)
            return declared

        return declare

    def on(self, as_of: date, *, changed: dict[str, Any] | None = None) -> Edition:
        """The book as it stands on a day. Raises OutsideValidity rather than fall back to another edition."""
        if as_of < self.start or (self.until is not None and as_of >= self.until):
            raise OutsideValidity(f"{as_of}不在规则本 {self.id} 的有效期内（自{self.start}起）")
        parameters = Parameters(as_of, changed)
        compiled = []
        for rule in self.rules:
            facts = Facts()
            expression = rule.expression(facts, parameters)
            compiled.append(Compiled(rule, expression, tuple(facts.used)))
        digest = digest_of(
            [[rule.id, rule.provision, inspect.getsource(rule.expression)] for rule in self.rules]
            + [parameters.digest()]
        )
        return Edition(self, as_of, f"{self.id}@{digest}", tuple(compiled))


@dataclass(frozen=True)
class Edition:
    """A rule book on a day, ready to judge. `hash` names rules and parameters together."""

    book: RuleBook
    as_of: date
    hash: str
    rules: tuple[Compiled, ...]

    def covering(self, columns: Sequence[str]) -> Edition:
        """Only the rules whose facts are all among the columns: the others are not covered, and say so elsewhere."""
        present = set(columns)
        return Edition(
            self.book,
            self.as_of,
            self.hash,
            tuple(rule for rule in self.rules if present.issuperset(rule.facts)),
        )

    def outcomes(self, frame: pl.DataFrame) -> pl.DataFrame:
        """One boolean column a rule: True, False or null."""
        return (
            frame.lazy()
            .select(compiled.expression.alias(compiled.rule.id) for compiled in self.rules)
            .collect()
        )

    def masks(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Two UInt32 columns: bit i of `violated` and of `undetermined` stands for the i-th rule."""
        names = [compiled.rule.id for compiled in self.rules]
        outcomes = self.outcomes(frame)
        broken = [
            (~pl.col(name)).fill_null(False).cast(pl.UInt32) * (1 << bit) for bit, name in enumerate(names)
        ]
        unknown = [pl.col(name).is_null().cast(pl.UInt32) * (1 << bit) for bit, name in enumerate(names)]
        return outcomes.select(
            pl.sum_horizontal(broken).cast(pl.UInt32).alias(VIOLATED),
            pl.sum_horizontal(unknown).cast(pl.UInt32).alias(UNDETERMINED),
        )

    def judge(self, subject: str, frame: pl.DataFrame) -> list[Finding]:
        """Every rule on the one row of a frame, explained."""
        row = frame.row(0, named=True)
        kinds = {True: Outcome.SATISFIED, False: Outcome.VIOLATED, None: Outcome.UNDETERMINED}
        outcomes = frame.select(compiled.expression.alias(compiled.rule.id) for compiled in self.rules).row(0)
        return [
            self._finding(compiled, subject, row, kinds[outcome])
            for compiled, outcome in zip(self.rules, outcomes, strict=True)
        ]

    def explain(
        self, subject: str, row: Row, violated: int, undetermined: int, *, all: bool = False
    ) -> list[Finding]:
        """Findings of one row from its masks, in rule order; satisfied ones only with `all`."""
        findings = []
        for bit, compiled in enumerate(self.rules):
            flag = 1 << bit
            if violated & flag:
                findings.append(self._finding(compiled, subject, row, Outcome.VIOLATED))
            elif undetermined & flag:
                findings.append(self._finding(compiled, subject, row, Outcome.UNDETERMINED))
            elif all:
                findings.append(self._finding(compiled, subject, row, Outcome.SATISFIED))
        return findings

    def _finding(self, compiled: Compiled, subject: str, row: Row, outcome: Outcome) -> Finding:
        rule = compiled.rule
        labels = self.book.labels
        missing = dict.fromkeys(
            labels[name] for name in compiled.facts if row.get(name) is None and name in labels
        )
        if outcome is Outcome.VIOLATED:
            sentence = rule.violated(row)
        elif outcome is Outcome.SATISFIED:
            sentence = rule.satisfied(row) if rule.satisfied else "符合要求"
        elif rule.unknown is not None:
            sentence = rule.unknown(row)
        else:
            names = "、".join(missing) or "所需事实"
            sentence = f"缺少{names}，待核实"
        return Finding(
            provision=rule.provision,
            rule=rule.id,
            outcome=outcome,
            subject=subject,
            message=f"{sentence}（{cite(rule.provision)}）",
            facts={
                name: _plain(row.get(name))
                for name in (rule.shown or compiled.facts)
                if row.get(name) is not None
            },
            remedy=rule.remedy if outcome is not Outcome.SATISFIED else None,
        )


def _plain(value: Any) -> Any:
    return (
        value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, timedelta)
        else value
    )
