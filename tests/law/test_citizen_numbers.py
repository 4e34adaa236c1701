"""The citizen number: its check digit, the birth date in it, and whose it can be."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from fujing.law.citizen_numbers import (
    CHECK_DIGITS,
    TITLES,
    WEIGHTS,
    birth_expression,
    birth_of,
    check_digit,
    is_male,
    is_well_formed,
)


def number(order: str, born: str = "19900122") -> str:
    first = f"510722{born}{order}"
    return first + check_digit(first)


def test_weights_are_powers_of_two_and_each_remainder_has_its_sign() -> None:
    """GB 11643 by its definition: the sum of all eighteen, the last with weight 1, leaves 1 when divided by 11."""
    assert [2 ** (17 - place) % 11 for place in range(17)] == list(WEIGHTS)
    assert [(remainder + (10 if sign == "X" else int(sign))) % 11 for remainder, sign in enumerate(CHECK_DIGITS)] == (
        [1] * 11
    )


# 11010519491231002X is the example that the standard prints.
@pytest.mark.parametrize(
    ("first", "last"),
    [("11010519491231002", "X"), ("44052418800101001", "4"), ("00000000000000000", "1"), ("10000000000000000", "5")],
)
def test_the_last_character_follows_from_the_others(first: str, last: str) -> None:
    assert check_digit(first) == last


@pytest.mark.parametrize(
    ("given", "well_formed", "born"),
    [
        ("11010519491231002X", True, date(1949, 12, 31)),
        ("11010519491231002x", True, None),
        ("110105194912310021", False, None),
        ("440524188001010014", True, date(1880, 1, 1)),
        (number("001", "19900230"), True, None),
        (number("001", "19901322"), True, None),
        (number("001", "19900100"), True, None),
        (number("001", "20000229"), True, date(2000, 2, 29)),
        ("11010519491231002", False, None),
        ("11010519491231002XX", False, None),
        ("1101051949123100２X", False, None),
        ("1101051949123100²X", False, None),
        ("A1010519491231002X", False, None),
        ("11010519491231002Ｘ", False, None),
        ("", False, None),
    ],
)
def test_a_number_is_taken_only_with_its_own_last_character_and_a_real_day(
    given: str, well_formed: bool, born: date | None
) -> None:
    assert is_well_formed(given) is well_formed
    assert birth_of(given) == born
    column = pl.DataFrame({"number": [given, None]}).select(birth_expression(pl.col("number")))
    assert column.to_series().to_list() == [born, None]


@pytest.mark.parametrize(("order", "male"), [("001", True), ("002", False), ("990", False), ("099", True)])
def test_the_seventeenth_digit_tells_men_from_women(order: str, male: bool) -> None:
    assert is_male(number(order)) is male


def test_the_column_has_four_other_names() -> None:
    assert TITLES == ("身份证号", "身份证号码", "居民身份证号", "居民身份证号码")
