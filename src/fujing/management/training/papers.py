"""The papers of training: what somebody took part in, as a certificate."""

from __future__ import annotations

from fujing.kernel.clock import ZONE
from fujing.kernel.numbers import bare
from fujing.kernel.papers import Paper, Text, chinese_date
from fujing.kernel.refusals import Refusal
from fujing.law.training.kinds import ABSENT, KINDS
from fujing.management.training.models import Attendance, Enrolment
from fujing.management.training.queries import passed
from fujing.management.training.states import CourseState
from fujing.recruitment.hiring.papers import BLANK
from fujing.registry.queries import organ_at


def certificate(enrolment: Enrolment) -> Paper:
    """培训合格证明: kind, title, time and hours, as they were confirmed. Refuses before that, and who was absent or
    failed."""
    course = enrolment.course
    mark = Attendance.objects.filter(enrolment=enrolment, stands=True).first()
    why = ""
    if course.state != CourseState.CONFIRMED or mark is None:
        why = "培训没有确认"
    elif mark.result == ABSENT:
        why = "没有参加培训"
    elif not passed(course.exam, mark.score, course.pass_mark):
        why = "考试没有合格"
    if why:
        raise Refusal(f"{why}，不能出具证明。", provisions=("24",))
    assert mark is not None
    assert course.confirmed_at is not None
    first, last = (moment.astimezone(ZONE).date() for moment in (course.starts_at, course.ends_at))
    when = chinese_date(first) if first == last else f"{chinese_date(first)}至{chinese_date(last)}"
    kind = f"{KINDS[course.kind]}（{course.topic}）" if course.topic else KINDS[course.kind]
    exam = f"，考试成绩{bare(mark.score)}分，合格" if course.exam and mark.score is not None else ""
    return Paper(
        title="培训合格证明",
        code=f"培训 {course.organ_code}-{course.pk}-{enrolment.pk}",
        blocks=(
            Text(f"{enrolment.engagement.person.name}，公民身份号码：{BLANK * 3}"),
            Text(f"于{when}参加本机关组织的{kind}“{course.title}”，完成{bare(mark.hours)}学时{exam}。"),
            Text(f"课程内容：{course.subjects}"),
            Text(
                f"考勤由{course.confirmed_by}于{chinese_date(course.confirmed_at.astimezone(ZONE).date())}确认。"
                "依据：《四川省公安机关警务辅助人员管理办法》第二十四条。"
            ),
            Text(f"{organ_at(course.organ_code).name}（盖章）　　日期：{BLANK}"),
        ),
    )
