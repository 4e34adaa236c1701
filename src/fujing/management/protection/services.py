"""Handling protection cases: one function an act (Articles 28 and 44)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.duties.orders.states import LIVE
from fujing.kernel.actor import Actor, within
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import relocked
from fujing.kernel.models import Decision
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal
from fujing.law.protection import KINDS, Kind
from fujing.management.protection.models import Evidence, Measure, ProtectionCase, ProtectionTerm, Referral
from fujing.management.protection.policies import (
    can_set_terms,
    check_be_protected,
    check_decide_protection,
    check_handle_part,
    check_handle_protection,
    check_open_protection,
    check_read_protection,
    check_set_terms,
)
from fujing.management.protection.queries import lacks_of
from fujing.management.protection.states import PROTECTION, Finding, ProtectionState, Source
from fujing.registry.models import Account, Engagement, bureau_range

RESULT = ("state", "finding", "conclusion", "without_why", "decided_by", "concluded_on")


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says happened. `order` is the duty order, where one is in this system."""

    kind: str
    happened_on: date
    place: str
    told: str
    duty: str = ""
    commander: str = ""
    happened_at: str = ""
    against: str = ""
    harmed: Collection[str] = ()
    damage: str = ""
    order: DutyOrder | None = None


def protection_open(
    *, actor: Actor, engagement: Engagement, told: Told, upload: UploadedFile | None = None
) -> ProtectionCase:
    """Say that somebody was obstructed, harmed or wrongly accused; with a paper or picture where there is one."""
    with within(actor, *bureau_range(engagement.organ_code)) as own:
        check_open_protection(own, engagement)
        if errors := _faults(engagement, told):
            raise Refusal("没有提交。", provisions=_for(told.kind), errors=errors)
        order = told.order
        row = ProtectionCase(
            organ_code=engagement.organ_code,
            engagement=engagement,
            kind=told.kind,
            source=Source.SELF if own.person_id else Source.BUREAU if can_set_terms(own) else Source.UNIT,
            happened_on=told.happened_on,
            happened_at=told.happened_at.strip(),
            place=told.place.strip(),
            duty=told.duty.strip() or (order.text if order else ""),
            commander=told.commander.strip() or (order.commander_name if order else ""),
            order=order,
            told=told.told.strip(),
            against=told.against.strip() or None,
            harmed=list(told.harmed),
            damage=told.damage.strip() or None,
            opened_by=own.name,
        )
        row.full_clean(exclude=["told", "against", "damage"])
        row.save()
        if upload is not None:
            _evidence(own, row, upload, "")
    return row


def evidence_add(*, actor: Actor, case: ProtectionCase, upload: UploadedFile, note: str = "") -> Evidence:
    """Add a paper, picture or recording: the person, or who handles the case."""
    if actor.person_id is not None:
        check_be_protected(actor, case)
    else:
        check_handle_protection(actor, case)
    with within(actor, *bureau_range(case.organ_code)) as own:
        row = relocked(case)
        if row.state not in (ProtectionState.OPENED, ProtectionState.HANDLING):
            raise Refusal("已经办结，不能再补充材料。", provisions=("28.p1",))
        return _evidence(own, row, upload, note)


def protection_take_back(*, actor: Actor, case: ProtectionCase) -> ProtectionCase:
    """The person takes back what they said themselves."""
    check_be_protected(actor, case)
    with within(actor, *bureau_range(case.organ_code)):
        row = relocked(case)
        move = PROTECTION.check(actor, row.state, "take_back")
        if row.source != Source.SELF:
            raise Refusal("由单位提出的，由单位办理。", provisions=("28.p1",))
        row.state = move.target
        row.save(update_fields=["state"])
    return row


def protection_accept(
    *, actor: Actor, case: ProtectionCase, accused: Account | None = None, decision: Decision | None = None
) -> ProtectionCase:
    """Begin to handle it. `accused` is the officer of the bureau whom it is about, `decision` what held the person
    accountable; neither they nor who decided it act in the case from now on."""
    check_handle_protection(actor, case)
    row = relocked(case)
    move = PROTECTION.check(actor, row.state, "accept")
    if decision is not None and (decision.person_id != row.person_id or row.kind != Kind.ACCOUNTABILITY):
        raise Refusal("没有受理。", provisions=("28.p2",), errors={"decision": ["应是对此人作出的决定。"]})
    if actor.account_id in {accused.pk if accused else None, decision.decided_by_id if decision else None} - {None}:
        raise Refusal("涉及您本人的，应由他人受理。", provisions=("28.p2",))
    row.state, row.accepted_by, row.accepted_on = move.target, actor.name, today()
    row.accused, row.decision = accused, decision
    row.save(update_fields=["state", "accepted_by", "accepted_on", "accused", "decision"])
    return row


def protection_decline(*, actor: Actor, case: ProtectionCase, reason: str) -> ProtectionCase:
    """Decide not to handle it, and say why."""
    check_decide_protection(actor, case)
    row = relocked(case)
    move = PROTECTION.check(actor, row.state, "decline")
    row.state, row.conclusion, row.decided_by, row.concluded_on = move.target, reason.strip(), actor.name, today()
    row.save(update_fields=RESULT)
    _decided(actor, row, "不予受理")
    return row


def accused_name(*, actor: Actor, case: ProtectionCase, accused: Account) -> ProtectionCase:
    """Name the officer of the bureau whom it turns out to be about; they don't act in the case from now on."""
    check_handle_protection(actor, case)
    row = _handled(case)
    if row.accused_id is not None:
        raise Refusal("涉及人员已经登记。", provisions=("28.p1",))
    if accused.pk == actor.account_id:
        raise Refusal("涉及您本人的，请交由他人登记。", provisions=("28.p1",))
    row.accused = accused
    row.save(update_fields=["accused"])
    return row


def measure_record(
    *, actor: Actor, case: ProtectionCase, kind: str, taken_on: date, handler: str, note: str
) -> Measure:
    """Record what was done, on which day and by whom."""
    check_handle_protection(actor, case)
    row = _handled(case)
    errors = _empty(handler=handler, note=note)
    if not row.happened_on <= taken_on <= today():
        errors["taken_on"] = [f"日期应在发生之日（{row.happened_on}）和今天之间。"]
    if errors:
        raise Refusal("没有登记措施。", provisions=("28.p1",), errors=errors)
    return Measure.objects.create(
        **_part(actor, row), kind=kind, taken_on=taken_on, handler=handler.strip(), note=note.strip()
    )


def referral_record(
    *, actor: Actor, case: ProtectionCase, to_whom: str, body: str, referred_on: date, receipt: str, handler: str
) -> Referral:
    """Record that who did it, or who accused falsely, was handed over to be held liable, with the receipt."""
    check_handle_protection(actor, case)
    row = _handled(case)
    errors = _empty(body=body, receipt=receipt, handler=handler)
    if not row.happened_on <= referred_on <= today():
        errors["referred_on"] = [f"日期应在发生之日（{row.happened_on}）和今天之间。"]
    if errors:
        raise Refusal("没有登记移送。", provisions=("44",), errors=errors)
    return Referral.objects.create(
        **_part(actor, row),
        to_whom=to_whom,
        body=body.strip(),
        referred_on=referred_on,
        receipt=receipt.strip(),
        handler=handler.strip(),
    )


def referral_end(*, actor: Actor, referral: Referral, outcome: str, outcome_on: date, outcome_text: str) -> Referral:
    """Record what came of a referral, also after the case was concluded."""
    check_handle_part(actor, referral)
    row = relocked(referral)
    errors = _empty(outcome_text=outcome_text)
    if row.outcome:
        raise Refusal("处理结果已经登记。", provisions=("44",))
    if not row.referred_on <= outcome_on <= today():
        errors["outcome_on"] = [f"日期应在移送之日（{row.referred_on}）和今天之间。"]
    if errors:
        raise Refusal("没有登记处理结果。", provisions=("44",), errors=errors)
    row.outcome, row.outcome_on, row.outcome_text, row.outcome_by = (
        outcome,
        outcome_on,
        outcome_text.strip(),
        actor.name,
    )
    row.save(update_fields=["outcome", "outcome_on", "outcome_text", "outcome_by"])
    return row


def correction_record(
    *, actor: Actor, case: ProtectionCase, corrected_on: date, by: str, number: str, text: str
) -> ProtectionCase:
    """Record by which act the department that held the person accountable corrected it (28.p2)."""
    check_handle_protection(actor, case)
    row = _handled(case)
    if row.kind != Kind.ACCOUNTABILITY:
        raise Refusal("这件不是被错误追究责任的案件，请登记采取的措施。", provisions=("28.p2",))
    if row.corrected_on is not None:
        raise Refusal("纠正已经登记。", provisions=("28.p2",))
    errors = _empty(by=by, number=number, text=text)
    if not row.happened_on <= corrected_on <= today():
        errors["corrected_on"] = [f"日期应在追究之日（{row.happened_on}）和今天之间。"]
    if errors:
        raise Refusal("没有登记纠正。", provisions=("28.p2",), errors=errors)
    row.corrected_on, row.corrected_by_whom = corrected_on, by.strip()
    row.correction_number, row.correction = number.strip(), text.strip()
    row.save(update_fields=["corrected_on", "corrected_by_whom", "correction_number", "correction"])
    return row


def protection_conclude(
    *, actor: Actor, case: ProtectionCase, finding: str, conclusion: str, without_why: str = ""
) -> ProtectionCase:
    """Conclude it: whether what was said is true, and what was done; refused with everything that is missing."""
    check_decide_protection(actor, case)
    row = relocked(case)
    move = PROTECTION.check(actor, row.state, "conclude")
    if errors := _empty(conclusion=conclusion):
        raise Refusal("没有办结。", provisions=("28.p1",), errors=errors)
    lacks = lacks_of(row, finding, without_why)
    if lacks:
        remedy = (
            "逐项登记" + ("，或者写明没有采取措施、移送的理由" if all(e.reason_will_do for e in lacks) else "") + "。"
        )
        raise Refusal(
            f"不能办结：{'；'.join(each.sentence for each in lacks)}。",
            provisions=tuple(dict.fromkeys(each.provision for each in lacks)),
            remedy=remedy,
        )
    row.state, row.finding, row.conclusion = move.target, finding, conclusion.strip()
    row.without_why = without_why.strip() if finding == Finding.UPHELD else ""
    row.decided_by, row.concluded_on = actor.name, today()
    row.save(update_fields=RESULT)
    _decided(actor, row, Finding(finding).label)
    return row


def protection_read(*, actor: Actor, case: ProtectionCase, reason: str) -> ProtectionCase:
    """Read what happened and its papers, for a reason that stays on record."""
    check_read_protection(actor, case)
    value_opened(
        actor=actor,
        row=case,
        what="维权案件的经过和材料",
        reason=reason,
        organ_code=case.organ_code,
        person_id=case.person_id,
    )
    return case


def term_set(*, actor: Actor, step: str, starts: date, days: int, unit: str, basis: str) -> ProtectionTerm:
    """Enter the bureau's own term for a step, in force from a day on, with the rule that states it."""
    check_set_terms(actor)
    row = ProtectionTerm(
        organ_code=actor.organ_code or 0,
        step=step,
        starts=starts,
        days=days,
        unit=unit,
        basis=basis.strip(),
        made_by=actor.name,
    )
    row.full_clean()
    row.save()
    return row


def _faults(engagement: Engagement, told: Told) -> dict[str, list[str]]:
    errors = _empty(place=told.place, told=told.told)
    if told.order is None and not told.duty.strip():
        errors["duty"] = ["请写明当时正在履行什么职责。"]
    if told.happened_on > today():
        errors["happened_on"] = ["发生日期不能晚于今天。"]
    elif told.happened_on not in engagement.span:
        errors["happened_on"] = [f"应在本单位服务期间（{engagement.span.lower}起）。"]
    sent = DutyAssignment.objects.filter(order=told.order, order__state__in=LIVE, engagement=engagement)
    if told.order is not None and not sent.exists():
        errors["order"] = ["此人不在这张派勤单上。"]
    return errors


def _empty(**said: str) -> dict[str, list[str]]:
    return {name: ["请填写。"] for name, text in said.items() if not text.strip()}


def _part(actor: Actor, case: ProtectionCase) -> dict[str, Any]:
    return {"organ_code": case.organ_code, "case": case, "person_id": case.person_id, "recorded_by": actor.name}


def _evidence(actor: Actor, case: ProtectionCase, upload: UploadedFile, note: str) -> Evidence:
    file = file_store(actor=actor, organ_code=case.organ_code, upload=upload)
    return Evidence.objects.create(**_part(actor, case), file=file, note=note.strip())


def _handled(case: ProtectionCase) -> ProtectionCase:
    row = relocked(case)
    if row.state != ProtectionState.HANDLING:
        raise Refusal("受理以后、办结以前才能登记。", provisions=("28.p1",))
    return row


def _for(kind: str) -> tuple[str, ...]:
    return (KINDS[Kind(kind)][1],)


def _decided(actor: Actor, row: ProtectionCase, outcome: str) -> None:
    decide(
        actor=actor,
        organ_code=row.organ_code,
        kind="维权",
        subject=row,
        outcome=outcome,
        message=f"{row.get_kind_display()}：{row.conclusion}",
        provisions=_for(row.kind),
        person_id=row.person_id,
    )
