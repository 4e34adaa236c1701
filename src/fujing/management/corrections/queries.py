"""Reading requests to correct a file, as an officer and as oneself."""

from __future__ import annotations

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.refusals import existing
from fujing.law.education import EDUCATION_LABEL
from fujing.management.corrections.models import Correction

YES_NO = {"true": "是", "false": "否"}


def corrections_for(actor: Actor) -> QuerySet[Correction]:
    """Requests of people of the actor's territory, the newest first, without what was written in them."""
    rows = Correction.objects.filter(organ_code__range=actor.territory)
    return rows.select_related("engagement__person").defer("wished", "said").order_by("-pk")


def correction_for(actor: Actor, correction_id: int) -> Correction:
    """One of them, or 404."""
    rows = Correction.objects.filter(organ_code__range=actor.territory, pk=correction_id)
    return existing(rows.select_related("engagement__person", "file").first(), "没有这次更正申请")


def own_corrections(actor: Actor) -> list[Correction]:
    """The person's own requests, the latest first."""
    return list(Correction.objects.filter(person_id=actor.person_id or 0).order_by("-pk"))


def own_correction(actor: Actor, correction_id: int) -> Correction:
    """One of them, or 404."""
    rows = Correction.objects.filter(person_id=actor.person_id or 0, pk=correction_id)
    return existing(rows.select_related("engagement__person").first(), "没有这次更正申请")


def in_words(correction: Correction) -> str:
    """What the file should say, as people read it."""
    wished = str(correction.wished)
    if correction.field == "education":
        return EDUCATION_LABEL.get(wished, wished)
    return YES_NO.get(wished, wished) if correction.field == "veteran" else wished
