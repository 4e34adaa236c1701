"""What a room of self-service declares: its word, its addresses, and the card that stands for it on the first page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from fujing.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Card:
    """What a room says on the first page. `said` answers in one line, `note` adds a second.

    `asks` is what the person is to do, until `due` (inclusive) if there is a day: such cards stand first.
    """

    said: str
    note: str = ""
    asks: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Room:
    """One room. `url` is its page, `patterns` all its addresses, `card` what its card says; None: no card now.

    `provisions` are the rights that it carries. Rooms with a `place` stand in the bar at the foot, in that order.
    """

    label: str
    url: str
    patterns: tuple[Any, ...]
    card: Callable[[Actor], Card | None]
    provisions: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class Shown:
    """A room's card with its address, as the first page shows it."""

    label: str
    url: str
    card: Card


def shown(actor: Actor, rooms: tuple[Room, ...]) -> list[Shown]:
    """The cards in the order of the rooms; what asks for something comes first, the earliest day before."""
    found = [Shown(each.label, reverse(each.url), card) for each in rooms if (card := each.card(actor))]
    return sorted(found, key=lambda each: (not each.card.asks, each.card.due or date.max))
