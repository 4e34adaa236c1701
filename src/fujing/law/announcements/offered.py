"""What an announcement offers, post by post, with the law's own limits where it states none (18.3, 18.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fujing.law.announcements import dated_on
from fujing.law.announcements.births import earliest_birth, latest_birth
from fujing.law.announcements.conditions import FLOOR
from fujing.law.education import EDUCATION_LABEL
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.posts import Position
from fujing.law.formats.scores import STAGE_LABELS
from fujing.law.formats.stages import Stage
from fujing.law.parameters import Parameters

STEPS = {"announcement": "发布公告", "registration": "报名", **STAGE_LABELS}


@dataclass(frozen=True, slots=True)
class Offered:
    """A post in words. Ages are completed years, inclusive; `births` the earliest and latest birth date, inclusive."""

    post: Position
    category: str
    youngest: int
    oldest: int
    births: tuple[date, date] | None
    education: str
    sex: str


def offered(announcement: Announcement, today: date) -> list[Offered]:
    """Every post, by the law of the announcement's day, or of `today` where it has none."""
    legal = Parameters(dated_on(announcement) or today)
    return [_offered(announcement, post, legal) for post in announcement.positions]


def _offered(announcement: Announcement, post: Position, legal: Parameters) -> Offered:
    age, floor = post.conditions.age, post.conditions.education
    youngest = (age.min if age else None) or legal["recruitment.age.min"]
    oldest = (age.max if age else None) or legal["recruitment.age.max"]
    births = None
    if isinstance(announcement.cutoff, date):
        reading = announcement.age_reading or "completed_years"
        births = (earliest_birth(oldest, announcement.cutoff, reading), latest_birth(youngest, announcement.cutoff))
    return Offered(
        post,
        "文职" if post.category == "civil" else "勤务",
        youngest,
        oldest,
        births,
        EDUCATION_LABEL[(floor.min if floor else None) or legal[FLOOR[post.category]]],
        {"male": "男", "female": "女", None: "不限"}[post.sex],
    )


def step_label(stage: Stage) -> str:
    """The stage as the announcement calls it."""
    return stage.name or STEPS[stage.kind]
