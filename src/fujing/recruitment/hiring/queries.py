"""Reading contracts that are due."""

from __future__ import annotations

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.registry.models import Engagement


def without_contract(actor: Actor) -> QuerySet[Engagement]:
    """People in service who have no labour contract yet, longest waiting first (Article 39)."""
    mine = Engagement.objects.filter(
        organ_code__range=(actor.lo or 0, actor.hi or 0), span__endswith__isnull=True
    )
    return mine.filter(contracts__isnull=True).select_related("person").order_by("span", "id")
