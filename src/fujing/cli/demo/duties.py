"""The demo's duty orders of one station of 三台: this week planned and given, one draft, one that can't be given. Made once."""

from __future__ import annotations

from datetime import datetime, timedelta

from fujing.cli.demo.cast import SANTAI
from fujing.cli.demo.outfit import issued
from fujing.cli.demo.registry import signed_in
from fujing.cli.demo.training import held
from fujing.duties.orders.models import DutyOrder
from fujing.duties.orders.queries import monday_of
from fujing.duties.orders.services import Said, order_draft, order_end, order_give, order_repeat, order_start
from fujing.kernel.actor import acting
from fujing.kernel.clock import ZONE, today
from fujing.law.training.kinds import INDUCTION
from fujing.management.outfit.models import Card
from fujing.registry.models import Account, Engagement
from fujing.registry.seed import SEEDER

STATION = SANTAI + 500
FIT = 4
SPARED = 2
"""The first people of the station are left alone: whoever tries the demo begins with them."""
PATROL = "协助民警在辖区巡逻，维护秩序"


def seed_duties() -> None:
    """Nothing where the station has too few people or has orders already."""
    with acting(SEEDER):
        field = Engagement.objects.filter(
            assignments__unit=STATION,
            assignments__span__endswith__isnull=True,
            span__endswith__isnull=True,
            category="field",
        ).exclude(pk__in=Card.objects.values("engagement"))
        people = list(field.select_related("person").order_by("pk")[SPARED : SPARED + FIT + 1])
        officer = Account.objects.get(username="santai_police")
        if DutyOrder.objects.exists() or len(people) < FIT + 1:
            return
    monday = monday_of(today())
    morning = datetime(monday.year, monday.month, monday.day, 8, tzinfo=ZONE)
    fit, without = people[:FIT], people[FIT]
    with acting(signed_in("santai_hr")) as hr:
        issued(hr, [each.pk for each in fit], days=900, starts=monday)
    held(
        signed_in("santai_hr"),
        signed_in("santai_head"),
        INDUCTION,
        "岗前培训第一期",
        morning - timedelta(days=7),
        [each.pk for each in fit],
    )
    leader = signed_in("santai_unit")

    def drafted(begins: datetime, hours: int, sent: list[Engagement], text: str = PATROL) -> DutyOrder:
        said = Said(
            begins,
            begins + timedelta(hours=hours),
            item="10.3",
            mode="led",
            part="assist",
            text=text,
            place="潼川镇北街",
            commander=officer,
        )
        return order_draft(actor=leader, unit=STATION, said=said, people=sent)

    with acting(leader):
        week = [monday + timedelta(day) for day in range(1, 7)]
        for first in (drafted(morning, 10, fit[:2]), drafted(morning + timedelta(hours=14), 8, fit[2:])):
            for order in [first, *order_repeat(actor=leader, order=first, days=week)]:
                _carried_out(order_give(actor=leader, order=order))
        drafted(morning + timedelta(days=6, hours=11), 2, fit[:2], "协助民警在夜市维护秩序")
        drafted(morning + timedelta(days=6), 4, [without])


def _carried_out(order: DutyOrder) -> None:
    """What is over was begun and ended, what runs was begun."""
    leader, now = signed_in("santai_unit"), datetime.now(tz=ZONE)
    with acting(leader):
        if order.begins <= now:
            order_start(actor=leader, order=order)
        if order.ends <= now:
            order_end(actor=leader, order=order)
