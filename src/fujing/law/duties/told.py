"""An order with all that bears on it, and what a rule may say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from fujing.law.duties.moments import Crowd
from fujing.law.duties.orders import Absence, Order
from fujing.law.duties.people import Auxiliary
from fujing.law.findings import Outcome
from fujing.law.prohibitions import Passage


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule says of an order."""

    outcome: Outcome
    provision: str
    message: str
    remedy: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """An order with all that bears on it. `person` is null for somebody who isn't on the roster.

    `columns` and `roster_columns`: what the files say anything about.
    """

    order: Order
    person: Auxiliary | None
    passages: tuple[Passage, ...]
    """What its text says of the work of Article 13."""
    most_led: int
    absences: tuple[Absence, ...] = ()
    overlaps: tuple[Order, ...] = ()
    crowd: Crowd | None = None
    source: str = "花名册"
    """Where the person's facts stand, as officers call it."""
    columns: frozenset[str] = frozenset()
    roster_columns: frozenset[str] = frozenset()

    @property
    def known(self) -> Auxiliary:
        """The person, where a rule is asked only of people who are on the roster."""
        assert self.person is not None
        return self.person

    @property
    def unled(self) -> bool:
        """The plan says that there is no commanding officer; a plan without that column says nothing."""
        return "commander" in self.columns and self.order.led_by is None

    @property
    def certified(self) -> bool:
        """The roster says anything about certificates."""
        return "qualifications" in self.roster_columns


def violated(provision: str, message: str, remedy: str, **facts: Any) -> Told:
    """Against the provision; `remedy` is what to do about it."""
    return Told(Outcome.VIOLATED, provision, message, remedy, facts)


def undetermined(provision: str, message: str, remedy: str, **facts: Any) -> Told:
    """Not to be told: the message says what is missing."""
    return Told(Outcome.UNDETERMINED, provision, message, remedy, facts)


Judge = Callable[[Case], Told | None]
