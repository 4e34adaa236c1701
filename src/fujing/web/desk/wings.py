"""What a wing of the desk declares: its rooms in the navigation, what waits in it, what it finds, its tabs of the dossier."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Model, Prefetch
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.knowledge import Rows
from fujing.kernel.todos import Todo


class Item(NamedTuple):
    """One entry of a room: its words, the URL that it leads to, who sees it, and where else its pages begin."""

    label: str
    url: str
    roles: frozenset[str]
    others: tuple[str, ...] = ()

    def holds(self, path: str) -> int:
        """How much of a page's address is the entry's, 0 if it isn't: everything below it, or below `others`."""
        home = reverse(self.url)
        begins = [f"/desk/{each}/" for each in self.others] + ([] if home == "/desk/" else [home])
        return max((len(each) for each in begins if path.startswith(each)), default=len(home) if path == home else 0)


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


class Dated(NamedTuple):
    """A fact that somebody has on a day: its word, who sees it, the rows that it is read from and what they say.

    `reads` gives for each kind of rows the references whose names are needed. `tells` is given the rows as they were
    known at some instant and a day; its words say only what can be known on that day (since when, not until when), so
    that two of them differ only if what was known of the day did. Empty where nothing held.
    """

    label: str
    roles: frozenset[str]
    reads: Mapping[type[Model], tuple[str | Prefetch[Any], ...]]
    tells: Callable[[Rows, date], str]


@dataclass(frozen=True, slots=True)
class Wing:
    """One chapter's part of the desk. `urls` is the module with its addresses; `rooms` are its entries by room.

    `waiting` gives what waits for somebody; `todos` says by kind on which page it is done: the page's URL name, after
    a slash its further arguments, after a question mark what narrows its list.
    """

    urls: str
    rooms: tuple[tuple[str, tuple[Item, ...]], ...] = ()
    search: Callable[[Actor, str], Found | None] | None = None
    waiting: Callable[[Actor], Iterator[Todo]] | None = None
    todos: Mapping[str, str] = field(default_factory=dict)
    tabs: tuple[Tab, ...] = ()
    dated: tuple[Dated, ...] = ()

    def place(self, todo: Todo) -> str:
        """The address where a to-do is done."""
        return place_of(todo, self.todos)


def place_of(todo: Todo, places: Mapping[str, str]) -> str:
    """The address behind a kind."""
    path, _, query = places[todo.kind].partition("?")
    name, *further = path.split("/")
    url = reverse(name, args=[*([todo.subject] if todo.subject else []), *further])
    return f"{url}?{query}" if query else url


@dataclass(frozen=True, slots=True)
class Line:
    """A to-do with its address, as lists of them show it."""

    todo: Todo
    url: str

    def __getattr__(self, name: str) -> Any:
        return getattr(self.todo, name)
