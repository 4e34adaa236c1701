"""Which of an announcement's days stands the wrong way round, stage by stage."""

from __future__ import annotations

from typing import Any

import pytest

from fujing.law.announcements.dates import reversed_dates
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.stages import STAGE_KINDS

BEFORE_THE_END = {
    "written": "笔试",
    "interview": "面试",
    "skills": "技能测试",
    "fitness": "体能测试",
    "medical": "体检",
    "background": "考察",
    "publicity": "公示",
    "hire": "聘用",
}


def told(kind: str, day: str) -> list[str]:
    announcement = Announcement.model_validate(
        {
            "title": "公告",
            "organ": {"name": "三台县公安局", "level": "county"},
            "positions": [{"code": "01", "name": "执勤", "category": "field", "headcount": 1}],
            "registration": {"from": "2026-01-20T09:00", "to": "2026-01-22T17:00"},
            "stages": [{"kind": kind, "date": day}],
        }
    )
    return reversed_dates(announcement, announcement.positions[0])


@pytest.mark.parametrize("kind", STAGE_KINDS)
def test_whatever_follows_the_registration_is_not_before_its_last_day(kind: str) -> None:
    label = BEFORE_THE_END.get(kind)
    assert told(kind, "2026-01-21") == (
        [f"{label}2026-01-21早于报名截止2026-01-22"]
        if label
        else ["报名开始2026-01-20早于公告2026-01-21"]
        if kind == "announcement"
        else []
    )
    assert told(kind, "2026-01-22") == (["报名开始2026-01-20早于公告2026-01-22"] if kind == "announcement" else [])


def test_papers_are_not_reviewed_before_anyone_can_register() -> None:
    assert told("qualification_review", "2026-01-19") == ["资格审查2026-01-19早于报名开始2026-01-20"]
    assert told("qualification_review", "2026-01-20") == []
    assert told("announcement", "2026-01-20") == []


def planned(*stages: dict[str, Any], **stated: Any) -> list[str]:
    announcement = Announcement.model_validate(
        {
            "title": "公告",
            "organ": {"name": "三台县公安局", "level": "county"},
            "positions": [{"code": "01", "name": "执勤", "category": "field", "headcount": 1}],
            "stages": list(stages),
        }
        | stated
    )
    return reversed_dates(announcement, announcement.positions[0])


@pytest.mark.parametrize(
    ("days", "hired", "said"),
    [
        (5, "2026-03-04", ["聘用2026-03-04早于公示2026-03-05"]),
        (5, "2026-03-05", ["聘用2026-03-05早于公示期满2026-03-09"]),
        (5, "2026-03-08", ["聘用2026-03-08早于公示期满2026-03-09"]),
        (5, "2026-03-09", []),
        (1, "2026-03-05", []),
        (None, "2026-03-05", []),
    ],
)
def test_nobody_is_hired_before_the_last_day_of_the_publicity(days: int | None, hired: str, said: list[str]) -> None:
    public = {"kind": "publicity", "date": "2026-03-05"} | ({"days": days} if days else {})
    assert planned(public, {"kind": "hire", "date": hired}) == said


def test_the_last_publicity_is_that_of_names_and_an_earlier_one_of_scores() -> None:
    scores = {"kind": "publicity", "date": "2026-03-01", "days": 30}
    names = {"kind": "publicity", "date": "2026-03-05", "days": 2}
    assert planned(scores, names, {"kind": "hire", "date": "2026-03-06"}) == []
    assert planned(names, {"kind": "hire"}) == planned({"kind": "hire", "date": "2026-03-06"}) == []
    assert planned({"kind": "publicity", "days": 9}, {"kind": "hire", "date": "2026-03-06"}) == []


def test_each_day_is_compared_with_the_latest_one_before_it() -> None:
    stages = [{"kind": kind, "date": day} for kind, day in (("written", "2026-03-09"), ("interview", "2026-03-01"))]
    assert planned(*stages, {"kind": "medical", "date": "2026-03-05"}) == [
        "面试2026-03-01早于笔试2026-03-09",
        "体检2026-03-05早于笔试2026-03-09",
    ]
    assert planned(stages[0], {"kind": "interview", "date": "2026-03-09", "name": "结构化面试"}) == []


def test_the_examination_day_is_that_of_the_written_test_and_else_of_the_first_examination() -> None:
    medical = {"kind": "medical", "date": "2026-03-01"}
    fitness, written, interview = {"kind": "fitness"}, {"kind": "written"}, {"kind": "interview"}
    for stages, name in (
        ([fitness, written, medical], "笔试"),
        ([fitness, interview, medical], "体能测试"),
        ([written | {"date": "2026-02-01"}, medical], None),
    ):
        said = [f"体检2026-03-01早于{name}2026-03-02"] if name else []
        assert planned(*stages, exam_day="2026-03-02") == said
    assert planned(fitness, medical, exam_day="另行通知") == []
