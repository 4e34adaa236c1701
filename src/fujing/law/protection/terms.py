"""Until when something is to be done. The Measures say 及时 and no number of days: a bureau's own rule is entered with its
date and source, and without one the term is undetermined, neither kept nor missed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from fujing.law.complaints.terms import Term, Unit, ends


@dataclass(frozen=True, slots=True)
class Stated:
    """A bureau's term for one step: so many days, in force from `starts` (inclusive) until the next one of that step."""

    step: str
    starts: date
    days: int
    unit: Unit = Unit.CALENDAR


def last_day(
    step: str, begins: date, stated: Iterable[Stated], is_workday: Callable[[date], bool | None]
) -> date | None:
    """The last day, inclusive, of a step that began on a day; None where no term was in force on it, or its end isn't known."""
    in_force = [each for each in stated if each.step == step and each.starts <= begins]
    if not in_force:
        return None
    rule = max(in_force, key=lambda each: each.starts)
    return ends(Term(begins, rule.days, rule.unit), is_workday)
