"""Work that auxiliaries may never do (第十三条), recognised in names of posts and texts of duties."""

from __future__ import annotations

from dataclasses import dataclass

from fujing.law.prohibitions.lexicon import Answer, Lexicon, lexicon
from fujing.law.prohibitions.screening import Passage, Reading, graver, screen

__all__ = [
    "Answer",
    "Lexicon",
    "Passage",
    "ProhibitedWork",
    "Reading",
    "graver",
    "lexicon",
    "prohibited_work",
    "screen",
    "screened",
]


@dataclass(frozen=True, slots=True)
class ProhibitedWork:
    """A passage that names prohibited work."""

    provision: str
    words: str


def screened(text: str, words: Lexicon | None = None) -> Reading:
    """A text read with our lexicon, or with one that an organ has extended."""
    return screen(text, words or lexicon())


def prohibited_work(text: str) -> list[ProhibitedWork]:
    """Passages of a text that name work under Article 13, at most one per item."""
    return [
        ProhibitedWork(each.provision, each.words) for each in screened(text).passages if each.answer is Answer.STOPPED
    ]
