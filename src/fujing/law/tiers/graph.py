"""A scheme's version as a graph over numbered tiers. Numbers are the scheme's, so they outlive a version."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from fujing.law.formats.tier_scheme import QUOTA, Appraised, Cap, Edge, TierScheme, Trainee, Version

UNRATED = -1
"""The number of whoever has no tier yet."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A cap on a set of tiers. `base`: the tiers of the set that it is a share of; None: the quota."""

    name: str
    tiers: frozenset[int]
    share: Fraction | None
    base: frozenset[int] | None
    base_name: str
    clause: str | None


UNSAID = Limit("名额", frozenset(), None, None, "", None)
"""A cap of which only is known that the scheme doesn't say it."""


class Graph:
    """One version: steps by path, caps, and where entry and demotion lead."""

    def __init__(self, numbers: dict[str, int], version: Version) -> None:
        self.version = version
        self.number = numbers
        self.edges = version.edges or ()
        self.steps = [{numbers[one]: numbers[other] for one, other in pairwise(edge.path)} for edge in self.edges]
        self.present = frozenset(numbers[tier.code] for tier in version.tiers)
        trainee = version.trainee if isinstance(version.trainee, Trainee) else None
        self.trainee = trainee
        self.trainee_tier = numbers[trainee.tier] if trainee and trainee.tier else None
        self.entry = {word: numbers[code] for word, code in version.entry.table.items()} if version.entry else {}
        self.limits = [self._limit(cap) for cap in version.caps or ()]

    def _set(self, code: str) -> frozenset[int]:
        named = next(each for each in self.version.sets if each.code == code).tiers
        tiers = (tier for tier in self.version.tiers if tier.code in named or tier.tier in named)
        return frozenset(self.number[tier.code] for tier in tiers)

    def _limit(self, cap: Cap) -> Limit:
        names = {each.code: each.name for each in self.version.sets} | {QUOTA: "用人额度"}
        share = None if cap.share is None else Fraction(cap.share)
        base = None if cap.of == QUOTA else self._set(cap.of)
        return Limit(names[cap.set], self._set(cap.set), share, base, names[cap.of], cap.clause)

    def limits_of(self, edge: Edge, one: int, other: int) -> list[Limit]:
        """The caps that a step needs a place under; staying inside a set needs none.

        Where the scheme says nothing of caps, or has a selection into a tier that no cap is on, the places are unsaid.
        """
        entered = [each for each in self.limits if other in each.tiers and one not in each.tiers]
        capped = any(other in each.tiers for each in self.limits)
        unsaid = self.version.caps is None or (not capped and edge.kind != "natural")
        return [*entered, *([UNSAID] if unsaid else [])]

    def lower(self, number: int, down: int) -> int | None:
        """So many tiers down the same ladder, its lowest at most; None from the lowest, from 见习 and without a tier."""
        here = next((tier for tier in self.version.tiers if self.number[tier.code] == number), None)
        if here is None or number == self.trainee_tier:
            return None
        ladder = [self.number[tier.code] for tier in self.version.tiers if tier.ladder == here.ladder]
        ladder = [each for each in ladder if each != self.trainee_tier]
        at = ladder.index(number)
        return ladder[max(at - down, 0)] if at else None


class Graphs:
    """All versions of a scheme over one numbering of its tiers."""

    def __init__(self, scheme: TierScheme) -> None:
        self.scheme = scheme
        codes = dict.fromkeys(tier.code for version in scheme.versions for tier in version.tiers)
        self.codes = list(codes)
        self.numbers = {code: at for at, code in enumerate(self.codes)}
        self.names = {tier.code: tier.name for version in scheme.versions for tier in version.tiers}
        self.pay = {tier.code: tier.pay for version in scheme.versions for tier in version.tiers}
        self.words = {name: self.numbers[code] for code, name in self.names.items()} | self.numbers
        self._graphs = {id(version): Graph(self.numbers, version) for version in scheme.versions}

    def of(self, version: Version) -> Graph:
        return self._graphs[id(version)]

    def name(self, number: int | None) -> str:
        """The tier as people say it."""
        if number is None:
            return "层级不明"
        return "未定级" if number == UNRATED else self.names[self.codes[number]]


def graded(edge: Edge) -> Appraised | None:
    """The condition on appraisals, if the scheme has one that can be told."""
    return edge.appraisal if isinstance(edge.appraisal, Appraised) else None
