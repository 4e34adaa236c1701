"""Who makes cards and hands things out, and who stops a card."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.outfit.states import HANDLERS, HR


def check_handle_outfits(actor: Actor) -> None:
    """Who makes cards, hands out and takes back, in whichever bureau."""
    actor.need(*HANDLERS)


def check_handle_outfit(actor: Actor, organ_code: int) -> None:
    """Only the bureau that employs somebody equips them."""
    check_handle_outfits(actor)
    _check_own(actor, organ_code)


def check_stop_card(actor: Actor, organ_code: int) -> None:
    """Personnel stops a card with the duty, and lets it be used again."""
    actor.need(*HR)
    _check_own(actor, organ_code)


def _check_own(actor: Actor, organ_code: int) -> None:
    if actor.organ_code != organ_code:
        raise NotAllowed("证件和服装、装备由管理此人的公安机关办理。", provisions=("26",))


can_handle_outfits = asking(check_handle_outfits)
can_handle_outfit = asking(check_handle_outfit)
can_stop_card = asking(check_stop_card)
