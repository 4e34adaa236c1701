"""Who may take a step of the graph on a day. A choice that the scheme leaves open is read in every way.

An answer is `must` where every reading and every value of the unknown says yes, and not even `may` where all say no.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from itertools import product
from operator import add

import polars as pl

from fujing.law.formats.tier_scheme import MOST_YEARS, Appraised, Demotion, Edge, Shortening
from fujing.law.tiers.facts import Between, Facts, months_between
from fujing.law.tiers.graph import Graph, graded

WHOLE = 12 * MOST_YEARS
"""Months that shorten any time to nothing."""
VERDICT = {"kept": True, "cancelled": False, None: None}


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what a scheme may leave open; None where the choice doesn't arise."""

    counted: bool | None
    years: str | None
    failing: str | None


def readings(graph: Graph, edge: Edge) -> Iterator[Reading]:
    """All that the scheme's text admits."""
    appraised = graded(edge)
    judged = appraised is not None and appraised.grades is not None
    years = (appraised.years,) if appraised and appraised.years else ("ended", "whole")
    failing = (appraised.failing,) if appraised and appraised.failing else ("blocks", "uncounted", "restarts")
    choices = (counted_or_not(graph), years if judged else (None,), failing if judged else (None,))
    for choice in product(*choices):
        yield Reading(*choice)


def valid(graph: Graph, rows: pl.DataFrame) -> pl.Series:
    """Does a tier from before the present service still stand: kept or cancelled on leaving and on transfer."""
    said = graph.version.continuity
    leaving, transfer = (VERDICT[each] for each in ((said.leaving, said.transfer) if said else (None, None)))
    kept = (
        pl.when(pl.col("came_by") == "hired")
        .then(pl.lit(leaving, dtype=pl.Boolean))
        .when(pl.col("came_by") == "transferred")
        .then(pl.lit(transfer, dtype=pl.Boolean))
        .otherwise(pl.lit(leaving if leaving == transfer else None, dtype=pl.Boolean))
    )
    return rows.select((pl.col("since") >= pl.col("hired_on")) | kept).to_series()


def eligible(graph: Graph, edge: Edge, facts: Facts, rows: pl.DataFrame, day: date) -> Between:
    """All conditions of a step but a place: time with its appraisals, total service, what people decide."""
    found = tenure(graph, edge, facts, rows, day)
    if edge.service is not None:
        found &= served(edge.service, rows, day)
    if edge.further:
        found &= Between.known(rows["further"])
    return found


def served(months: int, rows: pl.DataFrame, day: date) -> Between:
    """Service since hiring; who was transferred has served longer than the date says."""
    reached = months_between(pl.col("hired_on"), day) >= months
    longer = (pl.col("came_by") == "transferred").fill_null(False)
    return Between.known(rows.select(pl.when(longer & ~reached).then(None).otherwise(reached)).to_series())


def counted_or_not(graph: Graph) -> tuple[bool | None, ...]:
    """Does a trainee's time count: as the scheme says, or both; None without trainees."""
    if graph.trainee is None:
        return (None,)
    return (True, False) if graph.trainee.counted is None else (graph.trainee.counted,)


def begins(graph: Graph, counted: bool | None) -> pl.Expr:
    """The day on which time in the tier begins to count; null where it isn't known.

    Who was rated on the day of hiring counts from the end of 见习, unless a trainee's time counts too; who was rated on
    another day was no trainee any more, or comes from another organ.
    """
    since, until = pl.col("since"), pl.col("trainee_until")
    if counted is not False or graph.trainee is None:
        return since
    months = graph.trainee.years
    ends = pl.lit(None, dtype=pl.Date) if months is None else pl.col("hired_on").dt.offset_by(f"{months}mo")
    # A maximum passes over what isn't known, so neither day may be unknown.
    later = pl.when(ends.is_not_null() & since.is_not_null()).then(pl.max_horizontal(since, ends))
    transferred = (pl.col("came_by") == "transferred").fill_null(False)
    rated_apart = (since != pl.col("hired_on")).fill_null(False)
    given = pl.when(since.is_not_null()).then(pl.max_horizontal(since, until))
    return pl.when(until.is_not_null()).then(given).when(transferred | rated_apart).then(since).otherwise(later)


def tenure(graph: Graph, edge: Edge, facts: Facts, rows: pl.DataFrame, day: date) -> Between:
    """Time in the tier together with its appraisals, which may make it longer, shorter or begin again."""
    saved = [_honoured(rule, facts, rows, day) for rule in edge.shorten if rule.by == "honour"]
    found = [_read(graph, edge, facts, rows, day, reading, saved) for reading in readings(graph, edge)]
    must = reduce(pl.Series.__and__, (each.must for each in found))
    return Between(must, reduce(pl.Series.__or__, (each.may for each in found)))


def _read(
    graph: Graph,
    edge: Edge,
    facts: Facts,
    rows: pl.DataFrame,
    day: date,
    reading: Reading,
    honoured: list[tuple[pl.Series, pl.Series]],
) -> Between:
    """One reading. The best case takes an unknown grade for the best, the worst for one that fails."""
    ledger, person = facts.ledger, rows["p"]
    whole = pl.col("begins").dt.month().cast(pl.Int64) * 100 + pl.col("begins").dt.day() > 101
    late = whole.cast(pl.Int64) if reading.years == "whole" else 0
    span = rows.select(begins=begins(graph, reading.counted), since="since").with_columns(
        sure=pl.col("begins").is_not_null(), begins=pl.col("begins").fill_null(pl.col("since"))
    )
    span = span.with_columns(
        first=(pl.col("begins").dt.year().cast(pl.Int64) + late).fill_null(ledger.first),
        months=months_between(pl.col("begins"), day),
    )
    first, sure, months = span["first"], span["sure"], span["months"]
    best_months = worst_months = months
    best_first = worst_first = first
    more_best: pl.Series | int = 0
    more_worst: pl.Series | int = 0
    passed = Between(pl.repeat(True, len(rows), eager=True), pl.repeat(True, len(rows), eager=True))
    if edge.appraisal is None or (isinstance(edge.appraisal, Appraised) and edge.appraisal.grades is None):
        passed = Between(~passed.must, passed.may)
    elif isinstance(edge.appraisal, Appraised) and edge.appraisal.grades:
        grades = edge.appraisal.grades
        failed = ledger.count("other", grades, person, first, day.year)
        unknown = ledger.count("unknown", grades, person, first, day.year)
        # Where it isn't known since when, the years that count may be none.
        failed_best = failed.zip_with(sure, pl.repeat(0, len(rows), dtype=failed.dtype, eager=True))
        if reading.failing == "blocks":
            passed = Between((failed + unknown == 0) & sure, failed_best == 0)
        elif reading.failing == "uncounted":
            more_best, more_worst = failed_best * 12, (failed + unknown) * 12
        else:
            best_months, best_first = _restarted(facts, rows, day, grades, span, unknown=False)
            worst_months, worst_first = _restarted(facts, rows, day, grades, span, unknown=True)
            best_months = best_months.zip_with(sure, months)
            best_first = best_first.zip_with(sure, first)
    if edge.years is None:
        return Between(passed.must & False, passed.may)
    graded_rules = [rule for rule in edge.shorten if rule.by == "grade"]
    best = [each for _, each in honoured] + [
        _graded(rule, facts, person, best_first, day, unknown=True) for rule in graded_rules
    ]
    worst = [each for each, _ in honoured] + [
        _graded(rule, facts, person, worst_first, day, unknown=False) for rule in graded_rules
    ]
    needed_best = _needed(edge.years, more_best, best, len(rows))
    needed_worst = _needed(edge.years, more_worst, worst, len(rows))
    may = (best_months >= needed_best).fill_null(True) & passed.may
    must = (worst_months >= needed_worst).fill_null(False) & sure & passed.must
    return Between(must, may)


def _needed(months: int, more: pl.Series | int, saved: list[pl.Series], people: int) -> pl.Series:
    full = pl.repeat(months, people, dtype=pl.Int64, eager=True) + more
    return (full - reduce(add, saved)).clip(0) if saved else full


def _restarted(
    facts: Facts, rows: pl.DataFrame, day: date, grades: tuple[str, ...], span: pl.DataFrame, *, unknown: bool
) -> tuple[pl.Series, pl.Series]:
    """Months since the 1 January after the last failing year, and the first year that counts since."""
    last = facts.ledger.latest(grades, rows["p"], day.year, unknown=unknown)
    found = span.with_columns(last=last).select(
        first=pl.when(pl.col("last") >= pl.col("first")).then(pl.col("last") + 1).otherwise(pl.col("first")),
        months=pl.when(pl.col("last") >= pl.col("first"))
        .then((day.year - 1 - pl.col("last")) * 12 + day.month - 1)
        .otherwise(pl.col("months")),
    )
    return found["months"], found["first"]


def _graded(
    rule: Shortening, facts: Facts, person: pl.Series, first: pl.Series, day: date, *, unknown: bool
) -> pl.Series:
    """Months that grades save, an unknown year taken for one that counts or not."""
    times = facts.ledger.count("in", rule.words or (), person, first, day.year)
    if unknown:
        times += facts.ledger.count("unknown", (), person, first, day.year)
    return _saved(rule, times, WHOLE if unknown else 0)


def _saved(rule: Shortening, times: pl.Series, unsaid: int) -> pl.Series:
    months = times.sign() * unsaid if rule.years is None else times * rule.years
    return months if rule.most is None else months.clip(upper_bound=rule.most)


def _honoured(rule: Shortening, facts: Facts, rows: pl.DataFrame, day: date) -> tuple[pl.Series, pl.Series]:
    """Months that honours in the tier save, at least and at most."""
    none = pl.repeat(0, len(rows), dtype=pl.Int64, eager=True)
    if facts.honours is None:
        return none, none + (WHOLE if rule.most is None else rule.most)
    named = facts.honours.filter(pl.col("on") <= day)
    if rule.words is not None:
        named = named.filter(pl.col("honour").is_in(list(rule.words)))
    joined = rows.select("p", "since").join(named, on="p", how="left", maintain_order="left")
    held = pl.col("on").is_not_null()
    within = held & (pl.col("on") >= pl.col("since"))
    counted = joined.group_by("p", maintain_order=True).agg(
        least=within.fill_null(False).sum().cast(pl.Int64), most=(within.fill_null(True) & held).sum().cast(pl.Int64)
    )
    least, most = counted["least"], counted["most"]
    return _saved(rule, least if rule.words is not None else none, 0), _saved(rule, most, WHOLE)


def demoted(graph: Graph, rule: Demotion, facts: Facts, rows: pl.DataFrame, day: date) -> Between:
    """The last years' appraisals all have a grade that demotes, and all ended in the tier."""
    person = rows["p"]
    first = pl.repeat(day.year - rule.years, len(rows), dtype=pl.Int64, eager=True)
    grades = facts.ledger.count("in", rule.grades, person, first, day.year)
    unknown = facts.ledger.count("unknown", (), person, first, day.year)
    held = Between.known(rows.select(pl.col("since").dt.year() <= day.year - rule.years).to_series())
    can = rows["node"].is_in([each for each in graph.present if graph.lower(each, rule.down) is not None])
    return held & Between(grades == rule.years, grades + unknown >= rule.years) & Between(can, can)
