"""What waits about announcements: with 人社, and with the head once it agreed (Articles 17 and 21)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.todos import MOST, Todo
from fujing.law.findings import Outcome
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import waiting_consents
from fujing.recruitment.campaigns.readiness import purposes_of
from fujing.recruitment.campaigns.states import HEADS, HR, HRSS, PROVISION_OF, CampaignState
from fujing.registry.models import Organ

KINDS = {
    "campaign": {
        "agreed": "publish",
        "draft": "publish_draft",
        "asked": "consent",
        "published": "close",
        "closed": "publicise",
    },
    "consent": {"waiting": "consent"},
}
RUNNING = (CampaignState.PUBLISHED, CampaignState.CLOSED, CampaignState.PUBLICITY)


def open_campaigns(actor: Actor) -> dict[int, Campaign]:
    """Every campaign of the actor's own bureau that is not over, by id, in one query."""
    rows = Campaign.objects.filter(organ_code=actor.organ_code or 0)
    over = [CampaignState.FINISHED, CampaignState.CANCELLED]
    return {row.pk: row for row in rows.exclude(state__in=over).order_by("id")}


def running(campaigns: Mapping[int, Campaign]) -> dict[int, Campaign]:
    """Those that are published and not over."""
    return {pk: row for pk, row in campaigns.items() if row.state in RUNNING}


def consent_todos(actor: Actor) -> Iterator[Todo]:
    """What the actor's department of 人社 is asked, longest waiting first."""
    if not actor.has(*HRSS):
        return
    rows = list(waiting_consents(actor)[:MOST])
    names = dict(Organ.objects.filter(pk__in={row.organ_code for row in rows}).values_list("code", "name"))
    for row in rows:
        places = sum(post["headcount"] for post in row.document.get("positions") or ())
        yield Todo(
            "consent",
            1,
            str(row.get_purpose_display()),
            row.pk,
            county=names.get(row.organ_code, ""),
            matter=row.document["title"],
            total=f"共 {places} 人",
            provision=PROVISION_OF[row.purpose],
            since=timezone.localdate(row.asked_at),
        )


def campaign_todos(actor: Actor, campaigns: Mapping[int, Campaign]) -> Iterator[Todo]:
    """What was agreed or is complete waits to be published; what is over, for its registration to be ended."""
    for pk, row in campaigns.items():
        posts = row.document.get("positions") or ()
        told = {"subject": pk, "matter": row.title, "campaign": pk, "provision": "21.p1"}
        places = f"共 {sum(post.get('headcount') or 0 for post in posts)} 人"
        opens = row.registration_from and timezone.localdate(row.registration_from)
        if actor.has(*HEADS) and row.state == CampaignState.AGREED:
            yield Todo("publish", 1, "人社部门已同意，待发布", due=opens, total=places, **told)  # type: ignore[arg-type]
        elif actor.has(*HEADS) and row.state == CampaignState.DRAFT and _complete(row):
            yield Todo("publish_draft", 1, "公告已拟定，待发布", due=opens, total=places, **told)  # type: ignore[arg-type]
        ends = row.registration_to
        over = ends is not None and ends < timezone.now()
        if actor.has(*HR) and row.state == CampaignState.PUBLISHED and over and ends is not None:
            due = timezone.localdate(ends)
            yield Todo("close", 1, "报名时间已过，待截止报名", due=due, **told)  # type: ignore[arg-type]


def _complete(campaign: Campaign) -> bool:
    """A draft that needs no consent, has a plan and its times, and breaks nothing."""
    bad = {str(Outcome.VIOLATED), str(Outcome.UNDETERMINED)}
    return (
        campaign.plan_id is not None
        and campaign.registration_to is not None
        and timezone.localdate(campaign.registration_to) >= today()
        and not purposes_of(campaign.document)
        and not any(found["outcome"] in bad for found in campaign.findings)
    )
