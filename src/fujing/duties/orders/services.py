"""Drawing up, giving and ending duty orders: one function an act (Articles 4, 9 to 13, 27)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from fujing.duties.orders.frame import judged
from fujing.duties.orders.gates import SAID
from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.duties.orders.policies import check_plan_unit, check_run_order
from fujing.duties.orders.queries import WEEK, midnight
from fujing.duties.orders.states import DUTY_ORDER, OrderState
from fujing.kernel.actor import Actor
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal, stated
from fujing.law.findings import Outcome, RowFinding
from fujing.registry.models import Account, Engagement, bureau_of
from fujing.registry.roster import reading

RELEASABLE = frozenset({"duty.prohibited"})
"""Rules of which a named officer may write why an order goes ahead, where the wording may be either; never where it is
what Article 13 forbids, and never for a fact that is missing: that is filled in."""
COPIED = tuple(name for name in SAID if name not in ("span", "made_by", "made_by_id"))


@dataclass(frozen=True, slots=True)
class Said:
    """What an order says; anything but its time may be missing while it is a draft. `ends` isn't included."""

    begins: datetime
    ends: datetime
    item: str = ""
    mode: str = ""
    part: str = ""
    text: str = ""
    place: str = ""
    commander: Account | None = None
    basis: str = ""
    needs: tuple[str, ...] = ()
    restraint: bool = False
    emergency: str = ""
    vehicle: str = ""
    equipment: str = ""


SAYS = tuple(each.name for each in fields(Said) if each.name not in ("begins", "ends"))


def order_draft(
    *, actor: Actor, unit: int, said: Said, people: Iterable[Engagement], drivers: Collection[int] = ()
) -> DutyOrder:
    """Draw up an order for people of the bureau; `drivers` are the employments of those who drive."""
    check_plan_unit(actor, unit)
    with reading(actor):
        made = DutyOrder(organ_code=bureau_of(unit), unit_id=unit, made_by=actor.name)
        _say(made, said)
        made.full_clean()
        made.save()
        _send(made, people, drivers)
    return made


def order_change(
    *,
    actor: Actor,
    order: DutyOrder,
    said: Said,
    people: Iterable[Engagement],
    drivers: Collection[int] = (),
    seen: Callable[[DutyOrder], None] = lambda row: None,
) -> DutyOrder:
    """Write a draft anew. `seen` refuses, with the row locked, what isn't any more as its writer saw it."""
    check_plan_unit(actor, order.unit_id)
    with reading(actor):
        row = relocked(order)
        if row.state != OrderState.DRAFT:
            raise Refusal("派勤以后，派勤单不得改动，可以撤回后重新草拟。", provisions=("4",))
        seen(row)
        _say(row, said)
        row.full_clean()
        row.save()
        DutyAssignment.objects.filter(order=row).delete()
        _send(row, people, drivers)
    return row


@dataclass(frozen=True, slots=True)
class Planned:
    """One order of a plan that is read in: what it says, the employments that are sent, and those who drive."""

    said: Said
    people: tuple[int, ...]
    drivers: frozenset[int] = frozenset()


def week_plan(*, actor: Actor, unit: int, planned: Iterable[Planned]) -> list[DutyOrder]:
    """Draw up every order of a plan, or none; what stands there already isn't drawn up again."""
    check_plan_unit(actor, unit)
    with reading(actor):
        wanted = list(planned)
        known = Engagement.objects.select_related("person").in_bulk({pk for each in wanted for pk in each.people})
        if any(pk not in known for each in wanted for pk in each.people):
            raise Refusal("有人已经不在本单位，没有写入任何内容，请重新读入。", provisions=("5.p1",))
        standing = _standing(unit, [each.said.begins.date() for each in wanted])
        made = []
        for each in wanted:
            if _key(each.said, each.people) not in standing:
                people = [known[pk] for pk in each.people]
                made.append(order_draft(actor=actor, unit=unit, said=each.said, people=people, drivers=each.drivers))
        return made


def order_repeat(*, actor: Actor, order: DutyOrder, days: Iterable[date]) -> list[DutyOrder]:
    """Draw up the same again on other days, at the same hours and with the same people; not where it stands already."""
    check_plan_unit(actor, order.unit_id)
    with reading(actor):
        return _again_all(actor, [(order, day) for day in sorted(set(days))])


def week_copy(*, actor: Actor, unit: int, monday: date) -> list[DutyOrder]:
    """Draw up for the next week what stands of the one that begins on `monday`; what is there already stays."""
    check_plan_unit(actor, unit)
    with reading(actor):
        rows = DutyOrder.objects.filter(
            unit=unit, span__startswith__gte=midnight(monday), span__startswith__lt=midnight(monday + WEEK)
        )
        standing = rows.exclude(state=OrderState.WITHDRAWN).order_by("span", "pk")
        return _again_all(actor, [(each, each.begins.date() + WEEK) for each in standing])


def order_give(
    *, actor: Actor, order: DutyOrder, reason: str = "", seen: Callable[[DutyOrder], None] = lambda row: None
) -> DutyOrder:
    """Give an order. Refused with what the law says against it, or doesn't know.

    `reason` is the officer's own for wording that may be what Article 13 keeps for the police, and may be not; `seen`
    as in `order_change`.
    """
    check_plan_unit(actor, order.unit_id)
    with reading(actor):
        row = relocked(order)
        move = DUTY_ORDER.check(actor, row.state, "give")
        seen(row)
        _lead_alone([row])
        open_ = in_the_way(judged([row]).of(row), reason)
        if not DutyAssignment.objects.filter(order=row).exists():
            raise Refusal("派勤单没有派人。", provisions=("5.p1",))
        if open_:
            raise Refusal(
                f"没有派勤：{open_[0].message}",
                provisions=tuple(dict.fromkeys(each.provision for each in open_)),
                remedy=open_[0].remedy or "",
                facts={"findings": [each.model_dump(mode="json") for each in open_]},
            )
        _given(row, actor, move.target, reason)
    return row


def week_give(
    *, actor: Actor, unit: int, orders: Iterable[DutyOrder], seen: Callable[[list[DutyOrder]], None] = lambda rows: None
) -> tuple[list[DutyOrder], list[DutyOrder]]:
    """Give at once all of a unit's drafts that nothing stands against; the others stay drafts. Both are returned.

    `seen` refuses, with the rows locked, what isn't any more as its reader saw it.
    """
    check_plan_unit(actor, unit)
    with reading(actor):
        rows = locked(DutyOrder.objects.filter(pk__in=[each.pk for each in orders], unit=unit, state=OrderState.DRAFT))
        seen(rows)
        _lead_alone(rows)
        told = judged(rows)
        peopled = set(DutyAssignment.objects.filter(order__in=rows).values_list("order_id", flat=True))
        clear = [each for each in rows if each.pk in peopled and not told.of(each)]
        for row in clear:
            _given(row, actor, DUTY_ORDER.check(actor, row.state, "give").target, "")
        return clear, [each for each in rows if each not in clear]


def in_the_way(findings: Iterable[RowFinding], reason: str = "") -> list[RowFinding]:
    """What keeps an order from being given: all but what may be released by a written reason, violated first."""
    kept = [each for each in findings if not (reason.strip() and releasable(each))]
    return sorted(kept, key=lambda each: each.outcome is not Outcome.VIOLATED)


def releasable(finding: RowFinding) -> bool:
    """Whether an officer may write why the order goes ahead all the same."""
    return finding.rule in RELEASABLE and finding.outcome is Outcome.UNDETERMINED


def order_start(*, actor: Actor, order: DutyOrder) -> DutyOrder:
    """Say that it has begun."""
    return _moved(actor, order, "start")


def order_end(*, actor: Actor, order: DutyOrder) -> DutyOrder:
    """Say that it is over."""
    return _moved(actor, order, "end")


def order_discard(*, actor: Actor, order: DutyOrder) -> DutyOrder:
    """Throw a draft away."""
    check_plan_unit(actor, order.unit_id)
    return _moved(actor, order, "discard")


def order_withdraw(*, actor: Actor, order: DutyOrder, reason: str) -> DutyOrder:
    """Take an order back before it has begun, and say why."""
    check_plan_unit(actor, order.unit_id)
    reason = stated(reason, "reason", "请写明撤回的理由。", refusal="没有撤回。", provisions=("4",))
    return _moved(actor, order, "withdraw", withdrawn_why=reason)


def _moved(actor: Actor, order: DutyOrder, verb: str, **told: Any) -> DutyOrder:
    check_run_order(actor, order)
    with reading(actor):
        row = relocked(order)
        row.state = DUTY_ORDER.check(actor, row.state, verb).target
        for name, value in told.items():
            setattr(row, name, value)
        row.save(update_fields=["state", *told])
    return row


def _say(row: DutyOrder, said: Said) -> None:
    row.span = DateTimeTZRange(said.begins, said.ends)
    for name in SAYS:
        value = getattr(said, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.needs = list(said.needs)


def _send(order: DutyOrder, people: Iterable[Engagement], drivers: Collection[int]) -> None:
    sent = [
        DutyAssignment(organ_code=order.organ_code, order=order, engagement=each, drives=each.pk in drivers)
        for each in people
    ]
    for each in sent:
        each.clean()
    DutyAssignment.objects.bulk_create(sent)


def _again_all(actor: Actor, wanted: list[tuple[DutyOrder, date]]) -> list[DutyOrder]:
    """Each order on its day, but for those that stand there already: whoever copies twice has them once."""
    if not wanted:
        return []
    standing = _standing(wanted[0][0].unit_id, [day for _, day in wanted])
    return [_again(actor, order, day) for order, day in wanted if _same(order, day) not in standing]


def _standing(unit: int, days: list[date]) -> set[tuple[Any, ...]]:
    """What stands of a unit from the first of the days to the last."""
    if not days:
        return set()
    rows = DutyOrder.objects.filter(
        unit=unit, span__startswith__gte=midnight(min(days)), span__startswith__lt=midnight(max(days) + timedelta(1))
    )
    return {_same(each) for each in rows.exclude(state=OrderState.WITHDRAWN).prefetch_related("people")}


def _same(order: DutyOrder, day: date | None = None) -> tuple[Any, ...]:
    """What makes two orders the same piece of work: when (on `day`, if it is given), what, where, and by whom."""
    moved = day - order.begins.date() if day else timedelta()
    people = frozenset(each.engagement_id for each in order.people.all())
    return (order.span.lower + moved, order.span.upper + moved, order.item, order.text, order.place, people)


def _key(said: Said, people: Iterable[int]) -> tuple[Any, ...]:
    return (said.begins, said.ends, said.item, said.text, said.place, frozenset(people))


def _again(actor: Actor, order: DutyOrder, day: date) -> DutyOrder:
    moved = day - order.begins.date()
    made = DutyOrder(
        made_by=actor.name,
        span=DateTimeTZRange(order.span.lower + moved, order.span.upper + moved),
        **{name: getattr(order, name) for name in COPIED},
    )
    made.full_clean()
    made.save()
    sent = list(order.people.select_related("engagement"))
    _send(made, [each.engagement for each in sent], {each.engagement_id for each in sent if each.drives})
    return made


def _given(row: DutyOrder, actor: Actor, state: str, reason: str) -> None:
    row.state, row.given_by = state, actor.name
    if reason.strip():
        row.released_why, row.released_by = reason.strip(), actor.name
    row.save()


def _lead_alone(orders: Iterable[DutyOrder]) -> None:
    """Two leaders who send people to the same officers at once do so one after the other."""
    locked(Account.objects.filter(pk__in={each.commander_id for each in orders if each.commander_id}))
