"""Who imports a roster and takes an import back."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.registry.policies import PERSONNEL


def check_move_in(actor: Actor, organ_code: int | None = None) -> None:
    """Personnel, for bureaus of the own territory (5.p1)."""
    actor.need(*PERSONNEL)
    if organ_code is not None and not actor.covers(organ_code):
        raise NotAllowed("只能办理本机关辖区内的人员。")


can_move_in = asking(check_move_in)
