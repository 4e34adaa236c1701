"""Written sheets are read back as they were, and templates offer what may stand in a cell."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.exchange import Column
from fujing.kernel.uploads import read_upload
from fujing.kernel.workbooks import workbook

COLUMNS = (
    Column("code", "代码", required=True),
    Column("kind", "类别", "choice", choices={"文职": "civil", "勤务": "field"}),
    Column("count", "人数", "integer"),
    Column("money", "经费", "decimal"),
    Column("day", "日期", "date"),
)
ROW = ("510722000000", "勤务", 3, Decimal("1200.50"), date(2026, 1, 9))


def test_what_is_written_is_read_back() -> None:
    table = read_upload(SimpleUploadedFile("往返.xlsx", workbook(COLUMNS, [ROW])), COLUMNS)
    assert table.faults == []
    assert [tuple(row.values()) for row in table.rows] == [
        (2, "510722000000", "field", 3, Decimal("1200.5"), date(2026, 1, 9))
    ]


def test_a_template_has_drop_downs_below_its_rows() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(COLUMNS, [ROW], empty_rows=5))).active
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"文职,勤务"', "B2:B7")


def test_a_formula_in_a_name_stays_text() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(COLUMNS, [("=1+1", "", None, None, None)]))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")


def test_faults_name_the_file_as_its_owner_knows_it() -> None:
    table = read_upload(SimpleUploadedFile("图片.xlsx", b"\x89PNG\r\n\x1a\n"), COLUMNS)
    assert [fault.file for fault in table.faults] == ["图片.xlsx"]
    assert "不是可用的 Excel 文件" in table.faults[0].expected
