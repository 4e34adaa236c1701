"""At the door (21.p1): HR and named invigilators mark who came; a wrong mark is corrected with a reason, in time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.exams.attendance import absent_mark, attendance_mark, invigilator_drop, invigilator_name
from fujing.recruitment.exams.models import Invigilator, Room, Seat, Sitting
from fujing.recruitment.exams.queries import marks_of, seat_for
from fujing.recruitment.exams.services import Hall, rooms_add, seats_assign, sitting_move
from fujing.recruitment.selection.models import StageScore
from fujing.recruitment.selection.services import scores_import
from fujing.registry.models import Account
from fujing.registry.queries import account_with_roles, actor_of
from tests import factories, world
from tests.factories import MIANYANG, SANTAI, YANTING
from tests.recruitment.test_exams import crowd

CAUGHT = {"happened": "夹带", "first": "李一", "second": "李二"}


def officer(organ: int, role: str = "police_officer") -> tuple[Account, Actor]:
    """An account of that organ with one role, and who signs in with it."""
    with acting(factories.PROVINCIAL):
        account = factories.account(organ, role, name=f"{role}{organ % 10**6}")
        found = account_with_roles(account.pk)
    assert found is not None
    return account, actor_of(found)


def begun(made: world.County) -> Sitting:
    """Two rooms of two places, tickets out, the exam of today has begun."""
    with acting(made.hr):
        sitting = world.arranged(made, capacity=2)
        rooms_add(actor=made.hr, sitting=sitting, rooms=[Hall("第二考场", 2)])
        seats_assign(actor=made.hr, sitting=sitting)
        sitting_move(actor=made.hr, sitting=sitting, verb="release")
        now = timezone.now()
        # Times are the organ's own row: the test lets the two days pass.
        Sitting.objects.filter(pk=sitting.pk).update(starts_at=now, ends_at=now + timedelta(hours=2))
        return Sitting.objects.get(pk=sitting.pk)


@pytest.fixture
def made(db: None) -> world.County:
    """Four qualified applicants."""
    return crowd(4)


@pytest.fixture
def sitting(made: world.County) -> Sitting:
    """Their written exam, begun."""
    return begun(made)


def seats(made: world.County, room: str) -> list[Seat]:
    with acting(made.hr):
        return list(Seat.objects.filter(room__name=room).order_by("number"))


def test_an_invigilator_marks_the_named_room_and_nothing_else(made: world.County, sitting: Sitting) -> None:
    with acting(factories.PROVINCIAL):
        station = factories.unit(SANTAI).code
    account, police = officer(station)
    (first, _), (other, _) = seats(made, "第一考场"), seats(made, "第二考场")
    with acting(police), pytest.raises(NotAllowed, match="只有招聘机关的经办和这个考场的监考人"):
        attendance_mark(actor=police, seat=first, attendance="present")
    with acting(made.hr):
        named = invigilator_name(actor=made.hr, sitting=sitting, account=account, room=first.room)
    with acting(police):
        found = seat_for(police, sitting.pk, first.pk)
        assert found.photo is not None
        assert attendance_mark(actor=police, seat=found, attendance="present").marked_by == police.name
        for refused in (
            lambda: attendance_mark(actor=police, seat=other, attendance="present"),
            lambda: seat_for(police, sitting.pk, other.pk),
        ):
            with pytest.raises(NotAllowed):
                refused()
        assert not Seat.objects.exists(), "a station's officer reads no seat but through the door"
    with acting(made.hr):
        invigilator_drop(actor=made.hr, invigilator=named)
    with acting(police), pytest.raises(NotAllowed):
        attendance_mark(actor=police, seat=first, attendance="absent", reason="看错了")


def test_named_for_the_sitting_is_named_for_every_room_of_it(made: world.County, sitting: Sitting) -> None:
    account, discipline = officer(SANTAI, "discipline")
    with acting(made.hr):
        invigilator_name(actor=made.hr, sitting=sitting, account=account)
    for room in ("第一考场", "第二考场"):
        with acting(discipline):
            attendance_mark(actor=discipline, seat=seats(made, room)[0], attendance="present")
    with acting(made.hr):
        assert Seat.objects.filter(marked_by=discipline.name).count() == 2


def test_before_the_day_an_invigilator_marks_nobody(made: world.County, sitting: Sitting) -> None:
    account, police = officer(SANTAI)
    tomorrow = timezone.now() + timedelta(days=1)
    with acting(made.hr):
        invigilator_name(actor=made.hr, sitting=sitting, account=account)
        Sitting.objects.filter(pk=sitting.pk).update(starts_at=tomorrow, ends_at=tomorrow + timedelta(hours=1))
    with acting(police), pytest.raises(Refusal, match="当天才能登记"):
        attendance_mark(actor=police, seat=seats(made, "第一考场")[0], attendance="present")


def test_only_police_and_discipline_of_the_organ_are_named(made: world.County, sitting: Sitting) -> None:
    good, _ = officer(SANTAI)
    elsewhere, _ = officer(YANTING)
    finance, _ = officer(SANTAI, "finance")
    with acting(made.hr):
        for account in (elsewhere, finance):
            with pytest.raises(Refusal, match="本机关或者所属单位的民警、纪检督察人员"):
                invigilator_name(actor=made.hr, sitting=sitting, account=account)
        named = invigilator_name(actor=made.hr, sitting=sitting, account=good)
        again = invigilator_name(actor=made.hr, sitting=sitting, account=good, room=sitting.rooms.first())
        assert (again.pk, again.room) == (named.pk, sitting.rooms.first())
    with acting(factories.territorial(MIANYANG, "hr_officer")) as city, pytest.raises(NotAllowed):
        invigilator_name(actor=city, sitting=sitting, account=good)


def test_a_superior_sees_the_exam_and_does_nothing_in_it(made: world.County, sitting: Sitting) -> None:
    (seat, _) = seats(made, "第一考场")
    with acting(factories.territorial(MIANYANG, "hr_head")) as city:
        assert seat_for(city, sitting.pk, seat.pk) == seat
        for act in (
            lambda: attendance_mark(actor=city, seat=seat, attendance="present"),
            lambda: absent_mark(actor=city, sitting=sitting),
            lambda: sitting_move(actor=city, sitting=sitting, verb="hold"),
            lambda: seats_assign(actor=city, sitting=sitting),
            lambda: rooms_add(actor=city, sitting=sitting, rooms=[Hall("第三考场", 1)]),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_a_wrong_mark_is_corrected_with_a_reason_and_both_stay_on_record(made: world.County, sitting: Sitting) -> None:
    (seat, _) = seats(made, "第一考场")
    with acting(made.hr):
        attendance_mark(actor=made.hr, seat=seat, attendance="absent")
        with pytest.raises(Refusal, match="已登记为缺考，更正应写明理由"):
            attendance_mark(actor=made.hr, seat=seat, attendance="present")
        corrected = attendance_mark(actor=made.hr, seat=seat, attendance="present", reason="迟到十分钟，准予入场")
        assert [(each.label, each.reason) for each in marks_of(corrected)] == [
            ("缺考", ""),
            ("到场", "迟到十分钟，准予入场"),
        ]


def test_somebody_who_came_and_is_caught_is_no_correction(made: world.County, sitting: Sitting) -> None:
    (seat, _) = seats(made, "第一考场")
    with acting(made.hr):
        attendance_mark(actor=made.hr, seat=seat, attendance="present")
        attendance_mark(actor=made.hr, seat=seat, attendance="misconduct", **CAUGHT)
        with pytest.raises(Refusal, match="更正应写明理由"):
            attendance_mark(actor=made.hr, seat=seat, attendance="misconduct", **{**CAUGHT, "happened": "替考"})
        freed = attendance_mark(actor=made.hr, seat=seat, attendance="present", reason="经核实纸条不是本人的")
        assert (freed.happened, freed.first_invigilator) == ("", "")


def test_database_holds_author_time_reason_and_order_of_marks(made: world.County, sitting: Sitting) -> None:
    (seat, _) = seats(made, "第一考场")
    row = Seat.objects.filter(pk=seat.pk)
    now = timezone.now()

    def refused(words: str, write: Callable[[], object]) -> None:
        with pytest.raises(Refusal, match=words), speaking(), transaction.atomic():
            write()

    with acting(made.hr):
        refused("应有登记人和时间", lambda: row.update(attendance="present"))
        row.update(attendance="present", marked_by="某人", marked_at=now)
        refused("更正到考情况应写明理由", lambda: row.update(attendance="absent"))
        with acting(replace(made.hr, reason="看错了")):
            refused("不能从", lambda: row.update(attendance="expected"))
        for state in ("held", "closed"):
            Sitting.objects.filter(pk=sitting.pk).update(state=state)
        refused("归档前才能登记", lambda: row.update(attendance="misconduct", happened="夹带"))


def test_database_holds_who_stands_where_and_until_when(made: world.County, sitting: Sitting) -> None:
    account, _ = officer(SANTAI)
    other, _ = officer(SANTAI, "discipline")

    def refused(words: str, **changed: object) -> None:
        values = {"organ_code": SANTAI, "sitting": sitting, "account": account, "name": "甲", "named_by": "乙"}
        with pytest.raises(Refusal, match=words), speaking(), transaction.atomic():
            Invigilator.objects.create(**{**values, **changed})

    with acting(made.hr):
        elsewhere = Sitting.objects.create(
            organ_code=SANTAI,
            campaign=made.campaign,
            stage="interview",
            starts_at=sitting.starts_at,
            ends_at=sitting.ends_at,
            place="别处",
            made_by="某人",
        )
        room = Room.objects.create(organ_code=SANTAI, sitting=elsewhere, name="面试室", capacity=1)
        named = invigilator_name(actor=made.hr, sitting=sitting, account=account)
        refused("已是这场考试的监考人")
        refused("监考的考场不属于这场考试", account=other, room=room)
        Sitting.objects.filter(pk=sitting.pk).update(state="held")
        refused("考试结束后不能改变监考人", account=other)
        with pytest.raises(Refusal, match="考试结束后不能改变监考人"), speaking(), transaction.atomic():
            invigilator_drop(actor=made.hr, invigilator=named)


def test_who_was_not_marked_is_absent_together_once_the_exam_has_begun(made: world.County, sitting: Sitting) -> None:
    with acting(made.hr):
        attendance_mark(actor=made.hr, seat=Seat.objects.earliest("pk"), attendance="present")
        later = timezone.now() + timedelta(hours=1)
        Sitting.objects.filter(pk=sitting.pk).update(starts_at=later, ends_at=later + timedelta(hours=1))
        with pytest.raises(Refusal, match="考试开始后"):
            absent_mark(actor=made.hr, sitting=sitting)
        Sitting.objects.filter(pk=sitting.pk).update(starts_at=timezone.now())
        assert absent_mark(actor=made.hr, sitting=sitting) == 3
        assert sorted(Seat.objects.values_list("attendance", flat=True)) == ["absent"] * 3 + ["present"]
        with pytest.raises(Refusal, match="没有未登记的人"):
            absent_mark(actor=made.hr, sitting=sitting)


def held(made: world.County, sitting: Sitting) -> dict[str, Seat]:
    """The exam is over: one was absent, one cheated, two came; by attendance."""
    with acting(made.hr):
        one, two, *rest = Seat.objects.order_by("pk")
        attendance_mark(actor=made.hr, seat=one, attendance="absent")
        attendance_mark(actor=made.hr, seat=two, attendance="misconduct", **CAUGHT)
        for each in rest:
            attendance_mark(actor=made.hr, seat=each, attendance="present")
        sitting_move(actor=made.hr, sitting=sitting, verb="hold")
        return {each.attendance: each for each in Seat.objects.order_by("pk")}


def results() -> dict[int, str]:
    return dict(StageScore.objects.values_list("application_id", "score"))


def test_after_the_exam_hr_corrects_and_the_result_follows(made: world.County, sitting: Sitting) -> None:
    account, police = officer(SANTAI)
    with acting(made.hr):
        invigilator_name(actor=made.hr, sitting=sitting, account=account)
    found = held(made, sitting)
    with acting(police), pytest.raises(Refusal, match="由招聘经办更正"):
        attendance_mark(actor=police, seat=found["absent"], attendance="present", reason="看错了")
    with acting(made.hr):
        attendance_mark(actor=made.hr, seat=found["absent"], attendance="present", reason="登记错了座位")
        attendance_mark(actor=made.hr, seat=found["present"], attendance="absent", reason="登记错了座位")
        assert results() == {found["misconduct"].application_id: "违纪", found["present"].application_id: "缺考"}


def test_a_score_is_never_replaced_by_a_mark(made: world.County, sitting: Sitting) -> None:
    def scored(seat: Seat) -> None:
        upload = SimpleUploadedFile("s.csv", f"报名序号,环节,科目,成绩\n{seat.application_id},笔试,,88\n".encode())
        scores_import(actor=made.hr, campaign=made.campaign, upload=upload)

    (seat, _) = seats(made, "第一考场")
    with acting(made.hr):
        scored(seat)
        attendance_mark(actor=made.hr, seat=seat, attendance="absent")
        for each in Seat.objects.exclude(pk=seat.pk):
            attendance_mark(actor=made.hr, seat=each, attendance="present")
        with pytest.raises(Refusal, match="1 人登记为缺考或者违纪而已有成绩"):
            sitting_move(actor=made.hr, sitting=sitting, verb="hold")
        attendance_mark(actor=made.hr, seat=seat, attendance="present", reason="登记错了座位")
        sitting_move(actor=made.hr, sitting=sitting, verb="hold")
        with pytest.raises(Refusal, match="已有成绩，不能只更正到考情况"), transaction.atomic():
            attendance_mark(actor=made.hr, seat=seat, attendance="absent", reason="登记错了座位")
        assert results() == {seat.application_id: "88"}


def test_two_officers_at_one_seat_leave_one_mark_and_the_other_is_told(committed: None) -> None:
    made = crowd(2)
    sitting = begun(made)
    with acting(made.hr):
        seat = Seat.objects.filter(sitting=sitting).earliest("pk")

    def marked(kind: str) -> str:
        try:
            with acting(made.hr), speaking():
                return attendance_mark(actor=made.hr, seat=seat, attendance=kind).attendance
        except Refusal as refusal:
            return refusal.message
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(marked, ["present", "absent"] * 4))
    with acting(made.hr):
        now = Seat.objects.get(pk=seat.pk)
        (mark,) = marks_of(now)
        assert mark.label == now.get_attendance_display()
    assert said.count(now.attendance) == 4
    assert sum("更正应写明理由" in words for words in said) == 4
