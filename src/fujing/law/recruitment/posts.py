"""What an announcement asks for on each post, as columns beside the applicants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from fujing.law.formats.announcement import Announcement, Position
from fujing.law.formats.applicants import CONDITIONS, EDUCATION_RANK
from fujing.law.jurisdiction import lies_within
from fujing.law.recruitment.certificates import holds_all
from fujing.law.recruitment.majors import is_one_of

SCHEMA: dict[str, Any] = {
    "position": pl.String,
    "post_category": pl.String,
    "post_is_civil": pl.Boolean,
    "post_scarce": pl.Boolean,
    "post_sex": pl.String,
    "post_age_min": pl.Int32,
    "post_age_max": pl.Int32,
    "post_education": pl.Int32,
    "post_height_male": pl.Float64,
    "post_height_female": pl.Float64,
    "post_vision": pl.Float64,
    "age_reading": pl.String,
    "reads_birthday": pl.Boolean,
    **{f"age_relaxed_{name}": pl.Int32 for name in CONDITIONS},
    **{f"education_relaxed_{name}": pl.Int32 for name in CONDITIONS},
}


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def post_row(announcement: Announcement, post: Position) -> dict[str, Any]:
    """One post's demands; what the announcement leaves out is None and the Measures supply it."""
    conditions = post.conditions
    age, education, height = conditions.age, conditions.education, conditions.height_cm
    row: dict[str, Any] = dict.fromkeys(SCHEMA)
    row |= {
        "position": post.code,
        "post_category": post.category,
        "post_is_civil": post.category == "civil",
        "post_scarce": bool(post.scarce and post.scarce.reason),
        "post_sex": post.sex,
        "post_age_min": age.min if age else None,
        "post_age_max": age.max if age else None,
        "post_education": EDUCATION_RANK[education.min] if education and education.min else None,
        "post_height_male": _number(height.male) if height else None,
        "post_height_female": _number(height.female) if height else None,
        "post_vision": _number(conditions.naked_vision),
        "age_reading": announcement.age_reading,
        "reads_birthday": announcement.age_reading and announcement.age_reading == "birthday_inclusive",
    }
    for relaxation in age.relax if age else ():
        for name in relaxation.when:
            key = f"age_relaxed_{name}"
            row[key] = max(relaxation.max, row[key] or 0)
    for floor in education.relax if education else ():
        for name in floor.when:
            key = f"education_relaxed_{name}"
            row[key] = min(EDUCATION_RANK[floor.min], row[key] if row[key] is not None else 9)
    return row


def beside_posts(announcement: Announcement, applicants: pl.DataFrame) -> pl.DataFrame:
    """Applicants with the demands of the post they chose, and the answers that need reading of free text.

    Conditions that decide about relaxations are unknown where their column is absent.
    """
    posts = pl.DataFrame([post_row(announcement, post) for post in announcement.positions], schema=SCHEMA)
    unknown = [pl.lit(None, pl.Boolean).alias(name) for name in CONDITIONS if name not in applicants.columns]
    frame = applicants.with_columns(unknown).join(posts, on="position", how="left", maintain_order="left")
    cutoff: pl.Expr = pl.lit(None, pl.Date)
    if announcement.cutoff == "registration_day":
        cutoff = pl.col("registered_on") if "registered_on" in frame.columns else cutoff
    elif announcement.cutoff is not None:
        cutoff = pl.lit(announcement.cutoff)
    frame = frame.with_columns(cutoff.alias("cutoff"))
    demands = {post.code: post.conditions for post in announcement.positions}
    for column, answer, test in (
        ("household", "household_ok", lambda text, code: _any_area(text, demands[code].household)),
        ("certificates", "certificates_ok", lambda text, code: holds_all(text, demands[code].certificates)),
        ("major", "major_ok", lambda text, code: is_one_of(text, demands[code].majors)),
    ):
        if column in frame.columns:
            frame = _answered(frame, column, answer, test)
    return frame


def _any_area(household: str | None, areas: Sequence[str]) -> bool | None:
    if not areas:
        return True
    if household is None:
        return None
    answers = [lies_within(household, area) for area in areas]
    return True if True in answers else (None if None in answers else False)


def _answered(
    frame: pl.DataFrame, column: str, answer: str, test: Callable[[str | None, str], bool | None]
) -> pl.DataFrame:
    """Add a boolean column by asking once for each different text and post."""
    asked = frame.select(column, "position").unique()
    answers = [test(text, code) for text, code in asked.iter_rows()]
    asked = asked.with_columns(pl.Series(answer, answers, pl.Boolean))
    return frame.join(asked, on=[column, "position"], how="left", nulls_equal=True, maintain_order="left")
