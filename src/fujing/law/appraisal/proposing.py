"""Grades of a whole round: by the bounds, then by the places of the best. Nobody gets a grade from what isn't known."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fujing.kernel.numbers import bare
from fujing.law.appraisal.scheme import BASES, Grade, Scheme


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody in the round: exact points (None while a score is missing), and whether they take part (None: unknown)."""

    key: Hashable
    total: Decimal | None
    due: bool | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A grade, or None with the reason: no grade is due, a fact is missing, or people decide between equals."""

    grade: str | None
    because: str
    undecided: bool = False


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the best: how many are the base, how many may be given (None: the scheme says no share), and why."""

    base: int
    most: int | None
    because: str


def places(scheme: Scheme, entries: Sequence[Entry]) -> Places:
    """Only whom is known to count makes the base: what is unknown never makes a place more."""
    known = [each for each in entries if each.due]
    base = len(known if scheme.base == "due" else [each for each in known if each.total is not None])
    most = scheme.places(base)
    limited = "、".join(grade.name for grade in scheme.grades if grade.limited)
    if scheme.base is None or most is None:
        return Places(base, None, f"方案没有写明{limited}的比例，不能确定名额")
    said = f"{BASES[scheme.base]}{base}人，{limited}不超过{scheme.share}%，{base}×{scheme.share}%"
    return Places(base, most, f"{said}取整为{most}人")


def propose(scheme: Scheme, entries: Sequence[Entry]) -> dict[Hashable, Proposal]:
    """A grade for everybody who can get one. Equal points at the border of the places are left to people."""
    found = {each.key: _alone(scheme, each) for each in entries}
    best = [each for each in entries if (grade := _bound(scheme, each)) and grade.limited]
    given = places(scheme, entries)
    if given.most is None:
        return found | {each.key: Proposal(None, given.because, undecided=True) for each in best}
    totals = sorted((each.total for each in best if each.total is not None), reverse=True)
    if len(totals) <= given.most:
        return found
    border = totals[given.most]
    equal = given.most > 0 and totals[given.most - 1] == border
    for each in best:
        if each.total is None or each.total > border:
            continue
        if each.total == border and equal:
            why = f"名额{given.most}人，与他人同为{bare(border)}分，由机关研究确定"
            found[each.key] = Proposal(None, why, undecided=True)
        else:
            below = scheme.below_the_best.name
            found[each.key] = Proposal(below, f"达到分数线，名额{given.most}人已满，为{below}")
    return found


def _bound(scheme: Scheme, entry: Entry) -> Grade | None:
    return scheme.grade_of(entry.total) if entry.due and entry.total is not None else None


def _alone(scheme: Scheme, entry: Entry) -> Proposal:
    if entry.due is False:
        return Proposal(None, "不确定等次")
    if entry.due is None:
        return Proposal(None, "是否参加考核待核实", undecided=True)
    if entry.total is None:
        return Proposal(None, "评分不全，待核实", undecided=True)
    grade = scheme.grade_of(entry.total)
    return Proposal(grade.name, f"{bare(entry.total)}分，{grade.name}从{bare(grade.at_least)}分起")


def may_have(scheme: Scheme, total: Decimal, name: str) -> bool:
    """Whether somebody with so many points may be given a grade: the one by the bounds, or a lower one."""
    grade = scheme.named(name)
    return grade is not None and total >= grade.at_least
