"""Eligibility of each applicant for the post applied for (Articles 18 and 20): masks first, sentences on view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from fujing.kernel.digests import sm3
from fujing.law.ages import with_ages
from fujing.law.engine import UNDETERMINED, VIOLATED, Edition
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import COLUMNS, EDUCATION_RANK
from fujing.law.provisions import cite, measures
from fujing.law.recruitment.identity import with_identity_checks
from fujing.law.recruitment.posts import beside_posts
from fujing.law.recruitment.rules import BOOK

ELIGIBILITY = {
    Outcome.VIOLATED: "ineligible",
    Outcome.UNDETERMINED: "undetermined",
    Outcome.SATISFIED: "eligible",
}
# Columns that decide nothing by themselves or only open a relaxation.
CHINA = ("中国", "CN", "中华人民共和国")
RESULTS = ("conduct", "medical", "psychological")
BESIDE = {
    "id", "name", "position", "registered_on", "veteran", "martyr_kin", "bravery", "police_school", "skill", "scarce_skill",
}  # fmt: skip


class UnknownPosition(ValueError):
    """Applicants name posts that the announcement doesn't have; `rows` gives (row, id, post)."""

    def __init__(self, rows: list[tuple[int, str, str]]) -> None:
        self.rows = rows
        super().__init__("\n".join(f"第{row}行：报考岗位“{post}”不在公告中" for row, _, post in rows))


@dataclass(frozen=True)
class Screening:
    """The result of one run: a mask row for each applicant, reproducible by `edition.hash` and `inputs`."""

    edition: Edition | None
    as_of: date | None
    frame: pl.DataFrame
    masks: pl.DataFrame
    not_covered: tuple[str, ...]

    @cached_property
    def outcomes(self) -> pl.Series:
        """eligible, undetermined or ineligible, in the order of the frame."""
        return self.masks.select(
            pl.when(pl.col(VIOLATED) > 0)
            .then(pl.lit("ineligible"))
            .when(pl.col(UNDETERMINED) > 0)
            .then(pl.lit("undetermined"))
            .otherwise(pl.lit("eligible"))
        ).to_series()

    @property
    def counts(self) -> dict[str, int]:
        """How many are eligible, ineligible and undetermined."""
        return {
            name: int((self.outcomes == name).sum()) for name in ("eligible", "ineligible", "undetermined")
        }

    @property
    def inputs(self) -> str:
        """SM3 fingerprint of the rows that were judged, whatever their order."""
        return sm3(self.frame.sort("id").write_csv().encode()).hex()

    def findings(self, index: int, *, all: bool = False) -> list[Finding]:
        """What there is to say about one applicant."""
        row = self.frame.row(index, named=True)
        if self.edition is None:
            return [before_the_measures(self.as_of, str(row["id"]))]
        violated, undetermined = self.masks.row(index)
        return self.edition.explain(str(row["id"]), row, violated, undetermined, all=all)

    def results(self) -> Iterator[dict[str, Any]]:
        """The documented results, one applicant at a time."""
        for index, outcome in enumerate(self.outcomes):
            findings = [] if outcome == "eligible" else self.findings(index)
            yield {
                "subject": str(self.frame["id"][index]),
                "position": self.frame["position"][index],
                "outcome": outcome,
                "findings": [finding.model_dump(mode="json") for finding in findings],
            }


def before_the_measures(day: date | None, subject: str | None) -> Finding:
    """The one thing said of an event before the Measures took effect."""
    return Finding(
        provision="46",
        rule="measures.effective",
        outcome=Outcome.UNDETERMINED,
        subject=subject,
        message=f"{day}早于办法施行日{measures().effective}，不适用本办法，应按当时的规定判断（{cite('46')}）",
        facts={"date": str(day), "effective": str(measures().effective)},
        remedy="按当时有效的规定办理",
    )


def judged_on(announcement: Announcement, today: date) -> date:
    """The day whose law applies: the cut-off, else the registration, else the announcement, else today."""
    if isinstance(announcement.cutoff, date):
        return announcement.cutoff
    if announcement.registration and announcement.registration.start:
        return announcement.registration.start.date()
    return announcement.announced_on or today


def screen(
    announcement: Announcement,
    applicants: pl.DataFrame,
    *,
    today: date,
    changed: dict[str, Any] | None = None,
) -> Screening:
    """Judge every applicant. Absent columns are not covered; empty cells are undetermined, never a pass.

    Raises UnknownPosition when an applicant names a post that the announcement doesn't have.
    """
    codes = [post.code for post in announcement.positions]
    strangers = applicants.filter(~pl.col("position").is_in(codes))
    if not strangers.is_empty():
        rows = strangers.select(pl.col("row") if "row" in strangers.columns else pl.lit(0), "id", "position")
        raise UnknownPosition(list(rows.iter_rows()))
    as_of = judged_on(announcement, today)
    not_covered = tuple(
        column.key for column in COLUMNS if column.key not in applicants.columns and column.key not in BESIDE
    )
    if as_of < measures().effective:
        nothing = pl.DataFrame(
            {VIOLATED: 0, UNDETERMINED: 1}, schema={VIOLATED: pl.UInt32, UNDETERMINED: pl.UInt32}
        )
        masks = pl.concat([nothing] * len(applicants)) if len(applicants) else nothing.clear()
        return Screening(None, as_of, applicants, masks, not_covered)
    frame = facts(announcement, applicants)
    edition = BOOK.on(as_of, changed=changed).covering(frame.columns)
    return Screening(edition, as_of, frame, edition.masks(frame), not_covered)


def facts(announcement: Announcement, applicants: pl.DataFrame) -> pl.DataFrame:
    """Applicants with everything that the rules read; absent columns stay absent."""
    frame = beside_posts(announcement, applicants)
    if "education" in frame.columns:
        frame = frame.with_columns(
            pl.col("education")
            .replace_strict(EDUCATION_RANK, default=None, return_dtype=pl.Int32)
            .alias("education_rank")
        )
    if "birth_date" in frame.columns:
        frame = with_ages(frame)
    if "nationality" in frame.columns:
        frame = frame.with_columns(pl.col("nationality").is_in(CHINA).alias("chinese"))
    frame = frame.with_columns(
        (pl.col(name) == "pass").alias(f"{name}_passed") for name in RESULTS if name in frame.columns
    )
    # A height is judged even where the file has no sex column: the same demand for both, or open.
    sex = pl.col("sex") if "sex" in frame.columns else pl.lit(None, pl.String)
    frame = frame.with_columns(sex.alias("sex_known"))
    return with_identity_checks(frame)
