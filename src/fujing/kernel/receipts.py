"""Codes that are written down and typed in: whoever holds a receipt reads how far a matter is without signing in."""

from __future__ import annotations

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Characters that nobody confuses."""


def code(length: int) -> str:
    """A code that can't be guessed."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def receipt() -> str:
    """The code of one matter."""
    return code(12)
