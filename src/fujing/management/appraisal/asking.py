"""A result that is questioned: asked in time, answered by whoever had no part in it."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import Refusal
from fujing.management.appraisal.models import Reconsideration, Sheet
from fujing.management.appraisal.policies import check_answer, check_receive
from fujing.management.appraisal.services import OF
from fujing.management.appraisal.states import ASKED, AskedBy, AskedState, RoundState


def asked_receive(
    *, actor: Actor, sheet: Sheet, kind: str, said: str, asked_on: date, upload: UploadedFile | None = None
) -> Reconsideration:
    """Receive the person's request or another's objection: within publicity, the person's until the term's last day."""
    check_receive(actor, sheet)
    round_ = sheet.round
    errors: dict[str, list[str]] = {}
    if round_.state != RoundState.PUBLICISED or not sheet.grade:
        raise Refusal("公示以后，才能申请复核或者提出异议。", provisions=OF)
    own = actor.person_id == sheet.person_id
    until = round_.reconsider_until if kind == AskedBy.PERSON else round_.publicity_to
    if round_.publicity_from is None or until is None or not round_.publicity_from <= asked_on <= min(until, today()):
        errors["asked_on"] = [f"提出日期应在{round_.publicity_from}至{until}之间，不晚于今天。"]
    if not said.strip():
        errors["said"] = ["请写明理由。"]
    if kind == AskedBy.PERSON and Reconsideration.objects.filter(sheet=sheet, kind=kind).exists():
        raise Refusal(f"{sheet.name}已对这次考核申请过复核。", provisions=OF)
    if own and kind != AskedBy.PERSON:
        raise Refusal("对自己的等次不服的，申请复核。", provisions=OF)
    if errors:
        raise Refusal("没有登记。", provisions=OF, errors=errors)
    row = Reconsideration(
        organ_code=sheet.organ_code,
        sheet=sheet,
        person_id=sheet.person_id,
        kind=kind,
        asked_on=asked_on,
        said=said.strip(),
        received_by=actor.name,
    )
    if upload is not None:
        row.file = file_store(actor=actor, organ_code=sheet.organ_code, upload=upload)
    row.save()
    return row


def asked_keep(*, actor: Actor, asked: Reconsideration, answer: str) -> Reconsideration:
    """Answer that the grade stays."""
    return _answered(actor, asked, "keep", answer, "")


def asked_change(*, actor: Actor, asked: Reconsideration, answer: str, grade: str) -> Reconsideration:
    """Answer with another grade; the first one and its reason stay where they are."""
    return _answered(actor, asked, "change", answer, grade)


def _answered(actor: Actor, asked: Reconsideration, verb: str, answer: str, grade: str) -> Reconsideration:
    check_answer(actor, asked)
    relocked(asked.sheet.round)
    asked = relocked(asked)
    sheet = asked.sheet
    move = ASKED.check(actor, asked.state, verb)
    errors: dict[str, list[str]] = {}
    if not answer.strip():
        errors["answer"] = ["请写明核查情况和答复。"]
    if move.target == AskedState.CHANGED and (sheet.round.rules.named(grade) is None or grade == sheet.grade):
        errors["grade"] = ["请选择方案中的另一个等次。"]
    if errors:
        raise Refusal("没有答复。", provisions=OF, errors=errors)
    asked.state, asked.answer, asked.grade = move.target, answer.strip(), grade
    asked.answered_by, asked.answered_on = actor.name, today()
    asked.save(update_fields=["state", "answer", "grade", "answered_by", "answered_on"])
    decide(
        actor=actor,
        organ_code=asked.organ_code,
        kind="考核复核",
        subject=asked,
        outcome=move.label,
        message=f"{sheet.round.title}：{sheet.grade}{f'改定为{grade}' if grade else '不变'}",
        provisions=["25"],
        person_id=asked.person_id,
    )
    return asked
