"""Which ranking stands, and what is said with it (21.p1)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import acting
from fujing.recruitment.selection.models import Ranking, StageScore
from fujing.recruitment.selection.queries import latest_ranking, scores_changed_since
from fujing.recruitment.selection.services import ranking_compute, scores_import
from tests.clients import client_with
from tests.recruitment.applications import made
from tests.recruitment.ranked import Ranked, ranked


@pytest.fixture
def course(db: None, monkeypatch: pytest.MonkeyPatch) -> Ranked:
    """Two ranked, under an announcement that says how judges' scores are combined."""
    written = made.announcement

    def with_panel(*given: Any) -> dict[str, Any]:
        document = written(*given)
        for stage in document["stages"]:
            if stage["kind"] == "interview":
                stage["panel"] = {"combine": "mean"}
        return document

    monkeypatch.setattr(made, "announcement", with_panel)
    return ranked(names=("安一", "安二"))


def scored(course: Ranked, *rows: tuple[str, str, int, str]) -> Ranking:
    """Import these results (name, stage, score, judge) and rank."""
    lines = [f"{course.applications[name].pk},{stage},,{score},{judge}" for name, stage, score, judge in rows]
    upload = SimpleUploadedFile("s.csv", "\n".join(["报名序号,环节,科目,成绩,评委", *lines]).encode())
    with acting(course.head) as head:
        scores_import(actor=head, campaign=course.campaign, upload=upload, reason="登分有误")
        return ranking_compute(actor=head, campaign=course.campaign)


def panel(course: Ranked, *rows: tuple[str, str, int, str]) -> str:
    """The ranking page after an interview by these judges in place of the one score of everybody."""
    with acting(course.head):
        StageScore.objects.filter(stage="interview").delete()
    scored(course, *rows)
    client = client_with(course.campaign.organ_code, "hr_officer")
    return client.get(f"/desk/campaigns/{course.campaign.pk}/ranking/").content.decode()


def test_ranking_the_same_scores_twice_gives_one_ranking(course: Ranked) -> None:
    first = scored(course, ("安一", "笔试", 91, ""))
    with acting(course.head) as head:
        assert ranking_compute(actor=head, campaign=course.campaign) == first


def test_scores_that_went_and_came_back_are_ranked_anew_and_not_outdated(course: Ranked) -> None:
    first = scored(course, ("安一", "笔试", 91, ""))
    scored(course, ("安一", "笔试", 61, ""))
    again = scored(course, ("安一", "笔试", 91, ""))
    assert (again.inputs, again.document) == (first.inputs, first.document)
    with acting(course.head):
        assert latest_ranking(course.campaign) == again
        assert not scores_changed_since(again)


def test_the_page_says_who_was_scored_by_fewer_judges(course: Ranked) -> None:
    one, two = course.applications["安一"].pk, course.applications["安二"].pk
    html = panel(course, ("安一", "面试", 90, "甲"), ("安一", "面试", 88, "乙"), ("安二", "面试", 80, "甲"))
    assert f"面试：{two}只有1名评委的成绩，缺乙；同岗位有1人由2名评委打分" in html
    assert f"面试：{one}只有" not in html


def test_a_whole_panel_says_nothing(course: Ranked) -> None:
    judged = [(name, "面试", 85, judge) for name in ("安一", "安二") for judge in ("甲", "乙")]
    html = panel(course, *judged)
    assert "排名之后" not in html
    assert "名评委" not in html
