"""Which of an announcement's days stands the wrong way round, stage by stage."""

from __future__ import annotations

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
