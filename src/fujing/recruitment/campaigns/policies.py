"""Who may act on a recruitment. What an announcement needs before it is published stands in `readiness.py`."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.states import HR, CampaignState


def only_the_organ(actor: Actor, organ_code: int, act: str) -> None:
    """Refuse whoever is not of the organ that recruits: it works on its own applicants and their results (17.p1).

    `act` is what was asked for, as it stands in the sentence: 办理考务, 录入成绩.
    """
    if actor.organ_code != organ_code:
        raise NotAllowed(f"只有招聘机关可以{act}。", provisions=("17.p1",))


def check_announce(actor: Actor) -> None:
    """Who draws up announcements, in whichever bureau."""
    actor.need(*HR)


def check_revise(actor: Actor, campaign: Campaign) -> None:
    """Only the recruiting organ changes its announcement, and only before it is asked about or published."""
    check_announce(actor)
    if campaign.state != CampaignState.DRAFT:
        raise Refusal(f"公告{campaign.get_state_display()}，不能修改；未发布的可以撤回修改。", provisions=("21.p1",))
    only_the_organ(actor, campaign.organ_code, "修改公告")


def check_entrust(actor: Actor, campaign: Campaign) -> None:
    """Only the recruiting organ records to whom it entrusts a recruitment (22)."""
    actor.need(*HR)
    if actor.organ_code != campaign.organ_code:
        raise NotAllowed("只有招聘机关可以登记委托。", provisions=("22",))


can_announce = asking(check_announce)
can_revise = asking(check_revise)
can_entrust = asking(check_entrust)
