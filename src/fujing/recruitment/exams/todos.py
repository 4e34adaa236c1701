"""What waits about sittings: tickets to release, a day that is over to end, attendance to file (21.p1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import Count, Q
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.todos import Todo
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.exams.models import Sitting
from fujing.recruitment.exams.states import FILERS, HR, SittingState

KINDS = {"sitting": {"arranged": "sitting", "released": "sitting", "held": "sitting"}}
WORDS = {
    SittingState.ARRANGED: "待编排座位、发放准考证",
    SittingState.RELEASED: "考试时间已过，待登记到考、结束考试",
    SittingState.HELD: "考试已结束，待归档",
}


def exam_todos(actor: Actor, running: Mapping[int, Campaign]) -> Iterator[Todo]:
    """Of these campaigns, for who arranges; filing is the head's."""
    if not actor.has(*HR):
        return
    over = Q(state=SittingState.ARRANGED) | Q(state=SittingState.RELEASED, ends_at__lt=timezone.now())
    if actor.has(*FILERS):
        over |= Q(state=SittingState.HELD)
    rows = Sitting.objects.filter(over, campaign__in=running).annotate(seated=Count("seats")).order_by("starts_at")
    for row in rows:
        yield Todo(
            "sitting",
            1,
            f"{STAGE_LABELS[row.stage]}{WORDS[SittingState(row.state)]}",
            row.pk,
            matter=running[row.campaign_id].title,
            total=f"共 {row.seated} 人" if row.seated else "",  # type: ignore[attr-defined]
            provision="21.p1",
            since=timezone.localdate(row.starts_at),
            campaign=row.campaign_id,
        )
