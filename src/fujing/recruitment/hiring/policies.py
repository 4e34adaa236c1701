"""Who may act on the list of those to be hired, and who signs labour contracts."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.recruitment.campaigns.policies import only_the_organ
from fujing.recruitment.hiring.states import HEADS, HR


def check_hire(actor: Actor, organ_code: int, act: str = "办理聘用") -> None:
    """Only who leads in the recruiting organ takes people from its list (17.p1); `act` is what was asked for."""
    actor.need(*HEADS)
    only_the_organ(actor, organ_code, act)


def check_decline(actor: Actor, organ_code: int) -> None:
    """Only the recruiting organ's personnel people record that somebody gave up."""
    actor.need(*HR)
    only_the_organ(actor, organ_code, "办理聘用")


can_hire = asking(check_hire)
can_decline = asking(check_decline)
