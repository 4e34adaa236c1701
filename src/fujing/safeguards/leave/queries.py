"""Reading requests, accounts and what the law makes of them, as somebody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from fujing.duties.orders.models import DutyAssignment
from fujing.kernel.actor import Actor
from fujing.kernel.calendar import is_workday
from fujing.kernel.clock import ZONE, today
from fujing.kernel.refusals import existing
from fujing.law.leave.annual import Away, Worked, annual
from fujing.law.leave.days import Counted, counted
from fujing.law.leave.entitled import Entitled
from fujing.law.leave.kinds import KINDS, LEDGER, Measure
from fujing.law.leave.others import Event, of_event
from fujing.law.parameters import Parameters
from fujing.registry.models import Engagement
from fujing.safeguards.leave.models import LeaveEntry, LeaveRequest, LeaveYear, WorkRecord
from fujing.safeguards.leave.states import GRANTED, LIVE, EntryKind

DAY = timedelta(days=1)


def moment(day: date, at: time = time()) -> datetime:
    """A moment of a day in China."""
    return datetime.combine(day, at, tzinfo=ZONE)


@dataclass(frozen=True, slots=True)
class Spent:
    """Leave of one request within a period, both days inclusive. `working` is None where a year has no arrangement of
    holidays; `paid` says of personal leave whether it is paid."""

    request: LeaveRequest
    kind: str
    paid: bool | None
    first: date
    last: date
    calendar: Decimal
    working: Decimal | None


def leave_between(engagement: Engagement, first: date, last: date) -> list[Spent]:
    """What somebody had of approved leave from a day until another, both inclusive; the pay of a month reads it."""
    rows = LeaveRequest.objects.filter(engagement=engagement, state__in=GRANTED)
    return spent(rows.filter(span__overlap=(moment(first), moment(last + DAY))).order_by("span"), first, last)


def spent(rows: Iterable[LeaveRequest], first: date, last: date) -> list[Spent]:
    """The part of each of these requests that lies in a period."""
    found = []
    for row in rows:
        begins, ends = max(row.begins, moment(first)), min(row.ends, moment(last + DAY))
        part = measured(begins, ends)
        until = (ends - timedelta(microseconds=1)).date()
        found.append(Spent(row, row.kind, row.paid, begins.date(), until, part.calendar, part.worked))
    return found


def measured(begins: datetime, ends: datetime) -> Counted:
    """A time in days by the holidays of its years."""
    first, after = (each.astimezone(ZONE).replace(tzinfo=None) for each in (begins, ends))
    return counted(first, after, is_workday)


def worked_of(engagement: Engagement) -> Worked:
    """What is known of somebody's work, by the latest record of their papers."""
    record = WorkRecord.objects.filter(engagement=engagement).order_by("-pk").first()
    left = engagement.span.upper
    return Worked(
        hired=engagement.span.lower,
        left=left - DAY if left else None,
        since=record.since if record else None,
        born=engagement.person.birth_date,
        continuous=record.continuous if record else None,
    )


def away_in(engagement: Engagement, year: int) -> Away:
    """What takes the annual leave of a year away, as far as it is recorded here."""
    here = _taken_away(engagement, year)
    before, used = year - 1, Decimal(0)
    if engagement.span.lower.year <= before:
        booked = LeaveEntry.objects.filter(account__engagement=engagement, account__year=before)
        used = booked.filter(kind__in=[EntryKind.USE, EntryKind.BACK]).aggregate(days=Sum("days"))["days"] or Decimal(0)
    if not used:
        return here
    last = Parameters(date(before, 12, 31))
    then = annual(last, worked_of(engagement), before, date(before, 12, 31), _taken_away(engagement, before))
    return replace(here, last_year=True if then.most == 0 else False if then.least > 0 else None)


def _taken_away(engagement: Engagement, year: int) -> Away:
    had = leave_between(engagement, date(year, 1, 1), date(year, 12, 31))
    paid = [each.working for each in had if each.kind == "personal" and each.paid]
    sick = sum((each.calendar for each in had if each.kind == "sick"), Decimal(0))
    return Away(None if None in paid else sum((each for each in paid if each is not None), Decimal(0)), sick)


def annual_of(engagement: Engagement, year: int) -> Entitled:
    """The annual leave of a year as the facts stand today."""
    law = Parameters(min(max(today(), date(year, 1, 1)), date(year, 12, 31)))
    return annual(law, worked_of(engagement), year, today(), away_in(engagement, year))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A request before it is sent: its days, what is due, and whether it is within; `holds` None: that is open."""

    counted: Counted
    days: Decimal
    entitled: Entitled | None
    holds: bool | None


def weighed(engagement: Engagement, kind: str, begins: datetime, ends: datetime, event: Event) -> Weighed | None:
    """What a leave comes to; None where a year of it has no arrangement of holidays. For annual leave the balance decides,
    and is asked where it is booked."""
    found = measured(begins, ends)
    days = found.of(kind)
    if days is None:
        return None
    if kind in LEDGER or KINDS[kind].measure is Measure.WORKING:
        return Weighed(found, days[0], None, True if kind in LEDGER else None)
    before = LeaveRequest.objects.filter(engagement=engagement, kind=kind, event_on=event.day, state__in=LIVE)
    if kind in ("childcare", "parents"):
        year = begins.astimezone(ZONE).year
        before = before.filter(span__overlap=(moment(date(year, 1, 1)), moment(date(year + 1, 1, 1))))
    had = before.aggregate(days=Sum("days"), calendar=Sum("calendar_days"))
    fewest, most = (
        days[0] + (had["days"] or 0),
        days[1] + ((had["calendar"] or 0) if days[1] != days[0] else (had["days"] or 0)),
    )
    due = of_event(Parameters(begins.astimezone(ZONE).date()), kind, event)
    return Weighed(found, days[0], due, due.holds(fewest, most))


def requests_for(actor: Actor) -> QuerySet[LeaveRequest]:
    """Those of the territory or of the own unit, the newest first."""
    lo, hi = actor.territory
    rows = LeaveRequest.objects.filter(Q(organ_code__range=(lo, hi)) | Q(unit__gte=lo, unit__lte=hi))
    return rows.select_related("unit").order_by("-pk")


def request_for(actor: Actor, request_id: int) -> LeaveRequest:
    """One of them, or 404."""
    return existing(requests_for(actor).filter(pk=request_id).first(), "没有这次请假")


def requests_of(engagement: Engagement | None) -> QuerySet[LeaveRequest]:
    """All of somebody's, the newest first."""
    return LeaveRequest.objects.filter(engagement=engagement).select_related("unit").order_by("-pk")


def years_for(actor: Actor, year: int) -> QuerySet[LeaveYear]:
    """The accounts of a year in the actor's territory, by name."""
    rows = LeaveYear.objects.filter(organ_code__range=actor.territory, year=year)
    return rows.select_related("engagement__person").order_by("engagement__person__pinyin", "pk")


def year_for(actor: Actor, account_id: int) -> LeaveYear:
    """One account of the territory, or 404."""
    rows = LeaveYear.objects.filter(organ_code__range=actor.territory, pk=account_id)
    return existing(rows.select_related("engagement__person").first(), "没有这个年度")


def years_of(engagement: Engagement) -> QuerySet[LeaveYear]:
    """Somebody's accounts, the latest year first."""
    return LeaveYear.objects.filter(engagement=engagement).order_by("-year")


def entries_of(account: LeaveYear) -> QuerySet[LeaveEntry]:
    """All lines of an account, in their order."""
    return LeaveEntry.objects.filter(account=account).select_related("request").order_by("pk")


def came_and_used(account: LeaveYear) -> tuple[Decimal, Decimal]:
    """Days that came from the year before, and those that were taken."""
    booked = dict(LeaveEntry.objects.filter(account=account).order_by().values_list("kind").annotate(days=Sum("days")))
    used = booked.get(EntryKind.USE, Decimal(0)) + booked.get(EntryKind.BACK, Decimal(0))
    return booked.get(EntryKind.CARRIED_IN, Decimal(0)), -used


def claims_for(actor: Actor) -> QuerySet[LeaveEntry]:
    """Days that were never arranged and whose pay is open, the newest first."""
    rows = LeaveEntry.objects.filter(organ_code__range=actor.territory, kind=EntryKind.UNARRANGED)
    return rows.select_related("account__engagement__person").order_by("-pk")


def away_between(actor: Actor, first: date, last: date) -> QuerySet[LeaveRequest]:
    """Who has leave, approved or asked for, between two days, both inclusive, by name."""
    rows = requests_for(actor).filter(state__in=LIVE, span__overlap=(moment(first), moment(last + DAY)))
    return rows.order_by("name", "span")


def sent_meanwhile(request: LeaveRequest) -> QuerySet[DutyAssignment]:
    """Orders that stand in the time of a request."""
    rows = DutyAssignment.objects.filter(person_id=request.person_id, live=True, span__overlap=request.span)
    return rows.select_related("order").order_by("span")


def own_requests(actor: Actor) -> list[LeaveRequest]:
    """The person's own, the latest first."""
    return list(LeaveRequest.objects.filter(person_id=actor.person_id or 0).order_by("-pk"))


def own_request(actor: Actor, request_id: int) -> LeaveRequest:
    """One of them, or 404."""
    rows = LeaveRequest.objects.filter(person_id=actor.person_id or 0, pk=request_id)
    return existing(rows.first(), "没有这次请假")


def own_years(actor: Actor) -> list[LeaveYear]:
    """The person's own accounts, the latest year first."""
    return list(LeaveYear.objects.filter(person_id=actor.person_id or 0).order_by("-year"))


def own_entries(actor: Actor, year: int) -> list[LeaveEntry]:
    """All lines of the person's own account of a year."""
    rows = LeaveEntry.objects.filter(person_id=actor.person_id or 0, account__year=year)
    return list(rows.order_by("pk"))
