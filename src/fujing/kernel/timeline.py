"""The course of rows: who changed them, and what was decided about them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, Q, QuerySet

from fujing.kernel.models import Decision, HistoryEntry


def last_entry(row: Model) -> HistoryEntry | None:
    """The last change of a row."""
    return HistoryEntry.objects.filter(tracked=row._meta.db_table, row_id=row.pk).order_by("-id").first()


def course_of(rows: Iterable[Model]) -> tuple[QuerySet[HistoryEntry], QuerySet[Decision]]:
    """The changes of several rows and the decisions about them, two queries however many they are."""
    changed, decided = Q(pk=None), Q(pk=None)
    for row in rows:
        changed |= Q(tracked=row._meta.db_table, row_id=row.pk)
        decided |= Q(subject_table=row._meta.db_table, subject_id=row.pk)
    return HistoryEntry.objects.filter(changed), Decision.objects.filter(decided)


def decisions_about(person: int, most: int = 50) -> list[Decision]:
    """What was decided about somebody, the latest first."""
    return list(Decision.objects.filter(person_id=person).order_by("-decided_at", "-pk")[:most])
