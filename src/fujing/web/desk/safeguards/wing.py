"""保障: pay, insurance, leave, injury and placement (Chapter V)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo, waiting
from fujing.safeguards.leave.todos import LEAVES
from fujing.safeguards.payroll.todos import PAYROLL
from fujing.web.audience import LEADERS, PAY, PERSONNEL, UNITS
from fujing.web.desk.safeguards.leave import LEAVE_TAB
from fujing.web.desk.safeguards.todos import PLACES
from fujing.web.desk.wings import Item, Wing


def safeguards_todos(actor: Actor) -> Iterator[Todo]:
    """What waits in each of the sections."""
    return waiting(actor, LEAVES, PAYROLL)


SAFEGUARDS = Wing(
    urls="fujing.web.desk.safeguards.urls",
    rooms=(
        (
            "保障",
            (
                Item("薪酬", "desk:pay_runs", PAY),
                Item("请假", "desk:leaves", PERSONNEL | LEADERS | UNITS),
                Item("年休假", "desk:leave_years", PERSONNEL | LEADERS),
            ),
        ),
    ),
    waiting=safeguards_todos,
    todos={
        **PLACES,
        "leave_of_unit": "desk:leaves?state=asked",
        "leave_asked": "desk:leaves?state=asked",
        "leave_advised": "desk:leaves?state=advised",
        "leave_over": "desk:leaves?due=over",
    },
    tabs=(LEAVE_TAB,),
)
