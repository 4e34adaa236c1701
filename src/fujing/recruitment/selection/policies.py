"""Who may act on results: the recruiting organ enters, ranks and tells; the applicant asks again."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.policies import only_the_organ
from fujing.recruitment.selection.states import SCORERS


def check_score(actor: Actor, organ_code: int, act: str = "录入成绩") -> None:
    """Only who scores in the recruiting organ enters, ranks and releases results; `act` is what was asked for."""
    actor.need(*SCORERS)
    only_the_organ(actor, organ_code, act)


def check_ask_again(actor: Actor, application: Application) -> None:
    """Only the applicant asks for a re-check of a result."""
    if application.account_id != actor.account_id:
        raise NotAllowed("只有本人可以申请成绩复核。", provisions=("21.p1",))


can_score = asking(check_score)
can_ask_again = asking(check_ask_again)
