"""Reading contracts that are due."""

from __future__ import annotations

from django.db.models import QuerySet

from fujing.kernel.models import StoredFile
from fujing.kernel.refusals import NotFound
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.states import Signer
from fujing.recruitment.hiring.models import Hire
from fujing.recruitment.hiring.states import HireState
from fujing.registry.models import Engagement, Organ, Person


def signer_of(engagement: Engagement) -> str:
    """Who signs the labour contract with this person: the institution that the bureau entrusted with it, else the
    bureau itself (22)."""
    hired = Hire.objects.filter(engagement=engagement, application__campaign__entrustment__signs=Signer.ENTRUSTED)
    institution = hired.values_list("application__campaign__entrustment__institution", flat=True).first()
    return institution or Organ.objects.get(pk=engagement.organ_code).name


def hire_of(application: Application) -> Hire | None:
    """What became of somebody on the list, if anything did."""
    return Hire.objects.filter(application=application).first()


def declaration_of(application: Application) -> StoredFile:
    """The declaration of somebody who gave up, or 404."""
    record = Hire.objects.filter(application=application, proof__isnull=False).select_related("proof").first()
    if record is None or record.proof is None:
        raise NotFound("没有这份声明")
    return record.proof


def hired_number(campaign: Campaign) -> int:
    """How many people of a campaign were hired."""
    return Hire.objects.filter(application__campaign=campaign, state=HireState.HIRED).count()


def hires_of(person: Person) -> QuerySet[Hire]:
    """By which recruitments somebody came, the newest first; without the number that the application carries."""
    hires = Hire.objects.filter(engagement__person=person)
    rows = hires.select_related("engagement", "application__position", "application__campaign__plan")
    return rows.defer("application__id_number", "application__phone").order_by("-pk")
