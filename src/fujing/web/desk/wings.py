"""What a wing of the desk declares: its rooms in the navigation, what waits in it, what it finds, its tabs of the dossier."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from fujing.kernel.actor import Actor


class Item(NamedTuple):
    """One entry of a room: its words, the URL that it leads to, and who sees it."""

    label: str
    url: str
    roles: frozenset[str]


class Found(NamedTuple):
    """What a wing found for the search box: the template of its section and what that shows."""

    template: str
    context: dict[str, Any]


class Tab(NamedTuple):
    """One tab of somebody's dossier: its key in the address, its word, who sees it, its template and what that shows.

    `context` is asked only for the tab that is open.
    """

    key: str
    label: str
    roles: frozenset[str]
    template: str
    context: Callable[[Actor, Any], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Wing:
    """One chapter's part of the desk. `urls` is the module with its addresses; `rooms` are its entries by room."""

    urls: str
    rooms: tuple[tuple[str, tuple[Item, ...]], ...] = ()
    search: Callable[[Actor, str], Found | None] | None = None
    tabs: tuple[Tab, ...] = ()
