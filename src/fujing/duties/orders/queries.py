"""Reading duty orders as somebody."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, QuerySet

from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.duties.orders.states import LIVE, OrderState
from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE
from fujing.kernel.refusals import existing
from fujing.registry.models import Engagement
from fujing.registry.roster import Narrowing, dressed, roster_rows, scope_of

WEEK = timedelta(7)


def midnight(day: date) -> datetime:
    """The moment in China at which a day begins."""
    return datetime.combine(day, time(), ZONE)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(day.weekday())


def orders_for(actor: Actor) -> QuerySet[DutyOrder]:
    """Those of the territory, or of the own unit, each with its people; to be read within `registry.roster.reading`."""
    scope = scope_of(actor)
    rows = DutyOrder.objects.filter(organ_code__range=(scope.lo, scope.hi))
    if scope.unit:
        rows = rows.filter(unit=scope.unit)
    people = DutyAssignment.objects.select_related("engagement__person").defer(
        "engagement__person__id_number", "engagement__person__phone"
    )
    return (
        rows.select_related("unit").prefetch_related(Prefetch("people", people.order_by("pk"))).order_by("span", "pk")
    )


def order_for(actor: Actor, order_id: int) -> DutyOrder:
    """One of them, or 404."""
    return existing(orders_for(actor).filter(pk=order_id).first(), "没有这张派勤单")


def orders_of_week(actor: Actor, unit: int, monday: date) -> list[DutyOrder]:
    """A unit's orders that touch the seven days from a day on, without what was withdrawn."""
    rows = orders_for(actor).filter(unit=unit, span__overlap=(midnight(monday), midnight(monday + WEEK)))
    return list(rows.exclude(state=OrderState.WITHDRAWN))


def people_of_unit(actor: Actor, unit: int) -> list[Engagement]:
    """Who serves in a unit now, by name; those of a bureau itself are all of the bureau."""
    wanted = Narrowing() if unit % 10**6 == 0 else Narrowing(unit=unit)
    return list(dressed(roster_rows(actor, wanted)).order_by("person__pinyin", "pk"))


def own_duties(actor: Actor, since: date) -> list[DutyOrder]:
    """What the person of this account is ordered to, from a day on, the next first; by their own rows alone."""
    rows = DutyOrder.objects.filter(people__person_id=actor.person_id or 0, people__live=True)
    rows = rows.filter(span__endswith__gt=midnight(since), state__in=LIVE)
    return list(rows.select_related("unit").order_by("span", "pk"))
