"""Who opens, handles and concludes protection cases, and that nobody does so in a case about themself."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.protection.models import Clarification, ProtectionCase, Referral
from fujing.management.protection.states import DECIDERS, HANDLERS, SELF, UNIT
from fujing.registry.models import Engagement
from fujing.registry.queries import place_now


def check_see_protections(actor: Actor) -> None:
    """Who handles and who concludes, in whichever bureau."""
    actor.need(*HANDLERS, *DECIDERS)


def check_open_protection(actor: Actor, engagement: Engagement) -> None:
    """The person for themself, the leader of the unit where they serve, and the bureau that keeps the file.

    A unit's leader is asked within `registry.roster.reading`.
    """
    actor.need(*SELF, *UNIT, *HANDLERS)
    if actor.person_id is not None:
        if actor.person_id != engagement.person_id:
            raise NotAllowed("只能为本人提出。", provisions=("28.p1",))
    elif actor.has(*HANDLERS):
        _check_own(actor, engagement.organ_code)
    else:
        place = place_now(engagement)
        if place is None or place.unit_id != actor.organ_code:
            raise NotAllowed("由此人所在的使用单位提出。", provisions=("28.p1",))


def check_handle_protection(actor: Actor, case: ProtectionCase) -> None:
    """Officers of the bureau that keeps the file, whom it isn't about."""
    actor.need(*HANDLERS)
    _check_own(actor, case.organ_code)
    _check_not_accused(actor, case)


def check_handle_part(actor: Actor, part: Referral | Clarification) -> None:
    """The same of something that is done in a case."""
    actor.need(*HANDLERS)
    _check_own(actor, part.organ_code)
    _check_not_accused(actor, part.case)


def check_decide_protection(actor: Actor, case: ProtectionCase) -> None:
    """The leader of the bureau, unless it is about them, or about what they decided."""
    actor.need(*DECIDERS)
    _check_own(actor, case.organ_code)
    _check_not_accused(actor, case)


def check_read_protection(actor: Actor, case: ProtectionCase) -> None:
    """Who handles it or decides on it reads what happened."""
    check_see_protections(actor)
    _check_own(actor, case.organ_code)
    _check_not_accused(actor, case)


def check_be_protected(actor: Actor, row: ProtectionCase | Clarification) -> None:
    """The person alone, by the sign-in of their own."""
    actor.need(*SELF)
    if actor.person_id != row.person_id:
        raise NotAllowed("只能办理本人的事项。", provisions=("28.p1",))


def check_set_terms(actor: Actor) -> None:
    """Who enters a bureau's own terms."""
    actor.need(*HANDLERS)


def _check_own(actor: Actor, organ_code: int) -> None:
    if actor.organ_code != organ_code:
        raise NotAllowed("由管理此人的公安机关办理。", provisions=("28.p1",))


def _check_not_accused(actor: Actor, case: ProtectionCase) -> None:
    mine = {case.accused_id, case.decision.decided_by_id if case.decision else None} - {None}
    if actor.account_id in mine:
        raise NotAllowed("涉及您本人的维权案件，由他人办理、决定。", provisions=("28.p2",))


can_see_protections = asking(check_see_protections)
can_open_protection = asking(check_open_protection)
can_handle_protection = asking(check_handle_protection)
can_handle_part = asking(check_handle_part)
can_decide_protection = asking(check_decide_protection)
can_read_protection = asking(check_read_protection)
can_be_protected = asking(check_be_protected)
can_set_terms = asking(check_set_terms)
