"""What waits in appraisals (Article 25)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.management.appraisal.models import Reconsideration, Round
from fujing.management.appraisal.policies import (
    can_answer_anybody,
    can_be_responsible,
    can_decide_rounds,
    can_lead_units,
    can_run_rounds,
)
from fujing.management.appraisal.queries import sheets_waiting
from fujing.management.appraisal.states import ROUND, WAITING, AskedState, RoundState, SheetState

WHAT = {
    "self": "待登记本人自评",
    "officer": "您负责的辅警待评分",
    "unit": "本单位的辅警待评分",
    "drafted": "方案已拟，待开始考核",
    "opened": "考核中，待评完拟定等次",
    "proposed": "等次已拟，待决定",
    "decided": "等次已决定，待公示",
    "publicised": "公示和复核中，期满办结",
    "asked": "复核或者异议待答复",
}
KINDS = {
    "appraisal_sheet": {"self": "appraisal_self", "officer": "appraisal_officer", "unit": "appraisal_unit"},
    "appraisal_round": {
        str(state): f"appraisal_{state}"
        for state in (
            RoundState.DRAFTED,
            RoundState.OPENED,
            RoundState.PROPOSED,
            RoundState.DECIDED,
            RoundState.PUBLICISED,
        )
    },
    "appraisal_asked": {"asked": "appraisal_asked"},
}


SHEETS = (SheetState.SELF, SheetState.OFFICER, SheetState.UNIT)


def appraisal_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """Sheets at the actor's step, rounds of the own bureau and what was asked about results, each since its day."""
    organ = actor.organ_code or 0
    runs = can_run_rounds(actor)
    if runs or can_be_responsible(actor) or can_lead_units(actor):
        yield rows_counted(sheets_waiting(actor), "appraisal_", "round__last", by="state")
    if runs or can_decide_rounds(actor):
        rounds = Round.objects.filter(organ_code=organ, state__in=WAITING)
        yield rows_counted(rounds, "appraisal_", "last", by="state")
    if can_answer_anybody(actor):
        asked = Reconsideration.objects.filter(organ_code=organ, state=AskedState.ASKED)
        yield rows_counted(asked, "appraisal_asked", "asked_on")


def appraisal_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """Sheets, rounds and requests that wait for the actor; of a round only what the actor's roles may do next."""
    for state, what in WHAT.items():
        count, since = counted.get(f"appraisal_{state}", (0, None))
        if not count or (state in WAITING and not ROUND.open_to(actor, state)):
            continue
        unit = "人" if state in SHEETS else "份" if state == AskedState.ASKED else "个批次"
        yield Todo(
            f"appraisal_{state}", count, what, matter="考核", total=f"共 {count} {unit}", provision="25", since=since
        )


APPRAISAL = Waiting(appraisal_counts, appraisal_todos)
