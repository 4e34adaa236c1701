"""What a what-if judges of recruitment: the campaigns that run in a territory, and whoever applied to them."""

from __future__ import annotations

import polars as pl
from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from fujing.compliance.oversight.figures import running_campaigns
from fujing.kernel.bulk import frame_of
from fujing.kernel.clock import ZONE
from fujing.law.whatif import Running
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.queries import FRAME
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.campaigns.models import Campaign, Position

STANDING = (
    ApplicationState.SUBMITTED,
    ApplicationState.RETURNED,
    ApplicationState.QUALIFIED,
    ApplicationState.REJECTED,
)
"""Who applied and didn't give up; who was refused too: other limits might have let them in."""
OWN = {"id": "pk", "position": "position_id", "registered_on": TruncDate("submitted_at", tzinfo=ZONE)}
# The number itself stays encrypted: sex and birth date were taken from it when the application was made.
READ = {name: kind for name, kind in FRAME.items() if name != "id_number"}


def _standing(campaigns: QuerySet[Campaign] | list[Campaign]) -> QuerySet[Application]:
    return Application.objects.filter(campaign__in=campaigns, state__in=STANDING)


def standing_applications(lo: int, hi: int) -> QuerySet[Application]:
    """The applications that `running_recruitments` reads."""
    return _standing(running_campaigns(lo, hi).order_by())


def running_recruitments(lo: int, hi: int) -> list[Running]:
    """Campaigns between announcement and end, with their applications; three queries however many there are."""
    campaigns = list(running_campaigns(lo, hi))
    codes = dict(Position.objects.filter(campaign__in=campaigns).values_list("pk", "code"))
    kinds = READ | {"position": pl.Int64}
    columns = {name: (OWN.get(name, name), kind) for name, kind in kinds.items()} | {
        "campaign": ("campaign_id", pl.Int64)
    }
    applications = frame_of(_standing(campaigns), columns)
    position = pl.col("position").replace_strict(codes, return_dtype=pl.String)
    named = applications.with_columns(position).sort(pl.col("id").cast(pl.Int64))
    return [
        Running(each.pk, str(each.organ_code), each.announcement, named.filter(campaign=each.pk).drop("campaign"))
        for each in campaigns
    ]
