"""编制: quota and budget (Articles 6 and 8)."""

from fujing.general.budget.todos import budget_todos
from fujing.web.audience import HR, MONEY, PARTNER_MONEY
from fujing.web.desk.wings import Item, Wing

GENERAL = Wing(
    urls="fujing.web.desk.general.urls",
    waiting=budget_todos,
    todos={"budget": "desk:budget"},
    rooms=(("编制", (Item("用人额度", "desk:quota", HR), Item("经费预算", "desk:budgets", MONEY | PARTNER_MONEY))),),
)
