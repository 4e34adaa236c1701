"""Somebody of the county who was trained: what the year asks, a class with its exam, and a corrected attendance."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import ZONE
from fujing.management.training.attendance import Came, attendance_correct, attendance_record
from fujing.management.training.services import (
    course_confirm,
    course_draft,
    course_end,
    course_publish,
    enrol,
    requirement_set,
)
from fujing.management.training.signing_in import sign_in
from fujing.registry.models import Engagement
from tests.world.made import County


def train(made: County) -> None:
    """Who was hired takes part in a class of today; the score was entered wrongly and is corrected."""
    assert made.engagement is not None
    now = datetime.now(tz=ZONE)
    minute = timedelta(minutes=1)
    with acting(made.hr):
        engagement = Engagement.objects.get(pk=made.engagement.pk)
        requirement_set(actor=made.hr, year=now.year, kind="secrecy", hours=Decimal(4), basis="年度培训计划")
        course = course_draft(
            actor=made.hr,
            kind="secrecy",
            title="保密教育",
            subjects="保密法和保密规定",
            hours=Decimal(4),
            lecturer="保密办",
            place="县局会议室",
            starts_at=now - 2 * minute,
            ends_at=now - minute,
            capacity=30,
            pass_mark=Decimal(60),
        )
        course = course_publish(actor=made.hr, course=course)
        (row,) = enrol(actor=made.hr, course=course, engagements=[engagement.pk])
        course = course_end(actor=made.hr, course=course)
        attendance_record(actor=made.hr, course=course, said={row.pk: Came("present", score=Decimal(8))})
    with acting(made.head):
        course_confirm(actor=made.head, course=course)
        attendance_correct(
            actor=made.head, enrolment=row, came=Came("present", score=Decimal(80)), reason="登分少了一位"
        )


def sign_in_to_class(made: County, own: Actor) -> None:
    """The next class takes sign-ins, and the person signs in."""
    assert made.engagement is not None
    begins = datetime.now(tz=ZONE) + timedelta(minutes=10)
    with acting(made.hr):
        course = course_draft(
            actor=made.hr,
            kind="political",
            title="政治教育",
            subjects="政治理论",
            hours=Decimal(4),
            lecturer="政工室",
            place="县局会议室",
            starts_at=begins,
            ends_at=begins + timedelta(hours=4),
        )
        course = course_publish(actor=made.hr, course=course)
        enrol(actor=made.hr, course=course, engagements=[made.engagement.pk])
    with acting(own):
        sign_in(actor=own, course_id=course.pk, device="一部手机")
