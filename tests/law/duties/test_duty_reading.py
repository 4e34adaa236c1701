"""A week plan as it is read: every cell of an order and an absence, and what can't be read, word for word."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from fujing.law.duties import Absence, Order, Plan
from fujing.law.formats.documents import DocumentError
from fujing.law.formats.duties import OF_PEOPLE, not_covered, read_plan
from fujing.law.formats.roster import COLUMNS as ROSTER_COLUMNS
from fujing.law.formats.roster import Roster
from tests.law.duties.test_duty_command import ABSENCE_HEADERS, HEADERS, KEYS, NUMBER, book, changed


def faults(path: Path) -> list[str]:
    with pytest.raises(DocumentError) as refused:
        read_plan(path)
    return [str(fault).removeprefix(str(path)).lstrip("： ") for fault in refused.value.faults]


def plan(folder: Path, **cells: Any) -> Path:
    return book(folder / "p.xlsx", 派勤=[HEADERS, changed(**cells)])


def test_every_cell_of_an_order_and_an_absence_is_read(tmp_path: Path) -> None:
    full = {
        "basis": "公安部某规定",
        "needs": "急救证；机动车驾驶证C1\n急救证",
        "drives": "是",
        "restraint": "是",
        "emergency": "有人持械",
        "commander": "张 警官",
    }
    away = [
        ABSENCE_HEADERS,
        [NUMBER.lower(), "2026-03-02", "2026-03-05", "停职", "调查"],
        [None, None, None, None, "市场"],
    ]
    notes: list[str] = []
    sheets = {"派勤": [[*HEADERS, "备注"], [*changed(**full), "x"]], "请假": away}
    path = book(tmp_path / "p.xlsx", **sheets)
    read = read_plan(path, notes)
    assert read.orders == (
        Order(
            row=2,
            subject="1",
            id_number=NUMBER,
            day=date(2026, 3, 2),
            start=time(8),
            end=time(12),
            item="10.3",
            text="协助民警巡逻",
            place="潼川镇",
            commander="张警官",
            basis="公安部某规定",
            needs=("急救证", "机动车驾驶证C1"),
            drives=True,
            restraint=True,
            emergency="有人持械",
        ),
    )
    assert read.columns == frozenset(KEYS)
    assert read.absences == (
        Absence(NUMBER, "suspension", date(2026, 3, 2), date(2026, 3, 5), "调查"),
        Absence(None, None, None, None, "市场"),
    )
    assert notes == [f"{path}：工作表“派勤”备注 各列不用于核对，已略过"]


@pytest.mark.parametrize(
    ("cells", "read"),
    [
        ({"id": None}, {"subject": "行2"}),
        ({"id_number": "51072219900101002x"}, {"id_number": "51072219900101002X"}),
        ({"item": "第十条第（三）项"}, {"item": "10.3"}),
        ({"item": "第十条"}, {"item": "第十条"}),
        ({"item": "第九百条"}, {"item": "第九百条"}),
        ({"needs": "无"}, {"needs": ()}),
        ({"needs": None}, {"needs": ()}),
        ({"needs": "急救证;"}, {"needs": ("急救证",)}),
        ({"drives": None, "restraint": None}, {"drives": False, "restraint": False}),
        ({"commander": None}, {"commander": None}),
        ({"start": "8:05"}, {"start": time(8, 5)}),
        ({"start": "08:05:00"}, {"start": time(8, 5)}),
        ({"start": "8时"}, {"start": time(8)}),
        ({"start": "8时5分"}, None),
        ({"start": "8时05分"}, {"start": time(8, 5)}),
        ({"start": "8点30"}, {"start": time(8, 30)}),
        ({"start": "23:59"}, {"start": time(23, 59)}),
        ({"start": "0:00"}, {"start": time(0)}),
        ({"start": "8:"}, None),
        ({"start": "24:30"}, None),
        ({"start": "8:60"}, None),
        ({"end": "24:00"}, {"end": "24:00"}),
        ({"end": "24时"}, {"end": "24:00"}),
        ({"end": "24点00分"}, {"end": "24:00"}),
        ({"end": None}, {"end": None}),
    ],
)
def test_cells_are_read_as_people_write_them(
    cells: dict[str, Any], read: dict[str, Any] | None, tmp_path: Path
) -> None:
    path = plan(tmp_path, **cells)
    if read is None:
        assert faults(path) == [f"工作表“派勤”第2行“起” 的值是“{cells['start']}”，应为时刻，如 18:00"]
        return
    (order,) = read_plan(path).orders
    assert {name: getattr(order, name) for name in read} == read


def test_the_day_has_no_beginning_at_24(tmp_path: Path) -> None:
    assert faults(plan(tmp_path, start="24:00")) == [
        "工作表“派勤”第2行“起” 的值是“24:00”，应为当天的时刻；零点写 00:00，日期写第二天"
    ]


def test_a_sheet_without_headings_and_a_file_of_another_kind_are_refused(tmp_path: Path) -> None:
    (told,) = faults(book(tmp_path / "p.xlsx", 派勤=[["甲", "乙"], ["1", "2"]]))
    assert told.startswith("工作表“派勤” 没有找到表头，应有 序号、公民身份号码、日期、起、止、事项、内容")
    (tmp_path / "p.csv").write_text("序号\n1\n", "utf-8")
    assert faults(tmp_path / "p.csv") == ["应为 .xlsx 文件，有工作表“派勤”"]


def test_numbers_cut_by_excel_and_periods_that_run_backwards_are_refused_on_both_sheets(tmp_path: Path) -> None:
    away = [ABSENCE_HEADERS, ["5.10722E+17", "2026-03-05", "2026-03-04", "请假", None]]
    found = faults(book(tmp_path / "p.xlsx", 派勤=[HEADERS, changed(id_number="5.10722E+17")], 请假=away))
    cut = "被表格软件改成了科学计数法，末几位可能已丢失：先把这一列的格式设为文本，再按原件重新填写（只改格式找不回来）"
    assert found == [
        f"工作表“派勤”第2行“公民身份号码” 的值是“5.10722E+17”，{cut}",
        f"工作表“请假”第2行“公民身份号码” 的值是“5.10722E+17”，{cut}",
        "工作表“请假”第2行“止” 的值是“2026-03-04”，早于起2026-03-05",
    ]


def test_what_the_files_do_not_have_is_named_once_in_the_order_of_plan_absences_and_roster() -> None:
    keys = [column.key for column in ROSTER_COLUMNS]
    whole, bare = (Roster("册.xlsx", pl.DataFrame({key: [None] for key in each}), None) for each in (keys, ["name"]))
    every = frozenset(KEYS)
    assert not_covered(Plan((), every, ()), whole) == []
    assert not_covered(Plan((), every, None), whole) == ["请假"]
    assert not_covered(Plan((), every - {"text", "id"}, ()), whole) == ["序号", "内容"]
    asked = ["公民身份号码", "类别", "用人单位", "岗位", "入职日期", "离职日期", "岗前培训日期", "工作证号", "工作证有效期", "资质证书"]  # fmt: skip
    assert not_covered(Plan((), every, ()), bare) == asked
    assert not_covered(Plan((), every - {"id_number"}, None), bare) == ["公民身份号码", "请假", *asked[1:]]
    assert len(OF_PEOPLE) == len(asked)


def test_the_first_fault_of_each_sheet_comes_first(tmp_path: Path) -> None:
    rows = [changed(start="晚上"), changed(date="昨天"), changed(id_number="5.10722E+17")]
    away = [[NUMBER, "2026-03-05", "2026-03-04", "请假", None], [NUMBER, "明天", None, "请假", None]]
    found = faults(book(tmp_path / "p.xlsx", 派勤=[HEADERS, *rows], 请假=[ABSENCE_HEADERS, *away]))
    assert [each.split(" ")[0] for each in found] == [
        "工作表“派勤”第2行“起”",
        "工作表“派勤”第3行“日期”",
        "工作表“派勤”第4行“公民身份号码”",
        "工作表“请假”第2行“止”",
        "工作表“请假”第3行“起”",
    ]


def test_an_absence_of_one_day_is_none_that_runs_backwards(tmp_path: Path) -> None:
    away = [ABSENCE_HEADERS, [NUMBER, "2026-03-05", "2026-03-05", "请假", "/"]]
    read = read_plan(book(tmp_path / "p.xlsx", 派勤=[HEADERS, changed()], 请假=away))
    assert read.absences == (Absence(NUMBER, "leave", date(2026, 3, 5), date(2026, 3, 5), None),)
