"""The steps of a notice. Each locks the notice, checks state, role and side, and adds one line to its story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fujing.compliance.rectification.models import Notice, NoticeStep
from fujing.compliance.rectification.policies import check_revise_notice, check_send_to, check_step
from fujing.compliance.rectification.queries import overdue_on, step_for_deadline
from fujing.compliance.rectification.states import VERBS
from fujing.kernel.actor import Actor, acting
from fujing.kernel.calendar import TermUnit, term_ends
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.locks import locked, relocked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import Refusal, stated
from fujing.law.provisions import measures
from fujing.registry.models import Organ
from fujing.registry.states import OrganKind


@dataclass(frozen=True, slots=True)
class Content:
    """What a notice says. The term begins on the day after sending."""

    number: str
    title: str
    provisions: Sequence[str]
    facts: str
    demand: str
    term_days: int
    term_unit: str = TermUnit.WORKING
    evidence: StoredFile | None = None


def notice_draft(*, actor: Actor, subject: Organ, content: Content) -> Notice:
    """Draw up a notice to a bureau below the actor's own. The subject sees nothing of it until it is sent."""
    check_send_to(actor, subject)
    notice = Notice(
        organ_code=actor.organ_code or 0,
        issuer_code=actor.organ_code or 0,
        subject_code=subject.code,
        drafted_by=actor.name,
    )
    return _write(notice, content)


def notice_revise(*, actor: Actor, notice: Notice, content: Content) -> Notice:
    """Change a draft; evidence stays unless new is given."""
    notice = relocked(notice)
    check_revise_notice(actor, notice)
    return _write(notice, content)


def _write(notice: Notice, content: Content) -> Notice:
    unknown = [address for address in content.provisions if address not in measures().provisions]
    if unknown:
        message = f"办法中没有条文 {'、'.join(unknown)}。"
        raise Refusal(message, errors={"provisions": [message]})
    notice.number, notice.title, notice.provisions = content.number, content.title, list(content.provisions)
    notice.facts, notice.demand = content.facts, content.demand
    notice.term_days, notice.term_unit = content.term_days, content.term_unit
    notice.evidence = content.evidence or notice.evidence
    notice.full_clean()
    notice.save()
    return notice


def _step(
    actor: Actor,
    notice: Notice,
    verb: str,
    *,
    text: str = "",
    day: date | None = None,
    file: StoredFile | None = None,
    due_on: date | None = None,
) -> Notice:
    """Take a step; `due_on` is the new deadline where the step sets one."""
    notice.state = check_step(actor, notice, verb).target
    if due_on:
        notice.due_on = due_on
    notice.save()
    NoticeStep.objects.create(
        organ_code=notice.organ_code,
        notice=notice,
        verb=verb,
        acting_code=actor.organ_code or 0,
        text=text.strip(),
        day=due_on or day,
        file=file,
        by=actor.name,
    )
    if verb in {"send", "accept", "return"}:
        decide(
            actor=actor,
            organ_code=notice.organ_code,
            kind="督导整改",
            subject=notice,
            outcome=verb,
            message=f"{VERBS[verb]}《{notice.title}》（{notice.number}）",
            provisions=["5.p2", *notice.provisions],
            facts={"due_on": str(notice.due_on)},
        )
    return notice


def _locked(notice: Notice) -> Notice:
    (found,) = locked(Notice.objects.filter(pk=notice.pk))
    return found


def _said(text: str, field: str, what: str) -> str:
    return stated(text, field, f"应写明{what}。", provisions=("5.p2",))


def notice_send(*, actor: Actor, notice: Notice) -> Notice:
    """Send a draft. From now on it lies with the subject, and the term runs from tomorrow."""
    notice = _locked(notice)
    check_step(actor, notice, "send")
    notice.organ_code, notice.sent_on = notice.subject_code, today()
    return _step(actor, notice, "send", due_on=term_ends(today(), notice.term_days, notice.term_unit))


def notice_receive(*, actor: Actor, notice: Notice) -> Notice:
    """The subject signs for the notice."""
    return _step(actor, _locked(notice), "receive")


def notice_answer(
    *, actor: Actor, notice: Notice, measures_taken: str, done_on: date, file: StoredFile | None = None
) -> Notice:
    """The subject answers with its measures and the day on which they took effect; late answers are taken too."""
    notice = _locked(notice)
    check_step(actor, notice, "answer")
    measures_taken = _said(measures_taken, "measures_taken", "整改措施")
    if done_on > today():
        message = "整改完成日期不能晚于今天。"
        raise Refusal(message, provisions=("5.p2",), errors={"done_on": [message]})
    return _step(actor, notice, "answer", text=measures_taken, day=done_on, file=file)


def notice_accept(*, actor: Actor, notice: Notice, opinion: str = "") -> Notice:
    """The issuer finds the answer sufficient."""
    return _step(actor, _locked(notice), "accept", text=opinion)


def notice_return(*, actor: Actor, notice: Notice, reason: str, term_days: int, term_unit: str) -> Notice:
    """The issuer sends the answer back with a reason and a new term that runs from tomorrow."""
    notice = _locked(notice)
    check_step(actor, notice, "return")
    reason = _said(reason, "reason", "退回理由")
    return _step(actor, notice, "return", text=reason, due_on=term_ends(today(), term_days, term_unit))


def notice_extend(*, actor: Actor, notice: Notice, due_on: date, reason: str) -> Notice:
    """The issuer moves the deadline later, with a reason; also after it has passed."""
    notice = _locked(notice)
    check_step(actor, notice, "extend")
    reason = _said(reason, "reason", "延期理由")
    if due_on < today() or (notice.due_on and due_on <= notice.due_on):
        message = f"新的期限应晚于原期限 {notice.due_on}，并且不早于今天。"
        raise Refusal(message, provisions=("5.p2",), errors={"due_on": [message]})
    return _step(actor, notice, "extend", text=reason, due_on=due_on)


def notice_withdraw(*, actor: Actor, notice: Notice, reason: str) -> Notice:
    """The issuer takes the notice back with a reason; it stays readable."""
    notice = _locked(notice)
    check_step(actor, notice, "withdraw")
    reason = _said(reason, "reason", "撤回理由")
    return _step(actor, notice, "withdraw", text=reason)


def notice_urge(*, actor: Actor, notice: Notice, text: str) -> Notice:
    """The issuer's superior, to whom an overdue notice escalated, urges both sides; once dealt with it waits no more."""
    notice = _locked(notice)
    check_step(actor, notice, "urge")
    text = _said(text, "reason", "催办要求")
    return _step(actor, notice, "urge", text=text, day=notice.due_on)


def escalate_overdue(day: date) -> int:
    """Record, once for each missed deadline, that a notice escalated to its issuer's superior; returns how many.

    Only provinces have subordinates that issue notices themselves. A notice of the province has no next superior.
    """
    made = 0
    for superior in Organ.objects.filter(parent=None, kind=OrganKind.PUBLIC_SECURITY):
        lo, hi = superior.territory
        task = Actor(name="逾期升级任务", organ_code=superior.code, lo=lo, hi=hi, reason="期限届满未答复")
        with acting(task):
            issuers = Organ.objects.filter(parent_id=superior.code).values("code")
            late = Notice.objects.filter(overdue_on(day), issuer_code__in=issuers)
            for notice in locked(late.filter(~step_for_deadline("escalate"))):
                NoticeStep.objects.create(
                    organ_code=notice.organ_code,
                    notice=notice,
                    verb="escalate",
                    acting_code=superior.code,
                    day=notice.due_on,
                    by=task.name,
                )
                made += 1
    return made
