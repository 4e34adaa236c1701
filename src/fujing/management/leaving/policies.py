"""Who handles a departure, and who decides on it."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.leaving.models import Departure, Resignation
from fujing.management.leaving.states import DECIDERS, HR, SELF


def check_handle_departures(actor: Actor) -> None:
    """Who handles departures, in whichever bureau."""
    actor.need(*HR)


def check_handle_departure(actor: Actor, organ_code: int) -> None:
    """Only the bureau that employs somebody handles their departure."""
    check_handle_departures(actor)
    _check_own(actor, organ_code)


def check_return_departure(actor: Actor, departure: Departure | Resignation) -> None:
    """Who handles it or decides on it sends it back, takes it back, or reads what is in its file."""
    actor.need(*HR, *DECIDERS)
    _check_own(actor, departure.organ_code)


def check_decide_departure(actor: Actor, departure: Departure) -> None:
    """The personnel head or the leader of the bureau decides, and never on their own draft."""
    actor.need(*DECIDERS)
    _check_own(actor, departure.organ_code)
    if departure.made_by_id == actor.account_id:
        raise NotAllowed("经办人不能决定自己经办的离职，应由另一名负责人决定。", provisions=("32",))


def check_oneself(actor: Actor, person_id: int) -> None:
    """The person, by the sign-in of their own, and nobody for them."""
    actor.need(*SELF)
    if actor.person_id != person_id:
        raise NotAllowed("只能办理本人的事项。", provisions=("14",))


def _check_own(actor: Actor, organ_code: int) -> None:
    if actor.organ_code != organ_code:
        raise NotAllowed("离职由管理此人的公安机关办理。", provisions=("39",))


can_handle_departures = asking(check_handle_departures)
can_handle_departure = asking(check_handle_departure)
can_return_departure = asking(check_return_departure)
can_decide_departure = asking(check_decide_departure)
can_oneself = asking(check_oneself)
