"""Who may act on applications: the recruiting organ on what was handed in, the applicant on the own."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.states import REVIEWERS
from fujing.recruitment.campaigns.policies import only_the_organ
from fujing.registry.states import Role

NOT_OWN = "只能办理本人的报名。"


def check_review(actor: Actor, organ_code: int, act: str = "审查报名") -> None:
    """Only who reviews in the recruiting organ screens, verifies and decides; `act` is what was asked for."""
    actor.need(*REVIEWERS)
    only_the_organ(actor, organ_code, act)


def check_apply(actor: Actor) -> int:
    """Who applies and who takes a copy of what was stated; gives the account."""
    actor.need(Role.APPLICANT)
    if actor.account_id is None:
        raise NotAllowed("请先登录。")
    return actor.account_id


def check_own(actor: Actor, application: Application) -> None:
    """An applicant acts on the own application alone."""
    if application.account_id != actor.account_id:
        raise NotAllowed(NOT_OWN, provisions=("21.p1",))


can_review = asking(check_review)
can_apply = asking(check_apply)
can_own = asking(check_own)
