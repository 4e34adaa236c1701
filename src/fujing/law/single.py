"""One subject's fact with the operators of a column: the rules' expressions answer about one person without a table.

None is unknown and spreads as null does in a table: through every comparison and reckoning, and through & and | unless
the other side decides. `tests/law/test_single.py` holds the two to the same answers.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import polars as pl


@dataclass(frozen=True, slots=True, eq=False)
class Single:
    """A value that may be unknown. Polars' names for what the rules use, and nothing more."""

    value: Any

    def map(self, reckon: Callable[[Any], Any]) -> Single:
        """What is reckoned from the value; unknown from an unknown one."""
        return Single(None if self.value is None else reckon(self.value))

    def _with(self, other: Any, reckon: Callable[[Any, Any], Any]) -> Single:
        one, two = self.value, value_of(other)
        if one is None or two is None:
            return Single(None)
        # As in a table: a decimal beside a floating number is one itself.
        if isinstance(one, float) and isinstance(two, Decimal):
            two = float(two)
        elif isinstance(two, float) and isinstance(one, Decimal):
            one = float(one)
        return Single(reckon(one, two))

    def __eq__(self, other: object) -> Single:  # type: ignore[override]
        return self._with(other, operator.eq)

    def __ne__(self, other: object) -> Single:  # type: ignore[override]
        return self._with(other, operator.ne)

    def __lt__(self, other: Any) -> Single:
        return self._with(other, operator.lt)

    def __le__(self, other: Any) -> Single:
        return self._with(other, operator.le)

    def __gt__(self, other: Any) -> Single:
        return self._with(other, operator.gt)

    def __ge__(self, other: Any) -> Single:
        return self._with(other, operator.ge)

    def __mul__(self, other: Any) -> Single:
        return self._with(other, operator.mul)

    def __and__(self, other: Any) -> Single:
        known = (self.value, value_of(other))
        return Single(False if False in known else None if None in known else True)

    def __or__(self, other: Any) -> Single:
        known = (self.value, value_of(other))
        return Single(True if True in known else None if None in known else False)

    def __invert__(self) -> Single:
        return self.map(operator.not_)

    def is_null(self) -> Single:
        return Single(self.value is None)

    def is_not_null(self) -> Single:
        return Single(self.value is not None)

    def fill_null(self, value: Any) -> Single:
        return Single(value_of(value)) if self.value is None else self

    def is_in(self, values: Collection[Any]) -> Single:
        return self.map(values.__contains__)

    def round(self, decimals: int) -> Single:
        return self.map(lambda value: round(value, decimals))

    def cast(self, dtype: type[pl.Float64]) -> Single:
        """Of a number: to a floating one."""
        return self.map(float)

    @property
    def str(self) -> Text:
        return Text(self)


@dataclass(frozen=True, slots=True)
class Text:
    """What stands under `.str`."""

    of: Single

    def to_uppercase(self) -> Single:
        return self.of.map(str.upper)

    def slice(self, start: int, length: int) -> Single:
        return self.of.map(lambda text: text[start : start + length])


def value_of(value: Any) -> Any:
    """A single fact's value; anything else as it is."""
    return value.value if isinstance(value, Single) else value


@dataclass(frozen=True, slots=True, eq=False)
class Chosen(Single):
    """`when(…).then(…)` of one subject: the first way whose condition holds; an unknown condition doesn't hold."""

    decided: bool = False

    def when(self, condition: Single) -> Condition:
        return Condition(condition, self)

    def otherwise(self, value: Any) -> Single:
        return Single(self.value if self.decided else value_of(value))


NOTHING = Chosen(None)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition that still wants its value, after the ways before it."""

    holds: Single
    before: Chosen

    def then(self, value: Any) -> Chosen:
        taken = not self.before.decided and self.holds.value is True
        return Chosen(value_of(value), decided=True) if taken else self.before
