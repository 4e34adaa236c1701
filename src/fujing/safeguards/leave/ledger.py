"""Booking annual leave: what a year grants, what requests take and give back, corrections, and the end of a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.locks import relocked
from fujing.kernel.numbers import bare
from fujing.kernel.refusals import Refusal
from fujing.law.leave.ending import may_go_on, owed_for
from fujing.law.leave.kinds import LEDGER
from fujing.law.parameters import Parameters
from fujing.registry.models import Engagement
from fujing.registry.queries import serving_between
from fujing.safeguards.leave.models import LeaveEntry, LeaveRequest, LeaveYear
from fujing.safeguards.leave.policies import FOR, check_correct_leave, check_keep_leave_of
from fujing.safeguards.leave.queries import annual_of, came_and_used
from fujing.safeguards.leave.states import EntryKind

E = EntryKind


def granted(actor: Actor, engagement: Engagement, year: int) -> LeaveYear:
    """Somebody's account of a year, with all that is certain of it granted. What was taken is not reclaimed."""
    made, _ = LeaveYear.objects.get_or_create(
        engagement=engagement,
        kind="annual",
        year=year,
        defaults={"organ_code": engagement.organ_code, "person_id": engagement.person_id},
    )
    account, due = relocked(made), annual_of(engagement, year)
    before = account.entries.filter(kind=E.GRANT).aggregate(days=Sum("days"))["days"] or Decimal(0)
    more = max(due.least - before, -account.balance)
    if more:
        _enter(actor, account, E.GRANT, more, due.because)
        account.refresh_from_db()
    open_days = (due.most or due.least) - due.least
    told = (due.because[:600], "；".join(due.needs)[:300])
    if (account.because, account.needs, account.open_days) != (*told, open_days):
        account.because, account.needs, account.open_days = *told, open_days
        account.save(update_fields=["because", "needs", "open_days"])
    return account


def year_grant(*, actor: Actor, engagement: Engagement, year: int) -> LeaveYear:
    """Reckon somebody's year again by the facts that are known now."""
    check_keep_leave_of(actor, engagement.organ_code)
    _check_year(year)
    return granted(actor, relocked(engagement), year)


def years_grant(*, actor: Actor, year: int) -> int:
    """Reckon a year for everybody who serves in the actor's own bureau; gives how many."""
    own = actor.organ_code or 0
    check_keep_leave_of(actor, own)
    _check_year(year)
    people = serving_between(own, own).select_related("person").order_by("pk")
    return len([granted(actor, each, year) for each in people])


def book(actor: Actor, request: LeaveRequest, days: Mapping[int, Decimal]) -> None:
    """Take the days of a request from the years in which they lie."""
    for year, number in sorted(days.items()):
        if not number:
            continue
        account = granted(actor, request.engagement, year)
        if account.balance < number:
            said = f"{year}年年休假余额{bare(account.balance)}天，申请{bare(number)}天"
            if account.open_days:
                said += f"；另有{bare(account.open_days)}天待核实，还要查明：{account.needs}"
            raise Refusal("没有提交请假申请。", provisions=FOR, errors={"until": [f"{said}。"]})
        _enter(actor, account, E.USE, -number, f"{request.get_kind_display()}申请", request=request)


def give_back(actor: Actor, request: LeaveRequest, kept: Mapping[int, Decimal], reason: str) -> None:
    """Give back what a request took beyond what is kept of it, by year."""
    if request.kind not in LEDGER:
        return
    booked = LeaveEntry.objects.filter(request=request).order_by().values_list("account", "account__year")
    for account, year, days in sorted(booked.annotate(days=Sum("days")), key=lambda row: row[1]):
        more = -days - kept.get(year, Decimal(0))
        if more:
            _enter(actor, relocked(LeaveYear(pk=account)), E.BACK, more, reason, request=request)


def leave_correct(*, actor: Actor, account: LeaveYear, days: Decimal, reason: str) -> LeaveEntry:
    """Correct a balance by so many days, for a reason; an entry of its own, and never below zero."""
    check_correct_leave(actor, account.organ_code)
    row = relocked(account)
    errors: dict[str, list[str]] = {}
    if days == 0:
        errors["days"] = ["更正的天数不能为零。"]
    elif row.balance + days < 0:
        errors["days"] = [f"余额{bare(row.balance)}天，不能更正为负数。"]
    if not reason.strip():
        errors["reason"] = ["请写明理由和依据。"]
    if errors:
        raise Refusal("没有更正。", provisions=FOR, errors=errors)
    return _enter(actor, row, E.CORRECTION, days, reason.strip())


def year_settle(*, actor: Actor, account: LeaveYear, carried: Decimal, waived: Decimal, reason: str) -> LeaveYear:
    """End a year: so many days go on to the next, so many the person gave up in writing, the rest is owed (36)."""
    check_correct_leave(actor, account.organ_code)
    row = relocked(account)
    if today() <= date(row.year, 12, 31):
        raise Refusal(f"{row.year}年还没有结束，年度终了以后才能结转。", provisions=FOR)
    law = Parameters(date(row.year, 12, 31))
    most = may_go_on(law, row.balance, *came_and_used(row))
    errors: dict[str, list[str]] = {}
    if min(carried, waived) < 0 or carried + waived > row.balance:
        errors["carried"] = [f"余额{bare(row.balance)}天，转入下一年度和本人不休的合计不能超过。"]
    elif most is None:
        errors["carried"] = [f"没有登记{row.year}年适用的规定，能否跨年度安排待核实。"]
    elif carried > most:
        errors["carried"] = [f"最多转入{bare(most)}天：年休假只能跨一个年度安排，上一年度转来的不能再转。"]
    if not reason.strip():
        errors["reason"] = ["请写明工作需要或者本人书面意见的情况。"]
    if errors:
        raise Refusal("没有结转。", provisions=FOR, errors=errors)
    rest = row.balance - carried - waived
    if carried:
        out = _enter(actor, row, E.CARRIED_OUT, -carried, reason.strip())
        into = granted(actor, row.engagement, row.year + 1)
        _enter(actor, into, E.CARRIED_IN, carried, f"{row.year}年转入：{reason.strip()}", against=out)
    if waived:
        _enter(actor, row, E.WAIVED, -waived, reason.strip())
    if rest:
        _enter(actor, row, E.UNARRANGED, -rest, owed_for(law, rest))
    row.refresh_from_db()
    return row


def _check_year(year: int) -> None:
    if not 2021 <= year <= today().year + 1:
        raise Refusal("只能核定2021年至明年的年休假。", provisions=FOR, errors={"year": ["请填写2021年至明年。"]})


def _enter(
    actor: Actor,
    account: LeaveYear,
    kind: str,
    days: Decimal,
    reason: str,
    *,
    request: LeaveRequest | None = None,
    against: LeaveEntry | None = None,
) -> LeaveEntry:
    row = LeaveEntry(
        organ_code=account.organ_code,
        account=account,
        person_id=account.person_id,
        kind=kind,
        days=days,
        reason=reason[:600],
        request=request,
        against=against,
        made_by=actor.name,
    )
    row.save()
    return row
