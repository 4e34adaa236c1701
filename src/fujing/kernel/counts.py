"""How many rows there are of each value."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet


def counted_by(rows: QuerySet[Any], field: str = "state") -> dict[Any, int]:
    """By value of a field: how many rows have it; none that nobody has."""
    return dict(rows.order_by().values_list(field).annotate(Count("pk")))
