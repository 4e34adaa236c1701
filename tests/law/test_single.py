"""A rule is one expression with two evaluators, of a table and of one person: they never disagree."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fujing.law.citizen_numbers import check_digit
from fujing.law.education import LEVELS
from fujing.law.engine import ConflictingExceptions, choose, when
from fujing.law.rulebooks.applicant import ALLOWED_EVERYONE, Applicant
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.law.single import Single, value_of
from tests.law.test_engine import BOOK
from tests.law.test_engine import Person as Tried

DAY = date(2026, 1, 22)
# The days on which ages change, leap days among them, and any other.
DAYS = st.dates(date(1955, 1, 1), date(2012, 12, 31)) | st.sampled_from(
    [date(1990, 1, 22), date(1990, 1, 23), date(1991, 1, 22), date(2008, 1, 22), date(2008, 1, 23), date(1992, 2, 29)]
)
CUTOFFS = st.sampled_from([DAY, date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 1), date(2020, 1, 1)])


def tenths(least: int, most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(least, most).map(lambda number: Decimal(number) / 10)


def numbers(born: date, order: int) -> str:
    first = f"510722{born:%Y%m%d}{order:03d}"
    return first + check_digit(first)


TEXTS: dict[str, list[Any]] = {
    "nationality": ["中国", "CN", "中华人民共和国", "中国香港", "越南", ""],
    "sex": ["male", "female"],
    "post_sex": ["male", "female", "any"],
    "education": [*LEVELS, "文盲"],
    "post_category": ["civil", "field"],
    "age_reading": ["completed_years", "birthday_inclusive"],
}
LIMITS = st.sampled_from([0, 17, 18, 30, 35, 36, 40, ALLOWED_EVERYONE])
RANKS = st.integers(0, len(LEVELS) - 1)
VALUES: dict[str, st.SearchStrategy[Any]] = {
    **{name: st.sampled_from(texts) for name, texts in TEXTS.items()},
    "birth_date": DAYS,
    "cutoff": CUTOFFS,
    "event_date": CUTOFFS,
    "id_number": st.builds(numbers, DAYS, st.integers(0, 999))
    | st.sampled_from(["", "51072219900122001x", "510722199013400014", "51072219900122００１X", "5107221990012200\n1X"])
    | st.text("0123456789Xx", min_size=17, max_size=19),
    "height_cm": tenths(1500, 1900),
    "weight_kg": tenths(350, 1200),
    **dict.fromkeys(("naked_vision", "corrected_vision", "post_vision", "post_corrected_vision"), tenths(0, 53)),
    **dict.fromkeys(("post_height_male", "post_height_female"), st.just(Decimal(0)) | tenths(1600, 1750)),
    **dict.fromkeys(("post_bmi_min", "post_bmi_max"), st.just(Decimal(0)) | tenths(180, 300)),
    **dict.fromkeys(("education_floor", "education_floor_possible"), RANKS),
    **dict.fromkeys(("post_age_min", "post_age_max", "post_age_scarce", "age_limit", "age_limit_possible"), LIMITS),
    **dict.fromkeys(("post_window_from", "post_window_to"), DAYS),
}
OTHERS = {pl.Boolean: st.booleans(), pl.String: st.text(max_size=3)}
FACTS = {name: VALUES[name] if name in VALUES else OTHERS[dtype] for name, dtype in Applicant.schema().items()}
PEOPLE = st.fixed_dictionaries({name: st.none() | fact for name, fact in FACTS.items()})


@settings(max_examples=150, deadline=None)
@given(st.lists(PEOPLE, min_size=1, max_size=20), st.sets(st.sampled_from(sorted(FACTS)), max_size=8))
def test_a_table_and_each_person_alone_are_judged_alike(people: list[dict[str, Any]], absent: set[str]) -> None:
    parameters = RECRUITMENT.parameters(DAY)
    schema = {name: dtype for name, dtype in Applicant.schema().items() if name not in absent}
    rows = [{name: person[name] for name in schema} for person in people]
    table = RECRUITMENT.evaluate(pl.DataFrame(rows, schema=schema), parameters).outcomes
    assert [RECRUITMENT.judge(row, parameters) for row in rows] == table.to_dicts()


@pytest.mark.parametrize("key", ["recruitment.age.max", "recruitment.age.min", "recruitment.education.civil_min"])
@settings(max_examples=30, deadline=None)
@given(person=PEOPLE)
def test_what_a_missing_parameter_leaves_open_is_open_for_both(key: str, person: dict[str, Any]) -> None:
    parameters = RECRUITMENT.parameters(DAY, {key: None})
    table = RECRUITMENT.evaluate(pl.DataFrame([person], schema=Applicant.schema()), parameters).outcomes
    assert RECRUITMENT.judge(person, parameters) == table.to_dicts()[0]


UNKNOWN = st.sampled_from([True, False, None])


@given(UNKNOWN, UNKNOWN, UNKNOWN)
def test_every_combination_of_outcomes_is_that_of_columns(one: Any, two: Any, three: Any) -> None:
    columns = [pl.lit(value, pl.Boolean) for value in (one, two, three)]
    singles = [Single(value) for value in (one, two, three)]

    def combined(a: Any, b: Any, c: Any) -> list[Any]:
        chain = when(a).then(b).when(b).then(c)
        found = [a & b, a | b, ~a, a == b, a != b, choose(a, b, c), a.is_null(), a.is_not_null()]
        return [*found, a.fill_null(b), a.fill_null(True), chain, chain.otherwise(a), when(a).then(None).otherwise(c)]

    table = pl.select(**{f"{place}": each for place, each in enumerate(combined(*columns))}).row(0)
    assert [value_of(each) for each in combined(*singles)] == list(table)


def test_two_exceptions_that_disagree_are_an_error_for_one_person_too() -> None:
    with pytest.raises(ConflictingExceptions, match=r"第十八条第（三）项、第十九条第（二）项"):
        BOOK.judge({"age": 30, "scarce": True, "hero": True}, BOOK.parameters(DAY))


def test_a_decimal_beside_a_floating_number_is_compared_as_one() -> None:
    assert value_of(Single(4.8) >= Decimal("4.8"))
    assert value_of(Single(Decimal("4.8")) <= Single(4.8))
    assert value_of(Single(4.8) * Decimal("0.5")) == value_of(Single(Decimal("0.5")) * 4.8) == 2.4


def test_two_decimals_are_compared_exactly() -> None:
    assert value_of(Single(Decimal("0.1")) == Decimal("0.1"))
    assert value_of(Single(Decimal("0.1")) * Decimal(3)) == Decimal("0.3")
    assert value_of(Single(Decimal("0.1")).round(0)) == 0


def test_an_empty_cell_is_told_from_a_column_that_is_not_there() -> None:
    facts = Tried.of_one({"age": None, "scarce": True})
    assert [value_of(facts.empty(name)) for name in ("age", "scarce", "hero")] == [True, False, False]
