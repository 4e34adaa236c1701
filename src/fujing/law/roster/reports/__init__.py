"""What a roster's check is written into: each report takes the findings one by one, in one pass over all of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from fujing.law.findings import RowFinding
from fujing.law.roster.check import RosterCheck
from fujing.law.rulebooks.people import ORGANS

OF_ORGANS = tuple(rule.id for rule in ORGANS.rules)


class Report(Protocol):
    """Something that findings are written into."""

    def add(self, finding: RowFinding) -> None:
        """Take one finding, in the order of the rows."""

    def close(self) -> None:
        """Write what has been gathered. Raises OSError."""


def write(check: RosterCheck, reports: Iterable[Report]) -> None:
    """Every finding into every report, and the reports to where they belong. Raises OSError."""
    waiting = list(reports)
    for finding in check.findings():
        for report in waiting:
            report.add(finding)
    for report in waiting:
        report.close()


def people_by_row(check: RosterCheck, *columns: str) -> dict[int, tuple[str, ...]]:
    """What a reader knows a row by; empty where the file doesn't say it."""
    people = check.roster.people
    named = [
        people[name].fill_null("").to_list() if name in people.columns else [""] * people.height for name in columns
    ]
    return dict(zip(people["row"].to_list(), zip(*named, strict=True), strict=True))


def file_name(check: RosterCheck) -> str:
    """The roster file's own name."""
    return Path(check.roster.file).name
