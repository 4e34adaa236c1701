"""Sittings (21.p1): everybody admitted has one seat, rooms never overflow, tickets fix the places."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.utils import timezone

from fujing.kernel.actor import acting
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.applications.review import application_review
from fujing.recruitment.applications.services import application_attach, application_save, application_submit
from fujing.recruitment.campaigns.services import campaign_move
from fujing.recruitment.exams.attendance import attendance_mark
from fujing.recruitment.exams.models import Room, Seat, Sitting
from fujing.recruitment.exams.queries import admitted, own_seats
from fujing.recruitment.exams.services import Hall, misconduct_answer, rooms_add, seats_assign, sitting_move
from fujing.recruitment.selection.models import StageScore
from fujing.recruitment.selection.services import scores_import
from tests import factories, world
from tests.factories import SANTAI, YANTING
from tests.pictures import picture


def crowd(size: int) -> world.County:
    """A closed campaign with so many qualified applicants."""
    made = world.county(SANTAI, "王建华", 411)
    applications = [made.application]
    for serial in range(size - 1):
        person = world.applicant(f"考生{serial}", 420 + serial)
        with acting(person):
            application = application_save(
                actor=person,
                campaign=made.campaign,
                position=made.application.position,
                facts={
                    "education": "bachelor",
                    "household": "四川省绵阳市三台县",
                    "height_cm": None,
                    "certificates": "无",
                },
            )
            photo = SimpleUploadedFile("photo.png", picture(str(serial)))
            application_attach(actor=person, application=application, kind="photo", upload=photo)
            applications.append(application_submit(actor=person, application=application))
    with acting(made.hr):
        for application in applications:
            application_review(actor=made.hr, application=application, verb="qualify")
        campaign_move(actor=made.hr, campaign=made.campaign, verb="close")
        made.campaign.refresh_from_db()
    return made


@pytest.fixture
def closed(db: None) -> world.County:
    """Four qualified applicants, nothing arranged."""
    return crowd(4)


def places(sitting: Sitting) -> dict[int, tuple[str, int, str]]:
    """Room, seat number and ticket of every application."""
    rows = Seat.objects.filter(sitting=sitting).select_related("room")
    return {row.application_id: (row.room.name, row.number, row.ticket) for row in rows}


def test_everybody_admitted_has_one_seat_and_no_seat_two(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.arranged(closed, capacity=3)
        rooms_add(actor=closed.hr, sitting=sitting, rooms=[Hall("第二考场", 2)])
        assert seats_assign(actor=closed.hr, sitting=sitting) == 4
        found = places(sitting)
        assert set(found) == {each.pk for each in admitted(closed.campaign, "written")}
        assert len({(room, number) for room, number, _ in found.values()}) == 4
        assert len({ticket for *_, ticket in found.values()}) == 4
        assert Seat.objects.filter(room__name="第一考场").count() == 3


def test_drawing_again_gives_the_same_places(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.arranged(closed)
        seats_assign(actor=closed.hr, sitting=sitting)
        first = places(sitting)
        seats_assign(actor=closed.hr, sitting=sitting)
        assert places(sitting) == first


def test_seed_is_drawn_once(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.arranged(closed)
        with pytest.raises(Refusal, match="编排种子不能更改"), speaking(), transaction.atomic():
            Sitting.objects.filter(pk=sitting.pk).update(seed="0" * 32)


def test_too_few_places_are_refused_with_the_number(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.arranged(closed, capacity=1)
        with pytest.raises(Refusal, match="参加考试 4 人，考场共 1 个座位，还差 3 个"):
            seats_assign(actor=closed.hr, sitting=sitting)


def test_places_stay_once_tickets_are_out(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.sit(closed)
        with pytest.raises(Refusal, match="准考证发放后"):
            seats_assign(actor=closed.hr, sitting=sitting)
        for write in (
            lambda: Seat.objects.filter(sitting=sitting).delete(),
            lambda: Seat.objects.filter(sitting=sitting, number=1).update(number=20),
        ):
            with pytest.raises(Refusal, match="准考证发放后不能调整座位"), speaking(), transaction.atomic():
                write()


def test_tickets_wait_until_everybody_has_a_seat(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.arranged(closed)
        with pytest.raises(Refusal, match="有 4 处不一致"):
            sitting_move(actor=closed.hr, sitting=sitting, verb="release")


def test_database_holds_the_capacity(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.arranged(closed, capacity=4)
        seats_assign(actor=closed.hr, sitting=sitting)
        with pytest.raises(Refusal, match="座位号超出考场座位数"), speaking(), transaction.atomic():
            Seat.objects.filter(sitting=sitting, number=1).update(number=5)
        with pytest.raises(Refusal, match="不能少于已编排的座位"), speaking(), transaction.atomic():
            Room.objects.filter(sitting=sitting).update(capacity=3)


def test_database_holds_one_person_to_a_seat(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.arranged(closed)
        seats_assign(actor=closed.hr, sitting=sitting)
        for changed, said in (
            ({"number": 1}, "一个座位只能安排一人"),
            ({"ticket": Seat.objects.get(number=1).ticket}, "准考证号重复"),
            ({"application": Seat.objects.get(number=1).application}, "同一人在一场考试中只有一个座位"),
            ({"number": 0}, "座位号从1开始"),
        ):
            with pytest.raises(Refusal, match=said), speaking(), transaction.atomic():
                Seat.objects.filter(sitting=sitting, number=2).update(**changed)


def test_rooms_and_times_make_sense(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.arranged(closed)
        with pytest.raises(Refusal, match="考场名称重复"), speaking(), transaction.atomic():
            Room.objects.create(organ_code=SANTAI, sitting=sitting, name="第一考场", capacity=1)
        with pytest.raises(Refusal, match="考场至少有一个座位"), speaking(), transaction.atomic():
            Room.objects.filter(sitting=sitting).update(capacity=0)
        with pytest.raises(Refusal, match="结束时间应晚于开始时间"), speaking(), transaction.atomic():
            Sitting.objects.filter(pk=sitting.pk).update(ends_at=sitting.starts_at)
        with pytest.raises(Refusal, match="这个环节已有考试安排"), speaking(), transaction.atomic():
            Sitting.objects.create(
                organ_code=SANTAI,
                campaign=closed.campaign,
                stage="written",
                starts_at=sitting.starts_at,
                ends_at=sitting.ends_at,
                place="别处",
                made_by="某人",
            )


def test_misconduct_needs_two_invigilators_and_what_happened(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.sit(closed)
        marked = {"marked_by": "某人", "marked_at": timezone.now(), "happened": "夹带"}
        for changed in ({"happened": ""}, {"second_invigilator": "李一"}, {"first_invigilator": ""}):
            said = {**marked, "first_invigilator": "李一", "second_invigilator": "李二", **changed}
            with pytest.raises(Refusal, match="经过和两名监考人"), speaking(), transaction.atomic():
                Seat.objects.filter(sitting=sitting, number=1).update(attendance="misconduct", **said)


def test_absence_and_misconduct_become_scores_and_keep_people_out(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.sit(closed)
        seats = list(Seat.objects.filter(sitting=sitting).order_by("number"))
        with pytest.raises(Refusal, match="还有 4 人没有登记"):
            sitting_move(actor=closed.hr, sitting=sitting, verb="hold")
        attendance_mark(actor=closed.hr, seat=seats[0], attendance="absent")
        attendance_mark(
            actor=closed.hr, seat=seats[1], attendance="misconduct", happened="夹带", first="李一", second="李二"
        )
        for seat in seats[2:]:
            attendance_mark(actor=closed.hr, seat=seat, attendance="present")
        sitting_move(actor=closed.hr, sitting=sitting, verb="hold")
        written = dict(StageScore.objects.values_list("application_id", "score"))
        assert written == {seats[0].application_id: "缺考", seats[1].application_id: "违纪"}
        rows = f"{seats[2].application_id},笔试,,88\n{seats[3].application_id},笔试,,59\n"
        upload = SimpleUploadedFile("scores.csv", f"报名序号,环节,科目,成绩\n{rows}".encode())
        scores_import(actor=closed.hr, campaign=closed.campaign, upload=upload)
        assert [each.pk for each in admitted(closed.campaign, "fitness")] == [seats[2].application_id]


def test_nobody_is_admitted_while_an_earlier_exam_has_no_scores(closed: world.County) -> None:
    with acting(closed.hr), pytest.raises(Refusal, match="01岗位笔试还没有成绩"):
        admitted(closed.campaign, "fitness")


def test_applicant_sees_only_their_own_seat_and_only_once_it_is_out(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.arranged(closed)
        seats_assign(actor=closed.hr, sitting=sitting)
    with acting(closed.applicant):
        assert not Seat.objects.exists()
        assert not Sitting.objects.exists()
    with acting(closed.hr):
        sitting_move(actor=closed.hr, sitting=sitting, verb="release")
    with acting(closed.applicant):
        (seat,) = own_seats(closed.applicant, closed.application)
        assert list(Seat.objects.all()) == [seat]
        assert seat.room.name == "第一考场"
    with acting(factories.territorial(YANTING)):
        assert not Seat.objects.exists()


def test_two_assigners_at_once_leave_one_lawful_plan(committed: None) -> None:
    made = crowd(4)
    with acting(made.hr):
        sitting = world.arranged(made, capacity=4)

    def assign(_: int) -> int:
        try:
            with acting(made.hr):
                return seats_assign(actor=made.hr, sitting=sitting)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(assign, range(6))) == [4] * 6
    with acting(made.hr):
        assert sorted(Seat.objects.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_the_applicant_answers_a_recorded_misconduct_once_and_the_officer_reads_it(closed: world.County) -> None:
    with acting(closed.hr):
        sitting = world.sit(closed)
        seat = Seat.objects.get(sitting=sitting, application=closed.application)
        other = Seat.objects.filter(sitting=sitting).exclude(pk=seat.pk).first()
        assert other is not None
    with acting(closed.applicant) as applicant, pytest.raises(Refusal, match="现在不能陈述"):
        misconduct_answer(actor=applicant, seat=seat, text="不是我")
    with acting(closed.hr) as hr:
        for each in (seat, other):
            attendance_mark(actor=hr, seat=each, attendance="misconduct", happened="夹带", first="李一", second="李二")
    with acting(closed.applicant) as applicant:
        with pytest.raises(NotAllowed, match="只有本人"):
            misconduct_answer(actor=applicant, seat=other, text="不是我")
        with pytest.raises(Refusal, match="请填写陈述内容"):
            misconduct_answer(actor=applicant, seat=seat, text=" ")
        misconduct_answer(actor=applicant, seat=seat, text="纸条不是我的")
        with pytest.raises(Refusal, match="已经陈述过"):
            misconduct_answer(actor=applicant, seat=seat, text="再说一次")
    with acting(closed.hr):
        assert Seat.objects.get(pk=seat.pk).statement == "纸条不是我的"
