"""Whose recruitment it is: only the recruiting organ carries it out, whoever else sees it (17.p1)."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.refusals import NotAllowed


def only_the_organ(actor: Actor, organ_code: int, act: str) -> None:
    """Refuse everybody of another organ, a superior's as well: it sees the recruitment and doesn't conduct it (17.p1).

    `act` is what was asked for, as it stands in the sentence: 办理考务, 录入成绩.
    """
    if actor.organ_code != organ_code:
        raise NotAllowed(f"只有招聘机关可以{act}。", provisions=("17.p1",))
