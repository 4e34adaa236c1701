"""The readers' acts on a report; each needs the key that the reader unlocked (Article 31)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import Refusal, existing, stated
from fujing.kernel.transitions import Transition
from fujing.law.complaints.readers import MOST, Accused, may_read
from fujing.management.complaints.keys import candidates, envelopes_end, envelopes_fill, keys_of
from fujing.management.complaints.models import ClockStop, Hearing, IdentityBox, IdentityRelease, Message, Report
from fujing.management.complaints.policies import check_handle_report, check_read_report, check_take_report
from fujing.management.complaints.queries import accused_in
from fujing.management.complaints.sealing import Reader, identified, inner, message
from fujing.management.complaints.statements import hearing_end
from fujing.management.complaints.states import COMPLAINT, Finding, HearingState, ReportState
from fujing.registry.models import Person

FOR = ("31",)
R = ReportState


def _say(actor: Actor, report: Report, box: str, what: str, text: str, **more: Any) -> Message:
    content = message(report.public_of(box), report.pk, by="officer", what=what, text=text.strip(), **more)
    return Message.objects.create(report=report, box=box, content=content, made_by=actor.name)


def _moving(actor: Actor, report: Report, verb: str) -> tuple[Report, Transition]:
    check_handle_report(actor, report)
    row = relocked(report)
    check_handle_report(actor, row)
    return row, COMPLAINT.check(actor, row.state, verb)


def _said(text: str, name: str, sentence: str) -> str:
    return stated(text, name, sentence, refusal="没有办理。", provisions=FOR)


def report_say(*, actor: Actor, report: Report, text: str) -> None:
    """Ask or tell the reporter something."""
    check_handle_report(actor, report)
    _say(actor, report, Message.Box.DIALOGUE, "message", _said(text, "text", "请填写要告诉反映人的话。"))


def report_note(*, actor: Actor, report: Report, text: str) -> None:
    """Put something into the file, which the reporter doesn't read."""
    check_handle_report(actor, report)
    _say(actor, report, Message.Box.FILE, "note", _said(text, "text", "请填写记录。"))


def report_accept(
    *, actor: Actor, report: Report, term_days: int | None = None, term_unit: str = "calendar", term_basis: str = ""
) -> Report:
    """Accept it; a term runs from today if some rule of the bureau's states one."""
    row, move = _moving(actor, report, "accept")
    row.state, row.accepted_on = move.target, today()
    row.term_days, row.term_unit, row.term_basis = term_days, term_unit, term_basis.strip()
    row.full_clean(exclude=["dialogue_key", "file_key", "receipt_index", "receipt_box"])
    row.save()
    return row


def report_decline(*, actor: Actor, report: Report, reason: str) -> Report:
    """Don't accept it; the reporter reads why."""
    row, move = _moving(actor, report, "decline")
    _say(actor, row, Message.Box.DIALOGUE, "declined", _said(reason, "reason", "请写明不予受理的理由。"))
    row.state = move.target
    row.save()
    return row


def report_transfer(*, actor: Actor, report: Report, private: bytes, target: int, reason: str) -> Report:
    """Give its keys to the readers of another bureau, which takes it or gives it back."""
    row, move = _moving(actor, report, "transfer")
    keys = keys_of(actor=actor, report=row, private=private)
    if target == row.handler_code:
        raise Refusal("没有移送。", provisions=FOR, errors={"target": ["请选择另一个公安机关。"]})
    accused = accused_in(row, keys)
    among = _allowed(target, accused)
    if not among:
        raise Refusal(
            "没有移送。",
            provisions=FOR,
            errors={"target": ["这个机关没有能够查阅的人，或者查阅人是当事人、与当事人同单位。"]},
        )
    _say(actor, row, Message.Box.FILE, "transfer", _said(reason, "reason", "请写明移送的理由。"), target=target)
    row.state, row.target_code = move.target, target
    row.save()
    envelopes_fill(row, keys, among)
    return row


def report_take(*, actor: Actor, report: Report) -> Report:
    """The bureau to which it was transferred takes it; the readers of the other are none any more."""
    row, move = _taking(actor, report, "take")
    before, row.handler_code = row.handler_code, int(row.target_code or 0)
    row.state, row.target_code = move.target, None
    row.accepted_on = row.term_days = None
    row.term_basis = ""
    row.save()
    envelopes_end(row, at=before)
    return row


def report_give_back(*, actor: Actor, report: Report, reason: str) -> Report:
    """It doesn't take it: the other bureau goes on, and reads why."""
    row, move = _taking(actor, report, "give_back")
    _say(actor, row, Message.Box.FILE, "given back", _said(reason, "reason", "请写明退回的理由。"))
    target, row.target_code = int(row.target_code or 0), None
    row.state = move.target
    row.save()
    envelopes_end(row, at=target)
    return row


def _taking(actor: Actor, report: Report, verb: str) -> tuple[Report, Transition]:
    check_take_report(actor, report)
    row = relocked(report)
    move = COMPLAINT.check(actor, row.state, verb)
    check_take_report(actor, row)
    return row, move


def report_investigate(*, actor: Actor, report: Report) -> Report:
    """Begin the investigation."""
    row, move = _moving(actor, report, "investigate")
    row.state = move.target
    row.save()
    return row


def clock_stop(*, actor: Actor, report: Report, reason: str) -> ClockStop:
    """The term stands still from today on."""
    check_handle_report(actor, report)
    row = relocked(report)
    if row.stops.filter(resumed__isnull=True).exists():
        raise Refusal("期限已经停止计算。", provisions=FOR)
    _say(actor, row, Message.Box.FILE, "stop", _said(reason, "reason", "请写明停止计算的理由。"))
    return ClockStop.objects.create(report=row, since=today(), made_by=actor.name)


def clock_resume(*, actor: Actor, report: Report) -> ClockStop:
    """The term runs again from today on."""
    check_handle_report(actor, report)
    row = relocked(report)
    stop = row.stops.filter(resumed__isnull=True).first()
    if stop is None:
        raise Refusal("期限没有停止计算。", provisions=FOR)
    stop.resumed = today()
    stop.save()
    return stop


def clock_extend(*, actor: Actor, report: Report, days: int, reason: str) -> Report:
    """The term is so many days longer; the reporter is told why."""
    check_handle_report(actor, report)
    row = relocked(report)
    if row.term_days is None or days <= 0:
        raise Refusal("没有规定期限的不用延长；延长的天数应大于零。", provisions=FOR)
    said = _said(reason, "reason", "请写明延长的理由。")
    _say(actor, row, Message.Box.DIALOGUE, "extended", said, days=days)
    row.extended += days
    row.save()
    return row


def hearing_ask(*, actor: Actor, report: Report, person: Person, matter: str) -> Hearing:
    """Tell somebody what they are to answer to. Write nothing from which the reporter is known."""
    check_handle_report(actor, report)
    row = relocked(report)
    if row.state not in (R.INVESTIGATED, R.HEARD):
        raise Refusal("调查期间才能通知当事人陈述。", provisions=FOR)
    made = Hearing(
        report=row,
        person_id=person.pk,
        round=row.round,
        matter=_said(matter, "matter", "请写明告知当事人的事项。"),
        file_key=bytes(row.file_key),
        asked_on=today(),
        asked_by=actor.name,
    )
    made.full_clean(exclude=["report", "matter", "file_key", "statement"])
    made.save()
    return made


def hearing_record(*, actor: Actor, hearing: Hearing, text: str, refused: bool) -> Hearing:
    """An officer records what was said face to face, or that nothing is said; who was there and when."""
    check_handle_report(actor, hearing.report)
    return hearing_end(actor=actor, hearing=hearing, verb="refuse" if refused else "record", text=text)


def report_heard(*, actor: Actor, report: Report) -> Report:
    """Everybody who is accused was heard or refused to be: a conclusion may follow."""
    row, move = _moving(actor, report, "hear")
    _check_heard(row)
    row.state = move.target
    row.save()
    return row


def _check_heard(row: Report) -> None:
    hearings = list(Hearing.objects.filter(report=row, round=row.round))
    if any(each.state == HearingState.ASKED for each in hearings):
        raise Refusal("还有当事人没有陈述，也没有登记不作陈述，不能作结论。", provisions=FOR)
    if not hearings:
        raise Refusal("没有听取当事人的陈述和申辩，也没有登记不作陈述，不能作结论。", provisions=FOR)


def report_conclude(*, actor: Actor, report: Report, finding: str, text: str) -> Report:
    """Conclude what was found; never before the statement or its recorded refusal (31)."""
    row, move = _moving(actor, report, "conclude")
    _check_heard(row)
    if finding not in Finding.values or finding == Finding.UNIDENTIFIED:
        raise Refusal("没有作结论。", provisions=FOR, errors={"finding": ["请选择是否属实。"]})
    _say(actor, row, Message.Box.FILE, "conclusion", _said(text, "text", "请写明查明的事实和依据。"))
    row.state, row.finding, row.concluded_on = move.target, finding, today()
    row.save()
    return row


def report_not_found(*, actor: Actor, report: Report, reason: str) -> Report:
    """Nobody could be found who is meant: nothing is concluded about anybody."""
    row, move = _moving(actor, report, "not_found")
    _say(actor, row, Message.Box.FILE, "conclusion", _said(reason, "reason", "请写明查找的经过。"))
    row.state, row.finding, row.concluded_on = move.target, Finding.UNIDENTIFIED, today()
    row.save()
    return row


def report_answer(*, actor: Actor, report: Report, text: str) -> Report:
    """Answer the reporter, who reads it by the code."""
    row, move = _moving(actor, report, "answer")
    _say(actor, row, Message.Box.DIALOGUE, "answer", _said(text, "text", "请填写答复。"), finding=row.finding)
    row.state, row.answered_on = move.target, today()
    row.save()
    return row


def report_reopen(*, actor: Actor, report: Report, reason: str) -> Report:
    """Look at it again: one that was declined, or one that was answered, in a new round with a new hearing."""
    row, move = _moving(actor, report, "reopen")
    _say(actor, row, Message.Box.FILE, "reopened", _said(reason, "reason", "请写明重新办理的理由。"))
    if move.target == R.INVESTIGATED:
        row.round += 1
    row.state, row.finding, row.concluded_on, row.answered_on = move.target, "", None, None
    row.save()
    return row


def envelopes_renew(*, actor: Actor, report: Report, private: bytes) -> int:
    """Seal it to readers of the handling bureau who have a new key or came later; gives to how many."""
    check_handle_report(actor, report)
    keys = keys_of(actor=actor, report=report, private=private)
    return envelopes_fill(report, keys, _allowed(report.handler_code, accused_in(report, keys)))


def _allowed(organ: int, accused: Accused) -> list[Reader]:
    """The readers of a bureau who may read what accuses these."""
    found = [reader for each, reader in candidates().get(organ, {}).items() if may_read(each, accused) is True]
    return found[:MOST]


def identity_release(*, actor: Actor, report: Report, private: bytes, second: int, reason: str) -> IdentityRelease:
    """Consent that another reader learns who the reporter is. What is written down only that reader can open."""
    check_handle_report(actor, report)
    said = _said(reason, "reason", "请写明需要知道身份的理由。")
    box = existing(
        IdentityBox.objects.filter(report=report, first=actor.account_id or 0, second=second).first(),
        "没有可以共同开启的身份",
    )
    return IdentityRelease.objects.create(
        report=report,
        second=second,
        inner=inner(private, report.pk, bytes(box.box)),
        reason=said,
        released_by=actor.name,
    )


def identity_open(*, actor: Actor, release: IdentityRelease, private: bytes, reason: str) -> dict[str, Any]:
    """The second person's reading, with a reason of their own; it stays on record before anything is shown."""
    check_read_report(actor, release.report)
    row = relocked(release)
    if row.second != actor.account_id:
        raise Refusal("由另一名查阅人开启。", provisions=FOR)
    found = identified(private, row.report_id, bytes(row.inner))
    if row.opened_at is None:
        row.opened_by, row.opened_reason = actor.name, _said(reason, "reason", "请写明开启的理由。")
        row.opened_at = timezone.now()
        row.save(update_fields=["opened_by", "opened_reason", "opened_at"])
    return found
