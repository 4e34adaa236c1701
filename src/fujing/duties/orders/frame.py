"""Duty orders as the law reads them: a week of a unit with the facts of its people, by a few queries for all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import product
from typing import Any

from django.db.models import Q

from fujing.duties.orders.facts import Held, known
from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.duties.orders.states import OrderState
from fujing.law.duties import Order, Plan, check_plan
from fujing.law.duties.people import Auxiliary, People
from fujing.law.findings import RowFinding
from fujing.law.formats.duties import COLUMNS
from fujing.law.formats.roster import NONE
from fujing.law.parameters import Parameters
from fujing.law.roster.certificates import certificates
from fujing.law.roster.people import ANY_EXCLUDED
from fujing.registry.models import Account, Engagement
from fujing.registry.moving_in.queries import standing_records
from fujing.registry.roster import dressed
from fujing.registry.states import RESPONSIBLE

ASKED = frozenset(column.key for column in COLUMNS) | {"mode", "part"}
"""What an order says at all: everything that a file may, and its shape."""
KNOWN = frozenset(
    ["inducted_on", "category", "qualifications", "card_number", "card_valid_to", "unit", "post", "hired_on", "left_on"]
)
RECORDED = (
    *("category", "unit", "post", "qualifications", "card_number", "card_valid_to", "inducted_on", "inducted_on_said"),
)


@dataclass(frozen=True, slots=True)
class Served(People):
    """The people of a bureau by employment; of several cards the one that is valid on the day."""

    cards: Mapping[str, tuple[Held, ...]] = field(default_factory=dict)

    @property
    def source(self) -> str:
        return "本人档案"

    def find(self, id_number: str | None, day: date | None) -> Auxiliary | None:
        someone = next(iter(self.by_number.get(id_number or "", ())), None)
        held = self.cards.get(id_number or "")
        if someone is None or held is None:
            return someone
        begun = [each for each in held if day is None or each.first <= day]
        best = max(begun, key=lambda each: each.last, default=None)
        return replace(someone, card=best.number if best else NONE, card_until=best.last if best else None)


def people_of(engagements: Iterable[int]) -> Served:
    """What is known of these people: the registry's own, what a roster says, and what other chapters keep."""
    numbers = sorted(set(engagements))
    rows = list(dressed(Engagement.objects.filter(pk__in=numbers)))
    said: dict[int, Any] = {}
    for record in standing_records().filter(engagement__in=numbers).order_by("period").only("engagement_id", *RECORDED):
        said[record.engagement_id or 0] = record
    inductions, cards = known("inductions", numbers), known("cards", numbers)
    found: dict[str, tuple[Auxiliary, ...]] = {
        str(row.pk): (_auxiliary(row, said.get(row.pk), inductions.get(row.pk)),) for row in rows
    }
    return Served(found, KNOWN, {str(number): held for number, held in cards.items()})


def _auxiliary(row: Any, record: Any, induction: Any) -> Auxiliary:
    places = [row.post_name or row.said_post, row.unit_name or row.said_unit, record.category if record else ""]
    words = re.search(ANY_EXCLUDED, " ".join(filter(None, places)))
    said = record.qualifications if record else ""
    return Auxiliary(
        id_number=str(row.pk),
        category=row.category or None,
        excluded=words[1] if words else None,
        hired=row.span.lower,
        left=row.span.upper,
        induction=induction or ((record.inducted_on_said or record.inducted_on) if record else None),
        card=(record.card_number or None) if record else None,
        card_until=record.card_valid_to if record else None,
        certificates=certificates(said) if said else None,
    )


def _officers(orders: Iterable[DutyOrder]) -> dict[int, list[Any]]:
    """The spans for which each commander is a police officer of the bureau."""
    wanted = {order.commander_id for order in orders if order.commander_id}
    rows = Account.objects.filter(pk__in=wanted, person_id=None, roles__role__in=RESPONSIBLE)
    found = defaultdict(list)
    for pk, span in rows.values_list("pk", "roles__span"):
        found[pk].append(span)
    return found


def _said(order: DutyOrder, officers: Mapping[int, list[Any]]) -> dict[str, Any]:
    """What an order says of each of its people."""
    day = order.begins.date()
    leads = any(day in span for span in officers.get(order.commander_id or 0, ()))
    return {
        "day": day,
        "item": order.item or None,
        "text": order.text or None,
        "place": order.place or None,
        "commander": f"{order.commander_name}（{order.commander_id}）" if leads else None,
        "basis": order.basis or None,
        "needs": tuple(order.needs),
        "restraint": order.restraint,
        "emergency": order.emergency or None,
        "mode": order.mode or None,
        "part": order.part or None,
        "moments": (order.begins.replace(tzinfo=None), order.ends.replace(tzinfo=None)),
        "named": f"{order.begins:%m月%d日%H:%M}至{order.ends:%H:%M}的派勤",
    }


def _order(row: int, sent: DutyAssignment, said: dict[str, Any]) -> Order:
    return Order(row=row, subject=str(sent.pk), id_number=str(sent.engagement_id), drives=sent.drives, **said)


@dataclass(frozen=True, slots=True)
class Judged:
    """What the law says of orders: by assignment; an order without anybody has nothing to be judged by."""

    by_assignment: Mapping[int, tuple[RowFinding, ...]]
    of_order: Mapping[int, tuple[RowFinding, ...]]

    def of(self, order: DutyOrder) -> tuple[RowFinding, ...]:
        """All findings of an order's people."""
        return self.of_order.get(order.pk, ())


def judged(orders: Iterable[DutyOrder]) -> Judged:
    """These orders with all that stands beside them: what else their people and officers are ordered to meanwhile."""
    asked = {order.pk: order for order in orders}
    own = DutyAssignment.objects.filter(order__in=asked).exclude(order__state=OrderState.WITHDRAWN)
    sent = list(own.order_by("pk"))
    for each in sent:
        each.order = asked[each.order_id]  # a row of it for each of its people takes long
    beside = _beside(list(asked.values()), sent)
    rows = [*sent, *beside]
    if not rows:
        return Judged({}, {})
    officers = _officers(each.order for each in rows)
    said = {each.order_id: each.order for each in rows}
    words = {pk: _said(order, officers) for pk, order in said.items()}
    plan = Plan(tuple(_order(row, each, words[each.order_id]) for row, each in enumerate(rows)), ASKED, _absences(rows))
    most = Parameters(max(each.begins.date() for each in asked.values()))["duty.led.most"]
    told = check_plan(plan, people_of(each.engagement_id for each in rows), most_led=most)
    found: dict[int, list[RowFinding]] = defaultdict(list)
    for finding in told.findings:
        if finding.row is not None and finding.row < len(sent):
            found[finding.row].append(finding)
    by_order: dict[int, list[RowFinding]] = defaultdict(list)
    for row, findings in found.items():
        by_order[sent[row].order_id] += findings
    return Judged(
        {sent[row].pk: tuple(findings) for row, findings in found.items()},
        {pk: tuple(findings) for pk, findings in by_order.items()},
    )


def unfit(engagements: Iterable[int], days: Iterable[date]) -> dict[int, tuple[RowFinding, ...]]:
    """What stands against sending each of these people to anything on these days: service, training, card, leave.

    Said once of somebody, however many days it is true of; whom nothing stands against isn't there.
    """
    numbers, on = sorted(set(engagements)), sorted(set(days))
    asked = tuple(
        Order(row=row, subject=str(number), id_number=str(number), day=day)
        for row, (number, day) in enumerate(product(numbers, on))
    )
    absences = tuple(each for each in _absences_of(numbers) if each.kind != "recusal")
    plan = Plan(asked, frozenset({"id_number"}), absences)
    found: dict[int, dict[str, RowFinding]] = defaultdict(dict)
    for finding in check_plan(plan, people_of(numbers), most_led=0).findings:
        found[int(finding.subject or 0)].setdefault(finding.rule, finding)
    return {number: tuple(rules.values()) for number, rules in found.items()}


def _beside(orders: list[DutyOrder], sent: list[DutyAssignment]) -> list[DutyAssignment]:
    """What stands of the same people and officers in the same time, and isn't among these."""
    if not orders:
        return []
    first, last = min(order.span.lower for order in orders), max(order.span.upper for order in orders)
    people = {each.person_id for each in sent}
    commanders = {order.commander_id for order in orders if order.commander_id}
    rows = DutyAssignment.objects.filter(live=True, span__overlap=(first, last)).exclude(order__in=orders)
    rows = rows.filter(Q(person_id__in=people) | Q(order__commander_id__in=commanders))
    return list(rows.select_related("order").order_by("pk"))


def _absences(rows: list[DutyAssignment]) -> tuple[Any, ...]:
    return _absences_of({each.engagement_id for each in rows})


def _absences_of(engagements: Collection[int]) -> tuple[Any, ...]:
    found = known("absences", engagements)
    return tuple(replace(each, id_number=str(number)) for number, those in found.items() for each in those)
