"""What waits in training (Article 24)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.todos import Counted, Todo, Waiting, rows_counted
from fujing.law.parameters import Parameters
from fujing.management.training.policies import can_plan_trainings
from fujing.management.training.queries import courses_waiting, lacking
from fujing.management.training.states import CONFIRMERS, CourseState

C = CourseState
WHAT = {C.DRAFTED: "已草拟，待发布", C.PUBLISHED: "已开始，待结束并登记考勤", C.ENDED: "已结束，待登记考勤、确认"}
KINDS = {"course": {str(state): f"course_{state}" for state in WHAT}}


def training_counts(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """Classes of the own bureau by the step that they wait for, for whoever plans or confirms."""
    if can_plan_trainings(actor) or actor.has(*CONFIRMERS):
        yield rows_counted(courses_waiting(actor), "course_", "ends_at__date", by="state")


def training_todos(actor: Actor, counted: Counted) -> Iterator[Todo]:
    """Classes that wait for the next step, and people who lack something."""
    plans = can_plan_trainings(actor)
    for state, what in WHAT.items():
        count, first = counted.get(f"course_{state}", (0, None))
        if count and (plans or state == C.ENDED):
            yield Todo(
                f"course_{state}", count, what, matter="培训", total=f"共 {count} 班", provision="24", since=first
            )
    if plans:
        yield from lacking_todos(actor, today())


def lacking_todos(actor: Actor, day: date) -> Iterator[Todo]:
    """Who of the own bureau lacks 岗前培训; and, before the year's end, who lacks something of the year."""
    found, end = lacking(actor, day.year), date(day.year, 12, 31)
    if found.inductions:
        yield Todo(
            "training_induction",
            found.inductions,
            "没有岗前培训，不能上岗",
            matter="岗前培训",
            total=f"共 {found.inductions} 人",
            provision="24",
        )
    notice = Parameters(day)["training.notice_days"]
    if found.people and notice is not None and end - timedelta(days=notice) <= day:
        yield Todo(
            "training_lacking",
            found.people,
            f"{day.year}年教育培训没有完成，待安排",
            matter="教育培训",
            total=f"共 {found.people} 人",
            provision="24",
            due=end,
        )


TRAINING = Waiting(training_counts, training_todos)
