"""The column of verified points: inside what the announcement says, both bounds included; without it 0 to 100."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fujing.law.formats.announcement import read_announcement
from fujing.law.formats.documents import DocumentError
from fujing.law.ranking.applicants import read_applicants
from tests.law.ranking.test_ranking_cases import announcement

RANGED = {"column": True, "range": [1, 5.5], "on": "total"}
FREE = {"column": True, "on": "total"}


def faults(folder: Path, bonus: dict[str, Any] | None, rows: str) -> list[str]:
    draft = announcement({"bonus": bonus} if bonus else {})
    (folder / "公告.json").write_text(json.dumps({"announcement": draft}, default=float), "utf-8")
    (folder / "报名.csv").write_text(rows, "utf-8")
    try:
        read_applicants(folder / "报名.csv", read_announcement(folder / "公告.json"))
    except DocumentError as error:
        return [str(fault).replace(f"{folder}/", "") for fault in error.faults]
    return []


@pytest.mark.parametrize(
    ("bonus", "points", "said"),
    [
        (RANGED, "1", None),
        (RANGED, "5.5", None),
        (RANGED, "", None),
        (RANGED, "0.99", "超出公告所定的加分范围，应为1至5.5分"),
        (RANGED, "5.51", "超出公告所定的加分范围，应为1至5.5分"),
        (RANGED, "10", "超出公告所定的加分范围，应为1至5.5分"),
        (FREE, "0", None),
        (FREE, "100", None),
        (FREE, "-1", "应为核定的加分，0至100"),
        (FREE, "101", "应为核定的加分，0至100"),
        ({"points": [{"when": "veteran", "add": 5}], "on": "total"}, "7", None),
        (None, "7", None),
    ],
)
def test_points_are_inside_the_range_of_the_announcement(
    tmp_path: Path, bonus: dict[str, Any] | None, points: str, said: str | None
) -> None:
    found = faults(tmp_path, bonus, f"报名序号,报考岗位,加分\n甲,01,{points}\n")
    assert found == ([f"报名.csv：第2行“加分” 的值是“{points}”，{said}"] if said else [])


@pytest.mark.parametrize("bonus", [RANGED, FREE])
def test_the_column_is_there_if_the_announcement_counts_it(tmp_path: Path, bonus: dict[str, Any]) -> None:
    assert faults(tmp_path, bonus, "报名序号,报考岗位\n甲,01\n") == [
        "报名.csv：第1行“加分” 缺少这一列（bonus_points），公告写明按此列加分"
    ]


def test_where_scores_differ_by_sex_it_is_asked_for(tmp_path: Path) -> None:
    draft = announcement({"scores_by_position": {"01:male": {"weights": {"written": 1}}}})
    (tmp_path / "公告.json").write_text(json.dumps({"announcement": draft}, default=float), "utf-8")
    (tmp_path / "报名.csv").write_text("报名序号,报考岗位,性别\n甲,01,\n乙,01,女\n", "utf-8")
    with pytest.raises(DocumentError) as told:
        read_applicants(tmp_path / "报名.csv", read_announcement(tmp_path / "公告.json"))
    assert [str(fault).replace(f"{tmp_path}/", "") for fault in told.value.faults] == [
        "报名.csv：第2行“性别” 的值是“空白”，此岗位按性别计分，应填性别"
    ]
