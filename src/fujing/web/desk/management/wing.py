"""队伍: the people after they were hired (Articles 22 and 39)."""

from fujing.management.contracts.todos import contract_todos
from fujing.web.audience import PERSONNEL
from fujing.web.desk.management.todos import PLACES
from fujing.web.desk.wings import Item, Wing

MANAGEMENT = Wing(
    urls="fujing.web.desk.management.urls",
    rooms=(("队伍", (Item("合同", "desk:contracts", PERSONNEL),)),),
    waiting=contract_todos,
    todos=PLACES,
)
