"""Recruitments that are running: their announcements and applications, judged by today's law and by the other.

Each is judged by the law of its announcement's day, with the other values in the place of that day's. What an
announcement itself states stays as it was announced: a higher legal age limit admits nobody whom its own excludes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from fujing.law.announcements import check_announcement
from fujing.law.engine import Rule
from fujing.law.findings import Finding, Outcome, overall
from fujing.law.formats.announcement import Announcement
from fujing.law.screening import Screening, screen
from fujing.law.whatif.comparing import TALLY, ChangedFinding, Comparison, compared

Matter = tuple[str, str, str | None]


@dataclass(frozen=True, slots=True)
class Running:
    """A recruitment and its applications, in the public applicants format."""

    number: int
    organ: str
    announcement: Announcement
    applicants: pl.DataFrame


@dataclass(frozen=True)
class Recruiting:
    """What differs in one recruitment. The counts are applications by eligibility, today's and then."""

    running: Running
    announcement: tuple[Outcome, Outcome]
    before: dict[str, int]
    after: dict[str, int]
    comparison: Comparison


def recruitment_compared(running: Running, today: date, values: Mapping[str, Any]) -> Recruiting:
    """Judge one recruitment twice."""
    drafts = [check_announcement(running.announcement, today=today, changed=each) for each in ({}, values)]
    one, other = (
        screen(running.announcement, running.applicants, today=today, changed=dict(each)) for each in ({}, values)
    )
    named = other.applicants.select(
        pl.lit(None, pl.Int64).alias("row"), pl.col("id").alias("subject"), pl.lit(running.organ).alias("organ")
    )
    applications = compared(
        one.edition, other.edition, "application", named, lambda *said: _told(other, *said), running.number
    )
    found = _announcements_compared(running, *drafts) + applications
    outcomes = overall(drafts[0]), overall(drafts[1])
    return Recruiting(running, outcomes, one.counts, other.counts, found)


def _told(screening: Screening, rule: Rule, outcome: Outcome, row: dict[str, Any]) -> dict[str, Any]:
    return screening.edition.told(rule, outcome, screening.posts[row["position"]].said | row, str(row["id"]))


def _announcements_compared(running: Running, before: list[Finding], after: list[Finding]) -> Comparison:
    """An announcement may have several findings of a rule on a post: the matter changed if their outcomes did."""
    was, becomes = _by_matter(before), _by_matter(after)
    tally, changed = [], []
    for matter in dict.fromkeys((*was, *becomes)):
        old, new = was.get(matter, []), becomes.get(matter, [])
        provision, rule, _ = matter
        gravest = _gravest(old), _gravest(new)
        tally.append(("announcement", provision, rule, running.organ, *gravest, 1))
        if Counter(each.outcome for each in old) != Counter(each.outcome for each in new):
            changed += [_changed(running, each, gravest[0]) for each in new or map(_gone, old[:1])]
    frame = pl.DataFrame(tally, schema=TALLY, orient="row")
    return Comparison(frame, tuple(changed))


def _changed(running: Running, finding: Finding, was: Outcome) -> ChangedFinding:
    said = finding.model_dump()
    return ChangedFinding(**said, row=None, of="announcement", was=was, organ=running.organ, campaign=running.number)


def _gone(finding: Finding) -> Finding:
    """What is said where nothing is left to say."""
    message = f"按改动后的标准不再有这项结论：{finding.message}"
    return finding.model_copy(update={"outcome": Outcome.SATISFIED, "message": message, "remedy": None})


def _by_matter(findings: list[Finding]) -> dict[Matter, list[Finding]]:
    found: dict[Matter, list[Finding]] = {}
    for finding in findings:
        found.setdefault((finding.provision, finding.rule, finding.subject), []).append(finding)
    return found


def _gravest(findings: list[Finding]) -> Outcome:
    worst = overall(findings)
    advised = worst is Outcome.SATISFIED and any(finding.outcome is Outcome.ADVICE for finding in findings)
    return Outcome.ADVICE if advised else worst
