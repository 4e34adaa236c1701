"""What is wrong with a score sheet, stage by stage, word for word (cases/score_faults.yaml)."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.documents import read_document
from fujing.law.formats.scores import read_scores, score_faults

CASES = read_document(Path(__file__).parents[1] / "cases" / "score_faults.yaml")["案例"]
APPLICANTS = pl.DataFrame(
    {
        "id": ["甲", "乙", "丙", "戊", "己", "庚"],
        "position": ["01", "01", "01", "01", "01", "02"],
        "sex": ["male", "female", None, "male", None, "male"],
        "birth_date": [date(2000, 1, 1), date(2000, 1, 1), None, None, date(2000, 1, 1), date(2000, 1, 1)],
    }
)


def announced(stages: list[Any], **more: Any) -> Announcement:
    posts = [{"code": code, "name": "执勤", "category": "field", "headcount": 1} for code in ("01", "02")]
    organ = {"name": "三台县公安局", "level": "county"}
    return Announcement.model_validate({"title": "公告", "organ": organ, "positions": posts, "stages": stages, **more})


@pytest.mark.parametrize(("stages", "rows", "told"), CASES)
def test_faults_of_a_score_sheet(stages: list[Any], rows: list[str], told: list[str], tmp_path: Path) -> None:
    announcement = announced(stages)
    path = tmp_path / "成绩.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["报名序号", "环节", "科目", "成绩", "评委"])
        table.writerows([cell.replace("-", "") if cell == "-" else cell for cell in row.split()] for row in rows)
    found = score_faults(path, announcement, APPLICANTS)
    assert [str(fault).removeprefix(f"{path}：") for fault in found] == told


NAMES = (
    "资格审查 qualification_review 笔试 written 面试 interview 体能测试 fitness 技能测试 skills 心理测试 psychological "
    "体检 medical 考察 background 公示 publicity 聘用 hire"
)


def test_a_stage_goes_by_its_name_and_by_its_kind_also_where_nothing_is_known_of_people(tmp_path: Path) -> None:
    names = NAMES.split()
    stages = [{"kind": kind} for kind in names[1::2]]
    announcement = Announcement.model_validate(
        {
            "title": "公告",
            "organ": {"name": "三台县公安局", "level": "county"},
            "positions": [{"code": "01", "name": "执勤", "category": "field", "headcount": 1}],
            "stages": stages,
        }
    )
    path = tmp_path / "成绩.csv"
    rows = [f"{who},{name},合格" for who, half in (("甲", names[::2]), ("乙", names[1::2])) for name in half]
    path.write_text("\n".join(["报名序号,环节,成绩", *rows]), "utf-8")
    known = APPLICANTS.select("id", "position")
    assert score_faults(path, announcement, known) == []
    read = read_scores(path, announcement, known)
    assert read["kind"].to_list() == names[1::2] * 2
    assert read["place"].to_list() == [*range(10), *range(10)]
    path.write_text("报名序号,环节\n甲,口试\n", "utf-8")
    assert [fault.expected for fault in score_faults(path, announcement, known)] == ["缺少这一列（score）"]


COUNTED = ["第2行“成绩”"]


@pytest.mark.parametrize(
    ("stage", "by_position", "paths"),
    [
        ({"kind": "fitness"}, {}, []),
        ({"kind": "fitness"}, {"02": {"weights": {"fitness": 1}}}, COUNTED),
        ({"kind": "fitness"}, {"02": {"pass": {"fitness": 60}}}, COUNTED),
        ({"kind": "fitness"}, {"02": {"weights": {"written": 1}, "pass": {"written": 60}}}, []),
        ({"kind": "fitness", "gate": True}, {"02": {"weights": {"fitness": 1}}}, []),
    ],
)
def test_a_stage_counts_as_well_where_only_a_post_says_so(
    stage: dict[str, Any], by_position: dict[str, Any], paths: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "成绩.csv"
    path.write_text("报名序号,环节,成绩\n甲,体能测试,合格\n", "utf-8")
    found = score_faults(path, announced([stage], scores_by_position=by_position), APPLICANTS)
    assert [fault.path for fault in found] == paths


def test_a_sheet_is_read_with_whose_it_is_its_place_and_why_a_measure_fell_short(tmp_path: Path) -> None:
    path = tmp_path / "成绩.csv"
    rows = ["甲,体能测试,10米×4往返跑,13.5,", "乙,笔试,,999999.999999,", "丙,面试,,缺考,张"]
    path.write_text("\n".join(["报名序号,环节,科目,成绩,评委", *rows]), "utf-8")
    gate = {"kind": "fitness", "date": "2026-03-01", "gate": {"standard": "police_2011"}}
    stages = [{"kind": "written", "weight": 1}, {"kind": "interview"}, gate]
    read = read_scores(path, announced(stages), APPLICANTS)
    run, short = "10米×4往返跑", "10米×4往返跑成绩13.5，超过标准13.1（30岁以下）"
    assert read.columns == ["row", "id", "position", "sex", "kind", "place", "item", "judge", "word", "points", "said"]
    assert read.rows() == [
        (2, "甲", "01", "male", "fitness", 2, run, None, "不合格", 13_500_000, short),
        (3, "乙", "01", "female", "written", 0, None, None, None, 999_999_999_999, None),
        (4, "丙", "01", None, "interview", 1, None, "张", "缺考", None, None),
    ]


@pytest.mark.parametrize(("announcement", "people"), [(None, APPLICANTS), (announced([{"kind": "written"}]), None)])
def test_without_the_announcement_or_the_people_only_the_cells_are_judged(
    announcement: Announcement | None, people: pl.DataFrame | None, tmp_path: Path
) -> None:
    path = tmp_path / "成绩.csv"
    path.write_text("报名序号,环节,成绩\n无此人,体能测试,60\n甲,笔试,优\n", "utf-8")
    assert [fault.path for fault in score_faults(path, announcement, people)] == ["第3行“成绩”"]
