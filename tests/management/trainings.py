"""Classes of Santai at any step, with people who take part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import ZONE
from fujing.management.training.attendance import Came, attendance_record
from fujing.management.training.models import Course, Enrolment
from fujing.management.training.services import course_confirm, course_draft, course_end, course_publish, enrol
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI

HOUR = timedelta(hours=1)


def now() -> datetime:
    return datetime.now(tz=ZONE)


@dataclass(frozen=True)
class Bureau:
    """Who plans, who confirms, and who takes part."""

    hr: Actor
    head: Actor
    people: list[Engagement]


def bureau(count: int = 2, code: int = SANTAI) -> Bureau:
    """A county bureau with so many people in service since 2021-01-01."""
    factories.quota(code, count)
    with acting(factories.PROVINCIAL):
        people = [factories.engagement(factories.person(code, f"学员{number}")) for number in range(1, count + 1)]
        return Bureau(factories.officer(code, "hr_officer"), factories.officer(code, "hr_head"), people)


def drafted(made: Bureau, **changes: Any) -> Course:
    """A class of 政治教育 that was held this morning, four hours, without an exam."""
    given = {
        "kind": "political",
        "title": "政治教育第一期",
        "subjects": "习近平法治思想",
        "hours": Decimal(4),
        "lecturer": "何民警",
        "place": "县局二楼会议室",
        "starts_at": now() - 5 * HOUR,
        "ends_at": now() - HOUR,
    }
    return course_draft(actor=made.hr, **(given | changes))


ORDER = ("drafted", "published", "enrolled", "ended", "marked", "confirmed")


def at(made: Bureau, step: str, *, came: Came | None = None, **changes: Any) -> Course:
    """A class brought to a step by the services; everybody of the bureau takes part, and comes unless told."""
    with acting(made.hr):
        course = drafted(made, **changes)
        steps = ORDER[1 : ORDER.index(step) + 1]
        if "published" in steps:
            course = course_publish(actor=made.hr, course=course)
        if "enrolled" in steps:
            enrol(actor=made.hr, course=course, engagements=[each.pk for each in made.people])
        if "ended" in steps:
            course = course_end(actor=made.hr, course=course)
        if "marked" in steps:
            mark(made, course, came or Came("present"))
    if "confirmed" in steps:
        with acting(made.head):
            course = course_confirm(actor=made.head, course=course)
    return course


def mark(made: Bureau, course: Course, came: Came) -> int:
    """The same of everybody in a class."""
    people = Enrolment.objects.filter(course=course, active=True)
    return attendance_record(
        actor=made.hr, course=course, said=dict.fromkeys(people.values_list("pk", flat=True), came)
    )


def enrolment(course: Course, engagement: Engagement) -> Enrolment:
    return Enrolment.objects.get(course=course, engagement=engagement)
