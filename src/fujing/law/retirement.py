"""The statutory retirement age by month of birth, raised step by step from 2025 on, to which Article 39 leads.

It ends a labour contract (Regulations on the Labour Contract Law 21) and, five years before, protects from being
dismissed (Labour Contract Law 42). What a person chooses instead (earlier or later, up to three years) is not reckoned.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from fujing.law.parameters import Parameters
from fujing.law.periods import months_later

MALE, STAFF, WORKER = "male", "female_staff", "female_worker"
KINDS = {"male": (MALE,), "female": (WORKER, STAFF)}
"""The ages that may be somebody's, by sex; a woman's depends on her post, the earlier first."""
LABELS = {MALE: "男职工", STAFF: "管理、技术岗位的女职工", WORKER: "其他女职工"}
RAISED = date(2025, 1, 1)
"""From whose old retirement month on the age rises."""


class Age(NamedTuple):
    """A retirement age in years and months, and the day on which it is reached."""

    years: int
    months: int
    day: date

    def __str__(self) -> str:
        return f"{self.years}周岁" + (f"{self.months}个月" if self.months else "")


@dataclass(frozen=True, slots=True)
class Retirement:
    """When somebody reaches the age: `earliest` and `latest` differ where the post decides and isn't known."""

    earliest: Age | None
    latest: Age | None
    because: str


def retirement_age(p: Parameters, born: date, kind: str) -> Age | None:
    """The age of a kind for who was born on a day; None where no figure applies on the parameters' day."""
    figures = p["contract.retirement"]
    if figures is None:
        return None
    years, every, most = figures[kind]
    passed = (born.year + years - RAISED.year) * 12 + born.month - RAISED.month
    delay = min(most, passed // every + 1) if passed >= 0 else 0
    reached = months_later(born, years * 12 + delay)
    return Age(years + delay // 12, delay % 12, reached)


def retirement(p: Parameters, born: date, sex: str) -> Retirement:
    """When somebody of a sex (`male`, `female`) reaches the statutory age, with the sentence that says why."""
    ages = [retirement_age(p, born, kind) for kind in KINDS[sex]]
    first, last = ages[0], ages[-1]
    if first is None or last is None:
        return Retirement(None, None, f"没有登记{p.day}适用的法定退休年龄，待核实")
    said = "；".join(
        f"{LABELS[kind]}{age}，{age.day:%Y年%m月}" for kind, age in zip(KINDS[sex], ages, strict=True) if age
    )
    return Retirement(first, last, f"{born}出生，法定退休年龄：{said}")


def latest_birth(p: Parameters, sex: str, day: date) -> date | None:
    """Who was born on this day or before has reached the age by `day`, a woman the earlier of the two that may be hers;
    None where no figure applies."""
    figures, kind = p["contract.retirement"], KINDS[sex][0]
    if figures is None:
        return None
    years, _, most = figures[kind]
    births = range(months_later(day, -12 * years - most).toordinal(), months_later(day, -12 * years).toordinal() + 2)
    reached = bisect_right(births, day, key=lambda birth: retirement_age(p, date.fromordinal(birth), kind).day)  # type: ignore[union-attr]
    return date.fromordinal(births.start + reached - 1)
