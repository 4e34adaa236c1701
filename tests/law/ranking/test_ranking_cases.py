"""Rankings that an officer can check by hand (cases/ranking.yaml), and the command."""

from __future__ import annotations

import copy
import csv
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from fujing.cli import app
from fujing.cli.ranking import rank_files
from fujing.law.formats.documents import read_document

DOCUMENT = read_document(Path(__file__).parents[1] / "cases" / "ranking.yaml")
STATUS = {"hire": "录用", "reserve": "递补", "out": "未录", "tie": "同分"}
APPLICANT = ("报名序号", "报考岗位", "性别", "退役士兵", "烈属", "见义勇为")


def announcement(changes: dict[str, Any]) -> dict[str, Any]:
    draft = copy.deepcopy(DOCUMENT["底稿"])
    for key, value in changes.items():
        if key == "招聘人数":
            draft["positions"][0]["headcount"] = value
        elif key == "环节":
            for stage in draft["stages"]:
                stage.update(value.get(stage["kind"], {}))
        elif key == "加环节":
            draft["stages"].insert(4, value)
        else:
            draft[key] = value
    return draft


def write(folder: Path, case: dict[str, Any]) -> tuple[Path, Path, Path]:
    paths = folder / "公告.json", folder / "报名.csv", folder / "成绩.csv"
    draft = announcement(case.get("公告", {}))
    paths[0].write_text(json.dumps({"announcement": draft}, default=float), "utf-8")
    with paths[1].open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(APPLICANT)
        for person in case["报名"]:
            known = {"号": person} if isinstance(person, str) else person
            table.writerow([known["号"], "01", *(known.get(column, "") for column in APPLICANT[2:])])
    with paths[2].open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["报名序号", "环节", "成绩", "评委", "科目"])
        for person, results in case["成绩"].items():
            for stage, result in results.items():
                if isinstance(result, dict):
                    table.writerows([person, stage, score, "", item] for item, score in result.items())
                    continue
                several = isinstance(result, list)
                for number, score in enumerate(result if several else [result]):
                    table.writerow([person, stage, score, f"评委{number}" if several else "", ""])
    return paths


@pytest.mark.parametrize("case", DOCUMENT["案例"], ids=lambda case: case["情形"])
def test_case_is_ranked_as_an_officer_would(tmp_path: Path, case: dict[str, Any]) -> None:
    (ranking,) = rank_files(*write(tmp_path, case))
    found = {
        line.subject: " ".join(str(part) for part in (STATUS[line.status], line.rank, line.total) if part)
        for line in ranking.ranking
    }
    assert found == case["结果"]
    told = {line.subject: line.why for line in ranking.ranking}
    assert told | case.get("说明", {}) == told
    counts = {stage.kind: [stage.entered, stage.passed, stage.cut] for stage in ranking.stages}
    assert {kind: counts[kind] for kind in case.get("环节", {})} == case.get("环节", {})
    assert ranking.headcount == case.get("名额", ranking.headcount)
    assert ranking.opened is case.get("开考", True)
    assert json.loads(ranking.json()) == ranking.document()


def command(paths: tuple[Path, Path, Path], *more: str) -> Any:
    options = ("--announcement", "--applicants", "--scores")
    pairs = [word for pair in zip(options, map(str, paths), strict=True) for word in pair]
    return CliRunner().invoke(app, ["rank", *pairs, *more])


def test_command_prints_the_documented_json(tmp_path: Path) -> None:
    result = command(write(tmp_path, DOCUMENT["案例"][0]), "--json")
    assert result.exit_code == 0
    (post,) = json.loads(result.stdout)["positions"]
    assert {key: post[key] for key in ("position", "headcount", "opened")} == {
        "position": "01",
        "headcount": 1,
        "opened": True,
    }
    assert post["stages"][1] == {"kind": "interview", "entered": 2, "passed": 2, "cut": "70.00"}
    assert post["ranking"][0] == {
        "subject": "甲",
        "total": "75.00",
        "rank": 1,
        "status": "hire",
        "why": "第1名，在招聘名额内",
    }


FEWER = {
    "报名": ["甲", "乙", "丙"],
    "公告": {"招聘人数": 3},
    "成绩": {
        "甲": {"笔试": 60, "面试": [60, 70, 80]},
        "乙": {"笔试": 60, "面试": [60, 70]},
        "丙": {"笔试": 60, "面试": [70, 70, 70]},
    },
}


@pytest.mark.parametrize("form", [["--json"], []])
def test_whoever_had_fewer_judges_than_others_of_the_post_is_named_beside_the_result(
    tmp_path: Path, form: list[str]
) -> None:
    result = command(write(tmp_path, FEWER), *form)
    assert result.exit_code == 0
    assert result.stderr == (
        "岗位01面试：乙只有2名评委的成绩，缺评委2；同岗位有2人由3名评委打分。除评委回避外，应补上成绩后重新排名\n"
    )
    if form:
        assert len(json.loads(result.stdout)["positions"][0]["ranking"]) == 3


def test_panels_of_equal_size_in_different_rooms_are_not_remarked_on(tmp_path: Path) -> None:
    paths = write(
        tmp_path, FEWER | {"成绩": {"甲": {"笔试": 60, "面试": [60, 70]}, "乙": {"笔试": 60}, "丙": {"笔试": 60}}}
    )
    with paths[2].open("a", encoding="utf-8") as file:
        file.write("乙,面试,70,评委8,\n乙,面试,70,评委9,\n丙,面试,缺考,,\n")
    assert command(paths, "--json").stderr == ""


def test_command_prints_tables_for_people(tmp_path: Path) -> None:
    result = command(write(tmp_path, DOCUMENT["案例"][0]))
    assert result.exit_code == 0
    assert "75.00" in result.stdout
    assert "递补名单" in result.stdout


def test_a_long_table_ends_with_how_many_there_are(tmp_path: Path) -> None:
    people = [f"考生{number}" for number in range(1001)]
    result = command(write(tmp_path, {"报名": people, "成绩": {}}))
    assert "只列出前1000行，共1001行" in result.stdout


def test_command_refuses_an_announcement_that_leaves_the_ranking_open(tmp_path: Path) -> None:
    changes = {
        "bonus": {"points": [{"when": "veteran", "add": 5}]},
        "加环节": {"kind": "interview"},
        "tie_break": ["priority"],
        "priority_groups": [["本县户籍"]],
    }
    result = command(write(tmp_path, {"公告": changes, "报名": ["甲"], "成绩": {}}), "--json")
    assert result.exit_code == 2
    assert result.stdout == ""
    for path in ("bonus.on", "stages[4].kind", "priority_groups[0][0]"):
        assert f"announcement.{path}" in result.stderr
