"""Reading officers' tables: every fault named, dates and numbers as they are written, nothing guessed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from fujing.kernel.exchange import Column, Table, read_table

COLUMNS = [
    Column("id", "报名序号", required=True),
    Column("birth_date", "出生日期", "date"),
    Column("height_cm", "身高", "decimal", low=50, high=250),
    Column("count", "人数", "integer"),
    Column("veteran", "退役士兵", "bool"),
    Column("sex", "性别", "choice", choices={"男": "male", "女": "female"}),
]


def read(folder: Path, text: str, encoding: str = "utf-8") -> Table:
    path = folder / "表.csv"
    path.write_bytes(text.encode(encoding))
    return read_table(path, COLUMNS)


def told(table: Table) -> list[str]:
    return [str(fault).rpartition("表.csv：")[2] for fault in table.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_and_english_headers_in_the_encodings_of_excel(tmp_path: Path, encoding: str) -> None:
    table = read(tmp_path, "报名序号,birth_date,身高,人数,退役士兵,性别\nA1,2026-01-22,170.50,3,是,女\n", encoding)
    assert told(table) == []
    expected = {
        "row": 2,
        "id": "A1",
        "birth_date": date(2026, 1, 22),
        "height_cm": Decimal("170.5"),
        "count": 3,
        "veteran": True,
        "sex": "female",
    }
    assert table.rows == [expected]


@pytest.mark.parametrize(
    "text", ["2026-01-22", "2026-1-22", "2026/1/22", "2026.1.22", "2026年1月22日", "2026-01-22 09:00"]
)
def test_unambiguous_dates_are_read(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, f"报名序号,出生日期\nA1,{text}\n").rows[0]["birth_date"] == date(2026, 1, 22)


@pytest.mark.parametrize("text", ["22/1/2026", "26-01-22", "2026-02-30", "2026-1", "46044", "2026-01/22", "昨天"])
def test_other_dates_are_faults(tmp_path: Path, text: str) -> None:
    assert told(read(tmp_path, f"报名序号,出生日期\nA1,{text}\n")) == [
        f"第2行“出生日期” 的值是“{text}”，应为日期，如 2026-01-22"
    ]


def test_all_faults_are_named_at_once_by_row_and_column(tmp_path: Path) -> None:
    table = read(tmp_path, "报名序号,身高,人数,退役士兵,性别\n,1.7,2.5,有,不详\nA1,abc,3,否,男\nA1,170,3,否,男\n")
    table.unique("id")
    assert told(table) == [
        "第2行“报名序号” 不能为空",
        "第2行“身高” 的值是“1.7”，应为数字，最多六位小数，50至250",
        "第2行“人数” 的值是“2.5”，应为整数",
        "第2行“退役士兵” 的值是“有”，应为 是 或 否",
        "第2行“性别” 的值是“不详”，应为 男、女",
        "第3行“身高” 的值是“abc”，应为数字，最多六位小数，50至250",
        "第4行“报名序号” 的值是“A1”，重复，每行应不同",
    ]


@pytest.mark.parametrize(("text", "number"), [("1200", 1200), ("1,200", 1200), ("1,200,300", 1200300), ("-3", -3)])
def test_counts_with_and_without_thousands_separators_are_read(tmp_path: Path, text: str, number: int) -> None:
    assert read(tmp_path, f'报名序号,人数\nA1,"{text}"\n').rows[0]["count"] == number


@pytest.mark.parametrize("text", ["1,20", "12,00", ",200", "1，200人", "1.200"])
def test_other_counts_are_faults(tmp_path: Path, text: str) -> None:
    assert len(told(read(tmp_path, f'报名序号,人数\nA1,"{text}"\n'))) == 1


def test_unknown_repeated_and_missing_columns_are_named(tmp_path: Path) -> None:
    faults = told(read(tmp_path, "身高,身高,备注\n170,171,好\n"))
    assert [fault.split(" ")[0] for fault in faults] == ["第1行“身高”", "第1行“备注”", "第1行“报名序号”"]


def test_empty_rows_are_left_out_and_rows_keep_the_sheets_numbers(tmp_path: Path) -> None:
    table = read(tmp_path, "报名序号,身高\nA1,170\n,\n\nA2,171\n")
    assert [(row["row"], row["id"]) for row in table.rows] == [(2, "A1"), (5, "A2")]


@pytest.mark.parametrize("row", ["A1", "A1,170,多", '"A1'])
def test_a_row_of_another_width_or_an_open_quote_is_named(tmp_path: Path, row: str) -> None:
    assert len(told(read(tmp_path, f"报名序号,身高\n{row}\n"))) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_rows_of_another_width_are_named_by_the_sheets_numbers(tmp_path: Path, end: str) -> None:
    lines = ["报名序号,身高", "A1,170", "", "A2,171,多", "A3", ",", "A4,172"]
    faults = told(read(tmp_path, end.join([*lines, ""])))
    assert [fault.split("：")[0].split(" ")[0] for fault in faults] == ["第4行", "第5行"]


def test_a_separator_that_only_python_takes_for_a_line_end_stays_in_its_cell(tmp_path: Path) -> None:
    table = read(tmp_path, "报名序号,身高\nA\u20281,170\nA2,171\n")
    assert [row["id"] for row in table.rows][1:] == ["A2"]
    assert not [fault for fault in told(table) if "列，应与" in fault]


def test_excel_dates_numbers_and_long_numbers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["报名序号", "出生日期", "身高"])
    book.active.append([1, date(1990, 1, 2), 168.3])
    book.active.append([510104199001011234, "1990-01-02", 170])
    book.save(tmp_path / "表.xlsx")
    table = read_table(tmp_path / "表.xlsx", COLUMNS)
    assert table.rows[0] == {"row": 2, "id": "1", "birth_date": date(1990, 1, 2), "height_cm": Decimal("168.3")}
    assert [(fault.row, fault.column) for fault in table.faults] == [(3, "报名序号")]


def test_a_named_sheet_is_read_and_a_missing_one_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("机关").append(["报名序号"])
    book["机关"].append(["A9"])
    book.save(tmp_path / "表.xlsx")
    assert read_table(tmp_path / "表.xlsx", COLUMNS, "机关").rows == [{"row": 2, "id": "A9"}]
    assert "缺少工作表“花名册”" in str(read_table(tmp_path / "表.xlsx", COLUMNS, "花名册").faults[0])


def test_parquet_keeps_its_types(tmp_path: Path) -> None:
    frame = pl.DataFrame({"id": ["A1"], "birth_date": [date(1990, 1, 2)], "height_cm": [168.3], "veteran": [True]})
    frame.write_parquet(tmp_path / "表.parquet")
    row = read_table(tmp_path / "表.parquet", COLUMNS).rows[0]
    assert (row["birth_date"], row["height_cm"], row["veteran"]) == (date(1990, 1, 2), Decimal("168.3"), True)


@pytest.mark.parametrize(
    ("name", "content"),
    [("无.csv", None), ("表.csv", b"\xff\xfe\x00"), ("表.xlsx", b"x"), ("表.txt", b"x"), ("表.csv", b"")],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    table = read_table(tmp_path / name, COLUMNS)
    assert table.frame.is_empty()
    assert len(table.faults) == 1
