"""Reading commendations as somebody."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.refusals import existing
from fujing.management.commendation.models import Commendation, Objection
from fujing.management.commendation.states import CommendationState
from fujing.registry.models import Person


def commendations_for(actor: Actor) -> QuerySet[Commendation]:
    """Those of the territory, the newest first."""
    rows = Commendation.objects.filter(organ_code__range=actor.territory)
    return rows.select_related("engagement__person").order_by("-pk")


def commendation_for(actor: Actor, commendation_id: int) -> Commendation:
    """One of the territory, or 404."""
    rows = commendations_for(actor).select_related("evidence").filter(pk=commendation_id)
    return existing(rows.first(), "没有这次表彰申报")


def objection_for(actor: Actor, objection_id: int) -> Objection:
    """An objection in the territory, or 404."""
    rows = Objection.objects.filter(organ_code__range=actor.territory, pk=objection_id)
    return existing(rows.select_related("commendation__engagement__person").first(), "没有这件异议")


def publicity_over(rows: QuerySet[Commendation]) -> QuerySet[Commendation]:
    """Those whose publicity is over and that wait for the decision."""
    return rows.filter(state=CommendationState.PUBLICISED, publicised_until__lt=today())


def objected(rows: QuerySet[Commendation]) -> QuerySet[Commendation]:
    """Those that are public and have an objection without an answer."""
    waiting = Objection.objects.filter(commendation=OuterRef("pk"), upheld=None)
    return rows.filter(Exists(waiting), state=CommendationState.PUBLICISED)


def commendations_of(person: Person) -> QuerySet[Commendation]:
    """All of somebody's, the newest first."""
    return Commendation.objects.filter(engagement__person=person).order_by("-pk")
