"""Amounts that are easily mistaken for each other, each with its own type: what goes where is checked by mypy."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar

from fujing.law.pay.exact import Bracket

CENT, YUAN = Fraction(1, 100), Fraction(1)


class Number(Protocol):
    """What the formulas ask of a number; `Exact` is everybody's, `Told` is one person's."""

    def __add__(self, other: Any) -> Any: ...
    def __sub__(self, other: Any) -> Any: ...
    def __neg__(self) -> Any: ...
    def __mul__(self, other: Any) -> Any: ...
    def __truediv__(self, other: Any) -> Any: ...
    def at_least(self, other: Any) -> Any: ...
    def at_most(self, other: Any) -> Any: ...
    def where(self, holds: Any) -> Any: ...
    def rounded(self, unit: Any) -> Any: ...
    def taxed(self, brackets: list[Bracket]) -> Any: ...


N = TypeVar("N", bound=Number)


@dataclass(frozen=True, slots=True)
class Gross(Generic[N]):
    """应发工资, 元: before contributions, tax and recovery. What Article 33 compares."""

    amount: N


@dataclass(frozen=True, slots=True)
class Withheld(Generic[N]):
    """What the month keeps from the person, 元: own contributions, tax, recovery (42.p2)."""

    contributions: N
    tax: N
    recovery: N


@dataclass(frozen=True, slots=True)
class Employer(Generic[N]):
    """单位缴纳, 元: beside gross, never in it."""

    amount: N


@dataclass(frozen=True, slots=True)
class Net(Generic[N]):
    """实发工资, 元."""

    amount: N


@dataclass(frozen=True, slots=True)
class Cost(Generic[N]):
    """用人成本, 元: gross with the employer's contributions."""

    amount: N


def net_of(gross: Gross[N], withheld: Withheld[N]) -> Net[N]:
    """Gross less what is withheld."""
    return Net(gross.amount - withheld.contributions - withheld.tax - withheld.recovery)


def cost_of(gross: Gross[N], employer: Employer[N]) -> Cost[N]:
    """Gross and the employer's contributions."""
    return Cost(gross.amount + employer.amount)


def steps(amount: Fraction, unit: Fraction) -> int:
    """How many whole units are nearest, half away from zero."""
    nearest = int((2 * abs(amount) / unit + 1) // 2)
    return nearest if amount >= 0 else -nearest


def cents(amount: Fraction) -> int:
    """Whole 分, half away from zero."""
    return steps(amount, CENT)


def yuan(amount: int) -> str:
    """分 as 元 with two decimals: `-12` is `-0.12`."""
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02d}"
