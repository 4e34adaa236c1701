"""Exact columns against fractions, row by row; and that they refuse before they could overflow, not earlier."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from operator import add, mul, sub
from random import Random

import polars as pl
import pytest

from fujing.law.pay.exact import LIMIT, Exact, TooLarge, column, constant, whole
from fujing.law.pay.told import Told
from tests.law.pay.oracle import half_away

CENT = Fraction(1, 100)
BRACKETS = ((36_000, 3, 0), (144_000, 10, 2_520), (None, 20, 16_920))
FRACTIONS = [
    Fraction(n, d) for n, d in ((-7, 2), (-1, 200), (0, 1), (1, 200), (1, 3), (5, 1), (36_000, 1), (72_001, 2))
]


def columns(seed: int) -> list[Exact]:
    """Columns of three people, and numbers that are the same for all of them."""
    random = Random(seed)
    several = [
        column(pl.Series([random.randint(-(10**6), 10**6) for _ in range(3)]), random.choice([1, 2, 3, 100, 999]))
        for _ in range(4)
    ]
    return [*several, *(constant(random.choice(FRACTIONS)) for _ in range(3))]


def rows(number: Exact) -> list[Fraction]:
    assert all(abs(value) <= number.bound for value in number.values)
    return [number.fraction(row) for row in range(3)]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(add, add), (sub, sub), (mul, mul), (Exact.at_least, max), (Exact.at_most, min)],
    ids=["add", "subtract", "multiply", "at least", "at most"],
)
@pytest.mark.parametrize("seed", range(4))
def test_two_columns_make_what_their_fractions_make(
    seed: int, ours: Callable[[Exact, Exact], Exact], theirs: Callable[[Fraction, Fraction], Fraction]
) -> None:
    every = columns(seed)
    for one in every:
        for two in every:
            assert rows(ours(one, two)) == [theirs(a, b) for a, b in zip(rows(one), rows(two), strict=True)]


@pytest.mark.parametrize("seed", range(4))
def test_one_column_becomes_what_its_fractions_become(seed: int) -> None:
    for one in columns(seed):
        before = rows(one)
        assert rows(-one) == [-each for each in before]
        assert rows(one / constant(Fraction(87, 4))) == [each / Fraction(87, 4) for each in before]
        for unit in (CENT, Fraction(1), Fraction(5, 2)):
            assert rows(one.rounded(unit)) == [half_away(each, unit) for each in before]
        holds = pl.Series([True, False, True])
        assert rows(one.where(holds)) == [each if held else 0 for each, held in zip(before, holds, strict=True)]
        assert [one.spread(3).values.len(), *rows(one.spread(3))] == [3, *before]


@pytest.mark.parametrize(
    ("income", "due"),
    [("0", "0"), ("36000", "1080"), ("36000.01", "1080.001"), ("144000", "11880"), ("144000.01", "11880.002"), ("200000", "23080")],
)  # fmt: skip
def test_an_upper_bound_belongs_to_its_own_bracket(income: str, due: str) -> None:
    amount = Fraction(income)
    assert constant(amount).taxed(BRACKETS).fraction(0) == Fraction(due)
    assert Told(amount).taxed(BRACKETS).value == Fraction(due)


def test_a_bound_is_no_wider_than_what_is_added_multiplied_divided_and_rounded() -> None:
    one, two = constant(Fraction(7, 3)), constant(Fraction(5, 2))
    for made in (one + two, one * two, one / two, -one, two.rounded(Fraction(1)), one.rounded(CENT), one.spread(2)):
        assert made.bound == abs(made.values[0])
    assert (column(pl.Series([-7, 3, None])).bound, column(pl.Series([], dtype=pl.Int64)).bound) == (7, 0)
    assert column(pl.Series([True, False])).bound == 1


def test_what_could_pass_the_limit_is_refused_and_what_is_below_it_is_exact() -> None:
    most = LIMIT - 1
    assert LIMIT == 2**126
    assert constant(most).fraction(0) == most
    with pytest.raises(TooLarge, match=f"^数字太大，不能精确计算：{LIMIT}/1$"):
        constant(LIMIT)
    with pytest.raises(TooLarge):
        constant(Fraction(-LIMIT))
    assert constant(Fraction(most // 2, 2)).fraction(0) == Fraction(most // 2, 2)
    with pytest.raises(TooLarge):
        constant(Fraction(most, 2))


@pytest.mark.parametrize("sign", [1, -1])
def test_rounding_is_refused_where_twice_the_number_would_pass_the_limit(sign: int) -> None:
    most = LIMIT // 2 - 1
    assert constant(sign * most).rounded(Fraction(1)).fraction(0) == sign * most
    with pytest.raises(TooLarge, match="不能精确舍入"):
        constant(sign * (most + 1)).rounded(Fraction(1))
    cents = (LIMIT - 101) // 200
    assert Exact(whole(sign * cents), 100, cents).rounded(CENT).fraction(0) == Fraction(sign * cents, 100)
    with pytest.raises(TooLarge, match="舍入"):
        Exact(whole(sign * (cents + 1)), 100, cents + 1).rounded(CENT)
