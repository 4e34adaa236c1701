"""What waits about breaches of duty (Articles 15 and 43)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.management.discipline.models import Matter, Scheme
from fujing.management.discipline.policies import OFFICE
from fujing.management.discipline.queries import heard_out, over, to_dismiss, unanswered
from fujing.management.discipline.states import DECIDERS, HANDLERS, HR, MatterState, SchemeState

M = MatterState
WHAT = {
    "discipline_recorded": ("已记录，待告知本人", "43"),
    "discipline_late": ("陈述期限已满，待登记陈述或者不作陈述", "43"),
    "discipline_heard": ("已听取陈述，待提出处理意见", "43"),
    "discipline_proposed": ("已提出处理意见，待决定", "43"),
    "discipline_asked": ("本人申请复核，待答复", "14.5"),
    "discipline_over": ("影响期已满，待办结", "43"),
    "discipline_dismissal": ("已决定建议解除劳动合同，待转办", "32.3"),
    "discipline_scheme": ("处理规定录入中，待核对", "43"),
}
KINDS = {
    "discipline_matter": {
        "recorded": "discipline_recorded",
        "invited": "discipline_late",
        "stated": "discipline_heard",
        "declined": "discipline_heard",
        "proposed": "discipline_proposed",
        "decided": "discipline_over",
        "asked": "discipline_asked",
        "answered": "discipline_over",
    },
    "discipline_scheme": {"entered": "discipline_scheme"},
}


def discipline_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """What of the own bureau's matters is counted: all for its discipline officers, the own for who recorded them, what is
    to be decided for who may."""
    own = Matter.objects.filter(organ_code=actor.organ_code or 0)
    if actor.has(*HANDLERS):
        mine = own if actor.has(*OFFICE) else own.filter(recorded_by_id=actor.account_id or 0)
        yield rows_counted(mine.filter(state=M.RECORDED), "discipline_recorded", "happened_on")
        yield rows_counted(unanswered(mine), "discipline_late", "told_on")
        yield rows_counted(heard_out(mine), "discipline_heard", "told_on")
        yield rows_counted(over(mine), "discipline_over", "decided_on")
    if actor.has(*HR):
        yield rows_counted(to_dismiss(own), "discipline_dismissal", "decided_on")
    if actor.has(*DECIDERS):
        yield rows_counted(own.filter(state=M.PROPOSED), "discipline_proposed", "told_on")
        yield rows_counted(own.filter(state=M.ASKED), "discipline_asked", "decided_on")
        entered = Scheme.objects.filter(organ_code=actor.organ_code or 0, state=SchemeState.ENTERED)
        yield rows_counted(entered.exclude(entered_by_id=actor.account_id), "discipline_scheme", "effective_from")


def discipline_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """One line a step, since the first of its days."""
    for kind, (what, provision) in WHAT.items():
        number, day = counted.get(kind, (0, None))
        if number:
            unit = "份" if kind == "discipline_scheme" else "件"
            yield Todo(
                kind, number, what, matter="违反义务的处理", total=f"共 {number} {unit}", provision=provision, since=day
            )


DISCIPLINE = Waiting(discipline_counts, discipline_todos)
