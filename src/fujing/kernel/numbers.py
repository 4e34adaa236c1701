"""Whole numbers as addresses and keys of pages bring them."""

from __future__ import annotations

DIGITS = 18
MOST = 10**DIGITS - 1
"""The largest number that a row's id or a code may have: it fits PostgreSQL's bigint."""


def number_of(text: str) -> int | None:
    """A whole number that fits a bigint, written in plain digits, with blanks around it at most; else nothing."""
    said = text.strip()
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= DIGITS else None
