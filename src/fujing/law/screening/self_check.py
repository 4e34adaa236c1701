"""能不能报: one person's few facts against every post, before anybody signs up. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fujing.law.findings import Finding
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.posts import Position
from fujing.law.screening.person import screen_person

KINDS = (
    *("sex", "birth_date", "education", "household"),
    *("height_cm", "weight_kg", "naked_vision", "corrected_vision", "veteran"),
)
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
    known = {name: facts[name] for name in KINDS if name in facts} | {"registered_on": today}
    return [
        Answer(post, *screen_person(announcement, {"id": post.code, "position": post.code, **known}, today=today))
        for post in announcement.positions
    ]
