"""The lock protocol for scarce things: in a transaction, sorted, late, before the check, with the actor's timeout."""

from __future__ import annotations

from typing import TypeVar

from django.db import connection, models

from fujing.kernel.refusals import NotFound

M = TypeVar("M", bound=models.Model)


def locked(rows: models.QuerySet[M]) -> list[M]:
    """Lock the rows in primary-key order and return them as they now are.

    Two acts that lock the same rows always meet in the same order, so neither can wait for the other in a circle.
    Whoever waits longer than actor.LOCK_TIMEOUT gets refusals.Busy (through `speaking`).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("locked() needs a transaction")
    return list(rows.order_by("pk").select_for_update(of=("self",)))


def relocked(row: M) -> M:
    """One row locked and read again, whatever it was read as before; refused when it is gone meanwhile."""
    found = locked(type(row)._default_manager.filter(pk=row.pk))
    if not found:
        raise NotFound("这条记录已经不在")
    return found[0]
