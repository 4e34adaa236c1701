"""What a round of appraisals goes by: weights, grades, the share of the best, who takes part. Data of the bureau.

What a scheme doesn't say (None) is undetermined: it never counts as said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict

from fujing.law.appraisal.grades import BEST, USUAL
from fujing.law.parameters import Parameters

HEADINGS = {"duty": "履职情况", "performance": "工作绩效", "conduct": "遵章守纪", "education": "教育培训"}
"""The four that Article 25 names."""
FULL = 100
"""The most that a heading scores, and the sum of the weights in per cent."""
Base = Literal["graded", "due"]
BASES: dict[Base, str] = {"graded": "参加考核并确定等次的人数", "due": "应当参加考核的人数"}
Scores = Mapping[str, Decimal | None]
"""Points by heading, from 0 to 100 with two decimals; None where nobody scored."""


class Grade(BaseModel):
    """A grade, from `at_least` points on (inclusive). Those that are `limited` share the places of the best."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    at_least: Decimal
    limited: bool = False


class Scheme(BaseModel):
    """Weights in per cent, `officer_share` is how much of a heading's points the officer's count, the rest the unit's.

    `grades` from the best to the lowest. `share`: at most so many per cent of `base` get a limited grade. `months`: who
    served less full months of the period gets no grade; `absent_days`: who was away for more days; `probation`: whether
    people in probation get one. Publicity and the term for asking a reconsideration are in working days.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    weights: dict[str, int]
    officer_share: int
    grades: tuple[Grade, ...]
    share: int | None = None
    base: Base | None = None
    months: int | None = None
    absent_days: int | None = None
    probation: bool | None = None
    publicity_days: int | None = None
    reconsider_days: int | None = None
    document: str = ""

    def grade_of(self, total: Decimal) -> Grade:
        """The grade that so many points give by the bounds alone."""
        return next(grade for grade in self.grades if total >= grade.at_least)

    def named(self, name: str) -> Grade | None:
        """The grade of that name."""
        return next((grade for grade in self.grades if grade.name == name), None)

    @property
    def below_the_best(self) -> Grade:
        """The best grade that everybody may get."""
        return next(grade for grade in self.grades if not grade.limited)

    def total(self, officer: Scores | None, unit: Scores | None) -> Decimal | None:
        """Points of both, weighted, exact to six decimals; None while any score is missing."""
        if officer is None or unit is None:
            return None
        weighed = Decimal(0)
        for heading in HEADINGS:
            first, second = officer.get(heading), unit.get(heading)
            if first is None or second is None:
                return None
            weighed += self.weights[heading] * (self.officer_share * first + (FULL - self.officer_share) * second)
        return weighed / (FULL * FULL)

    def places(self, base: int) -> int | None:
        """How many may have a limited grade: the share of the base, rounded down; None where the scheme says no share."""
        return None if self.share is None else base * self.share // FULL


def faults(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """What keeps a round from going by a scheme: field and sentence."""
    lacking = [label for key, label in HEADINGS.items() if scheme.weights.get(key, 0) < 1]
    if lacking:
        yield "weights", f"{'、'.join(lacking)}没有权重，四项内容都应当考核（第二十五条）。"
    if set(scheme.weights) - set(HEADINGS):
        yield "weights", "考核内容应为履职情况、工作绩效、遵章守纪、教育培训。"
    if sum(scheme.weights.values()) != FULL or min(scheme.weights.values(), default=0) < 0:
        yield "weights", f"权重合计应为 100，现为 {sum(scheme.weights.values())}。"
    if not 0 <= scheme.officer_share <= FULL:
        yield "officer_share", "责任民警评分所占比重应在 0 至 100 之间。"
    yield from _grades(scheme)
    for key, most in (("share", FULL), ("months", 12), ("absent_days", 366), ("publicity_days", 60)):
        value = getattr(scheme, key)
        if value is not None and not 0 <= value <= most:
            yield key, f"应在 0 至 {most} 之间。"
    if (scheme.share is None) is not (scheme.base is None):
        yield "base", "比例和基数应一并写明，不清楚的都不填。"


def _grades(scheme: Scheme) -> Iterator[tuple[str, str]]:
    bounds = [grade.at_least for grade in scheme.grades]
    names = [grade.name.strip() for grade in scheme.grades]
    limited = [grade.limited for grade in scheme.grades]
    if len(scheme.grades) < 2 or not all(names) or len(set(names)) < len(names):
        yield "grades", "等次至少两个，名称不同。"
    elif bounds != sorted(set(bounds), reverse=True) or bounds[0] > FULL:
        yield "grades", "等次应从高到低，分数线逐级降低，最高不超过 100 分。"
    elif bounds[-1] != 0:
        yield "grades", "最低的等次应从 0 分起，使每个分数都有等次。"
    elif limited != sorted(limited, reverse=True) or limited[-1]:
        yield "grades", "限制比例的应为最高的等次，并且不是全部。"


def usual(p: Parameters) -> Scheme:
    """A scheme to begin with: equal weights, the roster's grades, and what the parameters of the day say."""
    return Scheme(
        weights={"duty": 30, "performance": 30, "conduct": 20, "education": 20},
        officer_share=50,
        grades=tuple(
            Grade(name=name, at_least=Decimal(at_least), limited=name in BEST)
            for name, at_least in zip(USUAL, (90, 70, 60, 0), strict=True)
        ),
        share=p["appraisal.best.share"],
        base=p["appraisal.best.base"],
        months=p["appraisal.service.months"],
        absent_days=p["appraisal.absence.days"],
        probation=p["appraisal.probation.graded"],
        publicity_days=p["appraisal.publicity.days"],
        reconsider_days=p["appraisal.reconsideration.days"],
    )
