"""Planning classes, who takes part, and confirming what was held: one function an act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.locks import locked, relocked
from fujing.kernel.refusals import Refusal, stated
from fujing.law.parameters import Parameters
from fujing.law.training.kinds import KINDS, SPECIAL
from fujing.law.training.owed import hours_needed
from fujing.management.training.models import Course, Enrolment, Requirement
from fujing.management.training.policies import check_confirm_training, check_plan_training
from fujing.management.training.states import COURSE, CourseState
from fujing.registry.models import Account
from fujing.registry.queries import serving_between

OWN = ("24",)
MOST = 500
"""People who are enrolled at once."""


def requirement_set(
    *,
    actor: Actor,
    year: int,
    kind: str,
    hours: Decimal,
    basis: str,
    newcomers: bool | None = None,
    topic: str = "",
    category: str = "",
    post: str = "",
) -> Requirement:
    """State what the actor's bureau asks of a kind in a year, or change it while the year lasts."""
    organ_code = actor.organ_code or 0
    check_plan_training(actor, organ_code)
    special = kind == SPECIAL
    topic = topic.strip() if special else ""
    errors: dict[str, list[str]] = {}
    if special and not topic:
        errors["topic"] = ["请写明专项培训的名称。"]
    least = hours_needed(Parameters(today()), kind, None)
    if least is not None and hours < least:
        errors["hours"] = [f"{KINDS[kind]}不少于{least}学时。"]
    if not basis.strip():
        errors["basis"] = ["请写明依据的文件或者计划。"]
    if errors:
        raise Refusal("没有登记培训要求。", provisions=OWN, errors=errors)
    there = locked(Requirement.objects.filter(organ_code=organ_code, year=year, kind=kind, topic=topic))
    row = there[0] if there else Requirement(organ_code=organ_code, year=year, kind=kind, topic=topic)
    row.hours, row.newcomers, row.basis, row.made_by = hours, newcomers, basis.strip(), actor.name
    row.category, row.post = (category, post.strip()) if special else ("", "")
    row.full_clean()
    row.save()
    return row


def requirement_remove(*, actor: Actor, requirement: Requirement) -> Requirement:
    """Ask it no more, while the year lasts; the history keeps that it was asked."""
    check_plan_training(actor, requirement.organ_code)
    relocked(requirement).delete()
    return requirement


def course_draft(
    *,
    actor: Actor,
    kind: str,
    title: str,
    subjects: str,
    hours: Decimal,
    lecturer: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    topic: str = "",
    capacity: int | None = None,
    pass_mark: Decimal | None = None,
    course: Course | None = None,
) -> Course:
    """Plan a class of the actor's bureau, or change its draft; there is an exam where it has a `pass_mark`."""
    organ_code = course.organ_code if course else actor.organ_code or 0
    check_plan_training(actor, organ_code)
    row = relocked(course) if course else Course(organ_code=organ_code, made_by=actor.name)
    if row.state != CourseState.DRAFTED:
        raise Refusal("已经发布，只能调整时间、地点、名额和授课人。", provisions=OWN)
    row.kind, row.topic, row.hours = kind, topic.strip() if kind == SPECIAL else "", hours
    row.exam, row.pass_mark = pass_mark is not None, pass_mark
    errors: dict[str, list[str]] = {}
    if kind == SPECIAL and not row.topic:
        errors["topic"] = ["请写明专项培训的名称，与年度要求一致。"]
    return _placed(row, title, subjects, lecturer, place, starts_at, ends_at, capacity, errors)


def course_move(
    *,
    actor: Actor,
    course: Course,
    title: str,
    subjects: str,
    lecturer: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    capacity: int | None = None,
) -> Course:
    """Put a published class elsewhere or off; who is enrolled comes along, unless one of them is in another class then."""
    check_plan_training(actor, course.organ_code)
    row = relocked(course)
    if row.state != CourseState.PUBLISHED:
        raise Refusal("只有已发布、没有结束的培训可以调整时间和地点。", provisions=OWN)
    return _placed(row, title, subjects, lecturer, place, starts_at, ends_at, capacity, {})


def _placed(
    row: Course,
    title: str,
    subjects: str,
    lecturer: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    capacity: int | None,
    errors: dict[str, list[str]],
) -> Course:
    """Write when and where a class is."""
    row.title, row.subjects, row.lecturer = title.strip(), subjects.strip(), lecturer.strip()
    row.place, row.starts_at, row.ends_at, row.capacity = place.strip(), starts_at, ends_at, capacity
    if ends_at <= starts_at:
        errors["ends_at"] = ["结束时间应晚于开始时间。"]
    if errors:
        raise Refusal("没有保存培训班。", provisions=OWN, errors=errors)
    row.full_clean()
    row.save()
    return row


def course_publish(*, actor: Actor, course: Course) -> Course:
    """Open a class for enrolment; kind, hours and exam stay as they are from now on."""
    return _moved(actor, course, "publish")


def course_end(*, actor: Actor, course: Course) -> Course:
    """Say that a class was held; attendance is recorded from now on."""
    check_plan_training(actor, course.organ_code)
    row = relocked(course)
    if row.starts_at > timezone.now():
        COURSE.check(actor, row.state, "end")
        raise Refusal(f"培训{_moment(row.starts_at)}开始，开始以后才能结束。", provisions=OWN)
    return _moved(actor, row, "end")


def course_cancel(*, actor: Actor, course: Course, reason: str) -> Course:
    """Call a class off, for a reason; everybody is taken out of it."""
    check_plan_training(actor, course.organ_code)
    row = relocked(course)
    move = COURSE.check(actor, row.state, "cancel")
    reason = stated(reason, "reason", "请写明原因。", refusal="没有取消培训。", provisions=OWN)
    for each in locked(Enrolment.objects.filter(course=row, active=True)):
        each.active, each.withdrawn_why, each.made_by = False, "培训取消", actor.name
        each.save(update_fields=["active", "withdrawn_why", "made_by"])
    row.state, row.cancelled_why = move.target, reason
    row.save(update_fields=["state", "cancelled_why"])
    return row


def course_confirm(*, actor: Actor, course: Course) -> Course:
    """Confirm attendance and scores: what was taken counts from now on. Never by somebody who took part."""
    check_confirm_training(actor, course.organ_code)
    row = relocked(course)
    move = COURSE.check(actor, row.state, "confirm")
    if why := unconfirmable(row, actor):
        raise Refusal(why, provisions=OWN)
    row.state, row.confirmed_by, row.confirmed_at = move.target, actor.name, timezone.now()
    row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    return row


def unconfirmable(course: Course, actor: Actor) -> str:
    """Why a class can't be confirmed by somebody now; empty if it can."""
    people = Enrolment.objects.filter(course=course, active=True)
    missing = _unmarked(course, people).count()
    if missing:
        return f"还有{missing}人没有登记考勤{'或者考试成绩' if course.exam else ''}，不能确认。"
    if course.ends_at > timezone.now():
        return f"培训{_moment(course.ends_at)}结束，结束以后才能确认。"
    # Whoever serves and also works at the desk has two sign-ins: it is the same human by the citizen number.
    own = Account.objects.filter(pk=actor.account_id or 0, id_index__isnull=False).values("id_index")
    if people.filter(engagement__person__id_index__in=own).exists():
        return "参加培训的人不能确认自己的考勤，应由另一人确认。"
    return ""


def _unmarked(course: Course, people: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    """Who of a class has no attendance yet, or no score where there is an exam."""
    marked = people.filter(attendances__stands=True)
    if course.exam:
        marked = marked.exclude(attendances__stands=True, attendances__score=None, attendances__hours__gt=0)
    return people.exclude(pk__in=marked.values("pk"))


def _moved(actor: Actor, course: Course, verb: str) -> Course:
    check_plan_training(actor, course.organ_code)
    row = relocked(course)
    row.state = COURSE.check(actor, row.state, verb).target
    row.save(update_fields=["state"])
    return row


def _moment(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def enrol(*, actor: Actor, course: Course, engagements: Sequence[int]) -> list[Enrolment]:
    """Put people into a class that is open, all of them or nobody. Refuses naming whoever is elsewhere at that time."""
    check_plan_training(actor, course.organ_code)
    row = relocked(course)
    if row.state != CourseState.PUBLISHED:
        raise Refusal("培训没有发布或者已经结束，不能报名。", provisions=OWN)
    wanted = sorted(set(engagements))
    if not wanted or len(wanted) > MOST:
        raise Refusal(f"请选择人员，一次最多 {MOST} 人。", provisions=OWN)
    people = {each.pk: each for each in serving_between(row.organ_code, row.organ_code).filter(pk__in=wanted)}
    if len(people) < len(wanted):
        raise Refusal("所选的人有的不在本机关在职。", provisions=OWN)
    there = {each.engagement_id: each for each in locked(Enrolment.objects.filter(course=row, engagement__in=wanted))}
    new = [pk for pk in wanted if pk not in there or not there[pk].active]
    _free(row, new)
    if row.capacity is not None:
        taken = Enrolment.objects.filter(course=row, active=True).count()
        if taken + len(new) > row.capacity:
            raise Refusal(f"名额 {row.capacity} 人，已报名 {taken} 人，容不下所选的 {len(new)} 人。", provisions=OWN)
    made = []
    for pk in new:
        each = there.get(pk) or Enrolment(organ_code=row.organ_code, course=row, engagement=people[pk])
        each.active, each.withdrawn_why, each.made_by = True, "", actor.name
        each.clean()
        each.save()
        made.append(each)
    return made


def _free(course: Course, engagements: Sequence[int]) -> None:
    """Refuses whoever takes part in another class at the time."""
    other = Enrolment.objects.filter(
        engagement__in=engagements, active=True, starts_at__lt=course.ends_at, ends_at__gt=course.starts_at
    ).exclude(course=course)
    busy = list(other.select_related("engagement__person", "course")[:10])
    if busy:
        named = "、".join(f"{each.engagement.person.name}（{each.course.title}）" for each in busy)
        raise Refusal(f"同一时间已报名其他培训：{named}。", provisions=OWN)


def enrolment_withdraw(*, actor: Actor, enrolment: Enrolment, reason: str) -> Enrolment:
    """Take somebody out of a class that is still open, for a reason."""
    check_plan_training(actor, enrolment.organ_code)
    course = relocked(enrolment.course)
    row = relocked(enrolment)
    if course.state != CourseState.PUBLISHED:
        raise Refusal("培训已经结束，没有来的登记为缺席。", provisions=OWN)
    reason = stated(reason, "reason", "请写明原因。", refusal="没有退出培训。", provisions=OWN)
    row.active, row.withdrawn_why, row.made_by = False, reason, actor.name
    row.save(update_fields=["active", "withdrawn_why", "made_by"])
    return row
