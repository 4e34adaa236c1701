"""Who signs, renews and ends labour contracts."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.contracts.states import HEAD, HR
from fujing.registry.models import Organ


def check_sign_contracts(actor: Actor) -> None:
    """Who records labour contracts, in whichever bureau."""
    actor.need(*HR)


def check_sign_contract(actor: Actor, organ_code: int) -> None:
    """Only a county-or-higher bureau signs, with its own people (17.p2)."""
    check_sign_contracts(actor)
    organ = Organ.objects.get(pk=actor.organ_code or 0)
    if not organ.manages or organ.code != organ_code:
        raise NotAllowed("劳动合同由县级以上公安机关签订，内设机构、派出机构不能签订。", provisions=("17.p2", "22"))


def check_end_contract(actor: Actor, organ_code: int) -> None:
    """Only the personnel head of the bureau decides that a contract is not renewed, runs on by law, or ends, and whether
    somebody stays on after the probation."""
    check_sign_contract(actor, organ_code)
    actor.need(*HEAD)


can_sign_contracts = asking(check_sign_contracts)
can_sign_contract = asking(check_sign_contract)
can_end_contract = asking(check_end_contract)
