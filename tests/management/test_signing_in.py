"""Signing in to a class by the code on its screen: who, when, and with which phone (Article 24)."""

from __future__ import annotations

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from fujing.kernel.actor import Actor, acting, within
from fujing.kernel.refusals import NotFound, Refusal, speaking
from fujing.management.training.models import Course, Enrolment, SignIn
from fujing.management.training.services import course_end, enrolment_withdraw
from fujing.management.training.signing_in import EARLY, PERIOD, code_at, is_code, is_open, result_said, sign_in
from fujing.registry.models import bureau_range
from tests import factories
from tests.clients import client_of, client_with
from tests.factories import SANTAI
from tests.management.trainings import HOUR, Bureau, at, enrolment, now
from tests.markup import flat
from tests.registry.activated import opened, own, serving

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def held(**changes: Any) -> tuple[Bureau, Course]:
    """Two people of one bureau in a class that began a minute ago."""
    people = [serving(name="王建华"), serving(name="李四")]
    with acting(factories.PROVINCIAL):
        made = Bureau(factories.officer(SANTAI, "hr_officer"), factories.officer(SANTAI, "hr_head"), people)
    given = {"starts_at": now() - 60 * SECOND, "ends_at": now() + HOUR} | changes
    return made, at(made, "enrolled", **given)


def signed(who: Actor, course: Course, device: str = "甲的手机") -> SignIn:
    with acting(who):
        return sign_in(actor=who, course_id=course.pk, device=device)


def test_a_code_is_taken_while_it_is_shown_and_once_more_and_is_of_its_class_alone() -> None:
    _, course = held()
    start = now().replace(microsecond=0)
    start -= timedelta(seconds=int(start.timestamp()) % PERIOD)
    code = code_at(course, start)
    assert re.fullmatch(r"\d{6}", code)
    last = start + timedelta(seconds=2 * PERIOD) - SECOND
    assert [is_code(course, code, moment) for moment in (start - SECOND, start, last, last + SECOND)] == [
        False,
        True,
        True,
        False,
    ]
    codes = {code_at(course, start + number * timedelta(seconds=PERIOD)) for number in range(50)}
    assert len(codes) > 45
    other = Course(pk=course.pk + 1)
    assert code_at(other, start) != code


def test_the_doors_of_a_class_open_half_an_hour_before_and_close_with_it() -> None:
    _, course = held()
    moments = (course.starts_at - EARLY - SECOND, course.starts_at - EARLY, course.ends_at - SECOND, course.ends_at)
    assert [is_open(course, moment) for moment in moments] == [False, True, True, False]


def test_a_phone_signs_in_one_person_of_a_class_and_twice_is_once() -> None:
    made, course = held()
    first, second = own(opened(made.people[0])), own(opened(made.people[1], phone="13812345679"))
    row = signed(first, course)
    assert signed(first, course, "另一部手机").pk == row.pk
    with pytest.raises(Refusal, match="已经为别人签到"), speaking(), transaction.atomic():
        signed(second, course)
    assert signed(second, course, "乙的手机").person_id == made.people[1].person_id


@pytest.mark.parametrize("begins", [timedelta(hours=1), timedelta(hours=-3)])
def test_before_the_doors_open_and_after_the_end_nobody_signs_in_neither_by_service_nor_by_sql(
    begins: timedelta,
) -> None:
    made, course = held(starts_at=now() + begins, ends_at=now() + begins + HOUR)
    mine = own(opened(made.people[0]))
    with pytest.raises(Refusal, match="现在不能签到"):
        signed(mine, course)
    with pytest.raises(Refusal, match="不在签到时间内"), speaking(), transaction.atomic():
        forced(mine, made, course, 0)


def part(made: Bureau, course: Course, whose: int) -> Enrolment:
    with acting(made.hr):
        return enrolment(course, made.people[whose])


def forced(who: Actor, made: Bureau, course: Course, whose: int) -> None:
    """The row as the application role writes it, past the service."""
    row = part(made, course, whose)
    with acting(who), within(who, *bureau_range(SANTAI)):
        SignIn(organ_code=SANTAI, course=course, enrolment=row, person_id=row.person_id, device=b"1" * 32).save()


def test_nobody_signs_for_another_and_an_officer_for_nobody() -> None:
    made, course = held()
    for who in (own(opened(made.people[0])), made.hr):
        with pytest.raises(Refusal, match="只能由本人登录"), speaking(), transaction.atomic():
            forced(who, made, course, 1)


def test_who_was_taken_out_or_never_was_in_it_does_not_sign_in() -> None:
    made, course = held()
    mine = own(opened(made.people[0]))
    row = part(made, course, 0)
    with acting(made.hr):
        enrolment_withdraw(actor=made.hr, enrolment=row, reason="值班")
    with pytest.raises(NotFound, match="没有报名"):
        signed(mine, course)
    with pytest.raises(Refusal, match="没有报名"), speaking(), transaction.atomic():
        forced(mine, made, course, 0)


def test_what_was_signed_stays() -> None:
    made, course = held()
    row = signed(own(opened(made.people[0])), course)
    with acting(made.hr):
        for act in (
            lambda: SignIn.objects.filter(pk=row.pk).update(device=b"2" * 32),
            lambda: SignIn.objects.filter(pk=row.pk).delete(),
        ):
            with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
                act()


def test_in_time_late_and_nothing_said() -> None:
    made, course = held()
    row = part(made, course, 0)
    assert result_said(row, row.starts_at) == "present"
    assert result_said(row, row.starts_at + SECOND) == "late"
    assert result_said(row, None) == ""


def test_from_the_screen_to_the_list_of_who_came() -> None:
    made, course = held()
    screen = client_with(SANTAI, "training")
    page = screen.get(reverse("desk:course_code", args=[course.pk]))
    assert 1 <= int(page.headers["Refresh"]) <= PERIOD
    found = re.search(r'<p class="code">(\d{6})</p>', flat(page))
    assert found
    assert "<svg" in flat(page)
    assert "已签到 <b>0</b> 人，报名 2 人" in flat(page)

    phone, address = client_of(opened(made.people[0])), reverse("me:course_sign_in", args=[course.pk])
    wrong = "000000" if found[1] != "000000" else "111111"
    assert "不保存网站数据" in flat(phone.post(address, {"code": found[1]}))
    phone.get(address)
    assert "签到码不对" in flat(phone.post(address, {"code": wrong}))
    seen = re.search(r'name="seen" value="([^"]+)"', flat(phone.get(address, {"code": found[1]})))
    assert seen
    # Who had to sign in to the account first comes a minute late, and was there all the same.
    done = phone.post(address, {"code": "999999", "seen": seen[1]})
    assert done.headers["Location"] == reverse("me:trainings")
    assert "已签到 <b>1</b> 人" in flat(screen.get(reverse("desk:course_code", args=[course.pk])))

    # What another account saw opens nothing.
    other = client_of(opened(made.people[1], phone="13812345679"))
    other.get(address)
    assert "签到码不对" in flat(other.post(address, {"code": wrong, "seen": seen[1]}))


def test_what_was_signed_is_proposed_to_who_records_attendance_and_decides() -> None:
    made, course = held(starts_at=now() - 60 * SECOND, ends_at=now() + 2 * SECOND)
    signed(own(opened(made.people[0])), course)
    time.sleep(max(0.0, (course.ends_at - now()).total_seconds()) + 0.1)
    with acting(made.hr):
        course_end(actor=made.hr, course=course)
    page = flat(client_with(SANTAI, "training").get(reverse("desk:course_attendance", args=[course.pk])))
    chosen = re.findall(r'<select name="result_(\d+)".*?</select>', page)
    assert len(chosen) == 2
    mine = part(made, course, 0).pk
    assert re.search(rf'name="result_{mine}".*?<option value="late" selected>', page)
