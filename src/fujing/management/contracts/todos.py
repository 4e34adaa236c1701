"""What waits about labour contracts (Articles 22 and 39)."""

from __future__ import annotations

from collections.abc import Iterator

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo
from fujing.law.periods import months_later
from fujing.management.contracts.policies import can_end_contract, can_sign_contracts
from fujing.management.contracts.queries import PROBATION_DAYS, RETIRING_MONTHS, contract_rows, ending, waiting
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
    "offered": "已征求续订意见，待登记本人答复",
    "accepted": "本人同意续订，待签订",
    "leaving": "不续订，待到期终止",
    "probation_due": f"试用期 {PROBATION_DAYS} 日内届满，待转正考核",
    "probation_reviewed": "试用期已考核，待决定是否转正",
}
RETIRING = f"{RETIRING_MONTHS} 个月内到法定退休年龄或者已到，女性按岗位核实"
HEADS = ("leaving", "probation_reviewed")
"""What only the personnel head decides."""


def contract_todos(actor: Actor) -> Iterator[Todo]:
    """A labour contract is signed within one month of the first day of work (Labour Contract Law 10); one that ends
    soon or has ended without another behind it waits for a decision, those of seven, thirty and sixty days apart; a
    probation is reviewed and decided on before its last day."""
    if not can_sign_contracts(actor):
        return
    due = list(contract_rows(actor, "none").order_by("span").values_list("span", flat=True))
    if due:
        first = due[0].lower
        yield Todo(
            "no_contract",
            len(due),
            "已聘用未签劳动合同",
            total=f"最早 {first} 上岗，一个月内签订",
            provision="22",
            due=months_later(first, 1),
        )
    for band, days in ending(actor).items():
        if band == "lapsed":
            words = "已经期满仍在职，待续签或终止"
        else:
            first, last = ENDING[band]
            words = f"{first} 至 {last} 日内期满，待办理续签或终止" if first else f"{last} 日内期满，待办理续签或终止"
        yield Todo(
            f"contract_{band}",
            len(days),
            words,
            matter="劳动合同",
            total=f"共 {len(days)} 人",
            provision="39",
            due=min(days),
        )
    for step, (count, last_day) in waiting(actor).items():
        if step in HEADS and not can_end_contract(actor, actor.organ_code or 0):
            continue
        if step == "retiring":
            yield Todo(step, count, RETIRING, total=f"共 {count} 人", provision="39")
            continue
        trying = step.startswith("probation_")
        yield Todo(
            step if trying else f"renewal_{step}",
            count,
            WHAT[step],
            matter="劳动合同",
            total=f"共 {count} 人",
            provision="22" if trying else "39",
            due=last_day,
        )
