"""The training of 盐亭 in the demo: what the year asks, a class that counts, one to be recorded, one that is open; made once."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from fujing.cli.demo.cast import YANTING
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import ZONE
from fujing.law.training.kinds import ANNUAL, INDUCTION, KINDS, SPECIAL
from fujing.management.training.attendance import Came, attendance_record
from fujing.management.training.models import Course, Enrolment, Requirement
from fujing.management.training.services import (
    course_confirm,
    course_draft,
    course_end,
    course_publish,
    enrol,
    requirement_set,
)
from fujing.registry.queries import serving_between
from fujing.registry.seed import SEEDER

HOURS = {**dict.fromkeys(KINDS, Decimal(4)), INDUCTION: Decimal(40), ANNUAL: Decimal(24)}


def seed_training() -> None:
    """Nothing where the county has no people or has it already."""
    with acting(SEEDER):
        if Requirement.objects.exists():
            return
        serving = list(serving_between(YANTING, YANTING).order_by("pk").values_list("pk", flat=True)[:12])
    if len(serving) < 12:
        return
    hr, head = signed_in("yanting_hr"), signed_in("yanting_head")
    now = datetime.now(tz=ZONE).replace(minute=0, second=0, microsecond=0)
    with acting(hr):
        for kind, hours in HOURS.items():
            requirement_set(
                actor=hr,
                year=now.year,
                kind=kind,
                hours=hours,
                basis="虚构的年度培训计划，仅供演示",
                newcomers=True,
                topic="警械使用" if kind == SPECIAL else "",
                category="field" if kind == SPECIAL else "",
            )
        political = _class(hr, "political", "政治教育第一期", now - timedelta(days=1), serving)
        attendance_record(actor=hr, course=political, said=_came(political))
    with acting(head):
        course_confirm(actor=head, course=political)
    with acting(hr):
        _class(hr, "secrecy", "保密教育第一期", now - timedelta(hours=6), serving[:8], pass_mark=Decimal(60))
        _class(hr, "integrity", "廉洁教育第一期", now + timedelta(days=7), serving[:5])


def held(hr: Actor, head: Actor, kind: str, title: str, starts: datetime, people: list[int]) -> None:
    """A class that is over, was taken by all of them, and counts."""
    with acting(hr):
        course = _class(hr, kind, title, starts, people)
        rows = Enrolment.objects.filter(course=course).values_list("pk", flat=True)
        attendance_record(actor=hr, course=course, said=dict.fromkeys(rows, Came("present")))
    with acting(head):
        course_confirm(actor=head, course=course)


def _class(
    hr: Actor, kind: str, title: str, starts: datetime, people: list[int], pass_mark: Decimal | None = None
) -> Course:
    """A class of four hours with these people; over if its time is past."""
    course = course_draft(
        actor=hr,
        kind=kind,
        title=title,
        subjects=f"{KINDS[kind]}，虚构内容，仅供演示",
        hours=Decimal(4),
        lecturer="冯民警",
        place="县局二楼会议室",
        starts_at=starts,
        ends_at=starts + timedelta(hours=4),
        capacity=40,
        pass_mark=pass_mark,
    )
    course = course_publish(actor=hr, course=course)
    enrol(actor=hr, course=course, engagements=people)
    return course_end(actor=hr, course=course) if course.ends_at < datetime.now(tz=ZONE) else course


def _came(course: Course) -> dict[int, Came]:
    """All but the last two: one was late, one on duty."""
    rows = list(Enrolment.objects.filter(course=course).order_by("pk").values_list("pk", flat=True))
    found = dict.fromkeys(rows, Came("present"))
    found[rows[-2]] = Came("late", Decimal(3))
    found[rows[-1]] = Came("absent", absent_why="当日值班")
    return found
