"""What waits at the end of a recruitment: whom to hire, whom to make public, what to end; contracts due and ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.db.models import Max

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.todos import Todo
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.states import HEADS, CampaignState
from fujing.recruitment.hiring.lists import hire_list, is_through
from fujing.recruitment.medical.queries import medical_stage
from fujing.recruitment.selection.models import Candidate, PublicityNotice, Ranking
from fujing.recruitment.selection.states import CandidateStatus

KINDS = {"hire": {"proposed": "hire"}, "campaign": {"publicity": "finish"}}
DETAILED = 2
"""So many hire lists are counted person by person, the oldest first; of the others it is said that they wait."""


def hiring_todos(actor: Actor, running: Mapping[int, Campaign]) -> Iterator[Todo]:
    """Publicity that is over: whom to hire now, whom to make public in somebody's place, and what to end."""
    if not actor.has(*HEADS):
        return
    yield from _to_publicise(running)
    shown = [pk for pk, row in running.items() if row.state == CampaignState.PUBLICITY]
    if not shown:
        return
    ends = PublicityNotice.objects.filter(campaign__in=shown).values("campaign").annotate(last=Max("ends"))
    waiting = sorted((row["last"], row["campaign"]) for row in ends)
    for last, pk in waiting[:DETAILED]:
        yield from _counted(running[pk], last)
    for last, pk in waiting[DETAILED:]:
        if last < today():
            yield _of(running[pk], "hire", 1, "公示期满，待办理聘用", last)


def _to_publicise(running: Mapping[int, Campaign]) -> Iterator[Todo]:
    """Rankings of which everybody on the hire list is through the examination and the background check."""
    closed = [pk for pk, row in running.items() if row.state == CampaignState.CLOSED]
    if not closed:
        return
    latest = Ranking.objects.filter(campaign__in=closed).values("campaign").annotate(last=Max("pk"))
    rows = Candidate.objects.filter(ranking__in=[row["last"] for row in latest], status=CandidateStatus.HIRE)
    named = rows.select_related("position", "application__check_of", "application__medical").order_by("pk")
    through: dict[int, list[bool]] = {}
    for row in named.defer("finding"):
        campaign = running[row.application.campaign_id]
        needs_exam = medical_stage(campaign, row.position) is not None
        check, exam = getattr(row.application, "check_of", None), getattr(row.application, "medical", None)
        through.setdefault(campaign.pk, []).append(is_through(check, exam, needs_exam=needs_exam))
    for pk, each in through.items():
        if all(each):
            yield _of(running[pk], "publicise", len(each), "拟聘用人员体检、考察合格，待公示", today())


def _counted(campaign: Campaign, ends: date) -> Iterator[Todo]:
    listed = [each for post in hire_list(campaign) for each in post.listed if each.place.status == "hire"]
    ready = sum(each.notice is not None and not each.hired and not each.waits for each in listed)
    unseen = sum(each.to_publicise for each in listed)
    if ready:
        yield _of(campaign, "hire", ready, "公示期满，待聘用", ends)
    if unseen:
        yield _of(campaign, "hire", unseen, "递补人员待公示", ends)
    if ends < today() and all(each.hired for each in listed):
        yield _of(campaign, "finish", 1, "聘用已办完，待结束", ends)


def _of(campaign: Campaign, kind: str, count: int, what: str, since: date) -> Todo:
    total = f"共 {count} 人" if kind != "finish" and count > 1 else ""
    return Todo(
        kind,
        count,
        what,
        campaign.pk,
        matter=campaign.title,
        total=total,
        provision="21.p1",
        since=since,
        campaign=campaign.pk,
    )
