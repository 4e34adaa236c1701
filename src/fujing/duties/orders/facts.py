"""What other chapters know of the people who are sent: they say so here, since an order imports none of them (ADR 16)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from fujing.law.duties import Absence

ABSENCES = {"leave": "请假", "suspensions": "停职", "recusals": "回避"}
"""Why somebody isn't to be sent; `absences` is all of them."""
LABELS = {"cards": "工作证", "inductions": "岗前培训", **ABSENCES}
"""The kinds that the rules look at."""


@dataclass(frozen=True, slots=True)
class Held:
    """A work card that may be used: its number, its first and last day, both inclusive."""

    number: str
    first: date
    last: date


Cards = Mapping[int, tuple[Held, ...]]
"""By employment: the valid cards; none for somebody whose cards are all stopped, lost or handed in. Who isn't there has
none that this system knows of."""
Inductions = Mapping[int, date | Literal["无"]]
Absences = Mapping[int, tuple[Absence, ...]]
Provider = Callable[[Collection[int]], Mapping[int, Any]]
_PROVIDERS: dict[str, Provider] = {}


def provide(kind: str, provider: Provider) -> None:
    """Have facts of a kind answered, by employment; whose aren't known isn't in the answer."""
    if kind not in LABELS:
        raise KeyError(kind)
    _PROVIDERS[kind] = provider


def known(kind: str, engagements: Collection[int]) -> Mapping[int, Any]:
    """What is known of a kind; nothing where nobody keeps it."""
    if kind == "absences":
        found: dict[int, tuple[Absence, ...]] = {}
        for each in ABSENCES:
            for engagement, those in known(each, engagements).items():
                found[engagement] = found.get(engagement, ()) + tuple(those)
        return found
    provider = _PROVIDERS.get(kind)
    return provider(engagements) if provider else {}


def unkept() -> list[str]:
    """What no chapter keeps, as officers call it: pages say that it wasn't looked at."""
    return [label for kind, label in LABELS.items() if kind not in _PROVIDERS]
