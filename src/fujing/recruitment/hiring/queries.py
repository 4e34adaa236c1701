"""Reading contracts that are due."""

from __future__ import annotations

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.recruitment.campaigns.states import Signer
from fujing.recruitment.hiring.models import Hire
from fujing.registry.models import Engagement, Organ


def without_contract(actor: Actor) -> QuerySet[Engagement]:
    """People in service who have no labour contract yet, longest waiting first (Article 39)."""
    mine = Engagement.objects.filter(organ_code__range=(actor.lo or 0, actor.hi or 0), span__endswith__isnull=True)
    return mine.filter(contracts__isnull=True).select_related("person").order_by("span", "id")


def signer_of(engagement: Engagement) -> str:
    """Who signs the labour contract with this person: the institution that the bureau entrusted with it, else the
    bureau itself (22)."""
    hired = Hire.objects.filter(engagement=engagement, application__campaign__entrustment__signs=Signer.ENTRUSTED)
    institution = hired.values_list("application__campaign__entrustment__institution", flat=True).first()
    return institution or Organ.objects.get(pk=engagement.organ_code).name
