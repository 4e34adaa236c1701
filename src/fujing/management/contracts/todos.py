"""What waits about labour contracts (Articles 22 and 39)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.law.periods import months_later
from fujing.management.contracts.policies import can_end_contract, can_sign_contracts
from fujing.management.contracts.queries import (
    PROBATION_DAYS,
    RETIRING_MONTHS,
    STEPS,
    contract_rows,
    probations,
    renewals_waiting,
    retiring,
)
from fujing.registry.roster import ENDING

KINDS = {
    "renewal": {
        "offered": "renewal_offered",
        "accepted": "renewal_accepted",
        "declined": "renewal_leaving",
        "ending": "renewal_leaving",
    },
    "probation_review": {"reviewed": "probation_reviewed"},
}
WHAT = {
    "renewal_offered": ("已征求续订意见，待登记本人答复", "39"),
    "renewal_accepted": ("本人同意续订，待签订", "39"),
    "renewal_leaving": ("不续订，待到期终止", "39"),
    "probation_due": (f"试用期 {PROBATION_DAYS} 日内届满，待转正考核", "22"),
    "probation_reviewed": ("试用期已考核，待决定是否转正", "22"),
}
RETIRING = f"{RETIRING_MONTHS} 个月内到法定退休年龄或者已到，女性按岗位核实"
BANDS = ("lapsed", *ENDING)
"""How far away the end of a contract is that nobody has in hand."""
HEADS = ("renewal_leaving", "probation_reviewed")
"""What only the personnel head decides."""


def contract_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """What of the own bureau's contracts is counted, for whoever signs them."""
    if not can_sign_contracts(actor):
        return
    yield rows_counted(contract_rows(actor, "none"), "no_contract", "span__startswith")
    for band in BANDS:
        yield rows_counted(contract_rows(actor, band), f"contract_{band}", "until")
    for step in STEPS:
        yield rows_counted(renewals_waiting(actor, step), f"renewal_{step}", "after")
    for step in ("due", "reviewed"):
        yield rows_counted(probations(actor, step), f"probation_{step}", "probation_until")
    yield rows_counted(retiring(actor), "retiring", "person__birth_date")


def contract_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """A labour contract is signed within one month of the first day of work (Labour Contract Law 10); one that ends
    soon or has ended without another behind it waits for a decision, those of seven, thirty and sixty days apart; a
    probation is reviewed and decided on before its last day."""
    if not can_sign_contracts(actor):
        return
    number, first = counted.get("no_contract", (0, None))
    if first:
        yield Todo(
            "no_contract",
            number,
            "已聘用未签劳动合同",
            total=f"最早 {first} 上岗，一个月内签订",
            provision="22",
            due=months_later(first, 1),
        )
    yield from _ending(counted)
    for kind, (what, provision) in WHAT.items():
        number, after = counted.get(kind, (0, None))
        if after and (kind not in HEADS or can_end_contract(actor, actor.organ_code or 0)):
            yield Todo(
                kind,
                number,
                what,
                matter="劳动合同",
                total=f"共 {number} 人",
                provision=provision,
                due=after - timedelta(days=1),
            )
    if "retiring" in counted:
        number, _ = counted["retiring"]
        yield Todo("retiring", number, RETIRING, total=f"共 {number} 人", provision="39")


def _ending(counted: Counted) -> Iterator[Todo]:
    for band in BANDS:
        number, until = counted.get(f"contract_{band}", (0, None))
        if not until:
            continue
        if band == "lapsed":
            words = "已经期满仍在职，待续签或终止"
        else:
            first, last = ENDING[band]
            words = f"{first} 至 {last} 日内期满，待办理续签或终止" if first else f"{last} 日内期满，待办理续签或终止"
        yield Todo(
            f"contract_{band}",
            number,
            words,
            matter="劳动合同",
            total=f"共 {number} 人",
            provision="39",
            due=until - timedelta(days=1),
        )


CONTRACTS = Waiting(contract_counts, contract_todos)
