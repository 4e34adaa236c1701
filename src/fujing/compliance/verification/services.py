"""Noting what was verified, correcting it, and ending it. No outcome of any check changes by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from fujing.compliance.verification.identity import about_key, facts_key, is_known
from fujing.compliance.verification.models import FindingVerification
from fujing.compliance.verification.policies import check_mend, check_verify
from fujing.compliance.verification.queries import standing_for
from fujing.compliance.verification.states import VERIFICATION
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import Refusal, stated
from fujing.law.findings import Outcome


@dataclass(frozen=True, slots=True)
class Subject:
    """The finding as a check told it on `day`, of a person or an organ of the bureau `organ_code`."""

    organ_code: int
    subject: str
    name: str
    rule: str
    provision: str
    outcome: str
    message: str
    facts: Mapping[str, Any]
    day: date


@dataclass(frozen=True, slots=True)
class Found:
    """What the officer found out: from what, on which day, whether it is so, and in their words."""

    source: str
    checked_on: date
    result: str
    reason: str


def verification_note(*, actor: Actor, of: Subject, found: Found) -> FindingVerification:
    """Note what was verified about an undetermined finding.

    What stands for the same facts is corrected, not noted again; what stands for other facts is renewed.
    """
    check_verify(actor, of.organ_code)
    if of.outcome != Outcome.UNDETERMINED:
        raise Refusal("只有待核实的结论可以核实；不符合的应当整改，核实不能改变结论。", provisions=(of.provision,))
    if not is_known(of.subject):
        raise Refusal("公民身份号码空白或者不对，下次核对认不出是同一人。请先在花名册改正号码。")
    about, facts = about_key(of.rule, of.subject), facts_key(of.rule, of.facts, of.day)
    fresh = FindingVerification(
        organ_code=of.organ_code,
        subject=of.subject,
        name=of.name,
        rule=of.rule,
        provision=of.provision,
        outcome=of.outcome,
        message=of.message,
        about=about,
        facts=facts,
    )
    before = standing_for(of.organ_code, about)
    if before is not None:
        before = relocked(before)
        if bytes(before.facts) == facts:
            raise Refusal("这一项已经核实，可以更正。")
        _end(actor, before, "renew", "事实变更，重新核实")
    return _write(actor, fresh, found, before)


def verification_correct(
    *, actor: Actor, verification: FindingVerification, found: Found, why: str
) -> FindingVerification:
    """Put another note in its place; the old one stays with the reason."""
    old = _moving(actor, verification)
    _end(actor, old, "correct", why)
    kept = ("organ_code", "subject", "name", "rule", "provision", "outcome", "message", "about", "facts")
    return _write(actor, FindingVerification(**{name: getattr(old, name) for name in kept}), found, old)


def verification_mend(*, actor: Actor, verification: FindingVerification, reason: str) -> FindingVerification:
    """What was found untrue is mended: it waits no more."""
    verification = _moving(actor, verification)
    check_mend(verification)
    return _end(actor, verification, "mend", reason)


def verification_withdraw(*, actor: Actor, verification: FindingVerification, reason: str) -> FindingVerification:
    """The finding is open again."""
    return _end(actor, _moving(actor, verification), "withdraw", reason)


def _moving(actor: Actor, verification: FindingVerification) -> FindingVerification:
    check_verify(actor, verification.organ_code)
    return relocked(verification)


def _end(actor: Actor, verification: FindingVerification, verb: str, why: str) -> FindingVerification:
    verification.state = VERIFICATION.check(actor, verification.state, verb).target
    why = stated(why, "why", "应写明事由。")
    verification.closed_by, verification.closed_on, verification.closed_why = actor.name, today(), why
    # Written again, the encrypted number would look changed.
    verification.save(update_fields=["state", "closed_by", "closed_on", "closed_why"])
    return verification


def _write(
    actor: Actor, fresh: FindingVerification, found: Found, replaces: FindingVerification | None
) -> FindingVerification:
    fresh.result, fresh.checked_on = found.result, found.checked_on
    fresh.source, fresh.reason = found.source.strip(), found.reason.strip()
    fresh.noted_by, fresh.noted_on, fresh.replaces = actor.name, today(), replaces
    fresh.full_clean(exclude=["subject", "about", "facts"])
    with transaction.atomic():
        fresh.save()
    return fresh
