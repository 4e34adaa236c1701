"""What waits about results: re-checks that applicants asked for, objections to a publicity (21.p1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Count, Min
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.selection.models import Objection, ScoreCheck
from fujing.recruitment.selection.states import OBJECTION, SCORERS, ObjectionState, ScoreCheckState

KINDS = {"objection": {"open": "objection"}, "score_check": {"open": "score_check"}}
ANSWERERS = OBJECTION.from_state(ObjectionState.OPEN)[0].roles


def selection_todos(actor: Actor, running: Mapping[int, Campaign]) -> Iterator[Todo]:
    """Of these campaigns, for who answers."""
    if actor.has(*SCORERS):
        asked = ScoreCheck.objects.filter(application__campaign__in=running, state=ScoreCheckState.OPEN).order_by()
        grouped = asked.values_list("application__campaign").annotate(Count("id"), Min("asked_at"))
        for pk, count, first in grouped:
            yield _todo("score_check", running[pk], count, "成绩复核待答复", timezone.localdate(first))
    if actor.has(*ANSWERERS):
        rows = Objection.objects.filter(notice__campaign__in=running, state=ObjectionState.OPEN).order_by()
        for pk, count, ends in rows.values_list("notice__campaign").annotate(Count("id"), Min("notice__ends")):
            yield _todo("objection", running[pk], count, "公示异议待核查", ends)


def _todo(kind: str, campaign: Campaign, count: int, what: str, since: object) -> Todo:
    return Todo(
        kind,
        count,
        what,
        campaign.pk,
        matter=campaign.title,
        total=f"共 {count} 件",
        provision="21.p1",
        since=since,  # type: ignore[arg-type]
        campaign=campaign.pk,
    )
