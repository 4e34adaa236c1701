"""Who plans training, and who confirms it."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.training.states import CONFIRMERS, PLANNERS


def check_plan_trainings(actor: Actor) -> None:
    """Who plans classes and records attendance, in whichever bureau."""
    actor.need(*PLANNERS)


def check_plan_training(actor: Actor, organ_code: int) -> None:
    """Only the bureau that employs somebody trains them on record (Article 24)."""
    check_plan_trainings(actor)
    _check_own(actor, organ_code)


def check_confirm_training(actor: Actor, organ_code: int) -> None:
    """The personnel head or the leader of the bureau confirms."""
    actor.need(*CONFIRMERS)
    _check_own(actor, organ_code)


def _check_own(actor: Actor, organ_code: int) -> None:
    if actor.organ_code != organ_code:
        raise NotAllowed("教育培训由管理此人的公安机关登记。", provisions=("24",))


can_plan_trainings = asking(check_plan_trainings)
can_plan_training = asking(check_plan_training)
can_confirm_training = asking(check_confirm_training)
