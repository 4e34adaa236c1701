"""Reading what is asked, classes and attendance as somebody, and what each person still lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE, today
from fujing.kernel.refusals import existing
from fujing.law.parameters import Parameters
from fujing.law.training.kinds import COLUMNS, INDUCTION, SPECIAL, YEARLY, counts
from fujing.law.training.owed import UNASKED, Asked, Owed, Taken, owed_before_duty, owed_in_year
from fujing.management.training.absences import asked as absences
from fujing.management.training.absences import away_of
from fujing.management.training.models import Attendance, Course, Enrolment, Requirement
from fujing.management.training.states import OPEN, CourseState
from fujing.registry.models import Engagement
from fujing.registry.moving_in.queries import standing_records
from fujing.registry.roster import Narrowing, dressed, roster_rows

FIRST_YEAR = 2021
Key = tuple[str, str]
"""A kind and its topic."""


def requirements_of(organ_code: int, year: int) -> QuerySet[Requirement]:
    """What a bureau asks in a year, in the order of Article 24."""
    return Requirement.objects.filter(organ_code=organ_code, year=year).order_by("pk")


def requirement_for(actor: Actor, requirement_id: int) -> Requirement:
    """One of the actor's territory, or 404."""
    rows = Requirement.objects.filter(organ_code__range=actor.territory, pk=requirement_id)
    return existing(rows.first(), "没有这项培训要求")


def year_range(year: int) -> tuple[datetime, datetime]:
    """The moments between which a year lies in China, the last not included."""
    return datetime(year, 1, 1, tzinfo=ZONE), datetime(year + 1, 1, 1, tzinfo=ZONE)


def _enrolled() -> Subquery:
    rows = Enrolment.objects.filter(course=OuterRef("pk"), active=True).order_by().values("course")
    return Subquery(rows.annotate(people=Count("pk")).values("people"))


def courses_for(actor: Actor, year: int) -> QuerySet[Course]:
    """The classes of the actor's own bureau that end in a year, the latest first, each with `enrolled`."""
    first, after = year_range(year)
    rows = Course.objects.filter(organ_code=actor.organ_code or 0, ends_at__gte=first, ends_at__lt=after)
    return rows.annotate(enrolled=_enrolled()).order_by("-starts_at", "-pk")


def open_courses(actor: Actor) -> QuerySet[Course]:
    """The classes of the actor's own bureau in which people may be put, the next first, each with `enrolled`."""
    rows = Course.objects.filter(organ_code=actor.organ_code or 0, state=CourseState.PUBLISHED)
    return rows.annotate(enrolled=_enrolled()).order_by("starts_at", "pk")


def course_for(actor: Actor, course_id: int) -> Course:
    """A class of the actor's territory with how many are `enrolled`, or 404."""
    rows = Course.objects.filter(organ_code__range=actor.territory, pk=course_id)
    return existing(rows.annotate(enrolled=_enrolled()).first(), "没有这个培训班")


def enrolments_of(course: Course) -> QuerySet[Enrolment]:
    """Who takes part, by name, each with the standing attendance as `mark_…`; None where there is none."""
    marked = Attendance.objects.filter(enrolment=OuterRef("pk"), stands=True)
    names = ("pk", "result", "hours", "score", "absent_why", "corrected_why", "recorded_by")
    rows = Enrolment.objects.filter(course=course, active=True).select_related("engagement__person")
    return rows.annotate(**{f"mark_{name}": Subquery(marked.values(name)[:1]) for name in names}).order_by(
        "engagement__person__pinyin", "pk"
    )


def enrolment_for(actor: Actor, enrolment_id: int) -> Enrolment:
    """One of the actor's territory with class and person, or 404."""
    rows = Enrolment.objects.filter(organ_code__range=actor.territory, pk=enrolment_id)
    return existing(rows.select_related("course", "engagement__person").first(), "没有这条报名")


def attendances_of(enrolment: Enrolment) -> QuerySet[Attendance]:
    """All that was recorded of it, the newest first."""
    return Attendance.objects.filter(enrolment=enrolment).order_by("-pk")


def training_of(engagement: Engagement) -> list[Enrolment]:
    """The classes that somebody takes or took part in, the latest first, each with `mark_…` as in `enrolments_of`."""
    marked = Attendance.objects.filter(enrolment=OuterRef("pk"), stands=True)
    rows = Enrolment.objects.filter(engagement=engagement, active=True).exclude(course__state=CourseState.CANCELLED)
    names = ("result", "hours", "score")
    found = rows.select_related("course").annotate(
        **{f"mark_{name}": Subquery(marked.values(name)[:1]) for name in names}
    )
    return list(found.order_by("-starts_at", "-pk"))


def passed(exam: bool, score: Decimal | None, pass_mark: Decimal | None) -> bool | None:
    """Whether an exam was passed: True where there is none, None where its score isn't there."""
    if not exam:
        return True
    return None if score is None or pass_mark is None else score >= pass_mark


@dataclass(slots=True)
class Had:
    """What somebody took of a kind, added up."""

    hours: Decimal = Decimal(0)
    times: int = 0
    unclear: int = 0
    last: date | None = None
    planned: datetime | None = None
    """When the next class of it begins for which they are enrolled."""

    def taken(self, said: Any) -> Taken:
        """As the law reads it."""
        return Taken(self.hours, self.times, self.unclear, said, self.last)


NOTHING = Had()


@dataclass(frozen=True, slots=True)
class Standing:
    """What one person owes in a year, and when the next class of each kind is for them."""

    engagement: Engagement
    owed: tuple[Owed, ...]
    planned: Mapping[Key, datetime] = field(default_factory=dict)

    def of(self, key: Key) -> Owed | None:
        """What they owe of a kind and topic; None where nobody asks it."""
        return next((each for each in self.owed if (each.kind, each.topic) == key), None)


def known(rows: QuerySet[Engagement], year: int) -> QuerySet[Engagement]:
    """Each row with `took` (the classes of a year, and of 岗前培训 ever), `told` (what a roster says of each kind), `plan`
    (what its bureau asks) and `absent` (its leave): all that `standings` reads, by one query."""
    first, after = year_range(year)
    held = [CourseState.PUBLISHED, CourseState.ENDED, CourseState.CONFIRMED]
    took = (
        Enrolment.objects.filter(engagement=OuterRef("pk"), active=True, course__state__in=held)
        .filter(Q(ends_at__gte=first, ends_at__lt=after) | Q(course__kind=INDUCTION))
        .annotate(mark=FilteredRelation("attendances", condition=Q(attendances__stands=True)))
    )
    course = {name: f"course__{name}" for name in ("kind", "topic", "state", "exam", "pass_mark")}
    marks = {name: f"mark__{name}" for name in ("result", "hours", "score")}
    asked = Requirement.objects.filter(organ_code=OuterRef("organ_code"), year=year).order_by("pk")
    told = standing_records().filter(engagement=OuterRef("pk")).order_by("-period")
    said = {name: name for key in COLUMNS.values() for name in (key, f"{key}_said")}
    names = ("kind", "topic", "hours", "newcomers", "category", "post")
    return rows.annotate(
        took=ArraySubquery(took.values(json=JSONObject(**course, **marks, starts="starts_at", ends="ends_at"))),
        told=Subquery(told.values(json=JSONObject(**said))[:1]),
        plan=ArraySubquery(asked.values(json=JSONObject(**{name: name for name in names}))),
        absent=absences(first, after),
    )


def _had(took: Iterable[Mapping[str, Any]]) -> dict[Key, Had]:
    """What the law counts of somebody's classes, by kind and topic."""
    found: dict[Key, Had] = defaultdict(Had)
    for row in took:
        had = found[row["kind"], row["topic"]]
        if row["state"] == CourseState.PUBLISHED:
            starts = datetime.fromisoformat(row["starts"])
            had.planned = min(starts, had.planned or starts)
            continue
        said = counts(
            confirmed=row["state"] == CourseState.CONFIRMED,
            result=row["result"] or "",
            passed=passed(row["exam"], _number(row["score"]), _number(row["pass_mark"])),
        )
        if said.holds is None:
            had.unclear += 1
        elif said.holds:
            had.hours += _number(row["hours"]) or 0
            had.times += 1
            day = datetime.fromisoformat(row["ends"]).astimezone(ZONE).date()
            had.last = max(day, had.last or day)
    return found


def _number(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _told(told: Mapping[str, Any], kind: str) -> Any:
    """What a roster says of a kind: a day, 无, or None."""
    key = COLUMNS[kind]
    day = told[key]
    return told[f"{key}_said"] or (date.fromisoformat(day) if day else None)


def _as_asked(row: Mapping[str, Any]) -> Asked:
    return Asked(_number(row["hours"]), row["newcomers"], row["topic"])


def applies_to(row: Mapping[str, Any], category: str, post: str | None) -> bool | None:
    """Whether a 专项培训 is asked of somebody of a category on a post; None where one that decides isn't known."""
    fits = [
        None if not known else known == wanted
        for wanted, known in ((row["category"], category), (row["post"], post))
        if wanted
    ]
    return False if False in fits else None if None in fits else True


def standings(rows: QuerySet[Engagement], year: int) -> list[Standing]:
    """What each of these people owes in a year; whose rows aren't `dressed` have no post that is known."""
    law = Parameters(min(today(), date(year, 12, 31)))
    return [_standing(law, each, year) for each in known(rows, year)]


def _standing(law: Parameters, row: Any, year: int) -> Standing:
    """What one person owes; the row is `known`."""
    had, began, away = _had(row.took), row.span.lower, away_of(row.absent)
    asked = {each["kind"]: _as_asked(each) for each in row.plan if each["kind"] != SPECIAL}
    post = getattr(row, "post_name", None) or getattr(row, "said_post", None)

    def taken(kind: str, topic: str = "") -> Taken:
        said = UNASKED if row.told is None or kind == SPECIAL else _told(row.told, kind)
        return had.get((kind, topic), NOTHING).taken(said)

    owed = [owed_in_year(law, kind, year, began, taken(kind), asked.get(kind), away=away) for kind in YEARLY]
    owed.insert(len(YEARLY) - 1, owed_before_duty(law, began, taken(INDUCTION), asked.get(INDUCTION)))
    for each in row.plan:
        if each["kind"] == SPECIAL:
            applies, has = applies_to(each, row.category, post), taken(SPECIAL, each["topic"])
            owed.append(owed_in_year(law, SPECIAL, year, began, has, _as_asked(each), away=away, applies=applies))
    planned = {key: each.planned for key, each in had.items() if each.planned is not None}
    return Standing(row, tuple(owed), planned)


def serving(actor: Actor, *, unit: int | None = None) -> QuerySet[Engagement]:
    """Who serves in the actor's own bureau, or in one of its units; with their post."""
    return dressed(roster_rows(actor, Narrowing(own=True, unit=unit))).order_by("person__pinyin", "pk")


def standing_of(engagement: Engagement, year: int) -> Standing:
    """What one person owes in a year."""
    return standings(dressed(Engagement.objects.filter(pk=engagement.pk)), year)[0]


def courses_waiting(actor: Actor) -> QuerySet[Course]:
    """The classes of the actor's own bureau that wait for an act: a draft, one that is published once it began, and one
    that is over for its attendance and confirmation."""
    rows = Course.objects.filter(organ_code=actor.organ_code or 0, state__in=OPEN)
    return rows.exclude(state=CourseState.PUBLISHED, starts_at__gt=datetime.now(tz=ZONE))


@dataclass(frozen=True, slots=True)
class Lacking:
    """How many people of a bureau lack something in a year, and how many of them lack 岗前培训."""

    people: int
    inductions: int


def lacking(actor: Actor, year: int) -> Lacking:
    """Of whom that can be said in the actor's own bureau; by one query."""
    rows = roster_rows(actor, Narrowing(own=True)).only("span", "category", "organ_code")
    found = [{each.kind for each in standing.owed if each.holds is False} for standing in standings(rows, year)]
    return Lacking(sum(map(bool, found)), sum(INDUCTION in kinds for kinds in found))
