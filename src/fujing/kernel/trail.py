"""Reading the history as an administrator: narrowed, newest first, page by page over indexes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import structlog
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.models import HistoryEntry
from fujing.kernel.numbers import number_of
from fujing.kernel.privacy import classified

log = structlog.get_logger("fujing.reading")


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


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def narrowed(actor: Actor, sought: Sought) -> QuerySet[HistoryEntry]:
    """The entries that fit, of those that the actor may read."""
    # Row security says the same; as numbers the planner knows how few rows a county has among ten million.
    rows = HistoryEntry.objects.filter(organ_code__range=(actor.admin_lo or 1, actor.admin_hi or 0))
    given: dict[str, Any] = {"actor": sought.who, "tracked": sought.table, "row_id": sought.row}
    rows = rows.filter(**{name: value for name, value in given.items() if value not in ("", None)})
    if sought.organ is not None:
        rows = rows.filter(organ_code=sought.organ)
    if sought.since:
        rows = rows.filter(at__gte=_midnight(sought.since))
    if sought.until:
        rows = rows.filter(at__lt=_midnight(sought.until + timedelta(days=1)))
    return rows


def trail_page(actor: Actor, sought: Sought, *, before: str = "", limit: int) -> tuple[list[HistoryEntry], str]:
    """One page behind a key, newest first, and the key of the next page or nothing. That it was read is logged."""
    actor.need("audit_admin")
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
    log.info("trail read", account=actor.account_id, table=sought.table, row=sought.row, entries=len(page[:limit]))
    following = f"{page[limit - 1].at.isoformat()}|{page[limit - 1].pk}" if len(page) > limit else ""
    return page[:limit], following
