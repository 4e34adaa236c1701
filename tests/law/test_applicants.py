"""How an applicants' table is read: the fault of each row in its place, what was passed over, what isn't there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import COLUMNS, absent_columns, read_applicants
from fujing.law.formats.documents import DocumentError
from tests.law.test_headings import sheet

POST = {"name": "执勤", "category": "field", "headcount": 1}
ANNOUNCEMENT = Announcement.model_validate(
    {
        "title": "公告",
        "organ": {"name": "三台县公安局", "level": "county"},
        "positions": [{"code": "01", **POST}, {"code": "02", **POST}],
    }
)


def told(path: Path, announcement: Announcement | None = ANNOUNCEMENT) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        read_applicants(path, announcement)
    return [str(fault).removeprefix(f"{path}：") for fault in refused.value.faults]


def test_faults_come_in_the_order_of_the_rows_whatever_found_them(tmp_path: Path) -> None:
    rows = [["A1", "09", "男"], ["A2", "01", "其他"], ["A1", "02", "女"], ["A3", "", "女"], ["A4", "9", "男"]]
    path = sheet(tmp_path / "报名表.csv", ["报名序号", "报考岗位", "性别"], *rows)
    unknown = "公告没有这个岗位代码，应为 01、02"
    others = [
        "第3行“性别” 的值是“其他”，应为 男、女、male、female",
        "第4行“报名序号” 的值是“A1”，报名序号重复，应各不相同",
        "第5行“报考岗位” 不能为空",
    ]
    assert told(path) == [
        f"第2行“报考岗位” 的值是“09”，{unknown}", *others, f"第6行“报考岗位” 的值是“9”，{unknown}",
    ]  # fmt: skip
    assert told(path, None) == others


def test_a_table_without_posts_is_told_so_and_nothing_else(tmp_path: Path) -> None:
    assert told(sheet(tmp_path / "报名表.csv", ["报名序号"], ["A1"])) == ["第1行“报考岗位” 缺少这一列（position）"]


def test_cells_become_what_they_mean_and_what_was_passed_over_is_noted_on_request(tmp_path: Path) -> None:
    header = ["报名序号", "报考岗位", "身份证号", "出生日期", "学历", "身高", "退役士兵", "体检", "民族"]
    path = sheet(
        tmp_path / "报名表.csv",
        header,
        ["A1", "01", "11010519491231002x", "1949年12月31日", "中专", "168.5", "是", "不合格", "汉"],
        ["A2", "02", "", "", "", "", "", "", ""],
    )
    notes = ["此前"]
    frame = read_applicants(path, ANNOUNCEMENT, notes)
    assert frame.rows() == [
        (2, "A1", "11010519491231002X", date(1949, 12, 31), "high_school", Decimal("168.5"), "01", True, False),
        (3, "A2", *[None] * 4, "02", None, None),
    ]
    assert notes == ["此前", f"{path}：民族 各列不用于核对，已略过"]
    assert read_applicants(path, None).equals(frame)
    there = ["id", "position", "id_number", "birth_date", "education", "height_cm", "veteran", "medical"]
    assert absent_columns(frame) == [column.key for column in COLUMNS if column.key not in there]
