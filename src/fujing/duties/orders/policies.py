"""Who draws up, gives and ends the duty orders of a unit."""

from __future__ import annotations

from fujing.duties.orders.models import DutyOrder
from fujing.duties.orders.states import COMMANDERS, ON_DUTY, PLANNERS
from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.registry.models import bureau_of


def check_plan_duties(actor: Actor) -> None:
    """Who plans, in whichever unit."""
    actor.need(*PLANNERS)


def check_command(actor: Actor) -> None:
    """Who is named as the officer in command."""
    actor.need(*COMMANDERS)


def check_run_orders(actor: Actor) -> None:
    """Who gives, begins or ends orders at all."""
    actor.need(*ON_DUTY)


def check_plan_unit(actor: Actor, unit: int) -> None:
    """A unit's leader plans the own unit; the leader of a bureau all of its units, and none below."""
    check_plan_duties(actor)
    _check_own(actor, unit)


def check_run_order(actor: Actor, order: DutyOrder) -> None:
    """Whoever may give it, and the officer in command, say that it has begun and ended."""
    actor.need(*ON_DUTY)
    if order.commander_id is None or order.commander_id != actor.account_id:
        check_plan_unit(actor, order.unit_id)


def _check_own(actor: Actor, unit: int) -> None:
    code = actor.organ_code or 0
    if code != unit and not (code % 10**6 == 0 and bureau_of(unit) == code):
        raise NotAllowed("派勤由用人单位的负责人或者本机关的负责人办理。", provisions=("4",))


can_plan_duties = asking(check_plan_duties)
can_command = asking(check_command)
can_run_orders = asking(check_run_orders)
can_plan_unit = asking(check_plan_unit)
can_run_order = asking(check_run_order)
