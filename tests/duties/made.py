"""A unit of 三台 that can be planned: its leader, an officer, and people of whom a roster says all that an order asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.duties.orders.queries import midnight
from fujing.duties.orders.services import Said, order_draft
from fujing.kernel.actor import Actor, acting
from fujing.registry.models import Account, Engagement, Organ, RosterImport, RosterRecord
from tests import factories
from tests.factories import SANTAI

MONDAY = date(2026, 3, 2)
RIGHT = {"9": ("civil", "directed"), "10": ("field", "led"), "11": ("field", "organ")}
FIT: dict[str, Any] = {
    "inducted_on": date(2022, 3, 1),
    "card_number": "SC00001",
    "card_valid_to": date(2027, 12, 31),
    "qualifications": "机动车驾驶证C1:2028-01-01；急救证:2028-01-01",
}
"""What a roster says of somebody who may be sent to anything of their category."""


@dataclass
class Unit:
    """Who plans, who leads, and who is sent."""

    unit: Organ
    leader: Actor
    officer: Account
    roster: RosterImport


def unit(code: int = SANTAI) -> Unit:
    with acting(factories.PROVINCIAL) as clerk:
        station = factories.unit(code)
        leader = factories.officer(station.code, "unit_leader")
        officer = factories.account(code, "police_officer", name="张警官")
        roster = RosterImport.objects.create(
            organ_code=code, file_name="花名册.xlsx", digest="0", as_of=MONDAY, columns=[], made_by=clerk.name
        )
    return Unit(station, leader, officer, roster)


def somebody(
    made: Unit, name: str = "甲", *, category: str = "field", since: date | None = None, **said: Any
) -> Engagement:
    """Somebody of the unit, in service since 2021 unless told otherwise, of whom a roster says FIT but for `said`."""
    with acting(factories.PROVINCIAL):
        who = factories.person(made.unit.managing_code, name)
        row = Engagement(
            organ_code=who.organ_code,
            person=who,
            category=category,
            source="roster",
            recorded_in=made.roster,
            span=DateRange(since or date(2021, 1, 1), None),
        )
        row.clean()
        row.save()
        RosterRecord.objects.create(
            organ_code=who.organ_code,
            roster_import=made.roster,
            person=who,
            engagement=row,
            row=2,
            period=0,
            **FIT | said,
        )
    return row


def at(hour: float, day: date = MONDAY) -> datetime:
    return midnight(day) + timedelta(hours=hour)


def lawful(made: Unit, item: str = "10.3", **said: Any) -> Said:
    """An order of an item that nothing stands against, but for `said`."""
    article = item.partition(".")[0]
    given: dict[str, Any] = {
        "begins": at(8),
        "ends": at(12),
        "item": item,
        "mode": RIGHT.get(article, RIGHT["10"])[1],
        "part": "assist",
        "text": "协助民警工作",
        "place": "潼川镇",
        "commander": made.officer,
        "basis": "公通字〔2016〕1号",
    }
    return Said(**given | said)


def drafted(
    made: Unit, people: list[Engagement], item: str = "10.3", *, drivers: tuple[int, ...] = (), **said: Any
) -> DutyOrder:
    with acting(made.leader):
        return order_draft(
            actor=made.leader, unit=made.unit.code, said=lawful(made, item, **said), people=people, drivers=drivers
        )


def given_by_sql(made: Unit, order: DutyOrder) -> None:
    """The order given past the service."""
    DutyOrder.objects.filter(pk=order.pk).update(state="ordered", given_by=made.leader.name)


def live(order: DutyOrder) -> list[bool]:
    with acting(factories.PROVINCIAL):
        return list(DutyAssignment.objects.filter(order=order).values_list("live", flat=True))
