"""Who asks for a correction, and who confirms which."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.corrections.models import Correction
from fujing.management.corrections.states import CORRECTABLE, HR, SELF
from fujing.registry.models import Engagement


def check_ask_correction(actor: Actor, row: Engagement | Correction) -> None:
    """The person alone, by the sign-in of their own."""
    actor.need(*SELF)
    if actor.person_id != row.person_id:
        raise NotAllowed("只能更正本人的档案。", provisions=("14.7",))


def check_see_corrections(actor: Actor) -> None:
    """Who handles people's files."""
    actor.need(*HR)


def check_settle_correction(actor: Actor, correction: Correction) -> None:
    """Only the organ that keeps the file, and only whom the table names for this thing."""
    check_see_corrections(actor)
    if actor.organ_code != correction.organ_code:
        raise NotAllowed("由管理此人的公安机关办理。", provisions=("5.p1",))
    found = CORRECTABLE[correction.field]
    if not actor.has(*found.roles):
        raise NotAllowed(f"更正{found.label}由人事负责人办理。", provisions=("14.7",))


can_ask_correction = asking(check_ask_correction)
can_see_corrections = asking(check_see_corrections)
can_settle_correction = asking(check_settle_correction)
