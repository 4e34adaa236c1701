"""Empty workbooks to fill in: what may stand in each column, why it is asked, drop-downs and notes.

    template([Blank("派勤", [Asked(column, "写 18:00", "第十条")])], title="派勤表")

A sheet is read by the same columns that make it. 说明 is the last sheet and holds all notes as a table.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fujing.kernel.exchange import Column
from fujing.kernel.workbooks import A4, ROWS_TO_FILL

NOTES, WORDS = "说明", "选项"
LONGEST_LIST = 255
"""Excel takes no longer list of words in a cell's own rule."""
LONGEST_TIP = 255


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of an empty sheet. `words`: a drop-down beside the column's own choices; `basis`: the provision behind it."""

    column: Column
    note: str
    basis: str = ""
    words: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        """What the drop-down offers: words that people use, no keys; only a column of choices refuses anything else."""
        if self.words or self.column.kind not in ("choice", "bool"):
            return tuple(dict.fromkeys((*self.words, *(self.column.words if self.words else ()))))
        if self.column.kind == "bool":
            return ("是", "否")
        return tuple(word for word, meant in self.column.choices.items() if word != meant)

    @property
    def told(self) -> str:
        return f"{self.note}（{self.basis}）" if self.basis else self.note


@dataclass(frozen=True, slots=True)
class Blank:
    """One sheet to fill in."""

    name: str
    asked: Sequence[Asked]


def template(blanks: Sequence[Blank], *, title: str) -> bytes:
    """An .xlsx with the sheets, all cells prepared; `title` stands above the notes."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1, "text_wrap": True, "valign": "top"})
        text, day, number, wrapped = (
            book.add_format(shape)
            for shape in (
                {"num_format": "@"},
                {"num_format": "yyyy-mm-dd"},
                {"num_format": "General"},
                {"text_wrap": True, "valign": "top"},
            )
        )
        shapes = {"date": day, "integer": number, "decimal": number, "money": number}
        sheets = [(blank, book.add_worksheet(blank.name)) for blank in blanks]
        notes = book.add_worksheet(NOTES)
        lists = _Lists(book)
        for blank, sheet in sheets:
            for place, asked in enumerate(blank.asked):
                sheet.set_column(place, place, 16, shapes.get(asked.column.kind, text))
                sheet.write_string(0, place, asked.column.heading, head)
                sheet.write_comment(0, place, asked.told, {"x_scale": 2})
                _ruled(sheet, place, asked, lists)
            _page(sheet)
        _explained(notes, blanks, title, head, wrapped)
    return buffer.getvalue()


class _Lists:
    """Lists of words that are too long for a cell's own rule, on a hidden sheet."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book, self.count = book, 0
        self.sheet: Worksheet | None = None

    def source(self, words: tuple[str, ...]) -> list[str] | str:
        if len(",".join(words)) <= LONGEST_LIST:
            return list(words)
        if self.sheet is None:
            self.sheet = self.book.add_worksheet(WORDS)
            self.sheet.hide()
        for row, word in enumerate(words):
            self.sheet.write_string(row, self.count, word)
        column = xlsxwriter.utility.xl_col_to_name(self.count, col_abs=True)
        self.count += 1
        return f"={WORDS}!{column}$1:{column}${len(words)}"


def _ruled(sheet: Worksheet, place: int, asked: Asked, lists: _Lists) -> None:
    """The drop-down, and the note that shows when a cell is chosen."""
    tip = asked.told if len(asked.told) <= LONGEST_TIP else asked.told[: LONGEST_TIP - 1] + "…"
    rule: dict[str, Any] = {"validate": "any", "input_title": asked.column.label[:32], "input_message": tip}
    if asked.offered:
        firm = asked.column.kind in ("choice", "bool") and not asked.column.words
        rule |= {
            "validate": "list",
            "source": lists.source(asked.offered),
            "error_type": "stop" if firm else "warning",
            "error_title": asked.column.label[:32],
            "error_message": asked.column.expectation[:LONGEST_TIP],
        }
    sheet.data_validation(1, place, ROWS_TO_FILL, place, rule)


def _page(sheet: Worksheet) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)


def _explained(sheet: Worksheet, blanks: Sequence[Blank], title: str, head: Format, wrapped: Format) -> None:
    sheet.write_string(0, 0, title, head)
    for place, (heading, width) in enumerate((("工作表", 10), ("列", 18), ("怎样填写", 60), ("依据", 24))):
        sheet.set_column(place, place, width, wrapped)
        sheet.write_string(1, place, heading, head)
    rows = ((blank.name, each.column.label, each.note, each.basis) for blank in blanks for each in blank.asked)
    for row, cells in enumerate(rows, 2):
        for place, cell in enumerate(cells):
            sheet.write_string(row, place, cell, wrapped)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
