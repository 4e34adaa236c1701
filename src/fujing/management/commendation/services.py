"""Handling commendations: one function an act (Article 29)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile

from fujing.general.budget.services import Voucher, budget_commit
from fujing.general.budget.states import BudgetKind
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import relocked
from fujing.kernel.objections import check_objection, check_publicity
from fujing.kernel.readings import value_opened
from fujing.kernel.refusals import Refusal, stated
from fujing.management.commendation.models import Commendation, Objection
from fujing.management.commendation.policies import (
    check_award_commendation,
    check_propose_commendation,
    check_read_objection,
)
from fujing.management.commendation.states import COMMENDATION, CommendationState
from fujing.registry.models import Engagement

FOR = ("29",)


def commendation_propose(
    *,
    actor: Actor,
    engagement: Engagement,
    title: str,
    deed: str,
    achieved_on: date,
    upload: UploadedFile,
    amount: Decimal | None = None,
) -> Commendation:
    """Propose somebody for what they did on a day, with the evidence; `amount` is the bonus in 元, None without."""
    check_propose_commendation(actor, engagement.organ_code)
    engagement = relocked(engagement)
    errors: dict[str, list[str]] = {}
    if not title.strip():
        errors["title"] = ["请填写表彰名称。"]
    if not deed.strip():
        errors["deed"] = ["请写明事迹。"]
    if achieved_on > today():
        errors["achieved_on"] = ["事迹日期不能晚于今天。"]
    elif achieved_on not in engagement.span:
        errors["achieved_on"] = [f"事迹应在本单位服务期间（{engagement.span.lower}起）。"]
    if amount is not None and amount <= 0:
        errors["amount"] = ["奖金应大于零；没有奖金的不填。"]
    if errors:
        raise Refusal(f"没有申报{engagement.person.name}的表彰。", provisions=FOR, errors=errors)
    made = Commendation(
        organ_code=engagement.organ_code,
        engagement=engagement,
        title=title.strip(),
        deed=deed.strip(),
        achieved_on=achieved_on,
        evidence=file_store(actor=actor, organ_code=engagement.organ_code, upload=upload),
        amount=amount,
        made_by=actor.name,
    )
    made.full_clean()
    made.save()
    return made


def commendation_check(*, actor: Actor, commendation: Commendation) -> Commendation:
    """Somebody else than who proposed it says that deed and evidence are true."""
    check_propose_commendation(actor, commendation.organ_code)
    row = relocked(commendation)
    row.state, row.checked_by = COMMENDATION.check(actor, row.state, "check").target, actor.name
    row.save()
    return row


def commendation_publicise(*, actor: Actor, commendation: Commendation, starts: date, until: date) -> Commendation:
    """Make it public from a day until another, both inclusive; how long is the bureau's rule."""
    check_propose_commendation(actor, commendation.organ_code)
    row = relocked(commendation)
    move = COMMENDATION.check(actor, row.state, "publicise")
    check_publicity(starts, until, FOR)
    row.state, row.publicised_from, row.publicised_until = move.target, starts, until
    row.save()
    return row


def objection_record(*, actor: Actor, commendation: Commendation, received_on: date, text: str) -> Objection:
    """Write down what somebody objects, word for word and without their name."""
    check_propose_commendation(actor, commendation.organ_code)
    row = relocked(commendation)
    check_objection(row, received_on, text, FOR, public=row.state == CommendationState.PUBLICISED)
    return Objection.objects.create(
        organ_code=row.organ_code, commendation=row, received_on=received_on, text=text.strip(), recorded_by=actor.name
    )


def objection_open(*, actor: Actor, objection: Objection, reason: str) -> Objection:
    """Read an objection, for a reason that stays on record."""
    check_read_objection(actor, objection.organ_code)
    value_opened(
        actor=actor,
        row=objection,
        what="对表彰的异议",
        reason=reason,
        organ_code=objection.organ_code,
        person_id=objection.commendation.person_id,
    )
    return objection


def objection_answer(*, actor: Actor, objection: Objection, upheld: bool, answer: str) -> Objection:
    """Say whether an objection holds, and what was found."""
    check_propose_commendation(actor, objection.organ_code)
    relocked(objection.commendation)
    row = relocked(objection)
    if row.upheld is not None:
        raise Refusal("这件异议已经答复。", provisions=FOR)
    answer = stated(answer, "answer", "请写明调查情况和答复。", refusal="没有答复。", provisions=FOR)
    row.upheld, row.answer, row.answered_by = upheld, answer, actor.name
    row.save(update_fields=["upheld", "answer", "answered_by"])
    return row


def commendation_award(*, actor: Actor, commendation: Commendation, document_number: str) -> Commendation:
    """Decide it once the publicity is over; a bonus is set aside from the year's money for commendations (8.p1)."""
    check_award_commendation(actor, commendation.organ_code)
    row = relocked(commendation)
    move = COMMENDATION.check(actor, row.state, "award")
    document_number = stated(
        document_number, "document_number", "请填写决定文号。", refusal="没有决定。", provisions=FOR
    )
    row.state, row.document_number, row.decided_by, row.decided_on = (move.target, document_number, actor.name, today())
    if row.amount is not None:
        row.commitment = budget_commit(
            actor=actor,
            organ_code=row.organ_code,
            year=today().year,
            kind=BudgetKind.COMMENDATION,
            amount=row.amount,
            voucher=Voucher(row.document_number, today(), f"{row.engagement.person.name}{row.title}", row),
        )
    row.save()
    _told(actor, row, "表彰", f"{row.title}（{row.document_number}）")
    return row


def commendation_refuse(*, actor: Actor, commendation: Commendation, reason: str) -> Commendation:
    """Decide that nothing is awarded, and why."""
    check_award_commendation(actor, commendation.organ_code)
    row = relocked(commendation)
    move = COMMENDATION.check(actor, row.state, "refuse")
    row.state, row.reason, row.decided_by, row.decided_on = move.target, reason.strip(), actor.name, today()
    row.save()
    _told(actor, row, "不予表彰", f"{row.title}：{row.reason}")
    return row


def commendation_withdraw(*, actor: Actor, commendation: Commendation, reason: str) -> Commendation:
    """Take a proposal back before it is decided."""
    check_propose_commendation(actor, commendation.organ_code)
    row = relocked(commendation)
    row.state, row.reason = COMMENDATION.check(actor, row.state, "withdraw").target, reason.strip()
    row.save()
    return row


def _told(actor: Actor, row: Commendation, outcome: str, message: str) -> None:
    decide(
        actor=actor,
        organ_code=row.organ_code,
        kind="表彰奖励",
        subject=row.engagement,
        outcome=outcome,
        message=message,
        provisions=["29"],
        person_id=row.person_id,
    )
