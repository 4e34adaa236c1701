"""A person says what is wrong in their file; whom the table names confirms it, and then the file says so."""

from __future__ import annotations

import re
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor, within
from fujing.kernel.clock import today
from fujing.kernel.files import file_store
from fujing.kernel.locks import relocked
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal, stated
from fujing.law.education import EDUCATION_LABEL
from fujing.management.corrections.models import Correction
from fujing.management.corrections.policies import check_ask_correction, check_settle_correction
from fujing.management.corrections.queries import YES_NO
from fujing.management.corrections.states import CORRECTABLE, CORRECTION
from fujing.registry.models import Engagement, Person, bureau_range

RIGHT = ("14.7",)
KEPT_BESIDE = {"phone": ("phone", "phone_index")}
"""Columns that are computed from another go with it."""


def correction_ask(
    *, actor: Actor, engagement: Engagement, field: str, wished: str, said: str = "", upload: UploadedFile | None = None
) -> Correction:
    """Ask for one thing to be corrected, with the paper that proves it where one is needed."""
    check_ask_correction(actor, engagement)
    if engagement.span.upper is not None:
        raise Refusal("您已不在职，档案的更正请书面向管理机关提出。", provisions=RIGHT)
    found = CORRECTABLE.get(field)
    if found is None:
        raise Refusal("没有这一项。")
    errors: dict[str, list[str]] = {}
    if fault := _fault(field, wished.strip()):
        errors["wished"] = [fault]
    if found.proof and upload is None:
        errors["upload"] = [f"请附{found.proof}。"]
    if errors:
        raise Refusal("没有提交。", provisions=RIGHT, errors=errors)
    with within(actor, *bureau_range(engagement.organ_code)) as own:
        row = Correction(
            organ_code=engagement.organ_code,
            engagement=engagement,
            field=field,
            wished=wished.strip(),
            said=said.strip() or None,
            file=file_store(actor=own, organ_code=engagement.organ_code, upload=upload) if upload else None,
            asked_by=own.name,
        )
        row.full_clean(exclude=["wished", "said"])
        row.save()
    return row


def correction_take_back(*, actor: Actor, correction: Correction) -> Correction:
    """Take a request back before it was settled."""
    check_ask_correction(actor, correction)
    with within(actor, *bureau_range(correction.organ_code)) as own:
        return _settled(own, correction, "take_back", "")


def correction_confirm(*, actor: Actor, correction: Correction, answer: str = "") -> Correction:
    """Confirm it: the file says from now on what the person said. What is none of its fields was changed elsewhere before,
    and the answer says what."""
    check_settle_correction(actor, correction)
    if correction.field == "other" and not answer.strip():
        raise Refusal("请写明怎样更正。", errors={"answer": ["请写明在哪里、怎样更正。"]})
    row = _settled(actor, correction, "confirm", answer)
    if row.field != "other":
        person = relocked(Person.objects.get(pk=row.person_id))
        setattr(person, row.field, _value(row.field, str(row.wished)))
        person.save(update_fields=KEPT_BESIDE.get(row.field, (row.field,)))
    return row


def correction_decline(*, actor: Actor, correction: Correction, answer: str) -> Correction:
    """Leave the file as it is, and say why."""
    check_settle_correction(actor, correction)
    answer = stated(answer, "answer", "请写明不予更正的理由。", refusal="请写明理由。")
    return _settled(actor, correction, "decline", answer)


def correction_open(*, actor: Actor, correction: Correction, reason: str) -> Correction:
    """Read what was written and its proof, for a reason that stays on record."""
    check_settle_correction(actor, correction)
    value_opened(
        actor=actor,
        row=correction,
        what=f"本人申请更正的{CORRECTABLE[correction.field].label}",
        reason=reason,
        organ_code=correction.organ_code,
        person_id=correction.person_id,
    )
    return correction


def _settled(actor: Actor, correction: Correction, verb: str, answer: str) -> Correction:
    row = relocked(correction)
    move = CORRECTION.check(actor, row.state, verb)
    row.state, row.answer, row.settled_by, row.settled_on = move.target, answer.strip(), actor.name, today()
    row.save(update_fields=["state", "answer", "settled_by", "settled_on"])
    return row


def _fault(field: str, wished: str) -> str:
    """What is wrong with a value; empty if it fits its field."""
    if not wished:
        return "请写明应当是什么。"
    if field == "phone" and not re.fullmatch(r"1[3-9]\d{9}", wished):
        return "手机号应为11位数字，以1开头。"
    if field == "education" and wished not in EDUCATION_LABEL:
        return "请选择学历。"
    if field == "veteran" and wished not in YES_NO:
        return "请选择是或者否。"
    most = {"household": 100, "major": 60}.get(field, 1000)
    return f"最多{most}字。" if len(wished) > most else ""


def _value(field: str, wished: str) -> Any:
    return wished == "true" if field == "veteran" else wished
