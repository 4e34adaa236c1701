"""An unknown fact never becomes a pass, and many people are judged as each of them alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujing.law.education import LEVELS
from fujing.law.findings import Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import COLUMNS, CONDITIONS, GROUNDS
from fujing.law.screening import screen
from tests.law.screening_tools import TODAY, id_number

ANNOUNCEMENT = Announcement.model_validate(
    {
        "title": "公告",
        "organ": {"name": "三台县公安局", "level": "county"},
        "cutoff": "registration_day",
        "age_reading": "completed_years",
        "positions": [
            {
                "code": "01",
                "name": "执勤",
                "category": "field",
                "headcount": 1,
                "sex": "male",
                "scarce": {"reason": "急需无人机操控人员"},
                "conditions": {
                    "age": {
                        "max": 30,
                        "relax": [{"max": 35, "when": ["veteran"]}, {"max": 40, "when": ["scarce_skill"]}],
                    },
                    "education": {"min": "junior_college", "relax": [{"min": "high_school", "when": ["veteran"]}]},
                    "height_cm": {"male": 168, "female": 158},
                    "naked_vision": Decimal("4.8"),
                    "household": ["四川省"],
                    "certificates": ["红十字救护员证"],
                    "majors": ["法学"],
                },
            },
            {"code": "02", "name": "文职", "category": "civil", "headcount": 1},
        ],
    }
)
VALUES: dict[str, list[Any]] = {
    "position": ["01", "02"],
    "nationality": ["中国", "缅甸"],
    "sex": ["male", "female"],
    "birth_date": [date(1984, 6, 15), date(1992, 6, 15), date(1999, 6, 15), date(2010, 6, 15)],
    "education": list(LEVELS),
    "major": ["法学", "农学"],
    "height_cm": [150.0, 160.0, 175.0],
    "naked_vision": [4.5, 5.0],
    "household": ["三台县", "重庆市渝北区"],
    "registered_on": [date(2026, 1, 22), date(2029, 1, 22)],
    "certificates": ["红十字救护员证", "无"],
    "id_number": [id_number("1992-06-15"), id_number("1992-06-15")[:17] + "?"],
    **{key: [True, False] for key in (*CONDITIONS, *GROUNDS, "conduct", "medical", "psychological")},
}
SCHEMA = {
    "id": pl.String,
    "position": pl.String,
    **{
        column.key: {"date": pl.Date, "bool": pl.Boolean, "decimal": pl.Float64}.get(
            column.kind, pl.Boolean if column.choices and True in column.choices.values() else pl.String
        )
        for column in COLUMNS
        if column.key in VALUES
    },
}
people = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})


def outcomes(rows: list[dict[str, Any]]) -> pl.DataFrame:
    numbered = [{"id": f"A{number}", **row} for number, row in enumerate(rows)]
    return screen(ANNOUNCEMENT, pl.DataFrame(numbered, schema=SCHEMA), today=TODAY).edition.outcomes


LEAVES_TO = {"recruitment.post_age": "recruitment.age"}
"""A rule that says 待核实，见 another one passes while that other one is open, and only then."""


def waits(person: dict[str, Any], blank: str) -> None:
    """With a fact blank a rule is satisfied only if no value of the fact would violate it, and the reverse."""
    known = outcomes([{**person, blank: value} for value in VALUES[blank]])
    unknown = outcomes([{**person, blank: None}])
    for rule in known.columns:
        possible = set(known[rule])
        left = rule in LEAVES_TO and unknown[LEAVES_TO[rule]][0] is None
        if unknown[rule][0] is True and not left:
            assert False not in possible, rule
        if unknown[rule][0] is False:
            assert True not in possible, rule
    if all(unknown.row(0)):
        assert all(all(row) for row in known.rows())


@settings(max_examples=25, deadline=None)
@given(person=people, blank=st.sampled_from([name for name in VALUES if name != "position"]))
def test_no_blanked_fact_makes_a_rule_pass_by_itself(person: dict[str, Any], blank: str) -> None:
    waits(person, blank)


def test_the_announcements_own_age_waits_with_the_day_that_18_3_waits_for() -> None:
    """33 on the first day and 36 on the other: beyond the post's 30 on one, beyond the Measures' 35 on the other."""
    person = {**{name: values[0] for name, values in VALUES.items()}, "birth_date": date(1992, 6, 15)}
    person |= {"veteran": False, "scarce_skill": False}
    waits(person, "registered_on")
    judged = outcomes([{**person, "registered_on": None}])
    assert judged["recruitment.age"].to_list() == [None]


@pytest.mark.parametrize("blank", [name for name in VALUES if name not in ("position", "registered_on", *CONDITIONS)])
def test_each_rule_waits_for_the_fact_that_it_is_about(blank: str) -> None:
    eligible = {
        **{name: values[0] for name, values in VALUES.items()},
        "birth_date": date(1999, 6, 15),
        "education": "bachelor",
        "height_cm": 175.0,
        "naked_vision": 5.0,
        "id_number": id_number("1999-06-15"),
        **dict.fromkeys(GROUNDS, False),
    }
    judged = outcomes([eligible, {**eligible, blank: None}])
    assert judged.row(0) == (True,) * judged.width
    assert None in judged.row(1)


@settings(max_examples=25, deadline=None)
@given(group=st.lists(people, min_size=2, max_size=6))
def test_many_are_judged_as_each_alone(group: list[dict[str, Any]]) -> None:
    assert outcomes(group).rows() == [outcomes([person]).row(0) for person in group]


@settings(max_examples=25, deadline=None)
@given(person=people, blanks=st.sets(st.sampled_from([name for name in VALUES if name != "position"])))
def test_masks_and_sentences_agree(person: dict[str, Any], blanks: set[str]) -> None:
    row = {"id": "A1", **person, **dict.fromkeys(blanks)}
    screened = screen(ANNOUNCEMENT, pl.DataFrame([row], schema=SCHEMA), today=TODAY)
    violated, undetermined = screened.masks.row(0)
    rules = [rule.id for rule in screened.edition.book.rules]
    told = {finding.rule: finding.outcome for finding in screened.findings(0, all=True)}
    for bit, rule in enumerate(rules):
        expected = (
            Outcome.VIOLATED
            if violated >> bit & 1
            else Outcome.UNDETERMINED
            if undetermined >> bit & 1
            else Outcome.SATISFIED
        )
        assert told.get(rule, Outcome.SATISFIED) == expected
    assert not violated & undetermined


@pytest.mark.parametrize(("serves", "expected"), [(True, True), (False, None), (None, None)])
def test_a_group_that_the_table_has_no_column_for_is_unknown(serves: bool | None, expected: bool | None) -> None:
    """A post for veterans and kin of martyrs, a table that asks only about veterans: nobody is outside for sure."""
    post = {"code": "01", "name": "执勤", "category": "field", "headcount": 1}
    post |= {"pool": {"when": ["veteran", "martyr_kin"], "reason": "双拥定向"}}
    announcement = Announcement.model_validate(
        {"title": "公告", "organ": {"name": "三台县公安局", "level": "county"}, "positions": [post]}
    )
    frame = pl.DataFrame(
        [{"id": "A1", "position": "01", "veteran": serves}],
        schema={"id": pl.String, "position": pl.String, "veteran": pl.Boolean},
    )
    judged = screen(announcement, frame, today=TODAY).edition.outcomes
    assert judged["recruitment.pool"].to_list() == [expected]
