"""What waits for somebody, as a fact of a section: no page's words and no addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, Count, F, Func, Min, QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today


@dataclass(frozen=True, slots=True)
class Todo:
    """So many of one kind wait; `subject` is the row that its page is opened for.

    `what` is to be done, about which `matter` of which `county` (empty for the actor's own), `total` says how much that
    is. `due` is the last day, inclusive; what has none is ordered by `since`. `campaign` is the recruitment, if it is one's.
    """

    kind: str
    count: int
    what: str
    subject: int = 0
    county: str = ""
    matter: str = ""
    total: str = ""
    provision: str = ""
    since: date | None = None
    due: date | None = None
    campaign: int | None = None

    @property
    def words(self) -> str:
        """County, matter, what is to be done and how much it is, in one line."""
        about = " ".join(filter(None, (self.county, self.matter)))
        return "：".join(filter(None, (about, self.what))) + (f"，{self.total}" if self.total else "")

    @property
    def late(self) -> int:
        """Days past the deadline, 0 before and on it."""
        return max(0, (today() - self.due).days) if self.due else 0

    @property
    def order(self) -> tuple[date, str]:
        """Oldest deadline first; what only waits counts from the day it began."""
        return (self.due or self.since or date.max, self.words)


MOST = 20
"""Single matters of one kind that are named; the list behind them has the rest."""

Counted = Mapping[str, tuple[int, date | None]]
"""By kind of to-do: how many rows wait, and the first day of them, if the kind has days."""


def rows_counted(rows: QuerySet[Any], kind: str, day: str, *, by: str = "") -> QuerySet[Any, Any]:
    """A part of `counted`: how many rows wait and the first of their days. The kind is `kind`, followed by the column
    `by` where the rows are counted by that."""
    # The kind is written out: as a parameter it would be another one in GROUP BY than it is in SELECT.
    said = Func(
        F(by or "pk"), template=f"('{kind}'::text{' || %(expressions)s' if by else ''})", output_field=CharField()
    )
    found = rows.order_by().annotate(todo_kind=said).values("todo_kind")
    return found.annotate(todo_count=Count("pk"), todo_day=Min(day)).values_list("todo_kind", "todo_count", "todo_day")


def counted(parts: Iterable[QuerySet[Any, Any]]) -> Counted:
    """The numbers of these parts, by one query: every home page asks."""
    each = list(parts)
    if not each:
        return {}
    rows = each[0].union(*each[1:], all=True) if each[1:] else each[0]
    return {kind: (number, day) for kind, number, day in rows if number}


class Waiting(NamedTuple):
    """What waits in a section: the parts that are counted for an actor, and the to-dos that follow from their numbers."""

    counts: Callable[[Actor], Iterator[QuerySet[Any, Any]]]
    todos: Callable[[Actor, Counted], Iterator[Todo]]


def waiting(actor: Actor, *sections: Waiting) -> Iterator[Todo]:
    """The to-dos of several sections, whose numbers come from one query."""
    found = counted(part for section in sections for part in section.counts(actor))
    for section in sections:
        yield from section.todos(actor, found)
