"""Writing Excel: the columns that `exchange` reads, as templates with drop-downs and as exports of what is seen."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import xlsxwriter

from fujing.kernel.exchange import Column

ROWS_TO_FILL = 500
Cell = str | int | float | Decimal | date | None


def workbook(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]] = (), *, name: str = "数据", empty_rows: int = 0
) -> bytes:
    """An .xlsx with one sheet. Text stays text (codes keep their digits), choices become drop-downs.

    `empty_rows` below the data are prepared for filling in.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "integer": book.add_format({"num_format": "0"}),
        "decimal": book.add_format({"num_format": "#,##0.00"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for place, column in enumerate(columns):
        sheet.set_column(
            place, place, 14 if column.kind == "integer" else 20, formats.get(column.kind, formats["text"])
        )
        sheet.write_string(0, place, column.label, head)
    last = 0
    for last, row in enumerate(rows, 1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            shape = formats.get(column.kind, formats["text"])
            if isinstance(cell, date):
                sheet.write_datetime(last, place, cell, shape)  # type: ignore[arg-type]
            elif isinstance(cell, int | float | Decimal):
                sheet.write_number(last, place, float(cell), shape)
            elif cell:
                sheet.write_string(last, place, cell, shape)
    for place, column in enumerate(columns):
        if column.kind == "choice" and empty_rows:
            words = {
                "validate": "list",
                "source": list(column.choices),
                "error_title": column.label,
                "error_message": column.expectation,
            }
            sheet.data_validation(1, place, last + empty_rows, place, words)
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()
