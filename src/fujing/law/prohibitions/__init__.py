"""Work that auxiliaries may never do (第十三条), recognised in names of posts and texts of duties."""

from __future__ import annotations

from fujing.law.prohibitions.lexicon import Answer, Lexicon, lexicon
from fujing.law.prohibitions.screening import Passage, Reading, graver, screen

__all__ = ["Answer", "Lexicon", "Passage", "Reading", "graver", "lexicon", "screen", "screened"]


def screened(text: str, words: Lexicon | None = None) -> Reading:
    """A text read with our lexicon, or with one that an organ has extended."""
    return screen(text, words or lexicon())
