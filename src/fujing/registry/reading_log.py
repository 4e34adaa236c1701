"""The log of readings as the audit administrator reads it: who read whose sensitive value, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.models import Reading
from fujing.kernel.readings import digest, log_read
from fujing.registry.policies import check_read_trail
from fujing.registry.search import as_number
from fujing.registry.trail import fitting


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the log is narrowed to; empty is everything that the actor may read.

    `who` is the whole name of the reader, `number` what was looked up, as it was typed then; `since` and `until` are
    days, both inclusive.
    """

    who: str = ""
    kind: str = ""
    number: str = ""
    organ: int | None = None
    since: date | None = None
    until: date | None = None


def narrowed(actor: Actor, wanted: Wanted) -> QuerySet[Reading]:
    """The rows that fit, of those that the actor may read. What is no number was never looked up by one."""
    asked = {"reader_name": wanted.who, "kind": wanted.kind, "organ_code": wanted.organ}
    rows = Reading.objects.filter(fitting(actor, wanted.since, wanted.until, **asked))
    if not wanted.number:
        return rows
    found = as_number(wanted.number)
    return rows.filter(sought=digest(found[1])) if found else rows.none()


def readings_page(
    actor: Actor, wanted: Wanted, *, before: int | None = None, limit: int
) -> tuple[list[Reading], int | None]:
    """One page of the rows before an id, the latest first, and the id for the next page. That it was read is kept."""
    check_read_trail(actor)
    rows = narrowed(actor, wanted)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-pk")[: limit + 1])
    log_read(actor=actor)
    return page[:limit], page[limit - 1].pk if len(page) > limit else None
