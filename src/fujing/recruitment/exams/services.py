"""Arranging a sitting, drawing its places, and who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count

from django.utils import timezone

from fujing.kernel.actor import Actor, within
from fujing.kernel.digests import sm3
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal, stated
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.states import CampaignState
from fujing.recruitment.exams.models import Elimination, Room, Seat, Sitting
from fujing.recruitment.exams.policies import check_answer_misconduct, check_arrange
from fujing.recruitment.exams.queries import admission, admitted, exam_stages
from fujing.recruitment.exams.states import SITTING, Attendance, SittingState
from fujing.recruitment.selection.models import StageScore
from fujing.recruitment.selection.queries import score_checks_of
from fujing.recruitment.selection.services import entered
from fujing.recruitment.selection.states import ScoreCheckState
from fujing.registry.models import territory_of
from fujing.registry.tasks import tell

# What an attendance is called in the scores.
WORDS: dict[str, str] = {Attendance.ABSENT: "缺考", Attendance.MISCONDUCT: "违纪"}


@dataclass(frozen=True, slots=True)
class Hall:
    """A room as arranged: its name and how many it takes."""

    name: str
    capacity: int


def sitting_arrange(
    *,
    actor: Actor,
    campaign: Campaign,
    stage: str,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    rooms: list[Hall],
    bring: str = "",
) -> Sitting:
    """Set time, place and rooms of one exam stage, after registration closed (21.p1)."""
    check_arrange(actor, campaign.organ_code)
    if campaign.state != CampaignState.CLOSED:
        raise Refusal("报名截止后、公示前才能安排考试。", provisions=("21.p1",))
    if stage not in exam_stages(campaign):
        raise Refusal("公告没有这个考试环节。", provisions=("21.p1",), errors={"stage": ["公告没有这个考试环节。"]})
    if not rooms:
        raise Refusal("请填写考场。", errors={"rooms": ["请填写考场。"]})
    sitting = Sitting(
        organ_code=campaign.organ_code,
        campaign=campaign,
        stage=stage,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place.strip(),
        bring=bring.strip(),
        made_by=actor.name,
    )
    sitting.full_clean()
    sitting.save()
    for hall in rooms:
        room = Room(organ_code=campaign.organ_code, sitting=sitting, name=hall.name, capacity=hall.capacity)
        room.full_clean()
        room.save()
    return sitting


def seats_assign(*, actor: Actor, sitting: Sitting) -> int:
    """Draw everybody's place by the sitting's own seed; the same people always get the same places.

    Returns how many sit. Refused once tickets are out, and when the rooms take too few, saying by how many.
    """
    check_arrange(actor, sitting.organ_code)
    sitting = relocked(sitting)
    if sitting.state != SittingState.ARRANGED:
        raise Refusal("准考证发放后不能调整座位。", provisions=("21.p1",))
    people = admitted(sitting.campaign, sitting.stage)
    if not people:
        raise Refusal(f"没有可以参加{STAGE_LABELS[sitting.stage]}的人员。", provisions=("21.p1",))
    rooms = locked(Room.objects.filter(sitting=sitting))
    capacity = sum(room.capacity for room in rooms)
    if capacity < len(people):
        raise Refusal(
            f"参加考试 {len(people)} 人，考场共 {capacity} 个座位，还差 {len(people) - capacity} 个。",
            remedy="增加考场后再编排。",
        )
    drawn = sorted(people, key=lambda each: sm3(f"{sitting.seed}:{each.pk}".encode()))
    places = ((room, number) for room in rooms for number in range(1, room.capacity + 1))
    stage = exam_stages(sitting.campaign).index(sitting.stage) + 1
    seats = [
        Seat(
            organ_code=sitting.organ_code,
            sitting=sitting,
            room=room,
            number=number,
            application=each,
            account_id=each.account_id,
            ticket=f"{sitting.campaign_id:05d}{stage}{serial:05d}",
        )
        for each, (room, number), serial in zip(drawn, places, count(1))
    ]
    present = Seat.objects.filter(sitting=sitting).values_list("application_id", "room_id", "number", "ticket")
    if set(present) != {(seat.application_id, seat.room_id, seat.number, seat.ticket) for seat in seats}:
        Seat.objects.filter(sitting=sitting).delete()
        Seat.objects.bulk_create(seats, batch_size=1000)
    return len(drawn)


def rooms_add(*, actor: Actor, sitting: Sitting, rooms: list[Hall]) -> int:
    """More rooms before tickets are out; returns how many."""
    check_arrange(actor, sitting.organ_code)
    sitting = relocked(sitting)
    if sitting.state != SittingState.ARRANGED:
        raise Refusal("准考证发放后不能增加考场。", provisions=("21.p1",))
    for hall in rooms:
        room = Room(organ_code=sitting.organ_code, sitting=sitting, name=hall.name, capacity=hall.capacity)
        room.full_clean()
        room.save()
    return len(rooms)


def misconduct_answer(*, actor: Actor, seat: Seat, text: str) -> Seat:
    """What an applicant says to a recorded misconduct: once, and before anybody is made public."""
    check_answer_misconduct(actor, seat)
    with within(actor, *territory_of(seat.organ_code)):
        (seat,) = locked(Seat.objects.filter(pk=seat.pk).select_related("sitting__campaign"))
        if seat.attendance != Attendance.MISCONDUCT or seat.statement or seat.sitting.campaign.state != "closed":
            raise Refusal("现在不能陈述：没有违纪登记、已经陈述过或者已经公示。", provisions=("21.p1",))
        text = stated(text, "text", "请填写陈述内容。")
        seat.statement, seat.stated_at = text, timezone.now()
        seat.save(update_fields=["statement", "stated_at"])
    return seat


def sitting_move(*, actor: Actor, sitting: Sitting, verb: str) -> Sitting:
    """Release tickets when everybody admitted has a seat; end the exam when everybody is marked; close it.

    Releasing tells who does not go on, and why. Ending writes 缺考 and 违纪 into the scores.
    """
    check_arrange(actor, sitting.organ_code)
    sitting = relocked(sitting)
    move = SITTING.check(actor, sitting.state, verb)
    if verb == "release":
        _release(sitting)
    if verb == "hold":
        _end(actor, sitting)
    sitting.state = move.target
    sitting.save(update_fields=["state"])
    if verb == "release":
        _told(sitting)
    return sitting


def _told(sitting: Sitting) -> None:
    """Whoever sits, and whoever doesn't go on: both find it behind the sign-in."""
    title, label = sitting.campaign.title, STAGE_LABELS[sitting.stage]
    seated = sitting.seats.values_list("application__account_id", flat=True)
    tell(seated, f"您报名的《{title}》{label}准考证已发放，请登录“我的报名”查看时间、地点和准考证。")
    out = sitting.eliminations.values_list("account_id", flat=True)
    tell(out, f"您报名的《{title}》{label}人员已确定，请登录“我的报名”查看。")


def _release(sitting: Sitting) -> None:
    """Everybody admitted has a seat; everybody else of the stage's posts is told at which stage they fell out, once."""
    asked = score_checks_of(sitting.campaign).filter(state=ScoreCheckState.OPEN).count()
    if asked:
        raise Refusal(
            f"还有 {asked} 份成绩复核没有答复，不能发放准考证。",
            provisions=("21.p1",),
            remedy="答复后再发放；更正了成绩的，重新编排座位。",
        )
    found = admission(sitting.campaign, sitting.stage)
    seated = set(sitting.seats.values_list("application_id", flat=True))
    missing = {each.pk for each in found.people} ^ seated
    if missing or not seated:
        raise Refusal(
            f"座位与参加考试的人员有 {len(missing)} 处不一致，不能发放准考证。" if missing else "还没有编排座位。",
            provisions=("21.p1",),
            remedy="请先编排座位。",
        )
    told = set(
        Elimination.objects.filter(sitting__campaign=sitting.campaign_id).values_list("application_id", flat=True)
    )
    Elimination.objects.bulk_create(
        [
            Elimination(
                organ_code=sitting.organ_code,
                sitting=sitting,
                application=each,
                account_id=each.account_id,
                stage=stage,
                why=why,
            )
            for each, stage, why in found.out
            if each.pk not in told
        ],
        batch_size=1000,
    )


def _end(actor: Actor, sitting: Sitting) -> None:
    """Everybody is marked; who was absent or cheated has that as their result.

    The campaign is locked, as by everything that writes scores: a sheet or a ranking comes before or after it.
    """
    locked(Campaign.objects.filter(pk=sitting.campaign_id))
    unmarked = sitting.seats.filter(attendance=Attendance.EXPECTED).count()
    if unmarked:
        raise Refusal(f"还有 {unmarked} 人没有登记到考情况。", provisions=("21.p1",))
    out = list(sitting.seats.filter(attendance__in=WORDS).select_related("application"))
    of = {"application__seats__sitting": sitting, "stage": sitting.stage}
    scored = set(
        StageScore.objects.filter(**of).exclude(score__in=WORDS.values()).values_list("application_id", flat=True)
    )
    both = [seat.application.name for seat in out if seat.application_id in scored]
    if both:
        raise Refusal(
            f"{len(both)} 人登记为缺考或者违纪而已有成绩：{'、'.join(both[:10])}。",
            provisions=("21.p1",),
            remedy="更正到考情况，或者写明理由更正成绩后再结束。",
        )
    StageScore.objects.bulk_create(
        [
            StageScore(
                organ_code=seat.organ_code,
                application=seat.application,
                stage=sitting.stage,
                score=WORDS[seat.attendance],
                **entered(actor),
            )
            for seat in out
        ],
        batch_size=1000,
        update_conflicts=True,
        update_fields=["score", "entered_by", "entered_by_ids"],
        unique_fields=["application", "stage", "item", "judge"],
    )
