"""Renewing labour contracts and ending them with their term (Article 39, Labour Contract Law 14 and 42 to 47)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.core.files.uploadedfile import UploadedFile
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.timezone import localdate

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import NotAllowed, Refusal
from fujing.law.contracts import EXTENSION, PROTECTED
from fujing.management.contracts.models import Renewal
from fujing.management.contracts.policies import check_end_contract, check_sign_contract
from fujing.management.contracts.queries import Last, last_contract, open_renewal
from fujing.management.contracts.services import contract_make, employment_end
from fujing.management.contracts.states import EXPIRED, RENEWAL, RenewalState
from fujing.registry.models import Engagement
from fujing.registry.states import ContractKind

MOST = 200
"""People who are asked, or sign, in one act."""
OVER = ("39",)


def _ending(engagement: Engagement) -> tuple[Last, date]:
    """The contract that ends and the day after it, or a refusal that says why nothing ends."""
    name = engagement.person.name
    if engagement.span.upper is not None:
        raise Refusal(f"{name}已不在职。", provisions=OVER)
    if open_renewal(engagement) is not None:
        raise Refusal(f"{name}的合同已在办理续订或者终止。", provisions=OVER)
    last = last_contract(engagement)
    if last is None:
        raise Refusal(f"{name}还没有劳动合同，请先签订。", provisions=("22",))
    if last.kind == ContractKind.OPEN_ENDED:
        raise Refusal(f"{name}的合同无固定期限，不需要续订，也不因期满终止。", provisions=OVER)
    if last.after is None:
        raise Refusal(f"花名册没有写明{name}的合同到期日期，请先更新花名册。", provisions=OVER)
    return last, last.after


def renewal_offer(
    *,
    actor: Actor,
    engagement: Engagement,
    kind: str,
    term_months: int | None,
    same_or_better: bool,
    answer_until: date,
    fixed_terms: int | None = None,
    request: UploadedFile | None = None,
) -> Renewal:
    """Ask somebody whether they renew, on which terms, and until when (inclusive) they answer.

    An open-ended contract is offered where Labour Contract Law 14 asks for one; a fixed term then needs the person's
    own written `request`. `fixed_terms` is how many there were, where no record says it.
    """
    check_sign_contract(actor, engagement.organ_code)
    engagement = relocked(engagement)
    last, after = _ending(engagement)
    if last.fixed_terms is None:
        last = replace(last, fixed_terms=fixed_terms)
    return _offered(actor, engagement, last, after, kind, term_months, same_or_better, answer_until, request)


def _offered(
    actor: Actor,
    engagement: Engagement,
    last: Last,
    after: date,
    kind: str,
    term_months: int | None,
    same_or_better: bool,
    answer_until: date,
    request: UploadedFile | None = None,
) -> Renewal:
    """The offer of somebody who is locked and whose last contract is known."""
    term = term_months if kind == ContractKind.FIXED else None
    errors: dict[str, list[str]] = {}
    if kind == ContractKind.FIXED and not term:
        errors["term_months"] = ["请填写合同期限（月）。"]
    if answer_until < today():
        errors["answer_until"] = ["答复期限不能早于今天。"]
    due = last.due(after)
    if kind == ContractKind.FIXED and request is None and due.holds is None:
        errors["fixed_terms"] = [f"{due.because}，请填写次数。"]
    elif kind == ContractKind.FIXED and request is None and due.holds:
        errors["kind"] = [f"{due.because}，续订应为无固定期限；本人书面要求固定期限的，上传本人的材料。"]
    if errors:
        raise Refusal(f"没有办理{engagement.person.name}的续订。", provisions=OVER, errors=errors)
    return _made(
        Renewal(
            fixed_terms=last.fixed_terms,
            open_ended_due=due.holds,
            state=RenewalState.OFFERED,
            kind=kind,
            term_months=term,
            same_or_better=same_or_better,
            answer_until=answer_until,
            request=file_store(actor=actor, organ_code=engagement.organ_code, upload=request) if request else None,
        ),
        actor,
        engagement,
        after,
    )


def _made(renewal: Renewal, actor: Actor, engagement: Engagement, after: date) -> Renewal:
    renewal.organ_code, renewal.engagement, renewal.after = engagement.organ_code, engagement, after
    renewal.made_by = renewal.decided_by = actor.name
    renewal.full_clean(exclude=["ground"])
    renewal.save()
    return renewal


def renewals_offer(
    *, actor: Actor, engagements: Sequence[int], term_months: int, same_or_better: bool, answer_until: date
) -> list[Renewal]:
    """Ask several at once: an open-ended contract for whom it is due, `term_months` for the others; all or nobody."""
    if not engagements or len(engagements) > MOST:
        raise Refusal(f"请选择人员，一次最多 {MOST} 人。")
    check_sign_contract(actor, actor.organ_code or 0)
    people = locked(Engagement.objects.filter(pk__in=engagements).select_related("person").order_by("pk"))
    if len(people) != len(set(engagements)):
        raise Refusal("名单有变动，请重新打开本页。")
    if any(each.organ_code != actor.organ_code for each in people):
        raise NotAllowed("只能办理本机关的人员。")
    made, faults = [], []
    for each in people:
        try:
            last, after = _ending(each)
            due = last.due(after)
            if due.holds is None:
                raise Refusal(f"{each.person.name}{due.because}，请到本人的页面办理。")
            kind = ContractKind.OPEN_ENDED if due.holds else ContractKind.FIXED
            made.append(_offered(actor, each, last, after, kind, term_months, same_or_better, answer_until))
        except Refusal as refused:
            # What is wrong with the terms is wrong with everybody's: at its field, once.
            if refused.errors:
                raise
            faults.append(refused.message.rstrip("。"))
    if faults:
        raise Refusal("没有办理：" + "；".join(faults) + "。", provisions=OVER)
    return made


def renewal_accept(*, actor: Actor, renewal: Renewal, replied_on: date, reply: UploadedFile | None = None) -> Renewal:
    """Record that the person agrees."""
    return _replied(actor, renewal, "accept", replied_on, reply)


def renewal_decline(*, actor: Actor, renewal: Renewal, replied_on: date, reply: UploadedFile) -> Renewal:
    """Record that the person doesn't renew, with what they wrote: severance hangs on it (Labour Contract Law 46)."""
    return _replied(actor, renewal, "decline", replied_on, reply)


def _replied(actor: Actor, renewal: Renewal, verb: str, on: date, reply: UploadedFile | None) -> Renewal:
    check_sign_contract(actor, renewal.organ_code)
    renewal = relocked(renewal)
    move = RENEWAL.check(actor, renewal.state, verb)
    offered = localdate(renewal.made_at)
    if not offered <= on <= today():
        text = f"答复日期应在{offered}（征求意见）和今天之间。"
        raise Refusal("没有登记答复。", provisions=OVER, errors={"replied_on": [text]})
    if reply is not None:
        renewal.reply = file_store(actor=actor, organ_code=renewal.organ_code, upload=reply)
    renewal.state, renewal.replied_on, renewal.decided_by = move.target, on, actor.name
    renewal.full_clean(exclude=["ground"])
    renewal.save()
    return renewal


def renewal_sign(*, actor: Actor, renewal: Renewal, signed_on: date, late_reason: str = "") -> Renewal:
    """Sign what was agreed, from the day after the old contract on and without another probation.

    Signing after the old contract ended leaves days in service without one: it can be recorded only with its reason.
    """
    check_sign_contract(actor, renewal.organ_code)
    renewal = relocked(renewal)
    move = RENEWAL.check(actor, renewal.state, "sign")
    engagement = renewal.engagement
    errors: dict[str, list[str]] = {}
    if signed_on > today():
        errors["signed_on"] = ["签订日期不能晚于今天。"]
    elif renewal.replied_on is not None and signed_on < renewal.replied_on:
        errors["signed_on"] = [f"签订日期不能早于本人答复（{renewal.replied_on}）。"]
    if signed_on >= renewal.after and not late_reason.strip():
        errors["late_reason"] = [f"原合同{renewal.last_day}到期，到期后才签订的请写明原因。"]
    if errors:
        raise Refusal(f"没有签订{engagement.person.name}的续订合同。", provisions=OVER, errors=errors)
    renewal.contract = contract_make(
        actor=actor,
        engagement=engagement,
        kind=renewal.kind,
        term_months=renewal.term_months,
        probation_months=0,
        signed_on=signed_on,
        starts=renewal.after,
        late_reason=late_reason.strip(),
        facts={"after": str(renewal.after), "signed_on": str(signed_on)},
    )
    renewal.state, renewal.decided_by = move.target, actor.name
    renewal.save()
    return renewal


def renewals_sign(*, actor: Actor, engagements: Sequence[int], signed_on: date, late_reason: str = "") -> list[Renewal]:
    """Sign with several who agreed, on one day; all or nobody."""
    if not engagements or len(engagements) > MOST:
        raise Refusal(f"请选择人员，一次最多 {MOST} 人。")
    found = Renewal.objects.filter(engagement__in=engagements, state=RenewalState.ACCEPTED)
    agreed = locked(found.select_related("engagement__person").order_by("pk"))
    if len(agreed) != len(set(engagements)):
        raise Refusal("名单有变动，请重新打开本页。")
    return [renewal_sign(actor=actor, renewal=each, signed_on=signed_on, late_reason=late_reason) for each in agreed]


def expiry_decide(
    *, actor: Actor, engagement: Engagement, reason: str, protected: Mapping[str, bool | None]
) -> Renewal:
    """Decide that the bureau doesn't renew: after each situation of `PROTECTED` was looked at and none was found.

    Which of them was found is not kept here: the contract then runs on (`renewal_extend`).
    """
    check_end_contract(actor, engagement.organ_code)
    engagement = relocked(engagement)
    _, after = _ending(engagement)
    errors = {name: ["请核实后选择。"] for name in PROTECTED if protected.get(name) is None}
    errors |= {
        name: [f"有此情形的，合同应当续延至情形消失（{EXTENSION}），请办理依法续延。"]
        for name in PROTECTED
        if protected.get(name)
    }
    if not reason.strip():
        errors["reason"] = ["请写明不续订的理由。"]
    if errors:
        raise Refusal("没有作出不续订的决定。", provisions=OVER, errors=errors)
    made = _made(
        Renewal(state=RenewalState.ENDING, reason=reason.strip(), none_protected=True), actor, engagement, after
    )
    _told(actor, made, "单位不续订", f"合同{made.last_day}到期，单位不续订：{made.reason}")
    return made


def renewal_extend(*, actor: Actor, engagement: Engagement, ground: str, until: date, reason: str) -> Renewal:
    """Let a contract run on to a day (inclusive), because of a situation of `PROTECTED` (Labour Contract Law 45)."""
    check_end_contract(actor, engagement.organ_code)
    engagement = relocked(engagement)
    last, after = _ending(engagement)
    errors: dict[str, list[str]] = {}
    if ground not in PROTECTED:
        errors["ground"] = ["请选择情形。"]
    if until < after:
        errors["until"] = [f"续延到的日期应在原合同到期（{after - timedelta(days=1)}）之后。"]
    if not reason.strip():
        errors["reason"] = ["请写明依据。"]
    if errors:
        raise Refusal("没有办理续延。", provisions=OVER, errors=errors)
    if last.signed is None:
        raise Refusal("合同只有花名册的记载，请更新花名册的合同到期日期。", provisions=OVER)
    contract = relocked(last.signed)
    contract.span = DateRange(contract.span.lower, until + timedelta(days=1))
    contract.save()
    made = Renewal(state=RenewalState.EXTENDED, ground=ground, extended_until=until, reason=reason.strip())
    made = _made(made, actor, engagement, after)
    # Everybody of the bureau reads decisions: which situation it is stays with the row.
    _told(actor, made, "依法续延", f"合同{contract.number}依法续延到{until}")
    return made


def renewal_withdraw(*, actor: Actor, renewal: Renewal, reason: str) -> Renewal:
    """Take back what was asked, answered or decided, before it is carried out."""
    check_sign_contract(actor, renewal.organ_code)
    renewal = relocked(renewal)
    move = RENEWAL.check(actor, renewal.state, "withdraw")
    renewal.state, renewal.reason, renewal.decided_by = move.target, reason.strip(), actor.name
    renewal.save()
    return renewal


def renewal_end(*, actor: Actor, renewal: Renewal) -> Renewal:
    """End employment and assignment with the contract's last day (Labour Contract Law 44.1); from that day on."""
    check_end_contract(actor, renewal.organ_code)
    renewal = relocked(renewal)
    move = RENEWAL.check(actor, renewal.state, "end")
    if today() < renewal.last_day:
        raise Refusal(f"合同{renewal.last_day}到期，到期当日起办理。", provisions=OVER)
    employment_end(
        engagement=renewal.engagement,
        after=renewal.after,
        exit_kind=EXPIRED,
        exit_note=f"劳动合同期满终止（{renewal.get_state_display()}）",
    )
    renewal.state, renewal.decided_by = move.target, actor.name
    renewal.save()
    _told(actor, renewal, "期满终止", f"合同{renewal.last_day}期满终止")
    return renewal


def _told(actor: Actor, renewal: Renewal, outcome: str, message: str) -> None:
    decide(
        actor=actor,
        organ_code=renewal.organ_code,
        kind="合同续订",
        subject=renewal.engagement,
        outcome=outcome,
        message=message,
        provisions=["39"],
        person_id=renewal.person_id,
    )
