"""A superior sees a county's recruitment and doesn't conduct it: only the recruiting organ does (17.p1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed
from fujing.recruitment.exams.services import Hall, sitting_arrange
from fujing.recruitment.hiring.services import publicity_supplement
from fujing.recruitment.medical.services import exams_arrange
from fujing.recruitment.selection.entries import entry_save
from fujing.recruitment.selection.models import Ranking, StageScore
from fujing.recruitment.selection.publicity import publicity_start
from fujing.recruitment.selection.results import scores_release
from fujing.recruitment.selection.services import ranking_compute, scores_import, scores_read
from tests.factories import MIANYANG, territorial
from tests.recruitment.ranked import Ranked, ranked


@pytest.fixture
def course(db: None) -> Ranked:
    return ranked(names=("安一", "安二"))


def sheet(course: Ranked) -> SimpleUploadedFile:
    body = f"报名序号,环节,科目,成绩\n{course.applications['安一'].pk},笔试,,77\n"
    return SimpleUploadedFile("scores.csv", body.encode())


def day(ahead: int) -> date:
    return today() + timedelta(days=ahead)


def at(hour: int) -> datetime:
    return timezone.make_aware(datetime.combine(day(5), time(hour)))


ACTS: dict[str, Callable[[Actor, Ranked], object]] = {
    "录入成绩": lambda who, course: scores_import(
        actor=who, campaign=course.campaign, upload=sheet(course), reason="登分有误"
    ),
    "录入成绩（只读取）": lambda who, course: scores_read(actor=who, campaign=course.campaign, upload=sheet(course)),
    "录入成绩（双人录入）": lambda who, course: entry_save(
        actor=who, campaign=course.campaign, stage="written", upload=sheet(course), reason="登分有误"
    ),
    "计算排名": lambda who, course: ranking_compute(actor=who, campaign=course.campaign),
    "公布成绩": lambda who, course: scores_release(
        actor=who, campaign=course.campaign, stage="written", check_until=day(3)
    ),
    "办理此步骤": lambda who, course: publicity_start(actor=who, campaign=course.campaign),
    "办理公示": lambda who, course: publicity_supplement(actor=who, campaign=course.campaign),
    "办理体检": lambda who, course: exams_arrange(
        actor=who,
        campaign=course.campaign,
        applications=[course.applications["安一"]],
        hospital="市医院",
        exam_on=day(1),
    ),
    "办理考务": lambda who, course: sitting_arrange(
        actor=who,
        campaign=course.campaign,
        stage="written",
        starts_at=at(9),
        ends_at=at(11),
        place="考点",
        rooms=[Hall("第一考场", 30)],
    ),
}


@pytest.mark.parametrize("act", ACTS)
def test_a_superiors_personnel_head_is_refused_and_nothing_changes(course: Ranked, act: str) -> None:
    with acting(territorial(MIANYANG, "hr_head")) as city:
        before = set(StageScore.objects.values_list("pk", "score")), Ranking.objects.count()
        assert before[0], "the superior sees the county's scores"
        with pytest.raises(NotAllowed, match=f"只有招聘机关可以{act.split('（')[0]}") as refused:
            ACTS[act](city, course)
        assert refused.value.provisions == ("17.p1",)
        assert before == (set(StageScore.objects.values_list("pk", "score")), Ranking.objects.count())


@pytest.mark.parametrize("act", ["录入成绩", "计算排名", "公布成绩"])
def test_the_recruiting_organs_own_head_does_the_same(course: Ranked, act: str) -> None:
    with acting(course.head) as head:
        assert ACTS[act](head, course)
