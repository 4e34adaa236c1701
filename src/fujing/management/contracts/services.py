"""Signing labour contracts, and closing an employment."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal
from fujing.law.contracts import unsigned
from fujing.law.parameters import Parameters
from fujing.law.periods import months_later
from fujing.law.probation import probation_limit
from fujing.management.contracts.models import ContractChange
from fujing.management.contracts.policies import check_sign_contract
from fujing.management.contracts.queries import contracts_so_far
from fujing.management.outfit.queries import open_cards
from fujing.management.outfit.stock_queries import held_by
from fujing.recruitment.hiring.queries import signer_of
from fujing.registry.models import Assignment, Contract, Engagement
from fujing.registry.states import ContractKind


def contract_sign(
    *,
    actor: Actor,
    engagement: Engagement,
    kind: str,
    term_months: int | None,
    probation_months: int,
    signed_on: date,
    starts: date,
    late_reason: str = "",
) -> Contract:
    """Sign the labour contract. Only a county-or-higher bureau or the institution that it entrusted signs (17.p2, 22);
    the bureau records it. Probation within the law's limits.

    Signing later than a month after the start breaks Labour Contract Law 10; it can be recorded only with its reason.
    """
    check_sign_contract(actor, engagement.organ_code)
    term = term_months if kind == ContractKind.FIXED else None
    if kind == ContractKind.FIXED and not term:
        raise Refusal("固定期限合同应写明期限。", errors={"term_months": ["请填写合同期限（月）。"]})
    parameters = Parameters(signed_on)
    limit = probation_limit(parameters, term)
    if limit is None:
        raise Refusal("没有登记签订日适用的试用期上限，不能判断，请先核对签订日期。", provisions=("22",))
    if probation_months > limit:
        text = f"{'无固定期限' if term is None else f'{term} 个月'}合同的试用期最多 {limit} 个月，所填 {probation_months} 个月（《劳动合同法》第十九条）。"
        raise Refusal(text, provisions=("22",), errors={"probation_months": [text]})
    begins = engagement.span.lower
    due = months_later(begins, parameters["contract.signing.months"] or 0)
    if signed_on > due and not late_reason.strip():
        text = f"应在{due}前签订书面劳动合同（《劳动合同法》第十条），逾期签订请写明原因。"
        raise Refusal(text, provisions=("22",), errors={"late_reason": [text]})
    return contract_make(
        actor=actor,
        engagement=engagement,
        kind=kind,
        term_months=term,
        probation_months=probation_months,
        signed_on=signed_on,
        starts=starts,
        late_reason=late_reason,
        facts={
            "due": str(due),
            "signed_on": str(signed_on),
            "unsigned": unsigned(parameters, begins, signed_on, today()).because,
        },
    )


def contract_make(
    *,
    actor: Actor,
    engagement: Engagement,
    kind: str,
    term_months: int | None,
    probation_months: int,
    signed_on: date,
    starts: date,
    late_reason: str,
    facts: dict[str, str],
) -> Contract:
    """Write the next contract of an employment, whose terms were judged, and register it."""
    signer = signer_of(engagement)
    sequence = contracts_so_far(engagement) + 1
    contract = Contract(
        organ_code=engagement.organ_code,
        engagement=engagement,
        number=f"{engagement.organ_code}-{engagement.pk}-{sequence}",
        kind=kind,
        sequence=sequence,
        signed_on=signed_on,
        signer=signer,
        term_months=term_months,
        probation_months=probation_months,
        span=DateRange(starts, months_later(starts, term_months) if term_months else None),
        probation_until=months_later(starts, probation_months) if probation_months else None,
    )
    contract.clean()
    contract.save()
    decide(
        actor=actor,
        organ_code=engagement.organ_code,
        kind="签订劳动合同",
        subject=engagement,
        outcome="签订",
        message=f"{signer}签订合同{contract.number}，{contract.get_kind_display()}，试用期 {probation_months} 个月"
        + (f"；逾期签订原因：{late_reason}" if late_reason else ""),
        provisions=["22", "39"],
        person_id=engagement.person_id,
        facts=facts,
    )
    return contract


def contract_change(
    *,
    actor: Actor,
    contract: Contract,
    subject: str,
    before: str,
    after: str,
    agreed_on: date,
    effective_on: date,
    upload: UploadedFile,
) -> ContractChange:
    """Record what both sides agreed on in writing (Labour Contract Law 35), from `effective_on` (inclusive) on."""
    check_sign_contract(actor, contract.organ_code)
    contract = relocked(contract)
    engagement = contract.engagement
    errors: dict[str, list[str]] = {}
    if agreed_on > today():
        errors["agreed_on"] = ["双方签订变更协议的日期不能晚于今天。"]
    if effective_on not in contract.span:
        ends = contract.span.upper and contract.span.upper - timedelta(days=1)
        errors["effective_on"] = [f"生效日期应在合同期间（{contract.span.lower}至{ends or '无固定期限'}）以内。"]
    if not after.strip() or before.strip() == after.strip():
        errors["after"] = ["请写明变更后的约定，应与原约定不同。"]
    if errors:
        raise Refusal(f"没有登记{engagement.person.name}的合同变更。", provisions=("39",), errors=errors)
    made = ContractChange(
        organ_code=contract.organ_code,
        engagement=engagement,
        contract=contract,
        subject=subject,
        before=before.strip(),
        after=after.strip(),
        agreed_on=agreed_on,
        effective_on=effective_on,
        agreement=file_store(actor=actor, organ_code=contract.organ_code, upload=upload),
        made_by=actor.name,
    )
    made.full_clean()
    made.save()
    decide(
        actor=actor,
        organ_code=contract.organ_code,
        kind="变更劳动合同",
        subject=engagement,
        outcome="变更",
        message=f"合同{contract.number}自{effective_on}起变更{made.get_subject_display()}",
        provisions=["39"],
        person_id=engagement.person_id,
    )
    return made


def employment_end(*, engagement: Engagement, after: date, exit_kind: str, exit_note: str) -> None:
    """Close an employment and the person's place with the day before `after`, however it came to an end.

    Refused while a work card or a piece of the outfit is out (26); the database holds the same at commit.
    """
    engagement = relocked(engagement)
    if held := [*(f"工作证{card}" for card in open_cards(engagement)), *map(str, held_by(engagement))]:
        raise Refusal(f"{'、'.join(held)}还没有收回，遗失的还没有登记，不能办结离职。", provisions=("26",))
    for place in locked(Assignment.objects.filter(engagement=engagement, span__endswith__isnull=True)):
        if place.span.lower >= after:
            last = after - timedelta(days=1)
            raise Refusal(
                f"{place.span.lower}起还有岗位安排，在最后工作日（{last}）之后，请先核实是否仍在工作。",
                provisions=("39",),
            )
        place.span = DateRange(place.span.lower, after)
        place.save()
    engagement.span = DateRange(engagement.span.lower, after)
    engagement.exit_kind, engagement.exit_note = exit_kind, exit_note
    engagement.save()
