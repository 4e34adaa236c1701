"""Who has a key, who handles which report, who is asked, and who answers suggestions."""

from __future__ import annotations

from fujing.kernel.actor import Actor
from fujing.kernel.policies import asking
from fujing.kernel.refusals import NotAllowed
from fujing.management.complaints.models import Envelope, Hearing, Report, Suggestion
from fujing.management.complaints.states import ANSWERERS, READERS, SELF
from fujing.registry.models import bureau_of


def check_hold_key(actor: Actor) -> None:
    """Discipline officers have keys, and nobody else."""
    actor.need(*READERS)


def check_read_report(actor: Actor, report: Report) -> None:
    """Whoever holds a key to this very report."""
    check_hold_key(actor)
    if not Envelope.objects.filter(report=report, account_id=actor.account_id or 0, ended_at__isnull=True).exists():
        raise NotAllowed("您没有查阅这件投诉举报的钥匙。", provisions=("31",))


def check_handle_report(actor: Actor, report: Report) -> None:
    """Its readers at the bureau that handles it."""
    check_read_report(actor, report)
    if actor.organ_code is None or bureau_of(actor.organ_code) != report.handler_code:
        raise NotAllowed("由办理机关的纪检督察人员办理。", provisions=("31",))


def check_take_report(actor: Actor, report: Report) -> None:
    """Its readers at the bureau to which it was transferred."""
    check_read_report(actor, report)
    if actor.organ_code is None or bureau_of(actor.organ_code) != report.target_code:
        raise NotAllowed("由接收机关的纪检督察人员办理。", provisions=("31",))


def check_state(actor: Actor, hearing: Hearing) -> None:
    """Only who is accused makes the own statement."""
    actor.need(*SELF)
    if actor.person_id is None or actor.person_id != hearing.person_id:
        raise NotAllowed("只能由本人陈述。", provisions=("31",))


def check_answer_suggestions(actor: Actor) -> None:
    """The personnel answers what is suggested."""
    actor.need(*ANSWERERS)


def check_answer_suggestion(actor: Actor, suggestion: Suggestion) -> None:
    """That of the bureau to which it was suggested."""
    check_answer_suggestions(actor)
    if actor.organ_code is None or bureau_of(actor.organ_code) != suggestion.organ_code:
        raise NotAllowed("由收到意见建议的公安机关答复。", provisions=("14.4",))


can_hold_key = asking(check_hold_key)
can_read_report = asking(check_read_report)
can_handle_report = asking(check_handle_report)
can_take_report = asking(check_take_report)
can_state = asking(check_state)
can_answer_suggestions = asking(check_answer_suggestions)
can_answer_suggestion = asking(check_answer_suggestion)
