"""A post's conditions as facts: what the announcement states, and nothing where it states nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from fujing.law.education import LEVELS
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.formats.posts import Position
from fujing.law.rulebooks.applicant import ALLOWED_EVERYONE, Applicant

SAID = (
    "post_age_relaxed",
    "post_education",
    "post_education_relaxed",
    "post_households",
    "post_certificates",
    "post_majors",
    "post_pool",
    "pool",
)


@dataclass(frozen=True, slots=True)
class PostFacts:
    """One post. Limits that the announcement doesn't state let everybody through; the Measures' own stay."""

    position: str
    post_category: str
    post_sex: str
    post_scarce: bool
    post_age_min: int
    post_age_max: int
    post_age_scarce: int
    post_age_relaxed: dict[str, int]
    post_education: int
    post_education_relaxed: dict[str, int]
    post_height_male: Decimal
    post_height_female: Decimal
    post_vision: Decimal
    post_corrected_vision: Decimal
    post_bmi_min: Decimal
    post_bmi_max: Decimal
    post_pool: str
    pool: tuple[str, ...]
    post_window_from: date | None
    post_window_to: date | None
    post_households: str
    post_certificates: str
    post_majors: str

    @property
    def said(self) -> dict[str, Any]:
        """What only sentences need: the post's lists and relaxations as the announcement words them."""
        return {name: getattr(self, name) for name in SAID}

    @property
    def relaxing(self) -> set[str]:
        """The groups for which a limit differs from everybody's."""
        ages, levels = self.post_age_relaxed, self.post_education_relaxed
        return {
            group for group in CONDITIONS if ages[group] != self.post_age_max or levels[group] != self.post_education
        }

    @property
    def asks(self) -> set[str]:
        """The applicants' columns that its own conditions are about; any other leaves every outcome as it is."""
        own = {
            "sex": self.post_sex != "any" or self.post_height_male or self.post_height_female,
            "height_cm": self.post_height_male or self.post_height_female or self.post_bmi_min or self.post_bmi_max,
            "naked_vision": self.post_vision,
            "corrected_vision": self.post_corrected_vision,
            "weight_kg": self.post_bmi_min or self.post_bmi_max,
            "household": self.post_households,
            "certificates": self.post_certificates,
            "major": self.post_majors,
        }
        return self.relaxing | set(self.pool) | {column for column, asked in own.items() if asked}

    def limits(self, holds: Mapping[str, bool | None]) -> dict[str, int]:
        """The limits for somebody with these marks: those that surely apply, and those that may (unknown marks)."""
        sure = [group for group, mark in holds.items() if mark]
        possible = [group for group, mark in holds.items() if mark is not False]
        ages, levels = self.post_age_relaxed, self.post_education_relaxed
        return {
            "age_limit": max([self.post_age_max, *(ages[group] for group in sure)]),
            "age_limit_possible": max([self.post_age_max, *(ages[group] for group in possible)]),
            "education_floor": min([self.post_education, *(levels[group] for group in sure)]),
            "education_floor_possible": min([self.post_education, *(levels[group] for group in possible)]),
        }


def post_facts(post: Position) -> PostFacts:
    """The facts of one post."""
    asked = post.conditions
    age, education, height = asked.age, asked.education, asked.heights
    window = age.window if age else None
    maximum = age.max if age and age.max is not None else ALLOWED_EVERYONE
    scarce = post.scarce is not None and post.scarce.reason is not None
    stated = [age.max] if age and age.max is not None else []
    stated += [relaxed.max for relaxed in age.relax if "scarce_skill" in relaxed.when] if age else []
    floor = LEVELS.index(education.min) if education and education.min else 0
    return PostFacts(
        position=post.code,
        post_category=post.category,
        post_sex=post.sex or "any",
        post_scarce=scarce,
        post_age_min=(age.min if age else None) or 0,
        post_age_max=maximum,
        post_age_scarce=max(stated, default=0) if scarce else 0,
        post_age_relaxed=_by_group(
            maximum, [(group, relaxed.max) for relaxed in (age.relax if age else ()) for group in relaxed.when], max
        ),
        post_education=floor,
        post_education_relaxed=_by_group(
            floor,
            [
                (group, LEVELS.index(relaxed.min))
                for relaxed in (education.relax if education else ())
                for group in relaxed.when
            ],
            min,
        ),
        post_height_male=(height.male if height else None) or Decimal(0),
        post_height_female=(height.female if height else None) or Decimal(0),
        post_vision=asked.naked_vision or Decimal(0),
        post_corrected_vision=asked.corrected_vision or Decimal(0),
        post_bmi_min=(asked.bmi.min if asked.bmi else None) or Decimal(0),
        post_bmi_max=(asked.bmi.max if asked.bmi else None) or Decimal(0),
        post_pool="、".join(CONDITIONS[group] for group in post.pool.when) if post.pool else "",
        pool=post.pool.when if post.pool else (),
        post_window_from=window.start if window else None,
        post_window_to=window.end if window else None,
        post_households="、".join(asked.household),
        post_certificates="、".join(asked.certificates),
        post_majors="、".join(asked.majors),
    )


def posts_frame(posts: Sequence[PostFacts]) -> pl.DataFrame:
    """One row a post, typed as the rules expect."""
    schema: dict[str, Any] = Applicant.schema()
    types = {name: kind for name, kind in schema.items() if name in PostFacts.__dataclass_fields__}
    rows = [{name: value for name, value in asdict(post).items() if name not in SAID} for post in posts]
    return pl.DataFrame(rows, schema={"position": pl.String, **types})


def _by_group(base: int, relaxed: list[tuple[str, int]], better: Any) -> dict[str, int]:
    """The limit of every group: the best that the announcement gives it, else everybody's."""
    limits = dict.fromkeys(CONDITIONS, base)
    for group, limit in relaxed:
        limits[group] = better(limits[group], limit)
    return limits
