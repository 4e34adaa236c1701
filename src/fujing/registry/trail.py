"""Reading the history as an administrator: narrowed, newest first, page by page over indexes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.models import HistoryEntry
from fujing.kernel.numbers import number_of
from fujing.kernel.privacy import classified
from fujing.kernel.readings import trail_read
from fujing.registry.policies import check_read_trail


@dataclass(frozen=True, slots=True)
class Sought:
    """What the history is narrowed to; empty is everything that the actor may read.

    `who` is the whole name of the one who acted, `table` a tracked table, `row` one of its rows, `organ` the code of an
    organ; `since` and `until` are days, both inclusive.
    """

    who: str = ""
    table: str = ""
    row: int | None = None
    organ: int | None = None
    since: date | None = None
    until: date | None = None


def kinds() -> dict[str, type[Model]]:
    """The tracked tables with their models, in the order of the sections."""
    return {
        model._meta.db_table: model
        for model in classified()
        if any(trigger.name.endswith("_history") for trigger in getattr(model._meta, "triggers", ()))
    }


def midnight(day: date) -> datetime:
    """When a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def fitting(actor: Actor, since: date | None, until: date | None, /, **given: Any) -> Q:
    """Rows of a log that the actor may read, of these days (both inclusive) and with what is given; the rest is open."""
    # Row security says the same; as numbers the planner knows how few rows a county has among ten million.
    fits = Q(organ_code__range=actor.administered)
    fits &= Q(**{name: value for name, value in given.items() if value not in ("", None)})
    if since:
        fits &= Q(at__gte=midnight(since))
    if until:
        fits &= Q(at__lt=midnight(until + timedelta(days=1)))
    return fits


def narrowed(actor: Actor, sought: Sought) -> QuerySet[HistoryEntry]:
    """The entries that fit, of those that the actor may read."""
    asked = {"actor": sought.who, "tracked": sought.table, "row_id": sought.row, "organ_code": sought.organ}
    return HistoryEntry.objects.filter(fitting(actor, sought.since, sought.until, **asked))


def trail_page(actor: Actor, sought: Sought, *, before: str = "", limit: int) -> tuple[list[HistoryEntry], str]:
    """One page behind a key, newest first, and the key of the next page or nothing. That it was read is kept."""
    check_read_trail(actor)
    rows = narrowed(actor, sought)
    moment, _, number = before.rpartition("|")
    last = number_of(number)
    if moment and last is not None:
        try:
            at = datetime.fromisoformat(moment)
        except ValueError:
            at = None
        if at is not None and timezone.is_aware(at):
            # The first condition is for the index, the second for those of the same moment.
            rows = rows.filter(Q(at__lte=at), Q(at__lt=at) | Q(at=at, pk__lt=last))
    page = list(rows.order_by("-at", "-pk")[: limit + 1])
    trail_read(actor=actor, table=sought.table, row=sought.row)
    following = f"{page[limit - 1].at.isoformat()}|{page[limit - 1].pk}" if len(page) > limit else ""
    return page[:limit], following


def _speaks(model: type[Model]) -> bool:
    """Whether a row of the model has a word of its own."""
    return model.__str__ is not Model.__str__


def words_of(model: type[Model], numbers: Iterable[int]) -> dict[int, str]:
    """Rows by their own word, else by that of what they belong to first; what the reader doesn't see is left out."""
    rows, fields = model._base_manager, model._meta.concrete_fields
    if _speaks(model):
        return {pk: str(row) for pk, row in rows.in_bulk(numbers).items()}
    belongs = ((each.name, getattr(each, "related_model", None)) for each in fields if not each.null)
    owner = next((name for name, of in belongs if of is not None and _speaks(of)), None)
    if owner is None:
        return {}
    return {pk: str(getattr(row, owner)) for pk, row in rows.select_related(owner).in_bulk(numbers).items()}
