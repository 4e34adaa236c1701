"""Reading imports and what is recorded, as somebody."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value

from fujing.kernel.actor import Actor
from fujing.kernel.refusals import existing
from fujing.registry.models import Assignment, Contract, Engagement, Person, RosterImport, RosterRecord
from fujing.registry.states import ImportState

SIGNED = ("fixed", "open")
"""What a roster says of a contract that there is."""


def standing_imports(bureaus: Iterable[int]) -> QuerySet[RosterImport]:
    """Imports that weren't taken back."""
    return RosterImport.objects.filter(organ_code__in=bureaus, state=ImportState.IMPORTED)


def last_imports(bureaus: Iterable[int]) -> dict[int, RosterImport]:
    """The last of them by bureau."""
    return {each.organ_code: each for each in standing_imports(bureaus).order_by("pk")}


def standing_records() -> QuerySet[RosterRecord]:
    """What rosters say now: what no later one has superseded."""
    return RosterRecord.objects.filter(superseded_by=None)


def recorded_contracts() -> QuerySet[RosterRecord]:
    """What stands of contracts that weren't signed here."""
    return standing_records().filter(contract_kind__in=SIGNED)


def recorded_places() -> QuerySet[RosterRecord]:
    """Where rosters say that people serve whom nobody has placed here."""
    placed = Assignment.objects.filter(engagement=OuterRef("engagement"), span__endswith__isnull=True)
    return standing_records().filter(~Exists(placed), engagement__isnull=False)


def recorded_terms() -> QuerySet[RosterRecord]:
    """What rosters say of the contracts of people who have signed none here."""
    signed = Contract.objects.filter(engagement=OuterRef("engagement"))
    return recorded_contracts().filter(~Exists(signed), engagement__isnull=False)


def undated_people(lo: Any, hi: Any, day: date) -> QuerySet[RosterRecord]:
    """People of these bureaus, both codes inclusive, who aren't gone and whose first day no roster says.

    Nobody can say since when they serve, so they have no engagement and count in no quota.
    """
    here = Q(left_on__isnull=True) | Q(left_on__gt=day)
    rows = standing_records().filter(here, organ_code__range=(lo, hi), engagement__isnull=True, hired_on__isnull=True)
    return rows.select_related("person", "roster_import").order_by("organ_code", "row")


def undated_by_bureau(lo: int, hi: int, day: date) -> dict[int, int]:
    """How many of them each bureau has; bureaus without any aren't there."""
    rows = undated_people(lo, hi, day).order_by("organ_code").values_list("organ_code")
    return dict(rows.annotate(people=Count("pk")))


def undated_between(lo: Any, hi: Any, day: date) -> Subquery:
    """SQL for how many of them there are, NULL for none; a code may be an outer reference."""
    rows = undated_people(lo, hi, day).order_by().values(all=Value(1))
    return Subquery(rows.annotate(people=Count("pk")).values("people"))


def imports_of(actor: Actor) -> QuerySet[RosterImport]:
    """The imports of the actor's territory, the newest first."""
    return RosterImport.objects.filter(organ_code__range=actor.territory).order_by("-pk")


def import_for(actor: Actor, import_id: int) -> RosterImport:
    """One of them, or 404."""
    return existing(imports_of(actor).filter(pk=import_id).first(), "没有这次导入")


def superseded_in(made: RosterImport) -> int:
    """How many records of an import a later one has superseded."""
    return RosterRecord.objects.filter(roster_import=made).exclude(superseded_by=None).count()


def records_of(person: Person) -> QuerySet[RosterRecord]:
    """What rosters say of somebody, the newest first."""
    rows = RosterRecord.objects.filter(person=person).select_related("roster_import", "superseded_by")
    return rows.order_by("-roster_import", "-period")


def recorded_contract(engagement: Engagement) -> RosterRecord | None:
    """What a roster tells of a contract that wasn't signed here, where it tells of one."""
    return recorded_contracts().filter(engagement=engagement).order_by("-period").first()
