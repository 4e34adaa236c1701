"""What a batch needs to know of everybody: a row each, their grades by year, their honours; what isn't known is null."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl

from fujing.law.formats.tiers import NONE, TierFiles
from fujing.law.tiers.graph import UNRATED, Graphs

EXCELLENT = "优秀"


@dataclass(frozen=True, slots=True)
class Between:
    """A truth of each row with what isn't known: `must` on every reading of the unknown, `may` on one of them."""

    must: pl.Series
    may: pl.Series

    def __and__(self, other: Between) -> Between:
        return Between(self.must & other.must, self.may & other.may)

    def kleene(self) -> pl.Series:
        """True, False or null."""
        return pl.select(pl.when(self.must).then(True).when(~self.may).then(False)).to_series()

    @classmethod
    def known(cls, truth: pl.Series) -> Between:
        """Null is unknown."""
        return cls(truth.fill_null(False), truth.fill_null(True))


class Ledger:
    """Everybody's grades by year, counted over spans of years. `assumed`: what later years than known are taken for.

    Counts run on over all people; only differences within one person mean something, and those are exact.
    """

    def __init__(
        self, appraisals: pl.DataFrame, people: int, years: tuple[int, int], assumed: tuple[str, int] | None = None
    ) -> None:
        self.first, self.last = years
        self.width = self.last - self.first + 2
        slots = pl.int_range(people * self.width, eager=True).alias("slot").to_frame()
        said = appraisals.select(
            (pl.col("p") * self.width + pl.col("year") - self.first + 1).alias("slot"), pl.col("grade")
        )
        self._grid = slots.join(said, on="slot", how="left", maintain_order="left").with_columns(
            year=pl.col("slot") % self.width + (self.first - 1)
        )
        if assumed is not None:
            grade, since = assumed
            self._grid = self._grid.with_columns(
                grade=pl.when(pl.col("year") >= since).then(pl.col("grade").fill_null(grade)).otherwise(pl.col("grade"))
            )
        self._found: dict[tuple[str, tuple[str, ...]], pl.Series] = {}

    def _flags(self, what: str, words: tuple[str, ...]) -> pl.Expr:
        grade, counts = pl.col("grade"), pl.col("year") >= self.first
        within = grade.is_in(list(words)).fill_null(False)
        meant = {"in": within, "other": grade.is_not_null() & ~within, "unknown": grade.is_null()}
        return meant[what] & counts

    def _running(self, what: str, words: tuple[str, ...]) -> pl.Series:
        key = (what, () if what == "unknown" else words)
        if key not in self._found:
            flags = self._flags(what, words).cast(pl.Int64).cum_sum()
            self._found[key] = self._grid.select(flags).to_series()
        return self._found[key]

    def _slot(self, person: pl.Series, year: pl.Series | int) -> pl.Series:
        years = pl.Series([year]) if isinstance(year, int) else year
        return person * self.width + years.cast(pl.Int64).clip(self.first, self.last + 1) - self.first

    def count(self, what: str, words: Sequence[str], person: pl.Series, first: pl.Series, until: int) -> pl.Series:
        """Years from `first` to `until` (exclusive) with a grade `in` the words, with an `other`, or `unknown`."""
        running = self._running(what, tuple(words))
        first = first.clip(upper_bound=until)
        return running.gather(self._slot(person, until)) - running.gather(self._slot(person, first))

    def latest(self, words: Sequence[str], person: pl.Series, until: int, *, unknown: bool) -> pl.Series:
        """The last year before `until` with a grade not among the words (or `unknown` too); 0 if there is none."""
        key = (f"latest{unknown}", tuple(words))
        stride = 10_000
        if key not in self._found:
            flags = self._flags("other", tuple(words))
            flags = flags | self._flags("unknown", ()) if unknown else flags
            marked = (pl.col("slot") // self.width * stride) + pl.when(flags).then(pl.col("year")).otherwise(0)
            self._found[key] = self._grid.select(marked.cum_max()).to_series()
        return self._found[key].gather(self._slot(person, until)) - person * stride

    def grades(self, person: int, first: int, until: int) -> dict[int, str | None]:
        """One person's grades from a year to another (exclusive)."""
        begin, end = max(first, self.first), min(until, self.last + 1)
        if begin >= end:
            return {}
        at = person * self.width + begin - self.first + 1
        return dict(zip(range(begin, end), self._listed[at : at + end - begin], strict=True))

    @cached_property
    def _listed(self) -> list[str | None]:
        return self._grid["grade"].to_list()


class Facts:
    """Files as numbered people and tiers. `state`: what a batch changes; the rest stays."""

    def __init__(self, graphs: Graphs, files: TierFiles, through: date, assumed: str | None = None) -> None:
        self.graphs, self.files = graphs, files
        self.ids: list[str] = files.people["id"].to_list()
        numbered = pl.DataFrame({"id": self.ids}).with_row_index("p").with_columns(pl.col("p").cast(pl.Int64))
        words = {**graphs.words, NONE: UNRATED}
        number = pl.col("tier").replace_strict(words, default=None, return_dtype=pl.Int64)
        target = pl.col("target").replace_strict(graphs.words, default=-2, return_dtype=pl.Int64)
        self.state = files.people.select(
            p=pl.int_range(pl.len(), dtype=pl.Int64),
            node=number,
            since="since",
            hired_on="hired_on",
            left_on="left_on",
            came_by="came_by",
            trainee_until="trainee_until",
            education="education",
            target=pl.when(pl.col("target").is_null()).then(None).otherwise(target),
            score="score",
            further="further",
        )
        appraisals = files.appraisals.join(numbered, on="id")
        self.honours = (
            None if files.honours is None else files.honours.join(numbered, on="id").select("p", "on", "honour")
        )
        years = [appraisals["year"].min(), *(files.people[key].dt.year().min() for key in ("since", "hired_on"))]
        first = min((int(year) for year in years if isinstance(year, int)), default=through.year)
        longest = max((rule.years for each in graphs.scheme.versions for rule in each.demotions or ()), default=1)
        first = min(first, through.year - longest)
        known = appraisals["year"].max()
        assumed_from = int(known) + 1 if isinstance(known, int) else first
        self.ledger = Ledger(
            appraisals.filter(pl.col("year") <= through.year).select("p", "year", "grade"),
            len(self.ids),
            (first, through.year),
            None if assumed is None else (assumed, assumed_from),
        )

    @cached_property
    def tiers_said(self) -> list[str | None]:
        """The column 层级 as the file has it."""
        return self.files.people["tier"].to_list()


def months_between(start: pl.Expr, day: date) -> pl.Expr:
    """Whole months from a day to another: the largest n for which `months_later(start, n)` isn't after it."""
    last = monthrange(day.year, day.month)[1]
    months = (day.year - start.dt.year().cast(pl.Int64)) * 12 + day.month - start.dt.month().cast(pl.Int64)
    early = pl.lit(day.day) < pl.min_horizontal(start.dt.day().cast(pl.Int64), pl.lit(last, dtype=pl.Int64))
    return months - early.cast(pl.Int64)
