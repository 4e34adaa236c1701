"""Who gives out codes for people's own sign-ins."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.registry.policies import PERSONNEL


def check_issue(actor: Actor, organ_code: int) -> None:
    """The personnel officers of the organ that keeps the person's file, and of no other."""
    actor.need(*PERSONNEL)
    if actor.organ_code != organ_code:
        raise NotAllowed("开通码由管理此人的公安机关发放。", provisions=("5.p1",))


can_issue = asking(check_issue)
