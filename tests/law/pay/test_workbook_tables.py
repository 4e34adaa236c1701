"""How a sheet is understood: headings, what their columns hold, bare sums, who is a person, which month, who is who."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fujing.law.formats.documents import DocumentError
from fujing.law.pay.workbook import PayBook, read_workbook
from tests.law.pay.workbooks.sheets import document, told


def read(folder: Path, *rows: Sequence[Any], sheet: str = "2026年1月", name: str = "表.xlsx", merges: str = "") -> PayBook:  # fmt: skip
    book = openpyxl.Workbook()
    book.worksheets[0].title = sheet
    for row in rows:
        book.worksheets[0].append(list(row))
    for each in merges.split():
        book.worksheets[0].merge_cells(each)
    book.save(folder / name)
    return read_workbook(folder / name)


def roles(folder: Path, *rows: Sequence[Any], merges: str = "") -> list[str]:
    (table,) = read(folder, *rows, merges=merges).tables
    return [each.role for each in table.headings]


NAMES = ["王甲", "王乙", "王丙", "王丁"]


@pytest.mark.parametrize(
    ("heading", "values", "role"),
    [
        *((word, [1200, 1300], "earning") for word in ("岗位", "层级", "职务", "等级")),
        *((word, [1200, "一级"], "text") for word in ("岗位", "层级", "职务", "等级")),
        ("岗位", [], "text"),
        ("职级", [1200, 1300], "text"),
        ("部门", [1, 2], "text"),
        ("绩效工资", ["一级", "二级", "三级", 100], "text"),
        ("绩效工资", ["一级", "二级", 100, 100], "earning"),
        ("绩效工资", ["一级", "二级", "１００", 100], "earning"),
        ("绩效工资", ["一级", "二级", "三级", "１００"], "text"),
        ("绩效工资", ["绩效工资", "绩效工资", "待定", 100], "earning"),
        ("绩效工资", [None, "", "一级"], "text"),
        ("绩效工资", [], "earning"),
        ("工会费", ["未入会", "未入会", "已入会", 10], "text"),
        ("神秘数", ["甲", "乙", "丙", 10], "text"),
        ("神秘数", [1, 2, 3, 4], "unknown"),
        ("养老保险", ["未参保", "未参保", "未参保", 400], "contribution"),
        ("事假", [0.5, 1, 31, 0], "absence_days"),
        ("事假", [0.4, 1], "absence"),
        ("事假", [31.5, 1], "absence"),
        ("事假", [32, 1], "absence"),
        ("事假", [-0.5, 1], "absence"),
        ("事假", [1, "一天"], "absence_days"),
        ("事假", [], "absence_days"),
    ],
)
def test_a_column_is_what_its_values_are(tmp_path: Path, heading: str, values: list[Any], role: str) -> None:
    values = [*values, *[None] * (4 - len(values))]
    rows = [[name, 5000, 4900, value] for name, value in zip(NAMES, values, strict=True)]
    assert roles(tmp_path, ["姓名", "应发合计", "实发工资", heading], *rows) == ["name", "gross", "net", role]


@pytest.mark.parametrize(
    ("headings", "meant"),
    [
        ("基本工资 合计 社保 实发", "earning gross contribution net"),
        ("基本工资 合计 社保 合计 实发", "earning gross contribution deductions net"),
        ("基本工资 合计 社保 扣款合计 合计 实发", "earning gross contribution deductions ignored net"),
        ("基本工资 应发合计 合计 社保 实发", "earning gross ignored contribution net"),
        ("基本工资 应发合计 社保 合计 实发", "earning gross contribution deductions net"),
        ("基本工资 应发合计 个税 合计 实发", "earning gross tax deductions net"),
        ("基本工资 应发合计 房租 合计 实发", "earning gross deduction deductions net"),
        ("基本工资 应发合计 社保 实发 合计", "earning gross contribution net ignored"),
        ("基本工资 应发合计 合计 实发", "earning gross ignored net"),
        ("基本工资 合计 合计 实发", "earning gross ignored net"),
        ("基本工资 合计 社保 合计", "earning gross contribution deductions"),
        ("基本工资 应发 绩效工资 应发合计 实发", "earning ignored earning gross net"),
        ("基本工资 应发合计 实发 应发", "earning gross net ignored"),
        ("基本工资 实发 应发合计", "earning net gross"),
        ("基本工资 单位养老 合计 个税 实发", "earning contribution gross tax net"),
    ],
)
def test_a_bare_sum_is_what_stands_before_it(tmp_path: Path, headings: str, meant: str) -> None:
    titles = headings.split()
    assert " ".join(roles(tmp_path, ["姓名", *titles], ["王甲", *[100] * len(titles)])) == f"name {meant}"


@pytest.mark.parametrize(
    ("name", "people"),
    [
        *((each, 2) for each in ("李明", "阿卜杜拉·买买提", "Li Ming", "李明(小)", "王二十")),
        *((each, 1) for each in ("制表", "审核人", "复核", "主管", "单位领导", "负责人", "会计", "出纳", "日期", "人民币", "金额大写", "签字", "签章", "签名盖章", "注1", "说明", "备注:无", "李明;王芳", "李明。", "12", "一" * 21, "李明、王芳")),
    ],
)  # fmt: skip
def test_who_is_a_person_by_the_name(tmp_path: Path, name: str, people: int) -> None:
    (table,) = read(tmp_path, ["姓名", "应发合计", "实发工资"], ["王甲", 100, 100], [name, 100, 100]).tables
    assert len(table.people) == people


@pytest.mark.parametrize(
    ("row", "people"),
    [
        ([2, "李明", None, None], 2),
        ([None, "李明", None, None], 1),
        ([None, "李明", "待定", None], 2),
        (["二", "李明", None, None], 1),
        ([None, None, 100, None], 2),
        ([None, None, None, 100], 2),
        ([None, None, -100, None], 2),
        ([None, None, 99.99, 99.99], 1),
        ([1, 2, 3, 4], 1),
        (["序号", "姓名", "应发合计", "实发工资"], 1),
        (["制表：王某", None, 100, 100], 1),
        (["2026年1月5日", None, 100, 100], 2),
    ],
)
def test_who_is_a_person_by_the_row(tmp_path: Path, row: list[Any], people: int) -> None:
    """Without a name somebody is one who is paid a hundred yuan or more: a row of column numbers isn't."""
    (table,) = read(tmp_path, ["序号", "姓名", "应发合计", "实发工资"], [1, "王甲", 100, 100], row).tables
    assert len(table.people) == people


@pytest.mark.parametrize("word", ["合计", "总计", "小计", "共计", "累计", "合 计", "刑警大队小计（2人）"])
def test_a_row_of_sums_is_not_a_person(tmp_path: Path, word: str) -> None:
    for row in ([word, None, 100, 100], [None, word, 100, 100]):
        (table,) = read(tmp_path, ["序号", "姓名", "应发合计", "实发工资"], [1, "王甲", 100, 100], row).tables
        assert [each.summed for each in table.rows if each.summed] == [word.replace(" ", "").replace("（", "(").replace("）", ")")]  # fmt: skip
        assert len(table.people) == 1


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["姓名", "应发合计", "实发工资"]], True),
        ([["姓名", "应发合计", "神秘数"]], False),
        ([["单位", "应发合计", "实发工资"]], False),
        ([["姓名", "部门", "工号"]], False),
        ([["工资表"], ["填表须知"], ["姓名", "应发合计", "实发工资"]], True),
        ([["工资表"]] * 24 + [["姓名", "应发合计", "实发工资"]], True),
        ([["工资表"]] * 25 + [["姓名", "应发合计", "实发工资"]], False),
        ([["姓名", 2026, "应发合计", "实发工资"]], False),
    ],
)
def test_a_pay_table_has_a_name_and_money_among_three_headings_at_the_top(
    tmp_path: Path, rows: list[list[Any]], found: bool
) -> None:
    if found:
        assert len(read(tmp_path, *rows, ["王甲", 100, 100]).tables) == 1
    else:
        with pytest.raises(DocumentError, match="没有找到工资表的表头"):
            read(tmp_path, *rows, ["王甲", 100, 100])


@pytest.mark.parametrize(
    ("above", "merges", "titles"),
    [
        (["姓名", "应发工资", None, "代扣款项", None, "实发"], "B1:C1 D1:E1", ["姓名", "应发工资·岗位", "应发工资·其他", "代扣款项·养老", "代扣款项·其他", "实发"]),
        (["姓名", "应发工资", "应发工资", "代扣款项", "代扣款项", "实发"], "", ["姓名", "应发工资·岗位", "应发工资·其他", "代扣款项·养老", "代扣款项·其他", "实发"]),
        (["三台县公安局辅警工资表", None, None, None, None, None], "A1:F1", ["姓名", "岗位", "其他", "养老", "其他", "实发"]),
        (["工资表", None, None, None, None, None], "", ["姓名", "岗位", "其他", "养老", "其他", "实发"]),
        (["工资表：三台县", None, "单位：元", None, None, None], "", ["姓名", "岗位", "其他", "养老", "其他", "实发"]),
        ([None, None, None, "代扣款项", None, None], "D1:E1", ["姓名", "岗位", "其他", "代扣款项·养老", "代扣款项·其他", "实发"]),
    ],
)  # fmt: skip
def test_a_section_stands_above_its_columns_and_a_title_above_none(
    tmp_path: Path, above: list[Any], merges: str, titles: list[str]
) -> None:
    leaves = ["姓名", "岗位", "其他", "养老", "其他", "实发"]
    (table,) = read(tmp_path, above, leaves, ["王甲", 100, 10, 8, 2, 100], merges=merges).tables
    assert [each.title for each in table.headings] == titles
    assert (table.heading_row, len(table.people)) == (1, 1)


HEAD, ROW = ["姓名", "应发合计", "实发工资"], ["王甲", 100, 100]


@pytest.mark.parametrize(
    ("sheet", "title", "file", "months"),
    [
        ("2026年1月", "", "表", ["2026-01"]),
        ("1月", "2026年1月工资表", "表", ["2026-01"]),
        ("Sheet1", "2026年1月工资表", "表", ["2026-01"]),
        ("1月", "2026年度工资表", "表", ["2026-01"]),
        ("1月", "", "2026年工资表", ["2026-01"]),
        ("1月", "2025年工资表", "2026年工资表", ["1月"]),
        ("1月", "", "表", ["1月"]),
        ("Sheet1", "", "2026年1月", []),
        ("2月", "2026年1月工资表", "表", ["2026-02"]),
        ("Sheet1", "1月工资表", "2026年", ["2026-01"]),
        ("Sheet1", "2026.1工资", "表", ["2026-01"]),
    ],
)
def test_the_month_is_the_sheets_and_the_year_the_only_one_that_is_said(
    tmp_path: Path, sheet: str, title: str, file: str, months: list[str]
) -> None:
    head = document(tmp_path, {sheet: [[title], HEAD, ROW]}, name=f"{file}.xlsx")
    assert head["sheets"][0]["months"] == months
    said = [each["cell"] for each in head["findings"] if each["rule"] == "pay.month"]
    assert said == (["A1"] if sheet == "2月" else ["A3"] if not months else [])


def test_a_month_of_the_row_goes_before_the_sheets(tmp_path: Path) -> None:
    """A row that leaves its month out has none: the sheet's isn't put in its place."""
    rows = [["月份", *HEAD], ["1月", "王甲", 100, 100], [None, "王乙", 100, 100]]
    assert document(tmp_path, {"2026年台账": rows})["sheets"][0]["months"] == ["2026-01"]
    assert told(tmp_path, rows, "date", "month") == ["A3 month undetermined"]
    rows[2][0] = "2月"
    assert told(tmp_path, rows, "date") == ["A3 date violated"]


NUMBER, OTHER = "110101199003070011", "11010119900307002X"


@pytest.mark.parametrize(
    ("first", "second", "people"),
    [
        ((NUMBER, "a1", "王甲"), (NUMBER, "a2", "王乙"), 1),
        ((NUMBER, "a1", "王甲"), (OTHER, "a1", "王甲"), 2),
        ((None, "a1", "王甲"), (None, "Ａ1", "王乙"), 1),
        ((None, "a1", "王甲"), (None, "a2", "王甲"), 2),
        ((None, None, "王甲"), (None, None, "王甲"), 1),
        ((None, None, "王甲"), (None, None, "王乙"), 2),
        ((NUMBER, None, "王甲"), (None, None, "王甲"), 1),
        ((NUMBER[:-1] + "9", "a1", "王甲"), (NUMBER[:-1] + "9", "a2", "王甲"), 2),
        ((NUMBER, None, "王甲"), (None, "a1", "王乙"), 2),
    ],
)
def test_the_same_person_is_known_by_number_then_code_then_name(
    tmp_path: Path, first: tuple[Any, ...], second: tuple[Any, ...], people: int
) -> None:
    head = ["身份证号", "工号", "姓名", "应发合计", "实发工资"]
    book = document(tmp_path, {"2026年1月": [head, [*first, 100, 100], [*second, 100, 100]]})
    assert book["sheets"][0]["people"] == people


def test_a_name_of_two_people_with_numbers_is_neither_of_them(tmp_path: Path) -> None:
    rows = [["身份证号", *HEAD], [NUMBER, *ROW], [OTHER, *ROW], [None, *ROW]]
    assert document(tmp_path, {"2026年1月": rows})["sheets"][0]["people"] == 3


def test_a_date_beside_an_unnamed_payment_is_no_signature(tmp_path: Path) -> None:
    rows = [
        ["姓名", "入职日期", "应发合计", "实发工资"],
        ["王甲", date(2025, 1, 1), 100, 100],
        [None, "2025-01-01", 100, 100],
    ]
    assert told(tmp_path, rows, "person.unnamed") == ["A3 person.unnamed violated"]
