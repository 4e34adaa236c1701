"""How much somebody may have, with what is not known of it: the fewest and the most days that the facts allow."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fujing.kernel.numbers import bare


@dataclass(frozen=True, slots=True)
class Entitled:
    """`least` days are certain; more than `most` are not due, None where no figure says how many.

    `because` is the sentence with figures and statute, `needs` what has to be found out for the rest.
    """

    least: Decimal
    most: Decimal | None
    because: str
    needs: tuple[str, ...] = ()

    @property
    def days(self) -> Decimal | None:
        """The number of days; None (待核实) while the facts allow several."""
        return self.least if self.least == self.most else None

    def holds(self, fewest: Decimal, most: Decimal) -> bool | None:
        """Whether days may be had that count `fewest` by one reading and `most` by another; None where that is open."""
        if most <= self.least:
            return True
        return False if self.most is not None and fewest > self.most else None

    @property
    def said(self) -> str:
        """The number in words."""
        if self.days is not None:
            return f"{bare(self.days)}天"
        if self.most is None:
            return f"至少{bare(self.least)}天，其余待核实" if self.least else "天数待核实"
        return f"{bare(self.least)}至{bare(self.most)}天，待核实"
