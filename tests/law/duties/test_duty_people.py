"""Who is meant by a number, what the roster says of them, and which certificate answers for a needed one."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from fujing.law.duties.people import Auxiliary, People, held, people_of
from fujing.law.formats.roster import Roster
from fujing.law.roster.certificates import Certificate
from tests.law.duties.test_duty_rules import NUMBER

DAY, BEFORE, AFTER = date(2026, 3, 2), date(2026, 3, 1), date(2026, 3, 3)


@pytest.mark.parametrize(
    ("hired", "left", "serves"),
    [
        (None, None, True),
        (DAY, None, True),
        (AFTER, None, False),
        (None, DAY, False),
        (None, AFTER, True),
        (BEFORE, BEFORE, False),
    ],
)
def test_service_begins_on_its_first_day_and_is_over_on_the_day_of_leaving(
    hired: date | None, left: date | None, serves: bool
) -> None:
    assert Auxiliary(NUMBER, hired=hired, left=left).in_service(DAY) is serves


def test_of_several_rows_the_first_in_service_is_meant_else_the_last() -> None:
    gone, serving = Auxiliary(NUMBER, left=BEFORE, card="1"), Auxiliary(NUMBER, card="2")
    again, later = Auxiliary(NUMBER, card="3"), Auxiliary(NUMBER, hired=AFTER, card="4")

    def found(*rows: Auxiliary, day: date | None = DAY, number: str | None = NUMBER) -> Auxiliary | None:
        return People({NUMBER: rows, "510722199001010015": rows}, frozenset()).find(number, day)

    assert found(gone, serving, again) is serving
    assert found(gone, later) is later
    assert found(later, gone) is gone
    assert found(gone, serving, day=None) is gone
    assert found(serving, number=None) is found(serving, number="510722199001010022") is None
    assert found(serving, number="510722199001010015") is None


def test_a_roster_row_says_what_its_columns_say() -> None:
    said: dict[str, list[Any]] = {
        "id_number": [NUMBER, None, NUMBER],
        "category": ["勤务", "文职", "临时"],
        "post": ["巡逻", "内勤", "食堂"],
        "hired_on": [date(2022, 3, 1), None, None],
        "left_on": [AFTER, None, None],
        "inducted_on": [date(2022, 3, 2), None, None],
        "inducted_on_said": [None, None, "无"],
        "card_number": ["SC1", None, None],
        "card_valid_to": [date(2027, 12, 31), None, None],
        "qualifications": ["急救证:2027-01-01", None, "无"],
    }
    roster = Roster("册.xlsx", pl.DataFrame(said, schema_overrides={"card_number": pl.String}), None)
    people = people_of(roster)
    assert people.columns == set(said) - {"inducted_on_said"}
    assert people.by_number == {
        NUMBER: (
            Auxiliary(
                id_number=NUMBER,
                category="field",
                excluded=None,
                hired=date(2022, 3, 1),
                left=AFTER,
                induction=date(2022, 3, 2),
                card="SC1",
                card_until=date(2027, 12, 31),
                certificates=(Certificate("急救证", date(2027, 1, 1)),),
            ),
            Auxiliary(id_number=NUMBER, excluded="食堂", induction="无", certificates=()),
        )
    }
    bare = people_of(Roster("册.xlsx", pl.DataFrame({"id_number": [NUMBER]}), None))
    assert bare == People({NUMBER: (Auxiliary(NUMBER),)}, frozenset({"id_number"}))


VALID, PAST, UNDATED = ("急救证", DAY), ("急救证", BEFORE), ("急救证", None)
OTHER = ("游泳证", AFTER)


@pytest.mark.parametrize(
    ("certificates", "answer", "which"),
    [
        ([], "missing", None),
        ([OTHER], "missing", None),
        ([VALID], "valid", 0),
        ([PAST], "expired", 0),
        ([UNDATED], "undated", 0),
        ([PAST, UNDATED, VALID], "valid", 2),
        ([PAST, UNDATED], "undated", 1),
        ([UNDATED, VALID], "valid", 1),
        ([PAST, ("急救", AFTER)], "unclear", 1),
        ([("急救", AFTER), UNDATED], "undated", 1),
        ([OTHER, PAST, ("急救证", date(2026, 2, 1))], "expired", 1),
    ],
)
def test_the_best_certificate_answers_for_a_needed_one(
    certificates: list[tuple[str, date | None]], answer: str, which: int | None
) -> None:
    listed = tuple(Certificate(*each) for each in certificates)
    assert held(listed, "急救证", DAY) == (answer, None if which is None else listed[which])
    if which is not None and answer in ("valid", "expired"):
        assert held(listed[which : which + 1], "急救证", None) == ("undated", listed[which])
