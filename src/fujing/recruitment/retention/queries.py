"""Whose retention period has passed."""

from __future__ import annotations

from django.db.models import DateField, ExpressionWrapper, F, Func, QuerySet, Value

from fujing.kernel.clock import today
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.hiring.states import HireState


def overdue_campaigns() -> QuerySet[Campaign]:
    """Campaigns of the actor's territory whose retention period has passed."""
    months = Func(Value(0), F("retention_months"), function="make_interval")
    kept_until = ExpressionWrapper(F("ended_on") + months, output_field=DateField())
    return Campaign.objects.filter(ended_on__isnull=False).alias(kept_until=kept_until).filter(kept_until__lte=today())


def overdue_applications(campaign: Campaign) -> QuerySet[Application]:
    """What is still to be erased of a campaign: everyone's but those of people who were hired."""
    rows = Application.objects.filter(campaign=campaign, erased_at__isnull=True)
    return rows.exclude(hire__state=HireState.HIRED).order_by("id")
