"""What waits in a review (Article 18)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Count, Min
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.todos import MOST, Todo
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.states import REVIEWERS, ApplicationState
from fujing.recruitment.campaigns.models import Campaign

KINDS = {"application": {"submitted": "review", "returned": "late_supplement"}}


def application_todos(actor: Actor, running: Mapping[int, Campaign]) -> Iterator[Todo]:
    """Of these campaigns: reviews, and those that were to complete something by a day that is over."""
    if not actor.has(*REVIEWERS):
        return
    waiting = (
        Application.objects.filter(campaign__in=running, state=ApplicationState.SUBMITTED)
        .order_by()
        .values_list("campaign")
        .annotate(Count("id"), Min("submitted_at"))
    )
    for pk, count, first in waiting:
        yield Todo(
            "review",
            count,
            "待资格审查",
            pk,
            matter=running[pk].title,
            total=f"共 {count} 人",
            provision="21.p1",
            since=timezone.localdate(first),
            campaign=pk,
        )
    late = Application.objects.filter(
        campaign__in=running, state=ApplicationState.RETURNED, complete_until__lt=today()
    ).order_by("complete_until", "id")
    for row in late[:MOST]:
        yield Todo(
            "late_supplement",
            1,
            f"逾期未补充，待作结论：{row.name}",
            row.pk,
            matter=running[row.campaign_id].title,
            provision="21.p1",
            due=row.complete_until,
            campaign=row.campaign_id,
        )
