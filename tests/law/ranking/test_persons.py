"""One person on the rows of two posts takes one place: by the wish that was written, or by asking (5.p1)."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from fujing.cli.ranking import rank_files
from tests.law.ranking.test_ranking_cases import DOCUMENT

SAME, OTHER = "510722199506150012", "510722199601010034"
Told = dict[str, tuple[str, str]]


def ranked(folder: Path, wishes: tuple[str, str], number: str = SAME) -> Told:
    """Status and reason of everybody: 甲一 and 甲二 lead in their posts, 乙 and 丙 come second."""
    draft = copy.deepcopy(DOCUMENT["底稿"])
    draft["positions"] = [{**draft["positions"][0], "code": code} for code in ("01", "02")]
    paths = folder / "公告.json", folder / "报名.csv", folder / "成绩.csv"
    paths[0].write_text(json.dumps({"announcement": draft}, default=float), "utf-8")
    rows = [
        ("甲一", "01", SAME, wishes[0], 80),
        ("甲二", "02", number, wishes[1], 85),
        ("乙", "01", OTHER, "", 70),
        ("丙", "02", "", "", 75),
    ]
    applicants = ["报名序号,报考岗位,公民身份号码,志愿序号", *(",".join(row[:4]) for row in rows)]
    paths[1].write_text("\n".join(applicants), "utf-8")
    scores = [f"{subject},{stage},{score}" for subject, *_, score in rows for stage in ("笔试", "面试")]
    paths[2].write_text("\n".join(["报名序号,环节,成绩", *scores]), "utf-8")
    return {line.subject: (line.status, line.why) for ranking in rank_files(*paths) for line in ranking.ranking}


def taken(post: str, subject: str) -> str:
    return f"已按志愿取得岗位{post}的名额（报名序号{subject}），一人只占一个名额"


def test_the_first_wish_is_taken_and_the_next_moves_up_on_the_other_post(tmp_path: Path) -> None:
    found = ranked(tmp_path, ("1", "2"))
    assert found["甲一"][0] == found["丙"][0] == "hire"
    assert found["甲二"] == ("out", taken("01", "甲一"))
    assert found["乙"][0] == "reserve"
    found = ranked(tmp_path, ("9", "3"))
    assert found["甲二"][0] == found["乙"][0] == "hire"
    assert found["甲一"] == ("out", taken("02", "甲二"))


@pytest.mark.parametrize("wishes", [("", ""), ("1", ""), ("", "2"), ("1", "1")])
def test_a_wish_that_is_not_told_of_each_row_is_asked_for(wishes: tuple[str, str], tmp_path: Path) -> None:
    found = ranked(tmp_path, wishes)
    asked = "是同一人，都在招聘名额内，应由本人选定一个"
    assert found["甲一"] == ("choose", f"第1名，与岗位02的甲二{asked}")
    assert found["甲二"] == ("choose", f"第1名，与岗位01的甲一{asked}")
    assert found["乙"][0] == found["丙"][0] == "reserve"


@pytest.mark.parametrize("number", ["", "510722199703150018"])
def test_who_is_not_known_to_be_one_person_is_two(number: str, tmp_path: Path) -> None:
    found = ranked(tmp_path, ("1", "2"), number)
    assert found["甲一"][0] == found["甲二"][0] == "hire"
