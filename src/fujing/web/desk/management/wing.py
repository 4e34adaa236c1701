"""队伍 and 证装: the people after they were hired, and what they are given (Articles 22, 26, 32 and 39)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo, waiting
from fujing.management.contracts.todos import CONTRACTS
from fujing.management.leaving.todos import LEAVING
from fujing.management.outfit.todos import OUTFIT
from fujing.web.audience import LEADERS, PERSONNEL, SUPPLY
from fujing.web.desk.management.outfit_tab import OUTFIT_TAB
from fujing.web.desk.management.todos import PLACES
from fujing.web.desk.wings import Item, Wing


def management_todos(actor: Actor) -> Iterator[Todo]:
    """What waits about contracts, about who leaves, and about cards."""
    return waiting(actor, CONTRACTS, LEAVING, OUTFIT)


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
        (
            "证装",
            (
                Item("工作证", "desk:cards", SUPPLY | LEADERS),
                Item("服装标识", "desk:outfit_clothes", SUPPLY | LEADERS, ("outfit/items", "outfit/sheet")),
                Item("装备", "desk:outfit_equipment", SUPPLY | LEADERS),
                Item("应配未配", "desk:outfit_lacking", SUPPLY, ("outfit/people", "outfit/holdings")),
            ),
        ),
    ),
    waiting=management_todos,
    todos=PLACES,
    tabs=(OUTFIT_TAB,),
)
