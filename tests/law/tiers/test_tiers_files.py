"""Each column of the tier files: bounds on both sides, what may be blank, words, and what an absent column becomes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from fujing.law.formats.documents import DocumentError
from fujing.law.formats.tiers import APPRAISALS_COLUMNS, HONOURS_COLUMNS, PEOPLE_COLUMNS, TierFiles, read_tier_files
from tests.law.tiers.tools import Row, written

ROWS: dict[str, tuple[tuple[Any, ...], Row]] = {
    "people": (PEOPLE_COLUMNS, {"id": "P1", "hired_on": "2020-01-01"}),
    "appraisals": (APPRAISALS_COLUMNS, {"id": "P1", "year": "2025", "grade": "称职"}),
    "honours": (HONOURS_COLUMNS, {"id": "P1", "on": "2025-05-01", "honour": "嘉奖"}),
}


def read(folder: Path, **changed: Row | list[Row]) -> TierFiles:
    """The three files, a row of each changed or all its rows given."""
    paths = []
    for name, (columns, base) in ROWS.items():
        rows = changed.get(name, {})
        paths.append(written(folder / f"{name}.csv", columns, rows if isinstance(rows, list) else [base | rows]))
    return read_tier_files(*paths)


def faults(folder: Path, **changed: Row | list[Row]) -> list[str]:
    with pytest.raises(DocumentError) as raised:
        read(folder, **changed)
    return [str(fault).replace(f"{folder}/", "") for fault in raised.value.faults]


@pytest.mark.parametrize(
    ("file", "key", "low", "high"), [("appraisals", "year", 1980, 2199), ("people", "score", 0, 1000)]
)
def test_a_number_is_read_up_to_its_bounds_and_refused_beyond(
    tmp_path: Path, file: str, key: str, low: int, high: int
) -> None:
    for value in (low, high):
        assert getattr(read(tmp_path, **{file: {key: value}}), file)[key].to_list() == [value]
    for value in (low - 1, high + 1):
        (fault,) = faults(tmp_path, **{file: {key: value}})
        assert f"“{value}”" in fault
        assert f"{low}至{high}" in fault


def test_every_number_has_its_bounds_here() -> None:
    numbers = {each.key for columns, _ in ROWS.values() for each in columns if each.kind in ("integer", "decimal")}
    assert numbers == {"year", "score"}


@pytest.mark.parametrize("file", ROWS)
def test_only_what_a_row_is_nothing_without_must_be_filled(tmp_path: Path, file: str) -> None:
    needed = {"people": {"id"}, "appraisals": {"id", "year"}, "honours": {"id", "on", "honour"}}[file]
    for column in ROWS[file][0]:
        if column.key in needed:
            assert f"{file}.csv：第2行“{column.label}” 不能为空" in faults(tmp_path, **{file: {column.key: None}})
        else:
            assert read(tmp_path, **{file: {column.key: None}})


@pytest.mark.parametrize(
    ("said", "meant"),
    [("招聘", "hired"), ("hired", "hired"), ("调入", "transferred"), ("transferred", "transferred"), (None, None)],
)
def test_the_way_in_is_a_word_or_its_key(tmp_path: Path, said: str | None, meant: str | None) -> None:
    assert read(tmp_path, people={"came_by": said}).people["came_by"].to_list() == [meant]


def test_another_way_in_is_refused(tmp_path: Path) -> None:
    (fault,) = faults(tmp_path, people={"came_by": "借调"})
    assert fault.startswith("people.csv：第2行“进入方式” 的值是“借调”，应为")


def test_codes_are_read_in_plain_characters_and_keep_their_zeros(tmp_path: Path) -> None:
    codes = ("tier", "education", "target")
    files = read(
        tmp_path,
        people={"id": "０７", **dict.fromkeys(codes, "０７")},
        appraisals={"id": "０７", "grade": "Ａ"},
        honours={"id": "０７", "honour": "Ｂ"},
    )
    assert files.people.select("id", *codes).row(0) == ("07",) * 4
    assert files.appraisals.select("id", "grade").row(0) == ("07", "A")
    assert files.honours is not None
    assert files.honours.select("id", "on", "honour").row(0) == ("07", date(2025, 5, 1), "B")


def test_an_absent_column_is_there_with_nothing_in_it(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("人员编号\nP1\n", "utf-8")
    (tmp_path / "a.csv").write_text("人员编号,年度\nP1,2025\n", "utf-8")
    files = read_tier_files(tmp_path / "p.csv", tmp_path / "a.csv")
    assert files.honours is None
    assert files.people.row(0, named=True) == {"row": 2} | {column.key: None for column in PEOPLE_COLUMNS} | {
        "id": "P1"
    }
    assert files.people.schema["score"] == pl.Decimal(18, 6)
    kinds = {key: files.people.schema[key] for key in ("since", "further", "tier")}
    assert kinds == {"since": pl.Date(), "further": pl.Boolean(), "tier": pl.String()}
    assert files.appraisals.schema["grade"] == pl.String()


def test_a_file_of_a_header_only_has_nobody_but_may_have_no_honours(tmp_path: Path) -> None:
    assert faults(tmp_path, people=[], appraisals=[], honours=[]) == [
        "people.csv：“人员编号” 没有人，表头下应至少有一行"
    ]
    files = read(tmp_path, appraisals=[], honours=[])
    assert files.honours is not None
    assert (files.appraisals.height, files.honours.height) == (0, 0)


@pytest.mark.parametrize("key", ["hired_on", "since"])
def test_nobody_leaves_before_they_came(tmp_path: Path, key: str) -> None:
    row = {"hired_on": None, key: "2025-03-02"}
    assert read(tmp_path, people=row | {"left_on": "2025-03-02"})
    label = {"hired_on": "入职日期", "since": "任现层级日期"}[key]
    assert faults(tmp_path, people=row | {"left_on": "2025-03-01"}) == [
        f"people.csv：第2行“离职日期” 的值是“2025-03-01”，早于{label}2025-03-02"
    ]


def test_a_year_of_a_person_and_a_person_stand_once(tmp_path: Path) -> None:
    year, honour = ROWS["appraisals"][1], ROWS["honours"][1]
    assert read(tmp_path, appraisals=[year, year | {"year": "2024"}], honours=[honour, honour])
    assert faults(tmp_path, appraisals=[year, year | {"year": "2024"}, year | {"grade": None}]) == [
        "appraisals.csv：第4行“年度” 的值是“2025”，同一人同一年度有两行，应只占一行"
    ]


def test_a_hidden_row_is_read_and_noted_beside_its_file(tmp_path: Path) -> None:
    assert read(tmp_path).notes == ()
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in (["人员编号", "姓名"], ["P1", "张三"], ["P2", "李四"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "p.xlsx")
    files = read_tier_files(tmp_path / "p.xlsx", tmp_path / "appraisals.csv")
    assert files.people["id"].to_list() == ["P1", "P2"]
    assert files.notes == (f"{tmp_path}/p.xlsx：有1行是隐藏的，照常读取",)
