"""What waits about duty orders: what is to be given, begun and ended, and what was given and is lawful no longer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from fujing.duties.orders.policies import can_plan_duties, can_run_orders
from fujing.duties.orders.queries import orders_ahead, orders_broken, orders_due, orders_run_by
from fujing.duties.orders.states import OrderState
from fujing.kernel.actor import Actor
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted

WHAT = {
    OrderState.DRAFT: "今明两天的派勤单还是草稿，待派勤",
    OrderState.ORDERED: "已到时间，待开始执勤或者撤回",
    OrderState.STARTED: "时间已过，待结束执勤",
}
KINDS = {"duty_order": {str(state): f"duty_{state}" for state in WHAT}}
AHEAD = "duty_ahead"


def duty_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """Orders that the actor gives or commands and whose next step is due; how many of the own unit's are ahead."""
    if not can_run_orders(actor):
        return
    rows, now = orders_run_by(actor), timezone.now()
    yield rows_counted(orders_due(rows, now), "duty_", "span__startswith__date", by="state")
    if can_plan_duties(actor):
        yield rows_counted(orders_ahead(rows, now), AHEAD, "span__startswith__date")


def duty_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """Each since the first day of its orders; to be read within `registry.roster.reading`."""
    for state, what in WHAT.items():
        number, first = counted.get(f"duty_{state}", (0, None))
        if number:
            yield Todo(
                f"duty_{state}", number, what, matter="派勤", total=f"共 {number} 张", provision="4", since=first
            )
    if AHEAD in counted and (broken := orders_broken(orders_run_by(actor), timezone.now())):
        provision = next(iter(broken.values()))[0].provision
        number = len(broken)
        yield Todo(
            "duty_broken",
            number,
            "派勤以后不再符合规定，待撤回",
            matter="派勤",
            total=f"共 {number} 张",
            provision=provision,
        )


DUTIES = Waiting(duty_counts, duty_todos)
