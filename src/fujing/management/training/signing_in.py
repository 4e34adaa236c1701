"""Signing in to a class by the code on its screen, each person on the phone of their own (Article 24).

The code changes every twenty seconds, so that whoever hasn't come can't be told it in time; a phone signs in one person
of a class. What somebody signed is shown to who records attendance, who decides.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from fujing.kernel import cipher
from fujing.kernel.actor import Actor, within
from fujing.kernel.refusals import Refusal, existing
from fujing.management.training.models import Course, Enrolment, SignIn
from fujing.management.training.own import own_enrolment
from fujing.management.training.states import CourseState
from fujing.registry.models import bureau_range

PERIOD = 20
"""Seconds for which a code is shown; it is taken for as long again, for who types slowly."""
DIGITS = 6
EARLY = timedelta(minutes=30)
"""Before the class begins."""
OF = ("24",)


def code_at(course: Course, moment: datetime) -> str:
    """The digits that the screen shows at a moment."""
    return _code(course, int(moment.timestamp()) // PERIOD)


def seconds_left(moment: datetime) -> int:
    """How long the code of a moment is still shown, at least one second."""
    return PERIOD - int(moment.timestamp()) % PERIOD


def is_code(course: Course, typed: str, moment: datetime) -> bool:
    """Whether somebody typed what the screen shows, or showed just before."""
    window = int(moment.timestamp()) // PERIOD
    return typed in {_code(course, window), _code(course, window - 1)}


def _code(course: Course, window: int) -> str:
    number = int.from_bytes(cipher.blind(f"{course.pk} {window}", "training.sign_in")[:8])
    return f"{number % 10**DIGITS:0{DIGITS}}"


def is_open(course: Course, moment: datetime) -> bool:
    """Whether the class takes sign-ins: published, from half an hour before it begins until it ends."""
    return course.state == CourseState.PUBLISHED and course.starts_at - EARLY <= moment < course.ends_at


def sign_in(*, actor: Actor, course_id: int, device: str) -> SignIn:
    """Keep that the actor is there; what they typed was asked before. `device`: what their phone is known by.

    Signing twice keeps the first. Refuses out of the class's time, who isn't enrolled, and a phone that signed in
    somebody else.
    """
    row = existing(own_enrolment(actor, course_id), "您没有报名这次培训，请向授课人提出。")
    if not is_open(row.course, timezone.now()):
        text = f"签到从开始前{EARLY.seconds // 60}分钟起，到培训结束为止。"
        raise Refusal(f"现在不能签到。{text}", provisions=OF)
    if there := SignIn.objects.filter(enrolment=row).first():
        return there
    with within(actor, *bureau_range(row.organ_code)):
        made = SignIn(
            organ_code=row.organ_code, course=row.course, enrolment=row, device=cipher.blind(device, "training.device")
        )
        made.clean()
        made.save()
    return made


def signed_in(course: Course) -> dict[int, datetime]:
    """When each signed in, by enrolment."""
    return dict(SignIn.objects.filter(course=course).values_list("enrolment_id", "at"))


def result_said(enrolment: Enrolment, at: datetime | None) -> str:
    """What a sign-in speaks for: in time or late; of who didn't sign in nothing is said."""
    if at is None:
        return ""
    return "present" if at <= enrolment.starts_at else "late"
