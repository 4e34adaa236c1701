"""Reading guidance: one's own drafts, and what was published by one's own organ, above it and below it."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from fujing.compliance.guidance.models import Guidance, GuidanceReading
from fujing.compliance.guidance.states import GuidanceState
from fujing.kernel.actor import Actor, within
from fujing.kernel.clock import today
from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import existing
from fujing.registry.models import Organ, territory_of
from fujing.registry.states import OrganKind


def guidance_for(actor: Actor) -> QuerySet[Guidance]:
    """Documents that the actor may read, newest first; row security adds those from above."""
    own = Q(organ_code=actor.organ_code or 0)
    return Guidance.objects.filter(~Q(state=GuidanceState.DRAFT) | own).order_by("-issued_on", "-pk")


def document_for(actor: Actor, guidance_id: int) -> Guidance:
    """One document, or 404."""
    return existing(guidance_for(actor).select_related("replaces").filter(pk=guidance_id).first(), "没有这份指导文件")


def in_force_on(day: date) -> Q:
    """Published documents in force on a day: not revoked, not over, and not replaced by one in force."""
    later = Guidance.objects.filter(replaces=OuterRef("pk"), state=GuidanceState.PUBLISHED, force_from__lte=day)
    return (
        Q(state=GuidanceState.PUBLISHED, force_from__lte=day)
        & (Q(force_until__isnull=True) | Q(force_until__gte=day))
        & ~Q(Exists(later))
    )


def to_read(actor: Actor) -> QuerySet[Guidance]:
    """Published documents from above that the actor's organ has not signed for, oldest first."""
    code = actor.organ_code or 0
    above = {code // 10**10 * 10**10, code // 10**8 * 10**8} - {code}
    if code % 10**6:  # a department or station: its bureau signs
        return Guidance.objects.none()
    read = GuidanceReading.objects.filter(guidance=OuterRef("pk"), organ_code=code)
    waiting = Guidance.objects.filter(~Exists(read), state=GuidanceState.PUBLISHED, organ_code__in=above)
    return waiting.order_by("issued_on", "pk")


def organs_below(guidance: Guidance) -> QuerySet[Organ]:
    """Bureaus that have to sign for a document."""
    codes = territory_of(guidance.organ_code)
    below = Organ.objects.filter(code__range=codes, kind=OrganKind.PUBLIC_SECURITY)
    return below.exclude(code=guidance.organ_code).order_by("code")


def signatures(guidance: Guidance) -> dict[int, GuidanceReading]:
    """Who signed, by organ, as far as the actor's territory shows."""
    return {reading.organ_code: reading for reading in guidance.readings.all()}


def file_of(actor: Actor, guidance: Guidance) -> StoredFile | None:
    """The document's file for somebody who may read the document; it lies with the issuer."""
    with within(actor, guidance.organ_code, guidance.organ_code):
        return StoredFile.objects.filter(pk=guidance.file_id or 0).first()


def is_in_force(guidance: Guidance) -> bool:
    """Whether a document is in force today."""
    return Guidance.objects.filter(in_force_on(today()), pk=guidance.pk).exists()
