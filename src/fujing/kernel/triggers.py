"""Pieces of SQL that triggers are written of."""

from __future__ import annotations

from collections.abc import Iterable


def listed(words: Iterable[str]) -> str:
    """Words as an SQL list."""
    return ", ".join(f"'{word}'" for word in words)


def columns(side: str, names: Iterable[str]) -> str:
    """Columns of one side of a change, `OLD` or `NEW`, as an SQL list."""
    return ", ".join(f"{side}.{name}" for name in names)
