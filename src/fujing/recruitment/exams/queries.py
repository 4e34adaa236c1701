"""Sittings of a campaign, and who is admitted to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import polars as pl
from django.db.models import Count, Q, QuerySet

from fujing.kernel.actor import Actor, within
from fujing.kernel.counts import counted_by
from fujing.kernel.models import HistoryEntry
from fujing.kernel.refusals import NotAllowed, Refusal, existing
from fujing.law.formats.scores import EXAMS, STAGE_LABELS
from fujing.law.ranking import rank
from fujing.recruitment.applications.models import Application, Attachment
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.exams.models import Elimination, Invigilator, Room, Seat, Sitting
from fujing.recruitment.exams.states import INVIGILATORS, READERS, Attendance
from fujing.recruitment.selection.queries import ranked_applications, ranking_frame
from fujing.recruitment.selection.sheet import score_sheet
from fujing.registry.models import Account, territory_of
from fujing.registry.queries import holders_of


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
    rows = Sitting.objects.filter(organ_code__range=actor.territory)
    return existing(rows.select_related("campaign").filter(pk=pk).first(), "没有这场考试")


def watched(actor: Actor, sitting: int) -> Invigilator | None:
    """That the actor was named to invigilate a sitting, if so; readable wherever they belong."""
    return Invigilator.objects.filter(sitting=sitting, account=actor.account_id or 0).first()


def stands_at(actor: Actor, seat: Seat) -> bool:
    """Whether the actor was named for the seat's room or for the whole sitting, and may still invigilate today."""
    named = watched(actor, seat.sitting_id)
    return named is not None and actor.has(*INVIGILATORS) and named.room_id in (None, seat.room_id)


def seat_for(actor: Actor, sitting: int, pk: int) -> Seat:
    """One seat with its `photo`, its `marks` and the names of who invigilates there (`witnesses`): for readers of the territory, and for who stands at that door.

    NotFound for a seat that there isn't; NotAllowed for an invigilator of another room and for everybody else.
    """
    named = watched(actor, sitting) if actor.has(*INVIGILATORS) else None
    if named is not None:
        with within(actor, *territory_of(named.organ_code)):
            seat = _seat(sitting, pk)
        if named.room_id in (None, seat.room_id):
            return seat
        raise NotAllowed(f"此人的座位在{seat.room.name}，不在您监考的考场。", provisions=("21.p1",))
    if not actor.has(*READERS):
        raise NotAllowed("只有招聘经办和这场考试的监考人可以打开。", provisions=("21.p1",))
    return _seat(sitting_for(actor, sitting).pk, pk)


def _seat(sitting: int, pk: int) -> Seat:
    rows = Seat.objects.filter(sitting=sitting, pk=pk)
    seat = existing(rows.select_related("sitting__campaign", "room", "application__position").first(), "没有这个座位")
    photos = Attachment.objects.filter(application=seat.application_id, kind=Attachment.Kind.PHOTO)
    seat.photo = photos.select_related("file").order_by("-pk").first()  # type: ignore[attr-defined]
    seat.marks = marks_of(seat)  # type: ignore[attr-defined]
    here = Invigilator.objects.filter(Q(room=None) | Q(room=seat.room_id), sitting=sitting)
    seat.witnesses = list(here.order_by("room", "pk").values_list("name", flat=True))  # type: ignore[attr-defined]
    return seat


@dataclass(frozen=True, slots=True)
class Mark:
    """One marking of a seat: what it was then called, by whom, when, and why it was corrected."""

    label: str
    by: str
    at: datetime
    reason: str


def marks_of(seat: Seat) -> list[Mark]:
    """Every marking of a seat from the trail, the first one first."""
    changes = HistoryEntry.objects.filter(
        tracked=Seat._meta.db_table, row_id=seat.pk, operation="update", after__has_key="attendance"
    ).order_by("at", "pk")
    return [
        Mark(Attendance((each.after or {})["attendance"]).label, each.actor, each.at, each.reason) for each in changes
    ]


def invigilators_of(sitting: Sitting) -> QuerySet[Invigilator]:
    """Who stands at the doors, by room."""
    return Invigilator.objects.filter(sitting=sitting).select_related("room").order_by("room__pk", "pk")


def nameable(sitting: Sitting) -> QuerySet[Account]:
    """Whom the organ may name: its own and its units' police officers and discipline people."""
    return holders_of(sitting.organ_code, INVIGILATORS)


def attendance_counts(sitting: Sitting) -> dict[str, int]:
    """How many seats there are of each attendance; none that nobody has."""
    return counted_by(Seat.objects.filter(sitting=sitting), "attendance")


def rooms_of(sitting: Sitting) -> QuerySet[Room]:
    """Rooms in the order in which they were arranged, with how many are `seated`."""
    return Room.objects.filter(sitting=sitting).annotate(seated=Count("seats")).order_by("pk")


def seats_of(sitting: Sitting) -> QuerySet[Seat]:
    """Seats by room and number."""
    rows = Seat.objects.filter(sitting=sitting).select_related("room", "application", "application__position")
    return rows.order_by("room__pk", "number")


def own_seats(actor: Actor, application: Application) -> QuerySet[Seat]:
    """The applicant's own released seats, by time."""
    rows = Seat.objects.filter(application=application, account_id=actor.account_id or 0)
    return rows.exclude(sitting__state="arranged").select_related("sitting", "room").order_by("sitting__starts_at")


@dataclass(frozen=True, slots=True)
class Admission:
    """Who goes into a stage, and who of the same posts does not: with the stage at which they fell out, and why.

    The stage is empty where the post was not opened.
    """

    people: list[Application]
    out: list[tuple[Application, str, str]]


def admission(campaign: Campaign, kind: str) -> Admission:
    """Who goes into a stage by the ranking's own rules, from the scores of the stages before it.

    Raises Refusal while an earlier exam of a post has no result at all: its people would pass unexamined (21.p1).
    """
    announcement = campaign.announcement
    kinds: list[str] = [stage.kind for stage in announcement.stages or ()]
    applications = ranked_applications(campaign)
    if kind not in exam_stages(campaign) or not applications:
        return Admission([], [])
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
        raise Refusal(f"{named}还没有成绩，不能确定入围人员。", provisions=("21.p1",), remedy="录入成绩后再编排。")
    posts = {
        code
        for stage in announcement.stages or ()
        if stage.kind == kind
        for code in code_of.values()
        if stage.positions is None or code in stage.positions
    }
    place = kinds.index(kind)
    lines = {
        line.subject: (line.stage, line.why)
        for result in rank(announcement, people, scores)
        if result.position in posts
        for line in result.ranking
        if not result.opened or (line.stage is not None and kinds.index(line.stage) <= place)
    }
    going = [each for each in applications if each.state == ApplicationState.QUALIFIED and each.position.code in posts]
    return Admission(
        [each for each in going if str(each.pk) not in lines],
        [(each, stage or "", why) for each in going if str(each.pk) in lines for stage, why in [lines[str(each.pk)]]],
    )


def admitted(campaign: Campaign, kind: str) -> list[Application]:
    """Who goes into a stage, as `admission` has it."""
    return admission(campaign, kind).people


def own_elimination(application: Application) -> Elimination | None:
    """Why one does not go on, once it is told; row security shows an applicant their own alone."""
    rows = Elimination.objects.filter(application=application)
    return rows.select_related("sitting").first()
