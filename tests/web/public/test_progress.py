"""What comes next for an applicant: their own duty first, then what is ahead, then what is waited for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from fujing.kernel.papers import chinese_date
from fujing.recruitment.applications.models import Application
from fujing.recruitment.background.models import BackgroundCheck
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.exams.models import Elimination, Seat, Sitting
from fujing.recruitment.medical.models import MedicalExam
from fujing.recruitment.selection.models import ScoreRelease
from fujing.recruitment.selection.results import Result
from fujing.web.public.progress import Progress

NOW = timezone.now()
UNTIL = date(2026, 6, 9)


def seat(stage: str, days: int, attendance: str = "") -> Seat:
    starts = NOW + timedelta(days=days)
    sitting = Sitting(stage=stage, starts_at=starts, ends_at=starts + timedelta(hours=2))
    return Seat(sitting=sitting, attendance=attendance)


def result(stage: str, label: str, days: int, *, may_ask: bool = False) -> Result:
    release = ScoreRelease(stage=stage, released_at=NOW + timedelta(days=days), check_until=UNTIL)
    return Result(release, label, [("", "90")], None, may_ask)


def next_of(state: str = "qualified", **known: Any) -> str:
    nothing: dict[str, Any] = {"seats": [], "results": [], "exam": None, "check": None, "ended": None}
    return Progress(Application(state=state, campaign=Campaign(state="closed")), **nothing | known).next


WRITTEN, INTERVIEW = seat("written", -5), seat("interview", 3)
RELEASED = result("written", "笔试", -1)


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({}, "请留意考试和体能测试安排"),
        ({"seats": [seat("written", 2)]}, "参加笔试，准考证见下"),
        ({"seats": [WRITTEN]}, "笔试已结束，等待公布成绩"),
        ({"seats": [seat("written", -5, "absent")]}, "记录为没有参加笔试"),
        ({"seats": [WRITTEN], "results": [RELEASED]}, "笔试成绩已公布，见下。"),
        (
            {"results": [result("written", "笔试", -1, may_ask=True)]},
            "笔试成绩已公布，见下，有疑问的可以在2026年6月9日（含当日）前申请复核。",
        ),
        ({"results": [RELEASED, result("interview", "面试", 0)]}, "面试成绩已公布"),
        ({"seats": [WRITTEN, INTERVIEW], "results": [RELEASED]}, "参加面试，准考证见下"),
        ({"seats": [WRITTEN, seat("interview", -2)], "results": [RELEASED]}, "面试已结束"),
        (
            {"results": [RELEASED], "out": Elimination(sitting=INTERVIEW.sitting, why="笔试59.00，低于合格线60")},
            "您没有进入面试：笔试59.00，低于合格线60。",
        ),
        ({"seats": [WRITTEN], "exam": MedicalExam(state="arranged")}, "您已进入体检"),
        (
            {"exam": MedicalExam(state="passed"), "check": BackgroundCheck(state="told", answer_until=UNTIL)},
            "要听取您的陈述，请在2026年6月9日（含当日）前提交",
        ),
        (
            {"exam": MedicalExam(state="passed"), "check": BackgroundCheck(state="answered", answer_until=UNTIL)},
            "体检合格",
        ),
        ({"state": "withdrawn", "seats": [INTERVIEW]}, "您已放弃本次报名"),
    ],
)
def test_the_sentence_follows_what_happened_last(known: dict[str, Any], says: str) -> None:
    assert says in next_of(**known)


def test_the_coming_day_is_named() -> None:
    starts = timezone.localtime(INTERVIEW.sitting.starts_at)
    assert f"请于{chinese_date(starts.date())}{starts:%H:%M}参加面试" in next_of(seats=[INTERVIEW])
