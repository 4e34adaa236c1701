"""Who came: marked at the door by HR or a named invigilator, corrected with a reason until the exam is filed (21.p1)."""

from __future__ import annotations

from dataclasses import replace

from django.utils import timezone

from fujing.kernel.actor import Actor, within
from fujing.kernel.clock import today
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal
from fujing.recruitment.exams.models import Invigilator, Room, Seat, Sitting
from fujing.recruitment.exams.policies import can_arrange, check_arrange, check_mark
from fujing.recruitment.exams.services import WORDS
from fujing.recruitment.exams.states import ATTENDANCE, INVIGILATORS, USUAL, Attendance, SittingState
from fujing.recruitment.selection.models import StageScore
from fujing.recruitment.selection.services import entered
from fujing.registry.models import Account, territory_of
from fujing.registry.queries import holds


def invigilator_name(*, actor: Actor, sitting: Sitting, account: Account, room: Room | None = None) -> Invigilator:
    """Name an officer of the organ or of its units to stand at the door of one room, or of all; again to change it."""
    check_arrange(actor, sitting.organ_code)
    sitting = relocked(sitting)
    if not holds(account, sitting.organ_code, INVIGILATORS):
        raise Refusal(
            "监考人应是本机关或者所属单位的民警、纪检督察人员。",
            provisions=("21.p1",),
            errors={"account": ["请选择本机关的民警、纪检督察人员。"]},
        )
    found = Invigilator.objects.filter(sitting=sitting, account=account).first() or Invigilator(
        organ_code=sitting.organ_code, sitting=sitting, account=account
    )
    found.room, found.name, found.named_by = room, account.name, actor.name
    found.full_clean()
    found.save()
    return found


def invigilator_drop(*, actor: Actor, invigilator: Invigilator) -> bool:
    """Take somebody off the door; what they marked stays."""
    check_arrange(actor, invigilator.organ_code)
    locked(Sitting.objects.filter(pk=invigilator.sitting_id))
    invigilator.delete()
    return True


def attendance_mark(
    *,
    actor: Actor,
    seat: Seat,
    attendance: str,
    happened: str = "",
    first: str = "",
    second: str = "",
    reason: str = "",
) -> Seat:
    """Record who came; misconduct says what happened and names two invigilators.

    Only HR of the recruiting organ, or who was named for that room or sitting. Marking the same once more changes
    nothing; another mark is a correction and needs `reason`. After the exam only HR corrects, the result with it.
    """
    check_mark(actor, seat)
    of_the_organ = can_arrange(actor, seat.organ_code)
    # A station's officer has no right to the organ's rows but this.
    with within(replace(actor, reason=reason.strip()), *territory_of(seat.organ_code)):
        (sitting,) = locked(Sitting.objects.filter(pk=seat.sitting_id))
        (seat,) = locked(Seat.objects.filter(pk=seat.pk).select_related("application"))
        if sitting.state not in (SittingState.RELEASED, SittingState.HELD):
            raise Refusal("准考证发放后、归档前才能登记到考情况。", provisions=("21.p1",))
        if sitting.state == SittingState.HELD and not of_the_organ:
            raise Refusal("考试已经结束，由招聘经办更正。", provisions=("21.p1",))
        if not of_the_organ and timezone.localdate(sitting.starts_at) > today():
            raise Refusal(f"考试在{timezone.localdate(sitting.starts_at)}，当天才能登记。", provisions=("21.p1",))
        said = (attendance, happened.strip(), first.strip(), second.strip())
        if said == (seat.attendance, seat.happened, seat.first_invigilator, seat.second_invigilator):
            return seat
        if seat.attendance != attendance:
            ATTENDANCE.check(actor, seat.attendance, attendance)
        if (seat.attendance, attendance) not in USUAL and not reason.strip():
            raise Refusal(
                f"{seat.marked_by} {timezone.localtime(seat.marked_at):%H:%M} 已登记为{seat.get_attendance_display()}，"
                "更正应写明理由。",
                provisions=("21.p1",),
                errors={"reason": ["请写明更正理由。"]},
            )
        seat.attendance, seat.happened, seat.first_invigilator, seat.second_invigilator = said
        seat.marked_by, seat.marked_at = actor.name, timezone.now()
        seat.full_clean()
        seat.save(
            update_fields=[
                "attendance",
                "marked_by",
                "marked_at",
                "happened",
                "first_invigilator",
                "second_invigilator",
            ]
        )
        if sitting.state == SittingState.HELD:
            _result_follows(actor, sitting, seat)
    return seat


def _result_follows(actor: Actor, sitting: Sitting, seat: Seat) -> None:
    """A correction after the exam: 缺考 or 违纪 comes into the results or goes, as long as nobody is public."""
    if sitting.campaign.state != "closed":
        raise Refusal("公示后不能更正到考情况。", provisions=("21.p1",))
    rows = StageScore.objects.filter(application=seat.application_id, stage=sitting.stage)
    word = WORDS.get(seat.attendance)
    if rows.exclude(score__in=WORDS.values()).exists() and word:
        raise Refusal(
            f"{seat.application.name}已有成绩，不能只更正到考情况。",
            provisions=("21.p1",),
            remedy="先在成绩页写明理由更正成绩。",
        )
    if word is None:
        rows.filter(score__in=WORDS.values()).delete()
    else:
        values = {"organ_code": seat.organ_code, "score": word, **entered(actor)}
        StageScore.objects.update_or_create(
            application_id=seat.application_id, stage=sitting.stage, item="", judge="", defaults=values
        )


def absent_mark(*, actor: Actor, sitting: Sitting) -> int:
    """Record everybody who was not marked as 缺考, once the exam has begun; returns how many."""
    check_arrange(actor, sitting.organ_code)
    sitting = relocked(sitting)
    if sitting.state != SittingState.RELEASED or sitting.starts_at > timezone.now():
        raise Refusal("考试开始后、结束前才能把未登记的人一并记为缺考。", provisions=("21.p1",))
    rest = Seat.objects.filter(sitting=sitting, attendance=Attendance.EXPECTED)
    number = rest.update(attendance=Attendance.ABSENT, marked_by=actor.name, marked_at=timezone.now())
    if not number:
        raise Refusal("没有未登记的人。", provisions=("21.p1",))
    return number
