"""Numbers as pages bring them and show them."""

from __future__ import annotations

from decimal import Decimal

DIGITS = 18
MOST = 10**DIGITS - 1
"""The largest number that a row's id or a code may have: it fits PostgreSQL's bigint."""


def number_of(text: str) -> int | None:
    """A whole number that fits a bigint, written in plain digits, with blanks around it at most; else nothing."""
    said = text.strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= DIGITS else None


def bare(number: Decimal) -> str:
    """A number as it would be typed, whatever its column keeps: 175 of 175.0, 4.8 of 4.80, 1000 of 1E+3."""
    return f"{number.normalize():f}"
