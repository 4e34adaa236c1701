"""Who leads a background check, who finds, who reads, and who answers."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.background.states import HEAD


def check_lead_check(actor: Actor, organ_code: int) -> None:
    """Only the personnel head of the recruiting organ leads and decides a background check."""
    actor.need(*HEAD)
    if actor.organ_code != organ_code:
        raise NotAllowed("只有招聘机关的人事负责人可以办理考察。", provisions=("17.p1",))


def check_examine(actor: Actor, check: BackgroundCheck, act: str = "填写结论") -> int:
    """Only the two who were named; an empty place is nobody's. Gives the account."""
    if actor.account_id is None or actor.account_id not in {check.first_checker, check.second_checker}:
        raise NotAllowed(f"只有指定的两名考察人可以{act}。", provisions=("20",))
    return actor.account_id


def check_read_findings(actor: Actor, check: BackgroundCheck) -> None:
    """Findings are read by who decides and by the two who check."""
    if not can_lead_check(actor, check.organ_code) and not can_examine(actor, check):
        raise NotAllowed("只有考察人和作出决定的人可以查阅。", provisions=("20",))


def check_answer_check(actor: Actor, check: BackgroundCheck) -> None:
    """Only the applicant answers what was told of a check."""
    if actor.account_id != check.applicant_account:
        raise NotAllowed("只有本人可以陈述。", provisions=("20",))


can_lead_check = asking(check_lead_check)
can_examine = asking(check_examine)
can_read_findings = asking(check_read_findings)
can_answer_check = asking(check_answer_check)
