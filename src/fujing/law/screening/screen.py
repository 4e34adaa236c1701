"""One announcement's applicants, judged together: masks first, sentences only for what is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from fujing.law.announcements import dated_on
from fujing.law.engine import OUTCOMES, Evaluation
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import CONDITIONS, absent_columns
from fujing.law.parameters import Parameters, parameters_on
from fujing.law.provisions import measures
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.law.screening.households import Places
from fujing.law.screening.matching import certificates_met, majors_met
from fujing.law.screening.posts import PostFacts, post_facts, posts_frame

STATUS = {
    Outcome.SATISFIED: "eligible",
    Outcome.VIOLATED: "ineligible",
    Outcome.UNDETERMINED: "undetermined",
}
LIMITS = ("age_limit", "age_limit_possible", "education_floor", "education_floor_possible")
LABELS = {"eligible": "合格", "ineligible": "不合格", "undetermined": "待核实"}


@dataclass(frozen=True)
class Screening:
    """The outcome of a screening and its receipt; a row's place is its place in the applicants' frame."""

    evaluation: Evaluation
    not_covered: list[str]

    @cached_property
    def status(self) -> pl.Series:
        """`eligible`, `ineligible` or `undetermined` of each applicant."""
        return self.evaluation.masks.select(
            pl.when(pl.col("violated") > 0)
            .then(pl.lit("ineligible"))
            .when(pl.col("undetermined") > 0)
            .then(pl.lit("undetermined"))
            .otherwise(pl.lit("eligible"))
            .alias("status")
        ).to_series()

    @property
    def counts(self) -> dict[str, int]:
        """How many of each status; all three are always named."""
        found = dict(self.status.value_counts().iter_rows())
        return {status: found.get(status, 0) for status in ("eligible", "ineligible", "undetermined")}

    def results(self) -> Iterator[tuple[str, str, str, list[Finding]]]:
        """Subject, position, status and the findings that aren't satisfied, in the order of the file."""
        evaluation, rules = self.evaluation, self.evaluation.rules
        rows = evaluation.frame.iter_rows(named=True)
        for row, status, outcomes in zip(rows, self.status, evaluation.outcomes.iter_rows(), strict=True):
            findings = []
            if status != "eligible":
                findings = [
                    evaluation.finding(rule, OUTCOMES[outcome], row, row["id"])
                    for rule, outcome in zip(rules, outcomes, strict=True)
                    if outcome is not True
                ]
            yield row["id"], row["position"], status, findings


def screen(
    announcement: Announcement,
    applicants: pl.DataFrame,
    places: Places,
    *,
    today: date,
    instead: dict[str, Any] | None = None,
) -> Screening:
    """Screen the applicants (as `read_applicants` gives them) for the posts of one announcement.

    The law is that of the announcement's day: cut-off, else registration, else publication, else `today`.
    `instead` puts other values in the place of parameters, for a what-if.
    """
    frame = applicant_facts(announcement, applicants, places)
    parameters = _parameters(dated_on(announcement) or today).replaced(instead or {})
    evaluation = RECRUITMENT.evaluate(frame, parameters)
    return Screening(_only_in_force(evaluation), absent_columns(applicants))


def applicant_facts(announcement: Announcement, applicants: pl.DataFrame, places: Places) -> pl.DataFrame:
    """The applicants with the facts of their posts, as the rules name them."""
    posts = {post.code: post_facts(announcement, post) for post in announcement.positions}
    conditions = {post.code: post.conditions for post in announcement.positions}
    frame = applicants.join(
        posts_frame(list(posts.values())), on="position", how="left", maintain_order="left"
    )
    frame = _limited(frame, posts)
    frame = _met(frame, "household", lambda code, text: places.inside(text, conditions[code].household))
    frame = _met(
        frame, "certificates", lambda code, text: certificates_met(text, conditions[code].certificates)
    )
    frame = _met(frame, "major", lambda code, text: majors_met(text, conditions[code].majors))
    registered = pl.col("registered_on") if "registered_on" in frame.columns else pl.lit(None, pl.Date)
    own_day = pl.when("by_registration").then(registered)
    return frame.with_columns(
        cutoff=pl.coalesce("post_cutoff", own_day), event_date=pl.coalesce(own_day, "dated_on")
    )


def _limited(frame: pl.DataFrame, posts: Mapping[str, PostFacts]) -> pl.DataFrame:
    """Each post's limits with the relaxations that somebody's marks give; a column that is absent is unknown."""
    marks = [group for group in CONDITIONS if group in frame.columns]
    unknown = dict.fromkeys(set(CONDITIONS) - set(marks))
    combinations = frame.select("position", *marks).unique()
    limits = [
        posts[row["position"]].limits({group: row[group] for group in marks} | unknown)
        for row in combinations.iter_rows(named=True)
    ]
    answered = combinations.with_columns(pl.DataFrame(limits, schema=dict.fromkeys(LIMITS, pl.Int32)))
    return frame.join(answered, on=["position", *marks], how="left", nulls_equal=True, maintain_order="left")


def _met(frame: pl.DataFrame, column: str, judge: Callable[[str, str | None], bool | None]) -> pl.DataFrame:
    """Judge each different text once for each post; join the answers back as `<column>_met`."""
    if column not in frame.columns:
        return frame
    keys: Sequence[str] = ("position", column)
    pairs = frame.select(keys).unique()
    answers = [judge(code, text) for code, text in pairs.iter_rows()]
    answered = pairs.with_columns(pl.Series(f"{column}_met", answers, pl.Boolean))
    return frame.join(answered, on=keys, how="left", nulls_equal=True, maintain_order="left")


def _parameters(day: date) -> Parameters:
    # Before the Measures took effect nothing but Article 46 is answered, so no parameter is used.
    return RECRUITMENT.parameters(day) if day >= measures().effective else parameters_on(day)


def _only_in_force(evaluation: Evaluation) -> Evaluation:
    """Whoever applied before the Measures took effect gets that one finding."""
    before = pl.col("recruitment.in_force").is_null()
    others = [pl.col(rule.id) | before for rule in evaluation.rules if rule.id != "recruitment.in_force"]
    return replace(evaluation, outcomes=evaluation.outcomes.with_columns(others))
