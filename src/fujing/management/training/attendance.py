"""Attendance and scores: recorded from a list or a sheet, and corrected once they were confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.exchange import Column, Table
from fujing.kernel.locks import locked, relocked
from fujing.kernel.numbers import bare
from fujing.kernel.refusals import Refusal
from fujing.kernel.uploads import read_upload
from fujing.law.training.kinds import ABSENT, RESULTS
from fujing.management.training.models import Attendance, Course, Enrolment
from fujing.management.training.policies import check_confirm_training, check_plan_training
from fujing.management.training.queries import enrolments_of
from fujing.management.training.states import CourseState

OWN = ("24",)
SHEET = (
    Column("enrolment", "报名编号", "integer", required=True),
    Column("name", "姓名"),
    Column("result", "考勤", "choice", choices={label: value for value, label in RESULTS.items()}),
    Column("hours", "学时", "decimal", low=0, high=1000),
    Column("absent_why", "缺席原因"),
    Column("score", "成绩", "decimal", low=0, high=1000),
)
"""The sheet that goes out and comes back; a row without 考勤 says nothing."""


@dataclass(frozen=True, slots=True)
class Came:
    """What is recorded of one person: hours None for all of the class."""

    result: str
    hours: Decimal | None = None
    absent_why: str = ""
    score: Decimal | None = None


def attendance_record(*, actor: Actor, course: Course, said: Mapping[int, Came]) -> int:
    """Record who came, by enrolment; what was there before is changed. Every fault at once, nothing written then.

    Refuses before the class is over and once it is confirmed.
    """
    check_plan_training(actor, course.organ_code)
    row = relocked(course)
    if row.state != CourseState.ENDED:
        raise Refusal("培训结束以后、确认以前才能登记考勤。", provisions=OWN)
    people = {each.pk: each for each in enrolments_of(row)}
    errors: dict[str, list[str]] = {}
    for pk, came in said.items():
        if pk not in people:
            raise Refusal("没有报名参加这次培训，不能登记考勤。", provisions=OWN)
        if why := _fault(row, came):
            errors[f"result_{pk}"] = [f"{people[pk].engagement.person.name}：{why}"]
    if errors:
        first = next(iter(errors.values()))[0]
        rest = f"；另有 {len(errors) - 1} 人" if len(errors) > 1 else ""
        raise Refusal(f"没有登记考勤。{first}{rest}", provisions=OWN, errors=errors)
    there = {each.enrolment_id: each for each in locked(Attendance.objects.filter(enrolment__in=said, stands=True))}
    changed = 0
    for pk, came in said.items():
        mark = there.get(pk) or Attendance(organ_code=row.organ_code, enrolment=people[pk])
        if _written(mark, row, came, actor):
            mark.full_clean()
            mark.save()
            changed += 1
    return changed


def attendance_correct(*, actor: Actor, enrolment: Enrolment, came: Came, reason: str) -> Attendance:
    """Put a further row in the place of a confirmed one, for a reason; the confirmed one stays as it was."""
    check_confirm_training(actor, enrolment.organ_code)
    course = relocked(enrolment.course)
    if course.state != CourseState.CONFIRMED:
        raise Refusal("考勤没有确认，直接修改即可，不用更正。", provisions=OWN)
    standing = locked(Attendance.objects.filter(enrolment=enrolment, stands=True))
    if not standing:
        raise Refusal("没有可以更正的考勤。", provisions=OWN)
    errors: dict[str, list[str]] = {}
    if not reason.strip():
        errors["reason"] = ["请写明更正的原因。"]
    if why := _fault(course, came) or ("请登记成绩。" if _wants_score(course, came) else ""):
        errors["result"] = [why]
    made = Attendance(organ_code=enrolment.organ_code, enrolment=enrolment, corrects=standing[0])
    if not errors and not _written(made, course, came, actor, like=standing[0]):
        errors["result"] = ["与现在的登记相同。"]
    if errors:
        raise Refusal("没有更正。", provisions=OWN, errors=errors)
    made.corrected_why = reason.strip()
    made.clean()
    made.save()
    return made


def _wants_score(course: Course, came: Came) -> bool:
    return course.exam and came.result != ABSENT and came.score is None


def _fault(course: Course, came: Came) -> str:
    """What is wrong with what is said of one person."""
    if came.result not in RESULTS:
        return "请选择到课、迟到或者缺席。"
    if came.result == ABSENT:
        if not came.absent_why.strip():
            return "缺席应写明原因。"
        return "缺席的没有成绩。" if came.score is not None else ""
    if came.hours is not None and not 0 < came.hours <= course.hours:
        return f"学时应大于0，不超过{bare(course.hours)}。"
    if came.score is not None and not course.exam:
        return "这次培训没有考试，不登记成绩。"
    if came.score is not None and not 0 <= came.score <= 1000:
        return "成绩应在0至1000之间。"
    if any(number is not None and number != round(number, 1) for number in (came.hours, came.score)):
        return "学时和成绩最多一位小数。"
    return ""


def _written(mark: Attendance, course: Course, came: Came, actor: Actor, *, like: Attendance | None = None) -> bool:
    """Put into a row what is said; whether that differs from what it said (or another row, `like`)."""
    absent = came.result == ABSENT
    values: dict[str, Any] = {
        "result": came.result,
        "hours": Decimal(0) if absent else round(came.hours, 1) if came.hours is not None else course.hours,
        "absent_why": came.absent_why.strip() if absent else "",
        "score": None if came.score is None else round(came.score, 1),
    }
    before = like or (mark if mark.pk else None)
    if before is not None and all(getattr(before, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(mark, name, value)
    mark.recorded_by = actor.name
    return True


def sheet_rows(course: Course) -> list[tuple[Any, ...]]:
    """What the sheet says of each who takes part, as it goes out."""
    return [
        (
            each.pk,
            each.engagement.person.name,
            RESULTS.get(each.mark_result or "", ""),  # type: ignore[attr-defined]
            each.mark_hours,  # type: ignore[attr-defined]
            each.mark_absent_why or "",  # type: ignore[attr-defined]
            each.mark_score,  # type: ignore[attr-defined]
        )
        for each in enrolments_of(course)
    ]


def sheet_read(*, actor: Actor, course: Course, upload: UploadedFile) -> Table:
    """Read a sheet of attendance against the class: every fault at once, nothing written."""
    check_plan_training(actor, course.organ_code)
    table = read_upload(upload, SHEET)
    if table.faults:
        return table
    people = {each.pk: each.engagement.person.name for each in enrolments_of(course)}
    table.unique("enrolment", "重复，每人一行")
    for row in table.rows:
        name = people.get(row["enrolment"])
        if name is None:
            table.fault(row["row"], "enrolment", row["enrolment"], "不是这次培训的报名编号")
        elif row.get("name") and row["name"] != name:
            table.fault(row["row"], "name", row["name"], f"这个编号是{name}")
        elif row.get("result") is not None and (why := _fault(course, _came(row))):
            table.fault(row["row"], "result", RESULTS[row["result"]], why)
    return table


def attendance_import(*, actor: Actor, course: Course, table: Table) -> int:
    """Record what a sheet without faults says; a row without 考勤 is left as it is. Safe to repeat."""
    table.usable()
    said = {row["enrolment"]: _came(row) for row in table.rows if row.get("result") is not None}
    return attendance_record(actor=actor, course=course, said=said)


def _came(row: Mapping[str, Any]) -> Came:
    """What a row of a sheet says."""
    result = row["result"]
    hours = None if result == ABSENT or row.get("hours") is None else Decimal(str(row["hours"]))
    score = None if row.get("score") is None else Decimal(str(row["score"]))
    return Came(result, hours, row.get("absent_why") or "", score)
