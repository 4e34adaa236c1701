"""Who may pass quota on, and who states what it is measured against."""

from __future__ import annotations

from fujing.general.quota.states import QUOTA_ROLES
from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking


def check_give_quota(actor: Actor) -> None:
    """Only those who lead give, move and withdraw quota; to whom is the service's to say."""
    actor.need(*QUOTA_ROLES)


def check_state_figures(actor: Actor) -> None:
    """Who states the police officers and residents of the actor's own organ."""
    actor.need("hr_officer", *QUOTA_ROLES)


can_give_quota = asking(check_give_quota)
can_state_figures = asking(check_state_figures)
