"""Applications and their screening."""

from __future__ import annotations

from fujing.recruitment.applications.models.applications import REVIEWED, Application, Attachment, OwnCopy, Verification
from fujing.recruitment.applications.models.screening import ScreeningBlock, ScreeningResult, ScreeningRun

__all__ = [
    "REVIEWED",
    "Application",
    "Attachment",
    "OwnCopy",
    "ScreeningBlock",
    "ScreeningResult",
    "ScreeningRun",
    "Verification",
]
