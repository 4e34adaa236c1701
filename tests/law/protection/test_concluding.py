"""办结维权案件以前还缺什么, as a table; and the terms that a bureau enters itself (Articles 28 and 44)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from fujing.kernel.calendar import is_workday
from fujing.law.complaints.terms import Unit
from fujing.law.protection import KINDS, SCOPES, Case, Kind, Scope, Stated, lacking, last_day
from fujing.law.provisions import measures

CASES = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=[case["说明"] for case in CASES])
def test_what_is_missing_is_what_the_table_says(case: dict[str, Any]) -> None:
    said = Case(
        Kind(case["类别"]),
        case["结论"],
        case.get("措施", 0),
        case.get("移送", 0),
        case.get("未结", 0),
        case.get("澄清", False),
        case.get("纠正", False),
        case.get("理由", ""),
    )
    assert [each.provision for each in lacking(said)] == case["缺"]


def test_each_lack_says_how_much_and_whether_a_reason_stands_for_it() -> None:
    bare = Case(Kind.HARM, "upheld", referrals=3, open_referrals=2)
    (lack,) = lacking(bare)
    assert (lack.sentence, lack.reason_will_do) == ("还有2件移送没有登记处理结果", True)
    (lack,) = lacking(Case(Kind.SMEAR, "upheld", measures=1))
    assert not lack.reason_will_do


def test_every_kind_is_protected_by_a_provision_and_every_scope_has_its_word() -> None:
    assert set(KINDS) == set(Kind)
    assert {provision for _, provision in KINDS.values()} <= measures().provisions.keys()
    assert list(SCOPES) == sorted(Scope)


TERMS = (
    Stated("accept", date(2026, 1, 1), 3, Unit.WORKING),
    Stated("accept", date(2026, 6, 1), 5),
    Stated("conclude", date(2026, 1, 1), 30),
)


@pytest.mark.parametrize(
    ("step", "begins", "ends"),
    [
        ("accept", date(2025, 12, 31), None),  # none was in force yet
        ("accept", date(2026, 1, 8), date(2026, 1, 13)),  # Thursday: Friday, Monday, Tuesday
        ("accept", date(2026, 5, 31), date(2026, 6, 3)),  # the last day of the first term
        ("accept", date(2026, 6, 1), date(2026, 6, 6)),  # the first day of the next
        ("conclude", date(2026, 1, 8), date(2026, 2, 7)),
        ("publish", date(2026, 1, 8), None),  # no such term
    ],
)
def test_a_term_is_the_bureaus_own_that_was_in_force_and_undetermined_without_one(
    step: str, begins: date, ends: date | None
) -> None:
    assert last_day(step, begins, TERMS, is_workday) == ends


def test_a_year_whose_holidays_nobody_knows_leaves_a_term_in_working_days_undetermined() -> None:
    assert last_day("accept", date(2026, 1, 8), TERMS, lambda day: None) is None
