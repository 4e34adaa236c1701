"""Generated rosters, judged by the rules and by the slow oracle: the same findings on the same people.

2,000 rows in the suite; FUJING_ORACLE_ROWS=20000 for all of them.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from random import Random

import pytest

from fujing.law.formats.roster import read_roster
from fujing.law.jurisdiction import divisions
from fujing.law.roster import RosterCheck, check_roster
from tests.law.roster_generated import HEADER, ORGAN_HEADER, roster
from tests.law.roster_oracle import Found, Roster, Row
from tests.law.roster_tools import written

SIZE = 200
ROWS = int(os.environ.get("FUJING_ORACLE_ROWS", "2000"))


def judged(path: Path, rows: list[Row], organs: dict[str, Row] | None, today: date) -> RosterCheck:
    named = [{name: organ[name] for name in ORGAN_HEADER} for organ in organs.values()] if organs else None
    return check_roster(read_roster(written(path, rows, named)), today)


def found_by(check: RosterCheck) -> Found:
    return {
        (each.rule, str(each.outcome), f"行{each.row}" if each.row else str(each.subject)) for each in check.findings()
    }


@pytest.mark.parametrize("seed", range(ROWS // SIZE))
def test_the_rules_and_the_oracle_agree(tmp_path: Path, seed: int) -> None:
    rows, organs, today = roster(seed, SIZE)
    expected = Roster(rows, organs, today, set(divisions())).judge()
    found = found_by(judged(tmp_path / "册.xlsx", rows, organs, today))
    assert sorted(found - expected) == []
    assert sorted(expected - found) == []


def test_the_generated_rosters_meet_every_rule_and_outcome() -> None:
    met = set()
    for seed in range(10):
        rows, organs, today = roster(seed, SIZE)
        met |= {(rule, outcome) for rule, outcome, _ in Roster(rows, organs, today, set(divisions())).judge()}
    assert len({rule for rule, _ in met}) == 36
    assert len(met) >= 70


@pytest.mark.parametrize("seed", [3, 4])
def test_rerun_with_rows_shuffled_columns_reordered_and_an_organ_renamed_finds_the_same(
    tmp_path: Path, seed: int
) -> None:
    rows, organs, today = roster(seed, SIZE)
    assert organs
    before = judged(tmp_path / "前.xlsx", rows, organs, today)
    pick = Random(seed)
    columns = pick.sample(HEADER, len(HEADER))
    shuffled = [{name: row[name] for name in columns} for row in pick.sample(rows, len(rows))]
    renamed = {code: organ | {"名称": "新名称"} for code, organ in organs.items()}
    after = judged(tmp_path / "后.xlsx", shuffled, renamed, today)
    assert about(before) == about(after)
    assert before.counts == after.counts


def about(check: RosterCheck) -> set[tuple[str, ...]]:
    """Findings by rule, person (not row) and outcome, with the facts that aren't about rows."""
    names = dict(check.roster.people.select("row", "name").iter_rows())
    return {
        (
            each.rule,
            each.outcome,
            names[each.row] if each.row else str(each.subject),
            *(f"{key}={value}" for key, value in each.facts.items() if not key.endswith("_rows")),
        )
        for each in check.findings()
    }
