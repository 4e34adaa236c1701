"""Exact rounding of non-negative fractions of integers, one at a time and by column."""

from __future__ import annotations

from typing import TypeVar

import polars as pl

N = TypeVar("N", int, pl.Expr)


def divide(number: N, by: N, mode: str) -> N:
    """`number / by` as an integer: half_up, half_down, half_even, up or down. Both must be ≥ 0, `by` > 0."""
    if mode == "down":
        return number // by
    if mode == "up":
        return (number + by - 1) // by
    if mode == "half_up":
        return (2 * number + by) // (2 * by)
    if mode == "half_down":
        return (2 * number + by - 1) // (2 * by)
    # half_even: half up, and one less where the half went to an odd neighbour.
    nearest = (2 * number + by) // (2 * by)
    exact_half = (2 * number + by) % (2 * by) == 0
    odd = nearest % 2 == 1
    if isinstance(number, pl.Expr):
        return nearest - (exact_half & odd).cast(pl.Int64)
    return nearest - int(exact_half and odd)
