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
        "id": ["甲", "乙", "丙"],
        "position": ["01", "01", "01"],
        "sex": ["male", "female", None],
        "birth_date": [date(2000, 1, 1), date(2000, 1, 1), None],
    }
)


@pytest.mark.parametrize(("stages", "rows", "told"), CASES)
def test_faults_of_a_score_sheet(stages: list[Any], rows: list[str], told: list[str], tmp_path: Path) -> None:
    posts = [{"code": code, "name": "执勤", "category": "field", "headcount": 1} for code in ("01", "02")]
    organ = {"name": "三台县公安局", "level": "county"}
    announcement = Announcement.model_validate({"title": "公告", "organ": organ, "positions": posts, "stages": stages})
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
