"""What a duty order asks about education (Article 24): when somebody was first trained before their duty."""

from __future__ import annotations

from collections.abc import Collection

from fujing.duties.orders.facts import Inductions
from fujing.kernel.clock import ZONE
from fujing.law.training.kinds import INDUCTION, counts
from fujing.management.training.models import Attendance
from fujing.management.training.queries import passed
from fujing.management.training.states import CourseState


def inductions_for_duty(engagements: Collection[int]) -> Inductions:
    """By employment: the last day of the first 岗前培训 that counts; who has none isn't there."""
    rows = Attendance.objects.filter(
        stands=True,
        enrolment__active=True,
        enrolment__engagement__in=engagements,
        enrolment__course__kind=INDUCTION,
        enrolment__course__state=CourseState.CONFIRMED,
    )
    found = {}
    for row in rows.select_related("enrolment__course").order_by("-enrolment__ends_at"):
        course = row.enrolment.course
        said = counts(confirmed=True, result=row.result, passed=passed(course.exam, row.score, course.pass_mark))
        if said.holds:
            found[row.enrolment.engagement_id] = row.enrolment.ends_at.astimezone(ZONE).date()
    return found
