"""What an announcement has to say before anyone can be ranked by it, each with its place in the file."""

from __future__ import annotations

from typing import Any

import pytest

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.formats.documents import DocumentError
from fujing.law.ranking.readiness import require_rankable

WRITTEN = {"kind": "written"}
POINTS = [{"when": ["veteran"], "add": 5}]
TWICE = "岗位{}有两个同类环节，成绩无法对应"
OPEN: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"stages": None}, ["announcement.stages 没有写招聘环节，无法排名"]),
    ({"stages": []}, ["announcement.stages 没有写招聘环节，无法排名"]),
    ({"bonus": {"points": POINTS}}, ["announcement.bonus.on 没有写加在哪里，应为 written 或 total"]),
    ({"bonus": {"column": True}}, ["announcement.bonus.on 没有写加在哪里，应为 written 或 total"]),
    ({"bonus": {"points": POINTS, "on": "total"}}, []),
    ({"bonus": {}}, []),
    (
        {"stages": [WRITTEN, WRITTEN]},
        [f"announcement.stages[1].kind 的值是“written”，{TWICE.format(code)}" for code in ("01", "02")],
    ),
    ({"stages": [WRITTEN | {"positions": ["01"]}, WRITTEN | {"positions": ["02"]}]}, []),
    (
        {"stages": [WRITTEN, WRITTEN | {"positions": ["02"]}]},
        [f"announcement.stages[1].kind 的值是“written”，{TWICE.format('02')}"],
    ),
    ({"stages": [WRITTEN, {"kind": "skills"}, {"kind": "skills", "for": "ties"}]}, []),
    ({"stages": [WRITTEN, {"kind": "publicity"}, {"kind": "publicity"}]}, []),
    (
        {"tie_break": ["priority"], "priority_groups": [["veteran"], ["skill", "本县户籍"]]},
        [f"announcement.priority_groups[1][1] 的值是“本县户籍”，报名表没有这一项，应为 {'、'.join(CONDITIONS)}"],
    ),
    ({"priority_groups": [["本县户籍"]]}, []),
]


@pytest.mark.parametrize(("changes", "faults"), OPEN)
def test_each_thing_left_open_is_named(changes: dict[str, Any], faults: list[str]) -> None:
    post = {"name": "执勤", "category": "field", "headcount": 1}
    document = {
        "title": "公告",
        "organ": {"name": "三台县公安局", "level": "county"},
        "positions": [post | {"code": "01"}, post | {"code": "02"}],
        "stages": [WRITTEN],
    }
    announcement = Announcement.model_validate(document | changes)
    found: list[str] = []
    try:
        require_rankable("公告.yaml", announcement)
    except DocumentError as error:
        found = [str(fault).removeprefix("公告.yaml：") for fault in error.faults]
    assert found == faults
