"""The dated facts of a person on any day, as they are known now or were known at any instant (ADR 18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models

from fujing.kernel.knowledge import Rows, known_of
from fujing.registry.models import Assignment, Contract, Engagement, Person, Post

SERVICE: tuple[type[models.Model], ...] = (Engagement, Assignment, Contract)
POST_WITH_UNIT = models.Prefetch("post", Post.objects.select_related("unit"))
"""A place's post and unit, in one query for all places."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Whether somebody served on a day, where, on which post and under whom, and by which contract.

    None is what no row says: not in service, placed nowhere, no contract that ran that day.
    """

    engagement: Engagement | None
    place: Assignment | None
    contract: Contract | None


def rows_of(person: Person, kinds: Iterable[type[models.Model]], known: datetime | None = None) -> Rows:
    """A person's rows of these kinds by number, as they are known now or, in one query, were known at an instant."""
    if known is not None:
        return known_of(person.pk, kinds, known)
    return {kind: list(kind._default_manager.filter(person_id=person.pk).order_by("pk")) for kind in kinds}


def facts_on(person: Person, day: date, *, known: datetime | None = None) -> Facts:
    """The facts of a day as they are known now, or were known at the instant `known` (inclusive)."""
    return facts_in(rows_of(person, SERVICE, known), day)


def facts_in(rows: Rows, day: date) -> Facts:
    """The facts of a day among rows that were read already."""
    return Facts(*(holding(rows[kind], day) for kind in SERVICE))


def holding(rows: Sequence[Any], day: date) -> Any:
    """The row whose period has the day, or None; the database lets there be one at most."""
    return next((row for row in rows if not row.span.isempty and day in row.span), None)


def since(rows: Sequence[Any], row: Any, name: str) -> date:
    """Since which day a value of `row` has held without a break: rows that go before it may have it, too."""
    ended = {each.span.upper: each for each in rows if not each.span.isempty and each.span.upper}
    while (before := ended.get(row.span.lower)) and getattr(before, name) == getattr(row, name):
        row = before
    return row.span.lower
