"""Article 5.p1 over time: days of service without a using unit or without a responsible officer.

Overlaps cannot exist: the registry's exclusion constraints refuse them. Gaps can, so they are looked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fujing.law.provisions import measures
from fujing.registry.models import Assignment, Contract, Engagement
from fujing.registry.moving_in.queries import recorded_terms

# Half-open periods of service from the Measures' first day until tomorrow, less those with a unit or an officer.
PERIODS = """
SELECT engagement.id, engagement.organ_code, engagement.person_id,
       period - coalesce(range_agg(place.span), '{}') AS without_unit,
       period - coalesce(range_agg(place.span) FILTER (WHERE place.officer_id IS NOT NULL), '{}') AS without_officer
FROM (SELECT id, organ_code, person_id, datemultirange(span * daterange(%(first)s, %(until)s)) AS period
      FROM registry_engagement
      WHERE organ_code BETWEEN %(lo)s AND %(hi)s AND span @> %(day)s::date AND id > %(after)s) engagement
LEFT JOIN registry_assignment place ON place.engagement_id = engagement.id
GROUP BY engagement.id, engagement.organ_code, engagement.person_id, period
"""
# Whoever has an officer has a unit, so this one difference covers both.
INTERRUPTED = f"SELECT * FROM ({PERIODS}) found WHERE NOT isempty(without_officer)"


@dataclass(frozen=True, slots=True)
class ServiceGap:
    """One engagement's days without; each period is (first day, last day), both inclusive."""

    engagement_id: int
    person_id: int
    without_unit: list[tuple[date, date]]
    without_officer: list[tuple[date, date]]

    @property
    def days(self) -> int:
        """Days without a unit or an officer."""
        return sum((last - first).days + 1 for first, last in self.without_officer)


def serving_on(lo: int, hi: int, day: date) -> QuerySet[Engagement]:
    """Engagements of a territory on a day; both codes inclusive."""
    return Engagement.objects.filter(organ_code__range=(lo, hi), span__contains=day)


def without_contract_on(lo: int, hi: int, day: date) -> QuerySet[Engagement]:
    """In service without a labour contract that covers the day (Article 39), signed here or told by a roster."""
    covered = Contract.objects.filter(engagement=OuterRef("pk"), span__contains=day)
    begun = Q(contract_from__isnull=True) | Q(contract_from__lte=day)
    lasting = Q(contract_kind="open") | Q(contract_to__gte=day)
    said = recorded_terms().filter(begun, lasting, engagement=OuterRef("pk"))
    return serving_on(lo, hi, day).filter(~Exists(covered), ~Exists(said))


def without_unit_on(lo: int, hi: int, day: date) -> QuerySet[Engagement]:
    """In service without a using unit on the day (5.p1)."""
    return serving_on(lo, hi, day).filter(_lacking(day)["unit"])


def without_officer_on(lo: int, hi: int, day: date) -> QuerySet[Engagement]:
    """In service without a responsible police officer on the day (5.p1)."""
    return serving_on(lo, hi, day).filter(_lacking(day)["officer"])


def lacking_counts(lo: int, hi: int, day: date) -> dict[str, int]:
    """How many `without_unit_on` and `without_officer_on` find, in one query."""
    counted = {name: Count("pk", filter=lacking) for name, lacking in _lacking(day).items()}
    found: dict[str, int] = serving_on(lo, hi, day).aggregate(**counted)
    return found


def _lacking(day: date) -> dict[str, Q]:
    placed = Assignment.objects.filter(engagement=OuterRef("pk"), span__contains=day)
    return {"unit": Q(~Exists(placed)), "officer": Q(~Exists(placed.filter(officer__isnull=False)))}


WITHOUT: dict[str, Callable[[int, int, date], QuerySet[Engagement]]] = {
    "contract": without_contract_on,
    "unit": without_unit_on,
    "officer": without_officer_on,
}


def _parameters(lo: int, hi: int, day: date, after: int = 0) -> dict[str, int | date]:
    until = day + timedelta(days=1)
    return {"lo": lo, "hi": hi, "day": day, "until": until, "first": measures().effective, "after": after}


def service_counts(lo: int, hi: int, day: date) -> dict[str, dict[int, int]]:
    """People in service without a unit today, without an officer today, or with any such day since the Measures,
    by managing organ: `unit`, `officer` and `interrupted` in one pass."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organ_code, count(*) FILTER (WHERE without_unit @> %(day)s::date),"
            " count(*) FILTER (WHERE without_officer @> %(day)s::date), count(*)"
            f" FROM ({INTERRUPTED}) people GROUP BY organ_code",
            _parameters(lo, hi, day),
        )
        rows = cursor.fetchall()
    names = ("unit", "officer", "interrupted")
    return {name: {row[0]: row[position] for row in rows} for position, name in enumerate(names, start=1)}


def interrupted(lo: int, hi: int, day: date, *, after: int = 0, limit: int) -> list[ServiceGap]:
    """Those people with their days, by engagement after a key."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, person_id, without_unit, without_officer FROM ({INTERRUPTED}) people ORDER BY id LIMIT %(limit)s",
            {**_parameters(lo, hi, day, after), "limit": limit},
        )
        return [
            ServiceGap(engagement, person, _days(unit), _days(officer))
            for engagement, person, unit, officer in cursor.fetchall()
        ]


def _days(periods: list) -> list[tuple[date, date]]:
    return [(period.lower, period.upper - timedelta(days=1)) for period in periods]
