"""队伍: the people after they were hired (Articles 22, 32 and 39)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo
from fujing.management.contracts.todos import contract_todos
from fujing.management.leaving.todos import leaving_todos
from fujing.web.audience import LEADERS, PERSONNEL
from fujing.web.desk.management.todos import PLACES
from fujing.web.desk.wings import Item, Wing


def management_todos(actor: Actor) -> Iterator[Todo]:
    """What waits about contracts, and about who leaves."""
    yield from contract_todos(actor)
    yield from leaving_todos(actor)


MANAGEMENT = Wing(
    urls="fujing.web.desk.management.urls",
    rooms=(
        (
            "队伍",
            (
                Item("合同", "desk:contracts", PERSONNEL),
                Item("辞职", "desk:resignations", PERSONNEL | LEADERS),
                Item("离职", "desk:departures", PERSONNEL | LEADERS),
            ),
        ),
    ),
    waiting=management_todos,
    todos=PLACES,
)
