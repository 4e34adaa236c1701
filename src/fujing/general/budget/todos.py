"""What waits about budgets: with the finance department (Article 8)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.general.budget.policies import can_propose_budget
from fujing.general.budget.queries import returned_budgets, waiting_budgets
from fujing.general.budget.states import FINANCE
from fujing.kernel.actor import Actor
from fujing.kernel.todos import MOST, Todo
from fujing.registry.models import Organ

KINDS = {"budget": {"finance": "budget", "returned": "budget"}, "budget_task": {"waiting": "budget"}}


def budget_todos(actor: Actor) -> Iterator[Todo]:
    """Budgets that the actor's department is to examine, and those that came back to the bureau."""
    if can_propose_budget(actor):
        for budget in returned_budgets(actor)[:MOST]:
            matter = f"{budget.year} 年经费预算"
            yield Todo("budget", 1, "退回修改，待修改后再报", budget.pk, matter=matter, provision="8.p1")
    if not actor.has(*FINANCE):
        return
    rows = list(waiting_budgets(actor))
    names = dict(Organ.objects.filter(pk__in={row.organ_code for row in rows}).values_list("code", "name"))
    for row in rows:
        county = names.get(row.organ_code, "")
        yield Todo("budget", 1, "等待审核", row.pk, county=county, matter=f"{row.year} 年经费预算", provision="8.p1")
