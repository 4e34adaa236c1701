"""Classes, who takes part and what was confirmed, as the services and the database hold it (Article 24)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.kernel.workbooks import workbook
from fujing.management.training.attendance import (
    SHEET,
    Came,
    attendance_correct,
    attendance_import,
    attendance_record,
    sheet_read,
    sheet_rows,
)
from fujing.management.training.models import Attendance, Course, Enrolment, Requirement
from fujing.management.training.queries import attendances_of, course_for, courses_for, enrolments_of
from fujing.management.training.services import (
    course_cancel,
    course_confirm,
    course_draft,
    course_end,
    course_move,
    course_publish,
    enrol,
    enrolment_withdraw,
    requirement_remove,
    requirement_set,
)
from fujing.management.training.states import COURSE, CourseState
from fujing.management.training.todos import TRAINING
from fujing.registry.models import Account, Engagement
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.trainings import HOUR, Bureau, at, bureau, drafted, enrolment, mark, now

pytestmark = pytest.mark.django_db
YEAR = now().year


def broken(said: str, act: Any) -> None:
    """Refused by the database, whatever the service would say."""
    with pytest.raises(Refusal, match=said), speaking(), transaction.atomic():
        act()


def test_a_class_goes_from_the_draft_to_confirmed_attendance() -> None:
    made = bureau()
    course = at(made, "confirmed")
    with acting(made.head):
        course.refresh_from_db()
    assert course.state == CourseState.CONFIRMED
    assert (course.confirmed_by, course.confirmed_by_id) == (made.head.name, made.head.account_id)
    with acting(made.hr):
        assert [each.mark_hours for each in enrolments_of(course)] == [Decimal(4), Decimal(4)]  # type: ignore[attr-defined]
        assert course_for(made.hr, course.pk).enrolled == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("state", CourseState.values)
@pytest.mark.parametrize("verb", ["publish", "end", "confirm", "cancel"])
def test_each_step_starts_where_the_table_says_and_nowhere_else(state: str, verb: str) -> None:
    made = bureau()
    if state == "cancelled":
        course = at(made, "drafted")
        with acting(made.hr):
            course = course_cancel(actor=made.hr, course=course, reason="改期另办")
    else:
        course = at(made, {"published": "enrolled", "ended": "marked"}.get(state, state))
    actor = made.head
    acts = {
        "publish": lambda: course_publish(actor=actor, course=course),
        "end": lambda: course_end(actor=actor, course=course),
        "confirm": lambda: course_confirm(actor=actor, course=course),
        "cancel": lambda: course_cancel(actor=actor, course=course, reason="授课人请假"),
    }
    lawful = any(move.verb == verb for move in COURSE.from_state(state))
    with acting(actor):
        if lawful:
            assert acts[verb]().state != state
        else:
            with pytest.raises(Refusal, match=r"当前状态|不能"):
                acts[verb]()


@pytest.mark.parametrize("target", CourseState.values)
def test_the_database_lets_no_class_jump(target: str) -> None:
    made = bureau()
    course = at(made, "enrolled")
    given: dict[str, Any] = {"state": target}
    if target == "confirmed":
        given |= {"confirmed_by": "某", "confirmed_at": timezone.now()}
    with acting(made.head):
        if target in ("ended", "published"):
            Course.objects.filter(pk=course.pk).update(**given)
        elif target == "cancelled":
            broken("先退出报名", lambda: Course.objects.filter(pk=course.pk).update(cancelled_why="x", **given))
        else:
            broken("不能从", lambda: Course.objects.filter(pk=course.pk).update(**given))


def test_what_was_published_stays_also_for_the_database() -> None:
    made = bureau()
    course = at(made, "enrolled")
    with acting(made.hr):
        with pytest.raises(Refusal, match="已经发布"):
            drafted(made, course=course)
        for change in ({"kind": "secrecy"}, {"hours": 8}, {"exam": True, "pass_mark": 60}):
            broken("不得改动", lambda change=change: Course.objects.filter(pk=course.pk).update(**change))
        course_end(actor=made.hr, course=course)
        broken("结束以后", lambda: Course.objects.filter(pk=course.pk).update(place="别处"))
        draft = drafted(made, title="草稿")
        broken("培训班不得删除", lambda: Course.objects.filter(pk=draft.pk).delete())


def test_a_draft_may_change_and_its_faults_are_told() -> None:
    made = bureau()
    with acting(made.hr):
        course = drafted(made)
        assert drafted(made, course=course, hours=Decimal(6), pass_mark=Decimal(60)).exam
        with pytest.raises(Refusal) as refused:
            drafted(made, kind="special", ends_at=now() - 6 * HOUR)
        assert set(refused.value.errors) == {"topic", "ends_at"}
        with pytest.raises(ValidationError, match="学时应大于0"):
            drafted(made, hours=Decimal(0))
        with pytest.raises(ValidationError, match="名额至少为一人"):
            drafted(made, capacity=0)


def test_only_the_bureau_itself_plans_and_only_head_or_leader_confirms() -> None:
    made = bureau()
    course = at(made, "marked")
    with acting(made.hr), pytest.raises(NotAllowed):
        course_confirm(actor=made.hr, course=course)
    with acting(factories.PROVINCIAL):
        leader = factories.officer(SANTAI, "organ_leader")
        other = factories.officer(YANTING, "hr_officer")
        city = factories.officer(factories.MIANYANG, "hr_head")
    with acting(leader), pytest.raises(NotAllowed):
        drafted(Bureau(leader, leader, made.people))
    with acting(city), pytest.raises(NotAllowed, match="由管理此人的公安机关"):
        course_confirm(actor=city, course=course)
    with acting(other), pytest.raises(NotFound):
        course_for(other, course.pk)
    with acting(other):
        assert not list(courses_for(other, YEAR))
    with acting(factories.PROVINCIAL):
        trainer = factories.officer(SANTAI, "training")
    with acting(trainer):
        assert drafted(Bureau(trainer, trainer, made.people)).state == CourseState.DRAFTED
        with pytest.raises(NotAllowed):
            course_confirm(actor=trainer, course=course)
    with acting(leader):
        assert course_confirm(actor=leader, course=course).state == CourseState.CONFIRMED


def test_nobody_is_twice_in_a_class_and_who_left_it_may_come_back() -> None:
    made = bureau()
    course = at(made, "enrolled")
    with acting(made.hr):
        assert enrol(actor=made.hr, course=course, engagements=[made.people[0].pk]) == []
        first = enrolment(course, made.people[0])
        again = Enrolment(organ_code=SANTAI, course=course, engagement=made.people[0], made_by="某")
        again.clean()
        broken("只能报名一次", again.save)
        with pytest.raises(Refusal) as refused:
            enrolment_withdraw(actor=made.hr, enrolment=first, reason=" ")
        assert "reason" in refused.value.errors
        enrolment_withdraw(actor=made.hr, enrolment=first, reason="值班")
        broken("退出培训应写明原因", lambda: Enrolment.objects.filter(pk=first.pk).update(withdrawn_why=""))
        back = enrol(actor=made.hr, course=course, engagements=[made.people[0].pk])
        assert [(each.pk, each.active, each.withdrawn_why) for each in back] == [(first.pk, True, "")]


def test_nobody_is_in_two_classes_at_one_time_also_for_the_database() -> None:
    made = bureau()
    at(made, "enrolled")
    with acting(made.hr):
        other = course_publish(actor=made.hr, course=drafted(made, title="第二班", starts_at=now() - 2 * HOUR))
        with pytest.raises(Refusal, match="学员1（政治教育第一期）"):
            enrol(actor=made.hr, course=other, engagements=[each.pk for each in made.people])
        row = Enrolment(organ_code=SANTAI, course=other, engagement=made.people[0], made_by="某")
        row.clean()
        broken("不能同时参加两个培训班", row.save)
        behind = course_publish(
            actor=made.hr, course=drafted(made, title="第三班", starts_at=now() - HOUR / 2, ends_at=now() + HOUR)
        )
        assert len(enrol(actor=made.hr, course=behind, engagements=[each.pk for each in made.people])) == 2


def test_a_class_that_is_put_off_takes_its_people_along_unless_they_are_elsewhere() -> None:
    made = bureau()
    course = at(made, "enrolled", starts_at=now() + HOUR, ends_at=now() + 3 * HOUR)
    at(made, "enrolled", title="第二班", starts_at=now() + 5 * HOUR, ends_at=now() + 6 * HOUR)
    where = {"title": "改期", "subjects": "略", "lecturer": "何民警", "place": "党校"}
    later = {"starts_at": now() + 3 * HOUR, "ends_at": now() + 4 * HOUR}
    with acting(made.hr):
        moved = course_move(actor=made.hr, course=course, **where, **later)
        times = set(Enrolment.objects.filter(course=course).values_list("starts_at", "ends_at"))
        assert times == {(moved.starts_at, moved.ends_at)}
        broken(
            "不能同时参加两个培训班",
            lambda: course_move(
                actor=made.hr, course=course, **where, starts_at=now() + 5 * HOUR, ends_at=now() + 7 * HOUR
            ),
        )
        with pytest.raises(IntegrityError, match="enrolment_at_the_time_of_its_course"), transaction.atomic():
            Enrolment.objects.filter(course=course).update(ends_at=now() + 4.5 * HOUR)


def test_places_are_limited_also_for_the_database() -> None:
    made = bureau(3)
    with acting(made.hr):
        course = course_publish(actor=made.hr, course=drafted(made, capacity=2))
        with pytest.raises(Refusal, match="名额 2 人，已报名 0 人，容不下所选的 3 人"):
            enrol(actor=made.hr, course=course, engagements=[each.pk for each in made.people])
        enrol(actor=made.hr, course=course, engagements=[each.pk for each in made.people[:2]])
        third = Enrolment(organ_code=SANTAI, course=course, engagement=made.people[2], made_by="某")
        third.clean()
        broken("名额已满，共2人", third.save)
        broken("名额不能少于已报名的人数", lambda: Course.objects.filter(pk=course.pk).update(capacity=1))


def test_only_people_in_service_take_part() -> None:
    made = bureau()
    other = bureau(1, YANTING)
    course = at(made, "published")
    with acting(made.hr):
        with pytest.raises(Refusal, match="不在本机关在职"):
            enrol(actor=made.hr, course=course, engagements=[other.people[0].pk])
        with pytest.raises(Refusal, match="请选择人员"):
            enrol(actor=made.hr, course=course, engagements=[])
    with acting(factories.PROVINCIAL):
        row = Enrolment(organ_code=SANTAI, course=course, engagement=other.people[0], made_by="某")
        row.clean()
        with pytest.raises(IntegrityError, match="enrolment_of_its_person"), transaction.atomic():
            row.save()


def test_somebody_who_began_after_the_class_can_not_be_put_into_it() -> None:
    made = bureau()
    course = at(made, "published")
    with acting(factories.PROVINCIAL):
        span = made.people[0].span
        Engagement.objects.filter(pk=made.people[0].pk).update(
            span=type(span)(timezone.localdate() + timedelta(1), None)
        )
    with acting(made.hr):
        broken("当日不在职", lambda: enrol(actor=made.hr, course=course, engagements=[made.people[0].pk]))


def test_enrolment_is_closed_before_publication_and_after_the_end() -> None:
    made = bureau()
    draft, over = at(made, "drafted"), at(made, "ended", title="已结束")
    with acting(made.hr):
        for course in (draft, over):
            with pytest.raises(Refusal, match="没有发布或者已经结束"):
                enrol(actor=made.hr, course=course, engagements=[made.people[0].pk])
        row = Enrolment(organ_code=SANTAI, course=draft, engagement=made.people[0], made_by="某")
        row.clean()
        broken("不能报名或者退出", row.save)
        there = enrolment(over, made.people[0])
        with pytest.raises(Refusal, match="没有来的登记为缺席"):
            enrolment_withdraw(actor=made.hr, enrolment=there, reason="值班")
        broken(
            "不能报名或者退出", lambda: Enrolment.objects.filter(pk=there.pk).update(active=False, withdrawn_why="x")
        )
        broken("报名不得删除", lambda: Enrolment.objects.filter(pk=there.pk).delete())
        broken("不得改动", lambda: Enrolment.objects.filter(pk=there.pk).update(course=draft))


def test_a_class_ends_after_it_began_and_not_without_people() -> None:
    made = bureau()
    coming = at(made, "enrolled", starts_at=now() + HOUR, ends_at=now() + 2 * HOUR)
    empty = at(made, "published", title="没有人")
    with acting(made.hr):
        with pytest.raises(Refusal, match="开始以后才能结束"):
            course_end(actor=made.hr, course=coming)
        broken("没有开始", lambda: Course.objects.filter(pk=coming.pk).update(state="ended"))
        broken("没有人报名", lambda: course_end(actor=made.hr, course=empty))


def test_calling_off_takes_everybody_out_for_a_reason() -> None:
    made = bureau()
    course = at(made, "enrolled")
    with acting(made.hr):
        with pytest.raises(Refusal) as refused:
            course_cancel(actor=made.hr, course=course, reason="")
        assert "reason" in refused.value.errors
        course_cancel(actor=made.hr, course=course, reason="授课人请假")
        assert set(Enrolment.objects.values_list("active", "withdrawn_why")) == {(False, "培训取消")}
    at(made, "enrolled", title="同一时间")


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (Came("absent"), "缺席应写明原因"),
        (Came("absent", absent_why="出差", score=Decimal(60)), "缺席的没有成绩"),
        (Came("present", Decimal(5)), "学时应大于0，不超过4"),
        (Came("present", Decimal(0)), "学时应大于0，不超过4"),
        (Came("late", score=Decimal(60)), "没有考试"),
        (Came("present", Decimal("3.25")), "最多一位小数"),
        (Came("gone"), "请选择到课"),
    ],
)
def test_faults_of_attendance_are_told_by_person(came: Came, said: str) -> None:
    made = bureau()
    course = at(made, "ended")
    with acting(made.hr):
        with pytest.raises(Refusal, match=said) as refused:
            mark(made, course, came)
        assert len(refused.value.errors) == 2
        assert not Attendance.objects.exists()


def row_of(made: Bureau, course: Course, **given: Any) -> Attendance:
    first = enrolment(course, made.people[0])
    row = Attendance(
        organ_code=SANTAI, enrolment=first, **({"result": "present", "hours": 4, "recorded_by": "某"} | given)
    )
    row.clean()
    return row


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"result": "absent", "hours": 0}, "缺席应写明原因"),
        ({"result": "absent", "hours": 1, "absent_why": "出差"}, "缺席的没有学时"),
        ({"hours": 0}, "应有学时"),
        ({"hours": Decimal("4.5")}, "不能多于培训的4.0学时"),
        ({"score": 60}, "没有考试"),
        ({"result": "gone"}, "到课、迟到或者缺席"),
        ({"absent_why": "出差"}, "缺席应写明原因"),
        ({"corrected_why": "写错"}, "更正已确认的考勤应写明原因"),
    ],
)
def test_the_database_refuses_the_same_attendance(given: dict[str, Any], said: str) -> None:
    made = bureau()
    course = at(made, "ended")
    with acting(made.hr):
        broken(said, row_of(made, course, **given).save)
        row_of(made, course).save()
        broken("已经登记", row_of(made, course).save)


def test_attendance_waits_for_the_end_and_only_of_those_enrolled() -> None:
    made = bureau()
    course = at(made, "enrolled")
    with acting(made.hr):
        with pytest.raises(Refusal, match="培训结束以后"):
            mark(made, course, Came("present"))
        broken("培训结束以后", row_of(made, course).save)
        gone = enrolment_withdraw(actor=made.hr, enrolment=enrolment(course, made.people[0]), reason="值班")
        course_end(actor=made.hr, course=course)
        with pytest.raises(Refusal, match="没有报名"):
            attendance_record(actor=made.hr, course=course, said={gone.pk: Came("present")})
        broken("没有报名", row_of(made, course).save)


def test_recording_again_changes_only_what_is_said_anew() -> None:
    made = bureau()
    course = at(made, "marked")
    with acting(made.hr):
        assert mark(made, course, Came("present")) == 0
        first = enrolment(course, made.people[0])
        assert attendance_record(actor=made.hr, course=course, said={first.pk: Came("late", Decimal("3.5"))}) == 1
        assert [each.hours for each in attendances_of(first)] == [Decimal("3.5")]


def test_no_class_is_confirmed_without_attendance_of_each_or_before_its_end() -> None:
    made = bureau()
    course = at(made, "ended", ends_at=now() + HOUR)
    with acting(made.hr):
        first = enrolment(course, made.people[0])
        attendance_record(actor=made.hr, course=course, said={first.pk: Came("present")})
    given = {"state": "confirmed", "confirmed_by": "某", "confirmed_at": timezone.now()}
    with acting(made.head):
        with pytest.raises(Refusal, match="还有1人没有登记考勤，不能确认"):
            course_confirm(actor=made.head, course=course)
        broken("还有1人没有登记", lambda: Course.objects.filter(pk=course.pk).update(**given))
        mark(made, course, Came("present"))
        with pytest.raises(Refusal, match="结束以后才能确认"):
            course_confirm(actor=made.head, course=course)
        broken("还没有结束", lambda: Course.objects.filter(pk=course.pk).update(**given))


def test_a_class_with_an_exam_is_confirmed_with_the_scores_of_all_who_came() -> None:
    made = bureau()
    course = at(made, "marked", pass_mark=Decimal(60))
    given = {"state": "confirmed", "confirmed_by": "某", "confirmed_at": timezone.now()}
    with acting(made.head):
        with pytest.raises(Refusal, match="还有2人没有登记考勤或者考试成绩"):
            course_confirm(actor=made.head, course=course)
        broken("还有2人", lambda: Course.objects.filter(pk=course.pk).update(**given))
        first, second = (enrolment(course, each).pk for each in made.people)
        said = {first: Came("present", score=Decimal(59)), second: Came("absent", absent_why="出差")}
        attendance_record(actor=made.head, course=course, said=said)
        assert course_confirm(actor=made.head, course=course).state == CourseState.CONFIRMED


def test_nobody_confirms_a_class_in_which_they_took_part() -> None:
    made = bureau()
    course = at(made, "marked")
    with acting(factories.PROVINCIAL):
        account, person = Account.objects.get(pk=made.head.account_id or 0), made.people[0].person
        account.id_number = person.id_number
        account.save()
    given = {"state": "confirmed", "confirmed_by": made.head.name, "confirmed_at": timezone.now()}
    with acting(made.head):
        with pytest.raises(Refusal, match="不能确认自己的考勤"):
            course_confirm(actor=made.head, course=course)
        broken("不能确认自己的考勤", lambda: Course.objects.filter(pk=course.pk).update(**given))


def test_what_was_confirmed_is_corrected_by_a_further_row_with_its_reason() -> None:
    made = bureau()
    course = at(made, "confirmed")
    late = Came("late", Decimal(3))
    with acting(made.hr):
        first = enrolment(course, made.people[0])
        with pytest.raises(Refusal, match="确认以前才能登记"):
            mark(made, course, late)
        with pytest.raises(NotAllowed):
            attendance_correct(actor=made.hr, enrolment=first, came=late, reason="签到表写错")
    with acting(made.head):
        for came, reason, field in (
            (late, " ", "reason"),
            (Came("present"), "写错", "result"),
            (Came("absent"), "写错", "result"),
        ):
            with pytest.raises(Refusal) as refused:
                attendance_correct(actor=made.head, enrolment=first, came=came, reason=reason)
            assert set(refused.value.errors) == {field}
        attendance_correct(actor=made.head, enrolment=first, came=late, reason="签到表写错")
        again = attendance_correct(
            actor=made.head, enrolment=first, came=Came("absent", absent_why="出差"), reason="核对监控"
        )
        rows = [(each.result, each.stands, each.corrected_why) for each in attendances_of(first)]
        assert rows == [("absent", True, "核对监控"), ("late", False, "签到表写错"), ("present", False, "")]
        again.refresh_from_db()
        assert again.recorded_by_id == made.head.account_id


def test_the_database_keeps_what_was_confirmed() -> None:
    made = bureau()
    course = at(made, "confirmed")
    with acting(made.head):
        first = Attendance.objects.get(enrolment__engagement=made.people[0])
        rows = Attendance.objects.filter(pk=first.pk)
        for change in ({"hours": 3}, {"stands": False}, {"result": "late"}):
            broken("不得改动", lambda change=change: rows.update(**change))
        broken("不得改动", lambda: rows.delete())
        broken("不得改动", row_of(made, course).save)
        broken("应写明原因", row_of(made, course, corrects=first).save)
        row_of(made, course, corrects=first, hours=3, corrected_why="写错").save()
        broken("更正过|更正", row_of(made, course, corrects=first, hours=2, corrected_why="写错").save)
        other = Attendance.objects.get(enrolment__engagement=made.people[1])
        broken("请更正最近的一条", row_of(made, course, corrects=other, hours=2, corrected_why="写错").save)


def sheet(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    return SimpleUploadedFile("考勤.xlsx", workbook(SHEET, rows))


def test_attendance_goes_out_and_comes_back_as_a_sheet() -> None:
    made = bureau(3)
    course = at(made, "ended", pass_mark=Decimal(60))
    with acting(made.hr):
        out = sheet_rows(course)
        assert [row[1:] for row in out] == [(f"学员{number}", "", None, "", None) for number in (1, 2, 3)]
        first, second, third = (row[0] for row in out)
        table = sheet_read(
            actor=made.hr,
            course=course,
            upload=sheet(
                (first, "学员1", "到课", None, "", Decimal("88.5")),
                (second, "学员2", "缺席", None, "出差", None),
                (third, "学员3", "", None, "", None),
            ),
        )
        assert table.faults == []
        assert attendance_import(actor=made.hr, course=course, table=table) == 2
        assert attendance_import(actor=made.hr, course=course, table=table) == 0
        assert [row[2:] for row in sheet_rows(course)] == [
            ("到课", Decimal(4), "", Decimal("88.5")),
            ("缺席", Decimal(0), "出差", None),
            ("", None, "", None),
        ]
        assert [
            (fault.row, fault.column)
            for fault in sheet_read(
                actor=made.hr,
                course=course,
                upload=sheet(
                    (first, "别人", "到课", 1, "", None),
                    (second, "学员2", "到课", 9, "", None),
                    (third + 99, "学员3", "到课", 1, "", None),
                    (first, "学员1", "缺席", None, "", None),
                ),
            ).faults
        ] == [(5, "报名编号"), (2, "姓名"), (3, "考勤"), (4, "报名编号"), (5, "考勤")]


def requirement(made: Bureau, **changes: Any) -> Requirement:
    given = {"year": YEAR, "kind": "political", "hours": Decimal(8), "basis": "三公发〔2026〕3号"}
    return requirement_set(actor=made.hr, **(given | changes))


def test_what_a_year_asks_is_set_once_a_kind_and_changed_while_it_lasts() -> None:
    made = bureau()
    with acting(made.hr):
        first = requirement(made)
        assert requirement(made, hours=Decimal(10), newcomers=True).pk == first.pk
        special = requirement(made, kind="special", topic="警械使用", category="field", post="巡逻防控")
        assert requirement(made, kind="special", topic="急救").pk != special.pk
        assert requirement(made, kind="secrecy", topic="无关", category="field").topic == ""
        for change, field in (({"basis": " "}, "basis"), ({"kind": "special"}, "topic")):
            with pytest.raises(Refusal) as refused:
                requirement(made, **change)
            assert set(refused.value.errors) == {field}
        requirement_remove(actor=made.hr, requirement=special)
        assert not Requirement.objects.filter(pk=special.pk).exists()


def test_what_a_past_year_asked_stays() -> None:
    made = bureau()
    with acting(made.hr):
        past = requirement(made, year=YEAR - 1)
        broken("当年的培训要求不得改动", lambda: requirement(made, year=YEAR - 1, hours=Decimal(2)))
        broken("当年的培训要求不得改动", lambda: requirement_remove(actor=made.hr, requirement=past))
        broken("不得改动", lambda: Requirement.objects.filter(pk=requirement(made).pk).update(year=YEAR + 1))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"hours": 0}, "学时应大于0"),
        ({"kind": "other"}, "种类应为"),
        ({"kind": "special"}, "专项培训应写明名称"),
        ({"category": "field"}, "不写专项名称、类别和岗位"),
        ({"basis": " "}, "应写明依据"),
    ],
)
def test_the_database_refuses_what_no_plan_can_ask(given: dict[str, Any], said: str) -> None:
    made = bureau()
    with acting(made.hr):
        usual = {"organ_code": SANTAI, "year": YEAR, "kind": "political", "hours": 8, "basis": "计划", "made_by": "某"}
        broken(said, Requirement(**(usual | given)).save)
        Requirement(**usual).save()
        broken("已经登记要求", Requirement(**usual).save)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"hours": 0}, "学时应大于0"),
        ({"kind": "other"}, "种类应为"),
        ({"kind": "special"}, "专项培训应写明名称"),
        ({"topic": "急救"}, "专项培训应写明名称"),
        ({"exam": True}, "有考试的应写明合格分数"),
        ({"pass_mark": 60}, "有考试的应写明合格分数"),
        ({"capacity": 0}, "名额至少为一人"),
        ({"ends_at": now() - 9 * HOUR}, "结束时间应晚于开始时间"),
        ({"confirmed_by": "某"}, "确认应写明何人"),
        ({"state": "published"}, "不能从"),
        ({"state": "cancelled"}, "取消培训应写明原因|不能从"),
    ],
)
def test_the_database_refuses_what_no_class_can_be(given: dict[str, Any], said: str) -> None:
    made = bureau()
    course = at(made, "drafted")
    with acting(made.hr):
        course.pk = None
        for name, value in given.items():
            setattr(course, name, value)
        broken(said, lambda: course.save(force_insert=True))


def test_cancelling_without_a_reason_is_refused_by_the_database() -> None:
    made = bureau()
    course = at(made, "drafted")
    with acting(made.hr):
        broken("取消培训应写明原因", lambda: Course.objects.filter(pk=course.pk).update(state="cancelled"))


def test_what_waits_is_told_to_those_who_do_it() -> None:
    def courses(actor: Actor) -> set[tuple[str, int]]:
        with acting(actor):
            return {(each.kind, each.count) for each in waiting(actor, TRAINING) if each.kind.startswith("course")}

    made = bureau()
    at(made, "drafted", title="草稿")
    at(made, "enrolled", title="还没有开始", starts_at=now() + HOUR, ends_at=now() + 2 * HOUR)
    at(made, "ended")
    assert courses(made.hr) == {("course_drafted", 1), ("course_ended", 1)}
    with acting(factories.PROVINCIAL):
        leader = factories.officer(SANTAI, "organ_leader")
        police = factories.officer(SANTAI, "police_officer")
    assert courses(leader) == {("course_ended", 1)}
    with acting(police):
        assert not list(waiting(police, TRAINING))


def test_a_class_without_a_reason_to_exam_has_none() -> None:
    made = bureau()
    with acting(made.hr):
        course = course_draft(
            actor=made.hr,
            kind="special",
            topic=" 急救 ",
            title="急救",
            subjects="心肺复苏",
            hours=Decimal(8),
            lecturer="红十字会",
            place="县局",
            starts_at=now(),
            ends_at=now() + HOUR,
        )
    assert (course.topic, course.exam, course.pass_mark) == ("急救", False, None)
