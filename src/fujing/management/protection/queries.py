"""Reading protection cases, as an officer and as the person who is protected."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from fujing.duties.orders.models import DutyOrder
from fujing.duties.orders.states import LIVE
from fujing.kernel.actor import Actor
from fujing.kernel.calendar import is_workday
from fujing.kernel.models import Decision
from fujing.kernel.refusals import existing
from fujing.law.complaints.terms import Unit
from fujing.law.protection import Case, Kind, Lack, Stated, lacking, last_day
from fujing.management.protection.models import Clarification, ProtectionCase, ProtectionTerm, Referral
from fujing.management.protection.states import ClarificationState, Finding, ProtectionState, Step
from fujing.registry.models import Account, Person, bureau_range

SEALED = ("told", "against", "damage")


def protections_for(actor: Actor) -> QuerySet[ProtectionCase]:
    """Cases of the territory that aren't about the actor, the newest first, without what was written in them."""
    rows = ProtectionCase.objects.filter(organ_code__range=actor.territory)
    rows = rows.exclude(accused=actor.account_id or 0).exclude(decision__decided_by_id=actor.account_id or 0)
    return rows.select_related("engagement__person").defer(*SEALED).order_by("-pk")


def protection_for(actor: Actor, case_id: int) -> ProtectionCase:
    """One of them, or 404."""
    rows = protections_for(actor).select_related("accused", "decision", "order").filter(pk=case_id)
    return existing(rows.first(), "没有这件维权案件")


def referral_for(actor: Actor, referral_id: int) -> Referral:
    """A referral of a case that the actor sees, or 404."""
    rows = Referral.objects.filter(pk=referral_id, case__in=protections_for(actor).values("pk"))
    return existing(rows.select_related("case__engagement__person", "case__decision").first(), "没有这件移送")


def clarification_for(actor: Actor, clarification_id: int) -> Clarification:
    """A clarification of a case that the actor sees, or 404."""
    rows = Clarification.objects.filter(pk=clarification_id, case__in=protections_for(actor).values("pk"))
    return existing(rows.select_related("case__engagement__person", "case__decision").first(), "没有这份澄清")


def protections_of(person: Person) -> QuerySet[ProtectionCase]:
    """All of somebody's, the newest first."""
    return ProtectionCase.objects.filter(person_id=person.pk).defer(*SEALED).order_by("-pk")


def own_protections(actor: Actor) -> QuerySet[ProtectionCase]:
    """The person's own cases, the newest first."""
    return ProtectionCase.objects.filter(person_id=actor.person_id or 0).order_by("-pk")


def own_protection(actor: Actor, case_id: int) -> ProtectionCase:
    """One of them, or 404."""
    return existing(own_protections(actor).filter(pk=case_id).first(), "没有这件维权案件")


def own_clarification(actor: Actor, clarification_id: int) -> Clarification:
    """One of the person's own, or 404."""
    rows = Clarification.objects.filter(person_id=actor.person_id or 0, pk=clarification_id)
    return existing(rows.select_related("case").first(), "没有这份澄清")


def own_asked(actor: Actor) -> int:
    """Clarifications that wait for the person's own word."""
    rows = Clarification.objects.filter(person_id=actor.person_id or 0, state=ClarificationState.PROPOSED)
    return rows.count()


def duties_of(person_id: int) -> QuerySet[DutyOrder]:
    """The duty orders by which somebody was sent, that a case may name; the latest first."""
    rows = DutyOrder.objects.filter(people__person_id=person_id, people__live=True, state__in=LIVE)
    return rows.order_by("-span")


def staff_of(organ_code: int) -> QuerySet[Account]:
    """The officers of a bureau and its units, of whom a case may be about one."""
    rows = Account.objects.filter(organ_code__range=bureau_range(organ_code), person_id=None, is_active=True)
    return rows.order_by("name", "pk")


def contested(case: ProtectionCase) -> QuerySet[Decision]:
    """What was decided about the person, of which one may have held them accountable; the latest first."""
    rows = Decision.objects.filter(person_id=case.person_id, organ_code=case.organ_code)
    return rows.exclude(subject_table=ProtectionCase._meta.db_table).order_by("-pk")


def terms_for(actor: Actor) -> QuerySet[ProtectionTerm]:
    """What the actor's bureau entered, the latest of each step first."""
    return ProtectionTerm.objects.filter(organ_code=actor.organ_code or 0).order_by("step", "-starts")


def terms_of(organ_code: int) -> list[Stated]:
    """The terms that a bureau entered."""
    rows = ProtectionTerm.objects.filter(organ_code=organ_code)
    return [Stated(each.step, each.starts, each.days, Unit(each.unit)) for each in rows]


def due_on(case: ProtectionCase, terms: list[Stated]) -> date | None:
    """The last day of the step that the case is at, inclusive; None where no term was entered, or nothing is to be done."""
    if case.state == ProtectionState.OPENED:
        return last_day(Step.ACCEPT, case.opened_at.date(), terms, is_workday)
    if case.state == ProtectionState.HANDLING and case.accepted_on:
        return last_day(Step.CONCLUDE, case.accepted_on, terms, is_workday)
    return None


def lacks_of(case: ProtectionCase, finding: str, reason: str = "") -> list[Lack]:
    """What a conclusion would lack now."""
    outcomes = list(case.referrals.values_list("outcome", flat=True))
    told = list(
        case.clarifications.exclude(state=ClarificationState.DROPPED).order_by("pk").values_list("state", flat=True)
    )
    cleared = ClarificationState.PUBLISHED in told or told[-1:] == [ClarificationState.REFUSED]
    return lacking(
        Case(
            Kind(case.kind),
            Finding(finding).value,  # type: ignore[arg-type]
            case.measures.count(),
            len(outcomes),
            outcomes.count(""),
            cleared,
            case.corrected_on is not None,
            reason,
        )
    )
