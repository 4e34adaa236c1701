"""Handling leave: one function an act (Article 36)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from fujing.kernel.actor import Actor, within
from fujing.kernel.clock import ZONE, today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import relocked
from fujing.kernel.numbers import bare
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal
from fujing.law.leave.days import NOON
from fujing.law.leave.kinds import KINDS, LEDGER
from fujing.law.leave.others import Event
from fujing.registry.models import Engagement, bureau_range
from fujing.registry.queries import place_now
from fujing.safeguards.leave.ledger import book, give_back, granted
from fujing.safeguards.leave.models import LeaveRequest, WorkRecord
from fujing.safeguards.leave.policies import (
    FOR,
    check_advise_leave,
    check_ask_for,
    check_cancel_leave,
    check_decide_leave,
    check_keep_leave_of,
    check_read_leave,
    check_recall,
)
from fujing.safeguards.leave.queries import Weighed, measured, weighed
from fujing.safeguards.leave.states import LEAVE, LIVE, LeaveState

SEX = {"maternity": ("female", "产假由女职工申请。"), "spouse": ("male", "护理假由男职工申请。")}
NO_EVENT = Event()
AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: a kind, from a moment until another, the last not included, and what it hangs on."""

    kind: str
    begins: datetime
    ends: datetime
    event: Event = NO_EVENT
    reason: str = ""


def work_record(
    *, actor: Actor, engagement: Engagement, since: date | None, continuous: bool | None, source: str
) -> WorkRecord:
    """Record what papers prove of somebody's work; the accounts of this year are reckoned again by it."""
    check_keep_leave_of(actor, engagement.organ_code)
    errors: dict[str, list[str]] = {}
    if since is None and continuous is None:
        errors["since"] = ["请填写起算日，或者选择入职前是否已连续工作满12个月。"]
    if since is not None and since > today():
        errors["since"] = ["累计工作起算日不能晚于今天。"]
    if not source.strip():
        errors["source"] = ["请写明依据的材料。"]
    if errors:
        raise Refusal("没有登记累计工作年限。", provisions=FOR, errors=errors)
    engagement = relocked(engagement)
    row = WorkRecord(
        organ_code=engagement.organ_code,
        engagement=engagement,
        since=since,
        continuous=continuous,
        source=source.strip(),
        recorded_by=actor.name,
    )
    row.full_clean()
    row.save()
    granted(actor, engagement, today().year)
    return row


def leave_weigh(*, actor: Actor, engagement: Engagement, asked: Asked) -> Weighed:
    """What a request comes to before it is sent; refuses one that can't be, with all its faults at their fields."""
    check_ask_for(actor, engagement)
    kind, errors = KINDS[asked.kind], dict[str, list[str]]()
    first, last = asked.begins.astimezone(ZONE).date(), (asked.ends - timedelta(microseconds=1)).astimezone(ZONE).date()
    if asked.ends <= asked.begins:
        raise _refused({"until": ["结束应晚于开始。"]})
    if first < engagement.span.lower or (engagement.span.upper is not None and last >= engagement.span.upper):
        errors["first"] = [f"请假应在本单位服务期间（{engagement.span.lower}起）。"]
    elif last > today() + AHEAD:
        errors["until"] = ["请假不能排到一年以后。"]
    if not kind.hourly and {_clock(asked.begins), _clock(asked.ends)} - {NOON.replace(hour=0), NOON}:
        errors["from_part"] = [f"{kind.label}按天或者半天请，不按小时。"]
    if kind.event and asked.event.day is None:
        errors["event_on"] = [f"请填写{kind.event}。"]
    wanted = SEX.get(asked.kind)
    if wanted is not None and engagement.person.sex != wanted[0]:
        errors["kind"] = [wanted[1]]
    if errors:
        raise _refused(errors)
    found = weighed(engagement, asked.kind, asked.begins, asked.ends, asked.event)
    if found is None:
        raise _refused({"first": ["这段时间的放假安排还没有公布或者没有录入，不能计算工作日。"]})
    if found.days == 0:
        raise _refused({"first": ["这段时间没有工作日，不需要请假。"]})
    if found.holds is False:
        assert found.entitled is not None
        raise _refused({"until": [f"超过应享有的天数（{found.entitled.said}）：{found.entitled.because}。"]})
    span = (asked.begins, asked.ends)
    rows = LeaveRequest.objects.filter(person_id=engagement.person_id, state__in=LIVE, span__overlap=span)
    if there := rows.first():
        raise _refused({"first": [f"与{there.begins:%m月%d日}起的{there.get_kind_display()}时间重叠。"]})
    return found


def leave_ask(
    *, actor: Actor, engagement: Engagement, asked: Asked, upload: UploadedFile | None = None
) -> LeaveRequest:
    """Ask for leave; days of annual leave are booked at once, so that they can't be asked for twice."""
    check_ask_for(actor, engagement)
    with within(actor, *bureau_range(engagement.organ_code)) as own:
        engagement = relocked(engagement)
        found = leave_weigh(actor=own, engagement=engagement, asked=asked)
        place = place_now(engagement)
        row = LeaveRequest(
            organ_code=engagement.organ_code,
            engagement=engagement,
            unit_id=place.unit_id if place else None,
            kind=asked.kind,
            span=(asked.begins, asked.ends),
            days=found.days,
            calendar_days=found.counted.calendar,
            working_days=found.counted.worked,
            event_on=asked.event.day,
            babies=asked.event.babies,
            difficult=asked.event.difficult,
            checkup=asked.event.checkup,
            reason=asked.reason.strip() or None,
            paper=file_store(actor=own, organ_code=engagement.organ_code, upload=upload) if upload else None,
            is_open=found.holds is None and not KINDS[asked.kind].chosen,
            asked_by=own.name,
            own=own.person_id is not None,
        )
        row.clean()
        row.clean_fields(exclude=["reason", "span", "asked_span"])
        row.save()
        if row.kind in LEDGER:
            book(own, row, found.counted.working)
    row.refresh_from_db()
    return row


def leave_advise(*, actor: Actor, request: LeaveRequest, agreed: bool, advice: str = "") -> LeaveRequest:
    """The unit says whether it agrees; who doesn't says why."""
    check_advise_leave(actor, request)
    row = relocked(request)
    move = LEAVE.check(actor, row.state, "advise")
    if not agreed and not advice.strip():
        raise Refusal("没有提出意见。", provisions=FOR, errors={"advice": ["不同意的请写明理由。"]})
    row.state, row.agreed, row.advice, row.advised_by = move.target, agreed, advice.strip(), actor.name
    row.save(update_fields=["state", "agreed", "advice", "advised_by"])
    return row


def leave_approve(*, actor: Actor, request: LeaveRequest, basis: str = "", paid: bool | None = None) -> LeaveRequest:
    """Approve it. Days that the law leaves open need the document by which they are given; nobody who has leave is sent."""
    check_decide_leave(actor, request)
    row = relocked(request)
    move = LEAVE.check(actor, row.state, "approve")
    errors: dict[str, list[str]] = {}
    if row.is_open and not basis.strip():
        errors["basis"] = ["天数待核实，请写明批准所依据的文件。"]
    if row.kind == "personal" and paid is None:
        errors["paid"] = ["请选择这次事假是否带薪。"]
    if errors:
        raise Refusal("没有批准。", provisions=FOR, errors=errors)
    row.state, row.basis, row.decided_by = move.target, basis.strip(), actor.name
    row.paid = paid if row.kind == "personal" else None
    row.save(update_fields=["state", "basis", "paid", "decided_by"])
    _regrant(actor, row)
    _told(actor, row, "批准", f"{_words(row)}" + (f"，依据{row.basis}" if row.basis else ""))
    return row


def leave_refuse(
    *,
    actor: Actor,
    request: LeaveRequest,
    ground: str,
    answer: str,
    offered_from: date | None = None,
    offered_until: date | None = None,
) -> LeaveRequest:
    """Refuse it on one of its grounds, with the reason; whose time is moved gets another time, both days inclusive."""
    check_decide_leave(actor, request)
    row = relocked(request)
    move = LEAVE.check(actor, row.state, "refuse")
    errors: dict[str, list[str]] = {}
    if ground not in KINDS[row.kind].grounds:
        errors["ground"] = [f"{row.get_kind_display()}不能因这一情形不批准。"]
    if not answer.strip():
        errors["answer"] = ["请写明理由。"]
    if ground != "dates":
        offered_from = offered_until = None
    elif offered_from is None or offered_until is None or offered_until < offered_from or offered_from < today():
        errors["offered_from"] = ["请写明另行安排的时间，从今天以后开始，止日不早于起日。"]
    if errors:
        raise Refusal("没有作出决定。", provisions=FOR, errors=errors)
    row.state, row.ground, row.answer, row.decided_by = move.target, ground, answer.strip(), actor.name
    row.offered_from, row.offered_until = offered_from, offered_until
    row.save(update_fields=["state", "ground", "answer", "offered_from", "offered_until", "decided_by"])
    give_back(actor, row, {}, f"没有批准：{row.answer}")
    other = f"，另行安排{offered_from}至{offered_until}" if offered_from else ""
    _told(actor, row, "不批准", f"{_words(row)}：{row.answer}{other}")
    return row


def leave_cancel(*, actor: Actor, request: LeaveRequest) -> LeaveRequest:
    """Take it back, before it begins; its days are free again."""
    check_cancel_leave(actor, request)
    with within(actor, *bureau_range(request.organ_code)) as own:
        row = relocked(request)
        move = LEAVE.check(own, row.state, "cancel")
        if row.state == LeaveState.APPROVED and row.begins <= datetime.now(tz=ZONE):
            raise Refusal("请假已经开始，不能取消；提前返岗由单位办理。", provisions=FOR)
        row.state = move.target
        row.save(update_fields=["state"])
        give_back(own, row, {}, "取消请假")
    return row


def leave_recall(*, actor: Actor, request: LeaveRequest, back_at: datetime, reason: str) -> LeaveRequest:
    """Somebody is back on duty from a moment on; what they had not had yet is theirs again."""
    check_recall(actor, request)
    row = relocked(request)
    move = LEAVE.check(actor, row.state, "recall")
    errors: dict[str, list[str]] = {}
    if not row.begins < back_at < row.ends:
        errors["back_at"] = [f"返岗时间应在 {row.begins:%Y-%m-%d %H:%M} 和 {row.ends:%Y-%m-%d %H:%M} 之间。"]
    if not KINDS[row.kind].hourly and _clock(back_at) not in (NOON.replace(hour=0), NOON):
        errors["back_at"] = ["返岗时间写当天 00:00（上午起）或者 12:00（下午起）。"]
    if not reason.strip():
        errors["reason"] = ["请写明理由。"]
    if errors:
        raise Refusal("没有办理返岗。", provisions=FOR, errors=errors)
    rest = measured(row.begins, back_at)
    days = rest.of(row.kind)
    assert days is not None or row.working_days is None
    before = row.days
    row.span, row.days = DateTimeTZRange(row.span.lower, back_at), days[0] if days else rest.calendar
    row.calendar_days, row.working_days = rest.calendar, rest.worked
    row.state, row.returned_why, row.returned_by = move.target, reason.strip(), actor.name
    row.save(update_fields=["state", "span", "days", "calendar_days", "working_days", "returned_why", "returned_by"])
    give_back(actor, row, rest.working, f"提前返岗：{row.returned_why}")
    _regrant(actor, row)
    told = f"{_words(row)}，{back_at:%Y-%m-%d %H:%M}返岗，少休{bare(before - row.days)}天：{row.returned_why}"
    _told(actor, row, "提前返岗", told)
    return row


def leave_end(*, actor: Actor, request: LeaveRequest) -> LeaveRequest:
    """The person is back as planned: it is recorded as it was approved."""
    check_keep_leave_of(actor, request.organ_code)
    row = relocked(request)
    move = LEAVE.check(actor, row.state, "end")
    if row.ends > datetime.now(tz=ZONE):
        raise Refusal("请假还没有结束，不能销假；提前返岗的另行办理。", provisions=FOR)
    row.state = move.target
    row.save(update_fields=["state"])
    return row


def leave_open(*, actor: Actor, request: LeaveRequest, reason: str) -> LeaveRequest:
    """Read why somebody asks, for a reason that stays on record."""
    check_read_leave(actor, request.organ_code)
    value_opened(
        actor=actor,
        row=request,
        what="请假事由",
        reason=reason,
        organ_code=request.organ_code,
        person_id=request.person_id,
    )
    return request


def _regrant(actor: Actor, row: LeaveRequest) -> None:
    """Sick leave and paid personal leave may take the year's annual leave away, or give it back."""
    if row.kind == "sick" or (row.kind == "personal" and row.paid):
        for year in {row.begins.year, row.ends.year}:
            if row.engagement.leave_years.filter(year=year).exists():
                granted(actor, row.engagement, year)


def _clock(moment: datetime) -> object:
    return moment.astimezone(ZONE).time()


def _words(row: LeaveRequest) -> str:
    return f"{row.get_kind_display()} {row.begins:%Y-%m-%d %H:%M} 至 {row.ends:%Y-%m-%d %H:%M}，{bare(row.days)}天"


def _refused(errors: dict[str, list[str]]) -> Refusal:
    return Refusal("没有提交请假申请。", provisions=FOR, errors=errors)


def _told(actor: Actor, row: LeaveRequest, outcome: str, message: str) -> None:
    decide(
        actor=actor,
        organ_code=row.organ_code,
        kind="请假",
        subject=row,
        outcome=outcome,
        message=message,
        provisions=list(FOR),
        person_id=row.person_id,
    )
