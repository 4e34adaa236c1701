"""勤务: who is sent to what, when and under whose command (Articles 4, 9 to 13, 26, 27)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.duties.orders.todos import DUTIES as WAITING
from fujing.duties.orders.todos import WHAT
from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo, waiting
from fujing.registry.roster import reading
from fujing.web.audience import DUTIES, sees
from fujing.web.desk.wings import Item, Wing


def duties_todos(actor: Actor) -> Iterator[Todo]:
    """What waits for who plans a unit and who commands; a unit's orders belong to its bureau."""
    if not sees(actor, DUTIES):
        return
    with reading(actor):
        found = list(waiting(actor, WAITING))
    yield from found


DUTY = Wing(
    urls="fujing.web.desk.duties.urls",
    rooms=(
        (
            "勤务",
            (
                Item("按周排班", "desk:duties", DUTIES, ("duties/give", "duties/copy", "duties/sheet")),
                Item("今日在岗", "desk:duties_day", DUTIES),
                Item("派勤单", "desk:duty_orders", DUTIES),
            ),
        ),
    ),
    waiting=duties_todos,
    todos={
        **{f"duty_{state}": f"desk:duty_orders?due={state}" for state in WHAT},
        "duty_broken": "desk:duty_orders?due=broken",
    },
)
