"""Making the facts clear in public, as far as the person agrees and no further (Article 28.p2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor, within
from fujing.kernel.clock import today
from fujing.kernel.files import file_store
from fujing.kernel.locks import relocked
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import Refusal, stated
from fujing.law.protection import SCOPES, Scope
from fujing.management.protection.models import Clarification, ProtectionCase
from fujing.management.protection.policies import check_be_protected, check_handle_part, check_handle_protection
from fujing.management.protection.states import CLARIFICATION, ProtectionState
from fujing.registry.models import bureau_range

FOR = ("28.p2",)


def clarification_propose(*, actor: Actor, case: ProtectionCase, form: str, scope: int, text: str) -> Clarification:
    """Put before the person what would be said, in which form and how far."""
    check_handle_protection(actor, case)
    row = relocked(case)
    if row.state != ProtectionState.HANDLING:
        raise Refusal("受理以后、办结以前才能拟澄清。", provisions=FOR)
    text = stated(text, "text", "请写明澄清的内容。", refusal="没有送本人表示意见。", provisions=FOR)
    made = Clarification(
        organ_code=row.organ_code,
        case=row,
        person_id=row.person_id,
        form=form,
        scope=scope,
        text=text,
        recorded_by=actor.name,
    )
    made.full_clean()
    made.save()
    return made


def clarification_agree(*, actor: Actor, clarification: Clarification, agreed_scope: int) -> Clarification:
    """The person agrees, to this scope at most."""
    return _own(actor, clarification, "agree", agreed_scope=agreed_scope)


def clarification_refuse(*, actor: Actor, clarification: Clarification) -> Clarification:
    """The person doesn't want it known."""
    return _own(actor, clarification, "refuse")


def clarification_retract(*, actor: Actor, clarification: Clarification) -> Clarification:
    """The person takes the consent back before anything was published."""
    return _own(actor, clarification, "retract")


def consent_record(
    *,
    actor: Actor,
    clarification: Clarification,
    verb: str,
    consented_on: date,
    upload: UploadedFile,
    agreed_scope: int | None = None,
) -> Clarification:
    """Record what the person said on paper: `agree_paper`, `refuse_paper` or `retract_paper`."""
    check_handle_part(actor, clarification)
    if not clarification.recorded_at.date() <= consented_on <= today():
        errors = {"consented_on": ["日期应在拟出澄清以后，不晚于今天。"]}
        raise Refusal("没有登记。", provisions=FOR, errors=errors)
    paper = file_store(actor=actor, organ_code=clarification.organ_code, upload=upload)
    return _said(actor, clarification, verb, consented_on, paper, agreed_scope)


def clarification_drop(*, actor: Actor, clarification: Clarification) -> Clarification:
    """Take a proposal back that was not published."""
    check_handle_part(actor, clarification)
    row = relocked(clarification)
    row.state = CLARIFICATION.check(actor, row.state, "drop").target
    row.save(update_fields=["state"])
    return row


def clarification_publish(
    *, actor: Actor, clarification: Clarification, published_scope: int, published_on: date, published_where: str
) -> Clarification:
    """Record that it was made public: how far, on which day and where; no further than the person agreed to."""
    check_handle_part(actor, clarification)
    case = relocked(clarification.case)
    row = relocked(clarification)
    move = CLARIFICATION.check(actor, row.state, "publish")
    if case.state != ProtectionState.HANDLING:
        raise Refusal("案件办理中才能登记澄清。", provisions=FOR)
    errors: dict[str, list[str]] = {}
    if published_scope > (row.agreed_scope or 0):
        agreed = SCOPES[Scope(row.agreed_scope)] if row.agreed_scope else "没有同意"
        errors["published_scope"] = [f"不能宽于本人同意的范围（{agreed}）。"]
    if not (row.consented_on or today()) <= published_on <= today():
        errors["published_on"] = ["公开日期不能早于本人同意，不能晚于今天。"]
    if not published_where.strip():
        errors["published_where"] = ["请写明在哪里公开。"]
    if errors:
        raise Refusal("没有登记澄清。", provisions=FOR, errors=errors)
    row.state, row.published_by = move.target, actor.name
    row.published_scope, row.published_on, row.published_where = published_scope, published_on, published_where.strip()
    row.save()
    return row


def _own(actor: Actor, clarification: Clarification, verb: str, **said: Any) -> Clarification:
    check_be_protected(actor, clarification)
    with within(actor, *bureau_range(clarification.organ_code)) as own:
        return _said(own, clarification, verb, today(), None, said.get("agreed_scope"))


def _said(
    actor: Actor, clarification: Clarification, verb: str, on: date, paper: StoredFile | None, scope: int | None
) -> Clarification:
    row = relocked(clarification)
    move = CLARIFICATION.check(actor, row.state, verb)
    if verb.startswith("agree"):
        if scope is None or scope > row.scope:
            errors = {"agreed_scope": [f"同意的范围不能宽于拟公开的范围（{row.get_scope_display()}）。"]}
            raise Refusal("没有登记意见。", provisions=FOR, errors=errors)
        row.agreed_scope = scope
    row.state, row.consented_on, row.consented_by = move.target, on, actor.name
    row.consent_paper = paper or row.consent_paper
    row.save()
    return row
