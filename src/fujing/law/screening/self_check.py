"""能不能报: one person's few facts against every post, before anybody signs up. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from fujing.law.findings import Finding
from fujing.law.formats.announcement import Announcement, Position
from fujing.law.screening.screen import screen

KINDS: dict[str, Any] = {
    "sex": pl.String,
    "birth_date": pl.Date,
    "education": pl.String,
    "household": pl.String,
    "height_cm": pl.Float64,
    "naked_vision": pl.Float64,
    "veteran": pl.Boolean,
}
"""What a person can say of themselves in a minute; the rest is left to the application and its papers."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One post: `eligible`, `ineligible` or `undetermined` by what was said, with what speaks against it or is open."""

    post: Position
    outcome: str
    findings: list[Finding]


def self_check(announcement: Announcement, facts: Mapping[str, Any], *, today: date) -> list[Answer]:
    """Each post of the announcement for one person. A fact given as None is open (待核实), an absent one isn't judged.

    On `registration_day` the day counts as that of the registration.
    """
    known = {name: [facts[name]] * len(announcement.positions) for name in KINDS if name in facts}
    codes = [post.code for post in announcement.positions]
    frame = pl.DataFrame(
        {"id": codes, "position": codes, **known},
        schema={"id": pl.String, "position": pl.String, **{name: KINDS[name] for name in known}},
    ).with_columns(pl.lit(today).alias("registered_on"))
    screening = screen(announcement, frame, today=today)
    outcomes = screening.outcomes.to_list()
    return [
        Answer(post, outcomes[place], screening.findings(place)) for place, post in enumerate(announcement.positions)
    ]
