"""Who may help an applicant back to the account."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.policies import only_the_organ


def check_recover(actor: Actor, application: Application) -> None:
    """Only an officer of the organ where the person applied gives a code, against the identity card."""
    actor.need("hr_officer", "hr_head")
    only_the_organ(actor, application.organ_code, "找回报名人账号")


can_recover = asking(check_recover)
