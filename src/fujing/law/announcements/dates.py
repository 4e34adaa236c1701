"""Whether the printed days follow each other as the steps do, and for how long a name is public (第二十一条第一款)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fujing.law.announcements.births import DAY
from fujing.law.announcements.steps import LABELS, shared, stages_of
from fujing.law.findings import Finding, Outcome
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.posts import Position
from fujing.law.formats.stages import Stage
from fujing.law.provisions import cite

EXAMS = ("written", "interview", "skills", "fitness")
AFTER_REGISTRATION = (*EXAMS, "medical", "background", "publicity", "hire")


def dates(announcement: Announcement) -> Iterator[Finding]:
    """各环节日期与先后相符，报名不早于公告，公示写明天数."""
    for subject, faults in shared(announcement, lambda post: reversed_dates(announcement, post)):
        message = f"日期先后颠倒：{'；'.join(faults)}"
        yield _finding("dates", Outcome.VIOLATED, message, subject, "核对各环节日期", {"dates": faults})
    remedy = "写明公示天数（days）和单位（unit）"
    for subject, _ in shared(announcement, lambda post: _publicity(announcement, post, 0)):
        yield _finding("publicity", Outcome.VIOLATED, "公示天数为0，等于没有公示", subject, remedy, {"days": 0})
    for subject, _ in shared(announcement, lambda post: _publicity(announcement, post, None)):
        yield _finding("publicity", Outcome.UNDETERMINED, "公示未写天数", subject, remedy, {"days": None})


def reversed_dates(announcement: Announcement, post: Position) -> list[str]:
    """Each pair of printed days of a post that stands the wrong way round, in words."""
    found: list[str] = []
    latest: tuple[str, date] | None = None
    for name, kind, day in _days(announcement, post):
        if latest and day < latest[1]:
            found.append(f"{name}{day}早于{latest[0]}{latest[1]}")
        else:
            latest = (name, day)
        start, end = _registration(announcement)
        if kind == "announcement" and start and day > start:
            found.append(f"报名开始{start}早于{name}{day}")
        if kind in AFTER_REGISTRATION and end and day < end:
            found.append(f"{name}{day}早于报名截止{end}")
        if kind == "qualification_review" and start and day < start:
            found.append(f"{name}{day}早于报名开始{start}")
    return found + _hired_too_soon(stages_of(announcement, post))


def _hired_too_soon(stages: list[Stage]) -> list[str]:
    """Hired before the publicity is over; working days last at least as long as so many days of the calendar."""
    public = next((stage for stage in reversed(stages) if stage.kind == "publicity"), None)
    hired = next((stage for stage in stages if stage.kind == "hire"), None)
    if public is None or hired is None or not (public.date and public.days and hired.date):
        return []
    last = public.date + (public.days - 1) * DAY
    return [f"{LABELS['hire']}{hired.date}早于公示期满{last}"] if public.date <= hired.date < last else []


def _days(announcement: Announcement, post: Position) -> Iterator[tuple[str, str, date]]:
    """The stages of a post that have a day, in their order; the examination day is that of the written test."""
    exam = announcement.exam_day if isinstance(announcement.exam_day, date) else None
    stages = stages_of(announcement, post)
    first_exam = next((stage for stage in stages if stage.kind in EXAMS), None)
    written = next((stage for stage in stages if stage.kind == "written"), first_exam)
    for stage in stages:
        day = stage.date or (exam if stage is written else None)
        if day is not None:
            yield stage.name or LABELS[stage.kind], stage.kind, day


def _registration(announcement: Announcement) -> tuple[date | None, date | None]:
    stated = announcement.registration
    start, end = (stated.start, stated.end) if stated else (None, None)
    return start.date() if start else None, end.date() if end else None


def _publicity(announcement: Announcement, post: Position, days: int | None) -> list[str]:
    """The last publicity of a post, if it lasts so many days: an earlier one is of scores."""
    stages = [stage for stage in stages_of(announcement, post) if stage.kind == "publicity"]
    return [stages[-1].kind] if stages and stages[-1].days == days else []


def _finding(
    rule: str, outcome: Outcome, message: str, subject: str | None, remedy: str, facts: dict[str, object]
) -> Finding:
    return Finding(
        provision="21.p1",
        rule=f"announcement.{rule}",
        outcome=outcome,
        subject=subject,
        message=f"{message}（{cite('21.p1')}）",
        facts=facts,
        remedy=remedy,
    )
