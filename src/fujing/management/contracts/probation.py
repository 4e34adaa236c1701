"""The end of a probation: what the responsible officer found, and what the personnel head decides (Articles 22, 32.1)."""

from __future__ import annotations

from datetime import date

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.decisions import decide
from fujing.kernel.files import file_store
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import Refusal
from fujing.management.contracts.models import ProbationReview
from fujing.management.contracts.policies import check_end_contract, check_sign_contract
from fujing.management.contracts.queries import probation_of, standing_review
from fujing.management.contracts.states import PROBATION, ProbationState
from fujing.registry.models import Engagement


def probation_review(
    *,
    actor: Actor,
    engagement: Engagement,
    meets: bool,
    opinion: str,
    reviewer: str,
    reviewed_on: date,
    upload: UploadedFile,
    condition: str = "",
) -> ProbationReview:
    """Record what was found in the probation; `condition` names the recruitment condition that isn't met, if any."""
    check_sign_contract(actor, engagement.organ_code)
    engagement = relocked(engagement)
    name = engagement.person.name
    contract = probation_of(engagement)
    if engagement.span.upper is not None:
        raise Refusal(f"{name}已不在职。", provisions=("22",))
    if contract is None or contract.probation_until is None:
        raise Refusal(f"{name}的合同没有约定试用期，或者不是在本系统签订的。", provisions=("22",))
    if standing_review(engagement) is not None:
        raise Refusal(f"{name}的试用期考核已经登记。", provisions=("22",))
    errors: dict[str, list[str]] = {}
    if not meets and not condition.strip():
        errors["condition"] = ["请写明不符合的是哪一项录用条件，有什么事实证明。"]
    if not meets and contract.probation_until <= today():
        errors["meets"] = [f"试用期已于{contract.probation_last_day}届满，不能再认定试用期不符合录用条件。"]
    if not contract.span.lower <= reviewed_on <= today():
        errors["reviewed_on"] = [f"考核日期应在合同起始（{contract.span.lower}）和今天之间。"]
    for field, text in (("opinion", opinion), ("reviewer", reviewer)):
        if not text.strip():
            errors[field] = ["请填写。"]
    if errors:
        raise Refusal(f"没有登记{name}的试用期考核。", provisions=("22",), errors=errors)
    made = ProbationReview(
        organ_code=engagement.organ_code,
        engagement=engagement,
        contract=contract,
        until=contract.probation_until,
        meets=meets,
        condition="" if meets else condition.strip(),
        opinion=opinion.strip(),
        reviewer=reviewer.strip(),
        reviewed_on=reviewed_on,
        report=file_store(actor=actor, organ_code=engagement.organ_code, upload=upload),
        made_by=actor.name,
    )
    made.full_clean()
    made.save()
    return made


def probation_pass(*, actor: Actor, review: ProbationReview) -> ProbationReview:
    """Decide that the person stays on after the probation."""
    return _decided(actor, review, "pass", "转正", f"试用期到{review.last_day}止，符合录用条件，同意转正")


def probation_fail(*, actor: Actor, review: ProbationReview) -> ProbationReview:
    """Decide, within the probation, that the conditions of recruitment aren't met; dismissal is another decision."""
    return _decided(actor, review, "fail", "不符合录用条件", f"试用期到{review.last_day}止，不符合录用条件")


def _decided(actor: Actor, review: ProbationReview, verb: str, outcome: str, message: str) -> ProbationReview:
    check_end_contract(actor, review.organ_code)
    review = relocked(review)
    move = PROBATION.check(actor, review.state, verb)
    if review.meets is not (verb == "pass"):
        raise Refusal("决定应与考核一致；考核有误的，撤回后重新登记。", provisions=("22",))
    review.state, review.decided_by, review.decided_on = move.target, actor.name, today()
    review.save()
    decide(
        actor=actor,
        organ_code=review.organ_code,
        kind="试用期考核",
        subject=review.engagement,
        outcome=outcome,
        message=message,
        provisions=["22"] if review.state == ProbationState.PASSED else ["32.1", "22"],
        person_id=review.person_id,
    )
    return review


def probation_withdraw(*, actor: Actor, review: ProbationReview, reason: str) -> ProbationReview:
    """Take back what was found, before it is decided on."""
    check_sign_contract(actor, review.organ_code)
    review = relocked(review)
    move = PROBATION.check(actor, review.state, "withdraw")
    review.state, review.reason, review.decided_by = move.target, reason.strip(), actor.name
    review.save()
    return review
