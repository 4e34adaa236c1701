"""Who reads a report: the discipline officers of the competent bureau, but nobody who is accused and nobody of their unit.

Three-valued: True may read, False may never, None isn't known. Only who is known to be allowed gets a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from fujing.law.jurisdiction import divisions

LEAST_FOR_IDENTITY = 2
"""The identity is opened by two people: with fewer readers it isn't taken."""
MOST = 8
"""So many readers of one report at most, the ones with the oldest keys: each two of them have a box for the identity."""


class About(StrEnum):
    """Whom a report accuses."""

    AUXILIARY = "auxiliary"
    UNIT = "unit"
    LEADER = "leader"
    DISCIPLINE = "discipline"


ABOUT = {
    About.AUXILIARY: "警务辅助人员",
    About.UNIT: "派出所、大队等单位或者其负责人",
    About.LEADER: "公安局（分局）的领导",
    About.DISCIPLINE: "公安局（分局）的纪检督察人员",
}
TO_SUPERIOR = frozenset({About.LEADER, About.DISCIPLINE})
"""Who stands above the bureau's own readers, or is one of them: the superior bureau is competent."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A discipline officer with a key. `unit` is the code of the unit they belong to; None: it isn't known."""

    account: int
    name: str
    organ: int
    unit: int | None


@dataclass(frozen=True, slots=True)
class Accused:
    """Whom a report accuses: the bureau, the names that were typed, and the unit where it is known."""

    organ: int
    about: About
    names: frozenset[str] = frozenset()
    unit: int | None = None


def named_in(words: str) -> frozenset[str]:
    """The names that somebody wrote one after another."""
    return frozenset(re.split(r"[、，,\s]+", words)) - {""}


def competent(accused: Accused) -> int | None:
    """The bureau whose discipline officers read: the accused's, or the superior of one whose own people stand above
    or among its readers. None above the province: the report goes outside of the system."""
    return superior(accused.organ) if accused.about in TO_SUPERIOR else accused.organ


def superior(organ: int) -> int | None:
    """The bureau above: of the city, of the province; None above that."""
    division = divisions().get(str(organ // 10**6))
    return int(division.parent) * 10**6 if division and division.parent else None


def may_read(candidate: Candidate, accused: Accused) -> bool | None:
    """Whether somebody may read. A namesake of the accused may not: who it is isn't known."""
    if accused.about in TO_SUPERIOR and candidate.organ == accused.organ:
        return False
    if candidate.name in accused.names:
        return False
    if accused.unit is None or accused.unit == accused.organ:
        return True
    return None if candidate.unit is None else candidate.unit != accused.unit


def readers(accused: Accused, candidates: Mapping[int, Iterable[Candidate]]) -> tuple[int | None, list[Candidate]]:
    """The competent bureau and its readers; where it has none, the nearest above that has. `candidates` by bureau."""
    organ = competent(accused)
    while organ is not None:
        found = [each for each in candidates.get(organ, ()) if may_read(each, accused) is True]
        if found:
            return organ, found[:MOST]
        organ = superior(organ)
    return None, []
