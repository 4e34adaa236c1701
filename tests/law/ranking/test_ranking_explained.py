"""Why each of a post stands where they stand, whole: provision, outcome, scores, cut lines and what to do.

Two places, half and half: 甲 40.25 + 35, 乙 40 + 35, 丙 37.5 + 30; four go to the interview, the last with 75.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fujing.cli.ranking import rank_files
from fujing.law.findings import Finding
from fujing.law.formats.announcement import read_announcement
from fujing.law.ranking import explain, explain_line
from tests.law.ranking.test_ranking_cases import announcement, write

CASE: dict[str, Any] = {
    "公告": {"招聘人数": 2, "tie_break": ["priority"], "priority_groups": [["veteran"], ["martyr_kin"]]},
    "报名": ["甲", {"号": "乙", "退役士兵": "是"}, "丙", {"号": "丁", "烈属": "是"}, "戊", "己"],
    "成绩": {
        "甲": {"笔试": 80.5, "面试": 70, "体检": "合格"},
        "乙": {"笔试": 80, "面试": 70, "体检": "不合格"},
        "丙": {"笔试": 75, "面试": 60},
        "丁": {"笔试": 75, "面试": "缺考"},
        "戊": {"笔试": 60},
        "己": {"笔试": "放弃"},
    },
}


def explained(folder: Path, case: dict[str, Any]) -> dict[str, Finding]:
    paths = write(folder, case)
    (ranking,) = rank_files(*paths)
    announced = read_announcement(paths[0])
    return {line.subject: explain(announced, ranking, line.subject) for line in ranking.ranking}


def told(finding: Finding) -> tuple[str, str, str, str, str | None]:
    return finding.rule, str(finding.outcome), finding.provision, finding.message, finding.remedy


def test_everybody_is_told_the_provision_and_the_reason(tmp_path: Path) -> None:
    found = explained(tmp_path, CASE)
    assert {subject: told(each) for subject, each in found.items()} == {
        "甲": ("ranking.hire", "satisfied", "21.p1", "第1名，在招聘名额内（第二十一条第一款）", None),
        "乙": ("ranking.medical", "violated", "18.5", "体检不合格（第十八条第（五）项）", None),
        "丙": ("ranking.hire", "satisfied", "21.p1", "第3名，递补进入招聘名额（第二十一条第一款）", None),
        "丁": ("ranking.interview", "violated", "21.p1", "面试缺考（第二十一条第一款）", None),
        "己": ("ranking.written", "violated", "21.p1", "笔试放弃（第二十一条第一款）", None),
        "戊": (
            "ranking.interview",
            "violated",
            "21.p1",
            "笔试60.00，未进入面试（取4名，末位75.00）（第二十一条第一款）",
            None,
        ),
    }


def test_the_facts_hold_every_score_the_groups_and_the_cut_lines(tmp_path: Path) -> None:
    post = {"position": "01", "headcount": 2, "announced_headcount": 2, "papers": {}, "bonus": "0"}
    post["cuts"] = {"面试": "75.00"}
    out = {"total": None, "rank": None}
    found = explained(tmp_path, CASE)
    assert {subject: each.facts for subject, each in found.items()} == {
        "甲": post | {"total": "75.25", "rank": 1, "scores": {"笔试": "80.5", "面试": "70"}, "priority": []},
        "乙": post
        | {"total": "75.00", "rank": 2, "scores": {"笔试": "80", "面试": "70"}, "priority": ["退役士兵"]}
        | {"stage": "体检", "date": None},
        "丙": post | {"total": "67.50", "rank": 3, "scores": {"笔试": "75", "面试": "60"}, "priority": []},
        "丁": post
        | out
        | {"scores": {"笔试": "75"}, "priority": ["烈士或因公牺牲民警配偶子女"], "stage": "面试", "date": None},
        "己": post | out | {"scores": {}, "priority": [], "stage": "笔试", "date": None},
        "戊": post | out | {"scores": {"笔试": "60"}, "priority": [], "stage": "面试", "date": None},
    }


def written_and_medical(post: str) -> list[dict[str, Any]]:
    """The stages of one post: a paper and a day of its own."""
    return [
        {"kind": "written", "positions": [post], "weight": 1, "papers": [{"name": f"卷{post}", "weight": 1}]},
        {"kind": "medical", "positions": [post], "date": f"2026-04-{post}"},
    ]


def test_the_facts_are_those_of_the_own_posts_stages(tmp_path: Path) -> None:
    draft = announcement({"stages": [*written_and_medical("01"), *written_and_medical("02")]})
    draft["positions"] = [{**draft["positions"][0], "code": code} for code in ("01", "02")]
    paths = tmp_path / "公告.json", tmp_path / "报名.csv", tmp_path / "成绩.csv"
    paths[0].write_text(json.dumps({"announcement": draft}, default=float), "utf-8")
    paths[1].write_text("报名序号,报考岗位\n甲,01\n乙,02\n", "utf-8")
    scores = "甲,笔试,80,卷01\n乙,笔试,70,卷02\n甲,体检,不合格,\n乙,体检,不合格,\n"
    paths[2].write_text("报名序号,环节,成绩,科目\n" + scores, "utf-8")
    announced = read_announcement(paths[0])
    facts = {each.position: explain(announced, each, each.ranking[0].subject).facts for each in rank_files(*paths)}
    assert {post: (each["papers"], each["stage"], str(each["date"])) for post, each in facts.items()} == {
        "01": ({"卷01": "80"}, "体检", "2026-04-01"),
        "02": ({"卷02": "70"}, "体检", "2026-04-02"),
    }


def test_a_tie_is_article_nineteens_and_says_what_is_to_be_done(tmp_path: Path) -> None:
    scores = {"甲": {"笔试": 80, "面试": 70}, "乙": {"笔试": 70, "面试": 80}, "丙": {"笔试": 70, "面试": 60}}
    found = explained(tmp_path, {"公告": {}, "报名": ["甲", "乙", "丙"], "成绩": scores})
    for subject in ("甲", "乙"):
        rule, outcome, provision, message, remedy = told(found[subject])
        assert (rule, outcome, provision) == ("ranking.tie", "undetermined", "19")
        assert message.endswith("（第十九条）")
        assert remedy == "按公告的同分规则排定先后"
    assert told(found["丙"])[:3] == ("ranking.reserve", "advice", "21.p1")


def test_who_leads_in_two_posts_has_to_choose_and_who_won_elsewhere_is_only_told(tmp_path: Path) -> None:
    paths = write(tmp_path, CASE)
    (ranking,) = rank_files(*paths)
    line = ranking.ranking[0]
    chosen = explain_line(read_announcement(paths[0]), ranking, replace(line, status="choose"))
    assert told(chosen)[:3] == ("ranking.choose", "undetermined", "5.p1")
    assert chosen.remedy == "由本人书面选定，其余岗位按放弃递补"
    elsewhere = explain_line(read_announcement(paths[0]), ranking, replace(line, status="out"))
    assert told(elsewhere)[:3] == ("ranking.out", "advice", "21.p1")


@pytest.mark.parametrize(
    ("stage", "why", "provision"),
    [
        ("qualification_review", "资格复审不合格", "18"),
        ("psychological", "心理测试不合格", "18.5"),
        ("medical", "体检不合格", "18.5"),
        ("medical", "体检放弃", "21.p1"),
        ("medical", "体检缺考", "21.p1"),
        ("background", "考察不合格", "20"),
        ("written", "笔试不合格", "21.p1"),
        (None, "已在其他岗位取得名额", "21.p1"),
    ],
)
def test_what_a_failed_stage_rests_on(tmp_path: Path, stage: Any, why: str, provision: str) -> None:
    paths = write(tmp_path, CASE)
    (ranking,) = rank_files(*paths)
    line = replace(ranking.ranking[1], stage=stage, why=why)
    assert explain_line(read_announcement(paths[0]), ranking, line).provision == provision


def test_nobody_of_that_number_is_explained(tmp_path: Path) -> None:
    paths = write(tmp_path, CASE)
    (ranking,) = rank_files(*paths)
    with pytest.raises(KeyError, match="庚"):
        explain(read_announcement(paths[0]), ranking, "庚")
