"""Writing Excel: the columns that `exchange` reads, as templates with drop-downs and as exports of what is seen."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

import xlsxwriter

from fujing.kernel.exchange import Column as Filled

ROWS_TO_FILL = 500
Cell = str | int | float | Decimal | date | None
A4 = 9
NUMBER_FORMS = {
    "integer": "0",
    "decimal": "#,##0.00",
    "money": "#,##0.00",
    "score": "0.00",
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm",
}


class Column(Protocol):
    """What a sheet needs to know of a column: what stands above it, and what it holds."""

    @property
    def heading(self) -> str: ...

    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]] = ()
    empty_rows: int = 0


def workbook(
    columns: Sequence[Column], rows: Iterable[Sequence[Cell]] = (), *, name: str = "数据", empty_rows: int = 0
) -> bytes:
    """An .xlsx with one sheet. Text stays text (codes keep their digits), choices become drop-downs.

    `empty_rows` below the data are prepared for filling in.
    """
    return workbooks([Page(name, columns, rows, empty_rows)])


def workbooks(pages: Iterable[Page]) -> bytes:
    """An .xlsx with several sheets."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for page in pages:
        _written(book, page)
    book.close()
    return buffer.getvalue()


def _written(book: xlsxwriter.Workbook, page: Page) -> None:
    columns, empty_rows = page.columns, page.empty_rows
    sheet = book.add_worksheet(page.name)
    head = book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
    text = book.add_format({"num_format": "@"})
    formats = {kind: book.add_format({"num_format": form}) for kind, form in NUMBER_FORMS.items()}
    for place, column in enumerate(columns):
        sheet.set_column(place, place, 14 if column.kind == "integer" else 20, formats.get(column.kind, text))
        sheet.write_string(0, place, column.heading, head)
    last = 0
    for last, row in enumerate(page.rows, 1):
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            shape = formats.get(column.kind, text)
            if isinstance(cell, date):
                sheet.write_datetime(last, place, cell, shape)  # type: ignore[arg-type]
            elif isinstance(cell, int | float | Decimal):
                sheet.write_number(last, place, float(cell), shape)
            elif cell:
                sheet.write_string(last, place, cell, shape)
    for place, column in enumerate(columns):
        if isinstance(column, Filled) and column.kind == "choice" and empty_rows:
            words = {
                "validate": "list",
                "source": list(column.choices),
                "error_title": column.label,
                "error_message": column.expectation,
            }
            sheet.data_validation(1, place, last + empty_rows, place, words)
    sheet.freeze_panes(1, 0)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
