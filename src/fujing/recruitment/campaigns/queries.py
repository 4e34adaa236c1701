"""Reading campaigns: officers their territory, everyone what was published."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from django.db.models import QuerySet, Sum
from django.utils import timezone

from fujing.kernel.actor import Actor, looking
from fujing.kernel.refusals import existing
from fujing.recruitment.campaigns.models import Campaign, Consent, Entrustment
from fujing.recruitment.campaigns.states import CampaignState, ConsentState
from fujing.registry.models import Organ, territory_of
from fujing.registry.states import OrganKind, PartnerKind


def campaigns_for(actor: Actor) -> QuerySet[Campaign]:
    """Campaigns of the actor's territory, newest first, with `headcount`."""
    mine = Campaign.objects.filter(organ_code__range=actor.territory)
    return mine.annotate(headcount=Sum("positions__headcount")).order_by("-id")


def campaigns_matching(actor: Actor, text: str) -> QuerySet[Campaign]:
    """Campaigns of the territory with the words in their title, newest first."""
    return campaigns_for(actor).filter(title__icontains=text)


def institutions_of(organ_code: int) -> list[str]:
    """With whom a bureau may organise or has entrusted before: 人社 of its level, then institutions by name."""
    department = department_of(organ_code)
    entrusted = Entrustment.objects.filter(organ_code=organ_code).order_by("institution")
    known = entrusted.values_list("institution", flat=True).distinct()
    return [*([department.name] if department else []), *known]


def department_of(organ_code: int) -> Organ | None:
    """人社 of the bureau's level and division, if it is registered."""
    departments = Organ.objects.filter(kind=OrganKind.PARTNER, partner_kind=PartnerKind.HRSS)
    return departments.filter(code__range=(organ_code, organ_code + 10**6 - 1)).first()


def campaign_for(actor: Actor, campaign_id: int) -> Campaign:
    """One campaign of the territory, or 404."""
    return existing(campaigns_for(actor).filter(pk=campaign_id).first(), "没有这个招聘项目")


def consents_for(actor: Actor) -> QuerySet[Consent]:
    """Questions to 人社 that the actor may read, newest first: those of a territory, or those one's office is asked."""
    return Consent.objects.order_by("-id")


def consent_for(actor: Actor, consent_id: int) -> Consent:
    """One question to 人社, or 404."""
    return existing(consents_for(actor).filter(pk=consent_id).first(), "没有这件会商事项")


def reading(actor: Actor, consent: Consent) -> AbstractContextManager[object]:
    """What belongs to a question that the actor may read: the department reads it in the bureau's place."""
    return nullcontext() if actor.covers(consent.organ_code) else looking(actor, *territory_of(consent.organ_code))


def rounds_of(consent: Consent) -> list[Consent]:
    """Every time that the same was asked about the announcement, in order."""
    same = Consent.objects.filter(campaign=consent.campaign_id, purpose=consent.purpose)
    return list(same.defer("document", "facts").order_by("round"))


def published_of(consent: Consent) -> bool:
    """Whether the announcement asked about is public."""
    return Campaign.objects.filter(pk=consent.campaign_id, published_at__isnull=False).exists()


def waiting_consents(actor: Actor) -> QuerySet[Consent]:
    """What the actor's office is asked and has not answered, longest waiting first."""
    return Consent.objects.filter(assigned_organ=actor.organ_code or 0, state=ConsentState.WAITING).order_by(
        "asked_at", "id"
    )


def waiting_days(consent: Consent) -> int:
    """Days since the question was sent, 0 on that very day."""
    return (timezone.localdate() - timezone.localdate(consent.asked_at)).days


def published_campaigns() -> QuerySet[Campaign]:
    """What the public site lists, newest first."""
    return _published().exclude(state=CampaignState.CANCELLED)


def _published() -> QuerySet[Campaign]:
    shown = Campaign.objects.filter(published_at__isnull=False)
    return shown.annotate(headcount=Sum("positions__headcount")).order_by("-published_at")


def published_campaign(campaign_id: int) -> Campaign:
    """One published campaign, or 404. A cancelled one is found by who has its address, with its `cancelled_because`."""
    return existing(_published().prefetch_related("positions").filter(pk=campaign_id).first(), "没有这个公告")


def registration_open(campaign: Campaign) -> bool:
    """Whether applications are taken now, to the minute; a window that isn't stated is not open."""
    now = timezone.now()
    return (
        campaign.state == CampaignState.PUBLISHED
        and campaign.registration_from is not None
        and campaign.registration_to is not None
        and campaign.registration_from <= now <= campaign.registration_to
    )
