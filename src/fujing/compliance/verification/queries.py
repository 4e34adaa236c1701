"""Reading verifications: one by one, and all that stand beside the findings of a check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from fujing.compliance.verification.models import FindingVerification
from fujing.compliance.verification.states import Result, VerificationState
from fujing.kernel.actor import Actor
from fujing.kernel.refusals import existing
from fujing.registry.models import Person


@dataclass(frozen=True, slots=True)
class Noted:
    """What stands beside a finding. `holds`: the facts are still those that were verified."""

    pk: int
    result: Result
    by: str
    on: date
    holds: bool

    @property
    def words(self) -> str:
        """As lists show it: the result with name and day, or that the facts have changed since."""
        told = f"{self.result.label}，{self.by} {self.on}"
        return told if self.holds else f"事实已变更（原核实{told}）"


def verifications_for(actor: Actor) -> QuerySet[FindingVerification]:
    """Those of the actor's territory, the newest first."""
    return FindingVerification.objects.filter(organ_code__range=actor.territory).order_by("-pk")


def verification_for(actor: Actor, verification_id: int) -> FindingVerification:
    """One of them, or 404."""
    found = verifications_for(actor).select_related("replaces", "replaced_by").filter(pk=verification_id).first()
    return existing(found, "没有这条核实")


def standing_in(organs: Iterable[int]) -> dict[bytes, FindingVerification]:
    """What stands of these bureaus, by the finding's identity."""
    rows = FindingVerification.objects.filter(state=VerificationState.STANDING, organ_code__in=list(organs))
    kept = rows.only("about", "facts", "result", "noted_by", "checked_on")
    return {bytes(each.about): each for each in kept}


def noted(verification: FindingVerification, facts: bytes) -> Noted:
    """What a row says beside a finding with these facts."""
    return Noted(
        verification.pk,
        Result(verification.result),
        verification.noted_by,
        verification.checked_on,
        bytes(verification.facts) == facts,
    )


def person_of(verification: FindingVerification) -> Person | None:
    """Whom of the registry it is about, where that person is there."""
    return Person.objects.filter(organ_code=verification.organ_code, id_index=verification.subject).first()


def standing_for(organ_code: int, about: bytes) -> FindingVerification | None:
    """What stands of one finding."""
    return FindingVerification.objects.filter(
        state=VerificationState.STANDING, organ_code=organ_code, about=about
    ).first()


def chain_of(verification: FindingVerification) -> list[FindingVerification]:
    """Everything that was ever noted of the same finding, the newest first."""
    rows = FindingVerification.objects.filter(organ_code=verification.organ_code, about=bytes(verification.about))
    return list(rows.order_by("-pk"))
