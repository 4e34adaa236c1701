"""The lock protocol for scarce things: in a transaction, sorted, late, before the check, with the actor's timeout."""

from __future__ import annotations

from typing import TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)


def locked(rows: models.QuerySet[M]) -> list[M]:
    """Lock the rows in primary-key order and return them as they now are.

    Two acts that lock the same rows always meet in the same order, so neither can wait for the other in a circle.
    Whoever waits longer than actor.LOCK_TIMEOUT gets refusals.Busy (through `speaking`).
    """
    if not connection.in_atomic_block:
        raise RuntimeError("locked() needs a transaction")
    return list(rows.order_by("pk").select_for_update(of=("self",)))
