"""Reading duty orders as somebody."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, Q, QuerySet

from fujing.duties.orders.frame import judged
from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.duties.orders.policies import can_plan_duties
from fujing.duties.orders.states import LIVE, OrderState
from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE
from fujing.kernel.refusals import existing
from fujing.law.findings import Outcome, RowFinding
from fujing.registry.models import Engagement, Organ
from fujing.registry.roster import Narrowing, dressed, roster_rows, scope_of
from fujing.registry.states import OrganKind

WEEK = timedelta(7)


def midnight(day: date) -> datetime:
    """The moment in China at which a day begins."""
    return datetime.combine(day, time(), ZONE)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(day.weekday())


def orders_for(actor: Actor) -> QuerySet[DutyOrder]:
    """Those of the territory, or of the own unit and those that the actor commands, each with its people; to be read
    within `registry.roster.reading`."""
    scope = scope_of(actor)
    rows = DutyOrder.objects.filter(organ_code__range=(scope.lo, scope.hi))
    if scope.unit:
        rows = rows.filter(Q(unit=scope.unit) | Q(commander=actor.account_id or 0))
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
    return list(orders_in_week(orders_for(actor), unit, monday))


def orders_in_week(rows: QuerySet[DutyOrder], unit: int, monday: date) -> QuerySet[DutyOrder]:
    """Those of a unit that touch the seven days from a day on, without what was withdrawn."""
    found = rows.filter(unit=unit, span__overlap=(midnight(monday), midnight(monday + WEEK)))
    return found.exclude(state=OrderState.WITHDRAWN)


def last_of_unit(actor: Actor, unit: int) -> DutyOrder | None:
    """What was drawn up last for a unit."""
    return orders_for(actor).filter(unit=unit).order_by("-pk").first()


def units_of(actor: Actor) -> list[Organ]:
    """Whose weeks the actor looks at: the own unit, or the bureau and its units; to be read within `reading`."""
    own = actor.organ_code or 0
    units = Q(parent_id=own, kind__in=[OrganKind.DEPARTMENT, OrganKind.STATION])
    return list(Organ.objects.filter(Q(code=own) | units).order_by("code"))


def orders_run_by(actor: Actor) -> QuerySet[DutyOrder]:
    """Those that the actor plans or commands; a draft is only its planners'. To be read within `reading`."""
    own, account = actor.organ_code or 0, actor.account_id or 0
    led = Q(commander=account) & ~Q(state=OrderState.DRAFT)
    planned = Q(unit=own) | Q(organ_code=own) if can_plan_duties(actor) else Q(pk=None)
    return orders_for(actor).filter(planned | led)


def orders_now(rows: QuerySet[DutyOrder], day: date) -> list[DutyOrder]:
    """What touches a day and was ordered: who is, was or will be on duty on it."""
    return list(rows.filter(state__in=LIVE, span__overlap=(midnight(day), midnight(day + timedelta(1)))))


def begun(now: datetime) -> Q:
    """Whose time has come."""
    return Q(span__startswith__lte=now)


def over(now: datetime) -> Q:
    """Whose time is past."""
    return Q(span__endswith__lte=now)


def orders_due(rows: QuerySet[DutyOrder], now: datetime) -> QuerySet[DutyOrder]:
    """What waits for its next step: drafts of today and tomorrow, what should have begun, and what should have ended."""
    soon = midnight(now.astimezone(ZONE).date() + timedelta(2))
    draft = Q(state=OrderState.DRAFT, span__startswith__lt=soon)
    return rows.filter(draft | Q(begun(now), state=OrderState.ORDERED) | Q(over(now), state=OrderState.STARTED))


def orders_ahead(rows: QuerySet[DutyOrder], now: datetime) -> QuerySet[DutyOrder]:
    """What is ordered and not over yet."""
    return rows.filter(state=OrderState.ORDERED, span__endswith__gt=now)


def orders_broken(rows: QuerySet[DutyOrder], now: datetime) -> dict[int, tuple[RowFinding, ...]]:
    """What is ordered, not over, and no longer lawful: a card, an employment or a certificate ended after it was given."""
    ahead = list(orders_ahead(rows, now))
    if not ahead:
        return {}
    told = judged(ahead)
    found = {each.pk: tuple(one for one in told.of(each) if one.outcome is Outcome.VIOLATED) for each in ahead}
    return {pk: findings for pk, findings in found.items() if findings}


def people_of_unit(actor: Actor, unit: int) -> list[Engagement]:
    """Who serves in a unit now, by name; those of a bureau itself are all of the bureau."""
    wanted = Narrowing() if unit % 10**6 == 0 else Narrowing(unit=unit)
    return list(dressed(roster_rows(actor, wanted)).order_by("person__pinyin", "pk"))


def own_duties(actor: Actor, since: date) -> list[DutyOrder]:
    """What the person of this account is ordered to, from a day on, the next first; by their own rows alone."""
    rows = DutyOrder.objects.filter(people__person_id=actor.person_id or 0, people__live=True)
    rows = rows.filter(span__endswith__gt=midnight(since), state__in=LIVE)
    return list(rows.select_related("unit").order_by("span", "pk"))
