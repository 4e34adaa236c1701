"""Applications and their screening."""

from __future__ import annotations

from fujing.recruitment.applications.models.applications import (
    ALPHABET,
    REVIEWED,
    Application,
    Attachment,
    OwnCopy,
    Verification,
    receipt,
)
from fujing.recruitment.applications.models.screening import ScreeningBlock, ScreeningResult, ScreeningRun

__all__ = [
    "ALPHABET",
    "REVIEWED",
    "Application",
    "Attachment",
    "OwnCopy",
    "ScreeningBlock",
    "ScreeningResult",
    "ScreeningRun",
    "Verification",
    "receipt",
]
