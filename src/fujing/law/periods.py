"""Periods counted in months (期间), as contracts and reserve lists run: for one day and for a column of days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import polars as pl


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the month's last day where there is none."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def months_later_expression(day: pl.Expr, months: int) -> pl.Expr:
    """`months_later` of a column."""
    return day.dt.offset_by(f"{months}mo")


def term_expression(first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """Whole months of a period inclusive of both days: the largest n with `first` + n months - 1 day ≤ `last`."""
    after = last + pl.duration(days=1)
    months = (
        (after.dt.year() - first.dt.year()) * 12 + after.dt.month().cast(pl.Int32) - first.dt.month().cast(pl.Int32)
    )
    reached = after.dt.day() >= pl.min_horizontal(first.dt.day(), after.dt.month_end().dt.day())
    return months - (~reached).cast(pl.Int32)
