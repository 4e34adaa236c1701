"""The answer of a what-if: the document of FORMATS, and the sums that people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from fujing.law.findings import Outcome
from fujing.law.jurisdiction import PROVINCE_CODE, division_of_code
from fujing.law.parameters import Parameters, parameter_book
from fujing.law.roster import RosterCheck
from fujing.law.whatif.comparing import ChangedFinding, Comparison, gathered
from fujing.law.whatif.recruiting import Recruiting

COUNTED = (Outcome.VIOLATED, Outcome.UNDETERMINED, Outcome.ADVICE)
Side = str
"""`was` today, `becomes` with the values put in place."""


@dataclass(frozen=True)
class WhatIf:
    """`check` is the check-up with the values in place, `people` what differs in it, `recruiting` in each recruitment."""

    values: Mapping[str, Any]
    check: RosterCheck
    people: Comparison
    recruiting: Sequence[Recruiting] = ()

    @cached_property
    def whole(self) -> Comparison:
        """All that differs."""
        return gathered([self.people, *(each.comparison for each in self.recruiting)])

    @property
    def findings(self) -> tuple[ChangedFinding, ...]:
        """What changed, people first, then organs, then recruitment by recruitment."""
        return self.whole.changed

    @cached_property
    def changed(self) -> list[str]:
        """Whom and what it affects: citizen numbers (or rows), organ codes, posts, applications; each once, in order."""
        return list(dict.fromkeys(_subject(each) for each in self.findings))

    def counts(self, side: Side) -> dict[str, int]:
        """Violated findings by provision, in the order in which they were judged."""
        violated = self.whole.tally.filter(pl.col(side) == Outcome.VIOLATED)
        return dict(violated.group_by("provision", maintain_order=True).agg(pl.col("count").sum()).iter_rows())

    def side(self, side: Side) -> dict[str, Any]:
        """Today or then: violated findings by provision, findings by outcome, applications by eligibility."""
        tally = self.whole.tally
        eligible = [each.before if side == "was" else each.after for each in self.recruiting]
        names = eligible[0] if eligible else ()
        return {
            "counts": self.counts(side),
            "outcomes": {outcome: _sum(tally, side, outcome) for outcome in COUNTED},
            "applications": {name: sum(each[name] for each in eligible) for name in names},
        }

    @cached_property
    def settings(self) -> list[dict[str, Any]]:
        """Each value put in place, with what it is called and what the law says on that day."""
        today = Parameters(self.check.as_of)
        book = parameter_book()
        return [
            {"key": key, "label": book[key].label, "unit": book[key].unit, "today": today[key], "changed": value}
            for key, value in self.values.items()
        ]

    @cached_property
    def organs(self) -> list[dict[str, Any]]:
        """As of a check-up, with findings today and then and how many are affected."""
        listed = {each["code"] for each in self.check.organs}
        elsewhere = sorted({each.running.organ for each in self.recruiting} - listed)
        others = [{"code": code, "name": None, "in_service": None, "quota": None} for code in elsewhere]
        return [each | self._rolled([each["code"]]) for each in (*self.check.organs, *others)]

    @cached_property
    def territories(self) -> list[dict[str, Any]]:
        """The province and its cities, each with all organs below it, where several are."""
        codes = [each["code"] for each in self.organs if f"{each['code']}".startswith(PROVINCE_CODE)]
        prefixes = [PROVINCE_CODE, *sorted({code[:4] for code in codes if code[2:4] != "00"})]
        found = []
        for prefix in prefixes:
            below = [code for code in codes if code.startswith(prefix)]
            if len(below) > 1:
                code = prefix.ljust(12, "0")
                division = division_of_code(code)
                rolled = self._rolled(below)
                found.append({"code": code, "name": division.name if division else None, "organs": len(below)} | rolled)
        return found

    def _rolled(self, codes: Iterable[str]) -> dict[str, Any]:
        """Findings by outcome, today and then, and how many are affected, of these organs together."""
        tallies = [self._by_organ.get(code, {}) for code in codes]
        before, after = (
            {outcome: sum(tally.get((side, outcome), 0) for tally in tallies) for outcome in COUNTED}
            for side in ("was", "becomes")
        )
        return {"before": before, "after": after, "changed": sum(self._affected.get(code, 0) for code in codes)}

    @cached_property
    def _by_organ(self) -> dict[str, dict[tuple[Side, str], int]]:
        found: dict[str, dict[tuple[Side, str], int]] = {}
        for side in ("was", "becomes"):
            summed = self.whole.tally.group_by("organ", side).agg(pl.col("count").sum())
            for organ, outcome, count in summed.iter_rows():
                found.setdefault(organ, {})[side, outcome] = count
        return found

    @cached_property
    def _affected(self) -> dict[str | None, int]:
        """How many different subjects of each organ."""
        return Counter(organ for organ, _ in {(each.organ, _subject(each)) for each in self.findings})

    def document(self) -> dict[str, Any]:
        """The document of FORMATS: as of a check-up with the values in place, its findings those that changed."""
        return {
            "as_of": self.check.as_of.isoformat(),
            "set": self.settings,
            "organs": self.organs,
            "territories": self.territories,
            "campaigns": [_campaign(each) for each in self.recruiting],
            "counts": self.counts("becomes"),
            "before": self.side("was"),
            "after": self.side("becomes"),
            "changed": self.changed,
            "findings": [each.model_dump(mode="json") for each in self.findings],
            "not_covered": self.check.not_covered,
        }


def _campaign(each: Recruiting) -> dict[str, Any]:
    before, after = each.announcement
    return {
        "campaign": each.running.number,
        "title": each.running.announcement.title,
        "organ": each.running.organ,
        "before": {"announcement": before, "applications": each.before},
        "after": {"announcement": after, "applications": each.after},
    }


def _subject(finding: ChangedFinding) -> str:
    """Whom or what a finding is about; a post, and a whole announcement, is told apart by its recruitment."""
    if finding.of == "announcement":
        return f"招聘{finding.campaign}" + (f"岗位{finding.subject}" if finding.subject else "")
    return str(finding.subject)


def _sum(tally: pl.DataFrame, side: Side, outcome: Outcome) -> int:
    return int(tally.filter(pl.col(side) == outcome)["count"].sum())
