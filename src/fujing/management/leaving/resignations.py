"""A person's own written notice: received and acknowledged, confirmed, or taken back in time (Articles 14.6 and 39)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import relocked
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal
from fujing.law.leaving.days import earliest_last_day
from fujing.law.leaving.ways import BY_PERSON
from fujing.management.leaving.models import Evidence, Resignation
from fujing.management.leaving.policies import check_handle_departure, check_return_departure
from fujing.management.leaving.queries import Follows, current_departure, follows, open_resignation
from fujing.management.leaving.services import departure_draft
from fujing.management.leaving.states import RESIGNATION
from fujing.registry.models import Engagement

OWN = ("14.6", "39")


def resignation_weigh(
    *,
    actor: Actor,
    engagement: Engagement,
    way: str,
    dated: date,
    received_on: date,
    wished: date | None = None,
    reason: str = "",
) -> Follows:
    """What follows from a notice, before it is received; refuses one that can't be received, with all its faults.

    `wished` is the last day that the person asks for: it may be later than the earliest lawful one, never earlier.
    """
    check_handle_departure(actor, engagement.organ_code)
    return weighed(engagement, way, dated, received_on, wished, reason)


def weighed(
    engagement: Engagement, way: str, dated: date, received_on: date, wished: date | None, reason: str
) -> Follows:
    """What follows from a notice, whoever enters it."""
    name = engagement.person.name
    if engagement.span.upper is not None:
        raise Refusal(f"{name}已于{engagement.span.upper}不在职。", provisions=OWN)
    if there := open_resignation(engagement):
        raise Refusal(
            f"{name}的书面通知已于{there.received_on}收到，回执码{there.receipt}，正待确认。", provisions=("14.6",)
        )
    errors: dict[str, list[str]] = {}
    if way not in BY_PERSON:
        raise Refusal("请选择情形。", errors={"way": ["请选择情形。"]})
    if way == "resigned_fault" and not reason.strip():
        errors["reason"] = ["请写明本人所说的单位过错。"]
    if dated > received_on:
        errors["dated"] = [f"落款日期（{dated}）不能晚于收到日期（{received_on}）。"]
    if received_on > today():
        errors["received_on"] = ["收到日期不能晚于今天。"]
    elif received_on < engagement.span.lower:
        errors["received_on"] = [f"收到日期不能早于上岗日期（{engagement.span.lower}）。"]
    found = follows(engagement, way, received_on, wished)
    if found.notice.days is None:
        errors["received_on"] = [f"{found.notice.because}。先登记劳动合同，收到日期仍按实际收到的日期填写。"]
    elif wished is not None and wished < (earliest := earliest_last_day(received_on, found.notice.days)):
        errors["wished"] = [
            f"{found.notice.because}，最后工作日最早为{earliest}；双方同意提前的，按“协商一致解除”办理。"
        ]
    if errors:
        raise Refusal(f"没有登记{name}的辞职。", provisions=OWN, errors=errors)
    return found


def resignation_receive(
    *,
    actor: Actor,
    engagement: Engagement,
    way: str,
    dated: date,
    received_on: date,
    upload: UploadedFile,
    wished: date | None = None,
    reason: str = "",
) -> Resignation:
    """Receive a notice with its scan: it has a receipt from now on, and its last day is reckoned."""
    engagement = relocked(engagement)
    found = resignation_weigh(
        actor=actor, engagement=engagement, way=way, dated=dated, received_on=received_on, wished=wished, reason=reason
    )
    file = file_store(actor=actor, organ_code=engagement.organ_code, upload=upload)
    return received(actor, engagement, found, way=way, dated=dated, received_on=received_on, reason=reason, file=file)


def received(
    actor: Actor, engagement: Engagement, found: Follows, *, way: str, reason: str, own: bool = False, **paper: Any
) -> Resignation:
    """Keep a notice that was weighed; `paper`: its days and its file. `own`: sent by the person's own sign-in."""
    assert found.notice.days is not None
    assert found.last_day is not None
    row = Resignation(
        organ_code=engagement.organ_code,
        engagement=engagement,
        way=way,
        reason=reason.strip() or None,
        notice_days=found.notice.days,
        last_day=found.last_day,
        received_by=actor.name,
        own=own,
        **paper,
    )
    row.full_clean(exclude=["reason"])
    row.save()
    told(actor, row, "收到", f"{row.received_on}收到本人书面通知，{found.notice.because}，最后工作日 {row.last_day}")
    return row


def resignation_confirm(*, actor: Actor, resignation: Resignation) -> Resignation:
    """Begin the departure that the notice asks for; the notice itself is its evidence."""
    check_handle_departure(actor, resignation.organ_code)
    row = relocked(resignation)
    move = RESIGNATION.check(actor, row.state, "confirm")
    name = row.engagement.person.name
    if there := current_departure(row.engagement):
        raise Refusal(
            f"{name}正在办理“{there.get_way_display()}”（{there.get_state_display()}），请先撤回，再确认本人的通知。",
            provisions=("14.6",),
        )
    departure = departure_draft(
        actor=actor,
        engagement=row.engagement,
        way=row.way,
        reason=row.reason or "本人书面通知解除",
        last_day=row.last_day,
    )
    Evidence.objects.create(
        organ_code=row.organ_code,
        departure=departure,
        kind="letter",
        dated=row.dated,
        file=row.file,
        recorded_by=actor.name,
    )
    row.state, row.departure, row.settled_by = move.target, departure, actor.name
    row.save(update_fields=["state", "departure", "settled_by"])
    told(actor, row, "确认", f"按本人通知办理离职，最后工作日 {row.last_day}")
    return row


def resignation_withdraw(
    *, actor: Actor, resignation: Resignation, withdrawn_on: date, upload: UploadedFile
) -> Resignation:
    """The person takes it back in writing, before it is confirmed and before its last day."""
    check_handle_departure(actor, resignation.organ_code)
    row = relocked(resignation)
    move = RESIGNATION.check(actor, row.state, "withdraw")
    errors = {}
    if not row.received_on <= withdrawn_on <= today():
        errors["withdrawn_on"] = [f"撤回日期应在收到通知的日期（{row.received_on}）和今天之间。"]
    elif withdrawn_on >= row.last_day:
        errors["withdrawn_on"] = [f"最后工作日（{row.last_day}）已到，不能撤回；双方同意继续用工的，另行订立合同。"]
    if errors:
        raise Refusal("没有登记撤回。", provisions=("14.6",), errors=errors)
    row.withdrawn_on, row.withdrawn_file = (
        withdrawn_on,
        file_store(actor=actor, organ_code=row.organ_code, upload=upload),
    )
    row.state, row.settled_by = move.target, actor.name
    row.save(update_fields=["state", "withdrawn_on", "withdrawn_file", "settled_by"])
    told(actor, row, "撤回", f"本人于{withdrawn_on}书面撤回，劳动合同继续履行")
    return row


def resignation_open(*, actor: Actor, resignation: Resignation, reason: str) -> Resignation:
    """Read the notice and the reasons in it, for a reason that stays on record."""
    check_return_departure(actor, resignation)
    value_opened(
        actor=actor,
        row=resignation,
        what="本人辞职的书面通知",
        reason=reason,
        organ_code=resignation.organ_code,
        person_id=resignation.person_id,
    )
    return resignation


def told(actor: Actor, row: Resignation, outcome: str, message: str) -> None:
    """Keep what became of a notice as a decision about the person."""
    decide(
        actor=actor,
        organ_code=row.organ_code,
        kind="本人辞职",
        subject=row.engagement,
        outcome=outcome,
        message=message,
        provisions=list(OWN),
        person_id=row.person_id,
    )
