"""Sittings of a campaign, and who is admitted to one."""

from __future__ import annotations

import polars as pl
from django.db.models import Count, Q, QuerySet
from django.http import Http404

from fujing.kernel.actor import Actor
from fujing.kernel.refusals import Refusal
from fujing.law.formats.scores import EXAMS, STAGE_LABELS
from fujing.law.ranking import rank
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.exams.models import Seat, Sitting
from fujing.recruitment.selection.queries import ranked_applications, ranking_frame
from fujing.recruitment.selection.services import score_sheet


def exam_stages(campaign: Campaign) -> list[str]:
    """Kinds of the stages that people sit for, in the announcement's order."""
    return [stage.kind for stage in campaign.announcement.stages or () if stage.kind in EXAMS]


def sittings_of(campaign: Campaign) -> QuerySet[Sitting]:
    """Sittings in order of time, with `seated` and `absent`."""
    rows = Sitting.objects.filter(campaign=campaign).annotate(
        seated=Count("seats"), absent=Count("seats", filter=Q(seats__attendance="absent"))
    )
    return rows.order_by("starts_at", "pk")


def sitting_for(actor: Actor, pk: int) -> Sitting:
    """One sitting of the actor's territory, or 404."""
    rows = Sitting.objects.filter(organ_code__range=(actor.lo or 0, actor.hi or 0))
    sitting = rows.select_related("campaign").filter(pk=pk).first()
    if sitting is None:
        raise Http404("没有这场考试")
    return sitting


def seats_of(sitting: Sitting) -> QuerySet[Seat]:
    """Seats by room and number."""
    rows = Seat.objects.filter(sitting=sitting).select_related("room", "application", "application__position")
    return rows.order_by("room__pk", "number")


def own_seats(actor: Actor, application: Application) -> QuerySet[Seat]:
    """The applicant's own released seats, by time."""
    rows = Seat.objects.filter(application=application, account_id=actor.account_id or 0)
    return (
        rows.exclude(sitting__state="arranged")
        .select_related("sitting", "room")
        .order_by("sitting__starts_at")
    )


def admitted(campaign: Campaign, kind: str) -> list[Application]:
    """Who goes into a stage by the ranking's own rules, from the scores of the stages before it.

    Raises Refusal while an earlier exam of a post has no result at all: its people would pass unexamined (21.p1).
    """
    announcement = campaign.announcement
    kinds: list[str] = [stage.kind for stage in announcement.stages or ()]
    applications = ranked_applications(campaign)
    if kind not in exam_stages(campaign) or not applications:
        return []
    before = kinds[: kinds.index(kind)]
    people = ranking_frame(applications)
    scores = score_sheet(campaign, people).filter(pl.col("kind").is_in(before))
    code_of = {str(each.pk): each.position.code for each in applications}
    scored = {(code_of[subject], stage) for subject, stage in scores.select("id", "kind").iter_rows()}
    sat = {
        (code, stage.kind)
        for stage in announcement.stages or ()
        if stage.kind in before and stage.kind in EXAMS
        for code in code_of.values()
        if stage.positions is None or code in stage.positions
    }
    waiting = sorted(sat - scored)
    if waiting:
        named = "、".join(f"{code}岗位{STAGE_LABELS[stage]}" for code, stage in waiting)
        raise Refusal(
            f"{named}还没有成绩，不能确定入围人员。", provisions=("21.p1",), remedy="录入成绩后再编排。"
        )
    posts = {
        code
        for stage in announcement.stages or ()
        if stage.kind == kind
        for code in code_of.values()
        if stage.positions is None or code in stage.positions
    }
    reached = {
        line.subject
        for result in rank(announcement, people, scores)
        if result.opened and result.position in posts
        for line in result.ranking
        if line.stage is None or kinds.index(line.stage) > kinds.index(kind)
    }
    return [
        each for each in applications if str(each.pk) in reached and each.state == ApplicationState.QUALIFIED
    ]
