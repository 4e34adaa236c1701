"""Who proposes, checks and awards commendations."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.commendation.states import DECIDERS, HR
from fujing.registry.models import Organ


def check_propose_commendations(actor: Actor) -> None:
    """Who proposes and makes public, in whichever bureau."""
    actor.need(*HR)


def check_propose_commendation(actor: Actor, organ_code: int) -> None:
    """The personnel of the bureau that employs somebody proposes."""
    check_propose_commendations(actor)
    _check_own(actor, organ_code)


def check_read_objection(actor: Actor, organ_code: int) -> None:
    """Who answers an objection, and who decides over it."""
    actor.need(*HR, *DECIDERS)
    _check_own(actor, organ_code)


def check_award_commendation(actor: Actor, organ_code: int) -> None:
    """A bureau of the county or above commends its own people (29)."""
    actor.need(*DECIDERS)
    _check_own(actor, organ_code)


def _check_own(actor: Actor, organ_code: int) -> None:
    organ = Organ.objects.filter(pk=actor.organ_code or 0).first()
    if organ is None or not organ.manages or organ.code != organ_code:
        raise NotAllowed("表彰奖励由管理此人的县级以上公安机关办理。", provisions=("29",))


can_propose_commendations = asking(check_propose_commendations)
can_propose_commendation = asking(check_propose_commendation)
can_read_objection = asking(check_read_objection)
can_award_commendation = asking(check_award_commendation)
