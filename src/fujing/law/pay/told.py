"""One person's numbers that remember how they came about, with the operators of `Exact`.

The formulas of `month` are written once: over `Exact` they reckon everybody, over `Told` they explain one slip.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from fujing.law.pay.exact import Bracket
from fujing.law.pay.money import steps

SIGNS = {"add": " + ", "subtract": " - ", "multiply": " × ", "divide": " ÷ "}
NAMES = {"max": "不低于", "min": "不高于"}


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """A value, the operation that made it and what it was made of; a given fact has a name and where it stands."""

    value: Fraction
    op: str = ""
    of: tuple[Told, ...] = ()
    name: str = ""
    source: str = ""
    provision: str = ""
    unit: Fraction | None = None
    figure: str = ""

    def __add__(self, other: Told) -> Told:
        return Told(self.value + other.value, "add", (self, other))

    def __sub__(self, other: Told) -> Told:
        return Told(self.value - other.value, "subtract", (self, other))

    def __neg__(self) -> Told:
        return Told(-self.value, "negate", (self,))

    def __mul__(self, other: Told) -> Told:
        return Told(self.value * other.value, "multiply", (self, other))

    def __truediv__(self, other: Told) -> Told:
        return Told(self.value / other.value, "divide", (self, other))

    def at_least(self, other: Told) -> Told:
        return Told(max(self.value, other.value), "max", (self, other))

    def at_most(self, other: Told) -> Told:
        return Told(min(self.value, other.value), "min", (self, other))

    def where(self, holds: bool) -> Told:
        return self if holds else Told(Fraction(0), name="不计")

    def rounded(self, unit: Fraction) -> Told:
        return Told(steps(self.value, unit) * unit, "round", (self,), unit=unit)

    def taxed(self, brackets: Sequence[Bracket]) -> Told:
        upper, percent, quick = next(each for each in brackets if each[0] is None or self.value <= each[0])
        said = f"累计不超过{upper}元的一级" if upper is not None else "最高一级"
        return self * Told(Fraction(percent, 100), name=f"预扣率（{said}）") - Told(Fraction(quick), name="速算扣除数")

    def document(self) -> dict[str, Any]:
        """The tree as JSON: its own value and those of given facts; a figure of its own is only named."""
        return {"value": printed(self.value)} | self._node()

    def _node(self) -> dict[str, Any]:
        if self.figure:
            return {"ref": self.figure}
        if self.op:
            unit = {} if self.unit is None else {"unit": printed(self.unit)}
            return {"op": self.op, **unit, "of": [each._node() for each in self.of]}
        cited = {key: said for key in ("name", "source", "provision") if (said := getattr(self, key))}
        return {"value": printed(self.value), **cited}

    def formula(self) -> str:
        """The same for people, with numbers."""
        if self.figure or not self.op:
            return printed(self.value)
        if self.op == "round":
            return self.of[0].formula()
        if self.op == "negate":
            return f"-{self.of[0]._inside('multiply')}"
        if self.op in NAMES:
            one, two = (each.formula() for each in self.of)
            return f"（{one}，{NAMES[self.op]} {two}）"
        left, right = self.of
        return left._inside(self.op, first=True) + SIGNS[self.op] + right._inside(self.op)

    def _inside(self, op: str, *, first: bool = False) -> str:
        if self.op == "round" and not self.figure:
            return self.of[0]._inside(op, first=first)
        weak = {"add", "subtract"}
        bracketed = not self.figure and (
            (self.op in weak and (op not in weak or (op == "subtract" and not first)))
            or (self.op in ("multiply", "divide") and op == "divide" and not first)
        )
        return f"({self.formula()})" if bracketed else self.formula()


def printed(value: Fraction) -> str:
    """A number without loss: a decimal where it ends, else a fraction."""
    under, twos, fives = value.denominator, 0, 0
    while under % 2 == 0:
        under, twos = under // 2, twos + 1
    while under % 5 == 0:
        under, fives = under // 5, fives + 1
    if under != 1:
        return str(value)
    places = max(twos, fives)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if value < 0 else text
