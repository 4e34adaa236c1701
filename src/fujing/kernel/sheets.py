"""CSV, XLSX and Parquet as one thing: a header and a body of text cells (dates may stay dates)."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

LONGEST_NUMBER = 10**15
"""Excel keeps fifteen digits of a number; a longer one has already lost its end."""


class UnreadableSheet(ValueError):
    """The file as a whole can't be used: not there, not a table, no header."""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A row, or one cell of it, that lost something before we could read it."""

    row: int
    place: str | None
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`header` maps a place ("0", "1", …) to its title; `body` has `row` and one column a place, empty = null.

    `above`: how many rows stand above the header.
    """

    header: dict[str, str]
    body: pl.DataFrame
    spoilt: list[Spoilt]
    above: int = 0


def unopened(error: OSError) -> str:
    """Why a file can't be opened, in words that its user reads."""
    why = {
        FileNotFoundError: "没有这个文件",
        IsADirectoryError: "这是文件夹，不是文件",
        PermissionError: "没有读取权限",
    }.get(type(error), f"系统错误{error.errno}")
    return f"无法打开：{why}"


SEARCHED = 15
"""Rows in which a header is looked for under titles."""


def header_at(rows: Sequence[Sequence[Any]], titles: Collection[str]) -> int | None:
    """The first row with at least two of the expected titles; a title row above the table has none."""
    for place, row in enumerate(rows[:SEARCHED]):
        if sum(str(cell).strip() in titles for cell in row) >= min(2, len(titles)):
            return place
    return None


def read_sheet(path: Path, sheet: str | None = None, titles: Collection[str] = ()) -> Sheet:
    """Read a file by its suffix. Raises UnreadableSheet.

    With `titles`, rows above the header and sheets before the table's own are passed over.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableSheet(unopened(error)) from None
    suffix = path.suffix.lower()
    if suffix == ".csv":
        return _from_csv(content, titles)
    if suffix == ".xlsx":
        return _from_excel(content, sheet, titles)
    if suffix == ".parquet":
        return _from_parquet(content)
    raise UnreadableSheet("应为 .csv、.xlsx 或 .parquet 文件")


def _sheet(titles: Sequence[str], body: pl.DataFrame, spoilt: Sequence[Spoilt] = (), above: int = 0) -> Sheet:
    """Trim text, empty cells to null, number the rows as the sheet does (first row = 1; `above` the header)."""
    body = body.rename({old: str(place) for place, old in enumerate(body.columns)})
    text = pl.col(pl.String).str.strip_chars()
    body = body.with_columns(pl.when(text != "").then(text).name.keep())
    header = {str(place): title.strip() for place, title in enumerate(titles)}
    rows = pl.int_range(above + 2, above + body.height + 2, dtype=pl.Int64).alias("row")
    return Sheet(header, body.with_columns(rows), list(spoilt), above)


def _from_csv(content: bytes, expected: Collection[str]) -> Sheet:
    text = _decoded(content)
    above = _titles_above(text, expected) if expected else 0
    if above:
        text = "".join(io.StringIO(text).readlines()[above:])
    header = next(csv.reader(io.StringIO(text)), [])
    if not any(cell.strip() for cell in header):
        raise UnreadableSheet("第1行应为列名")
    ragged = [replace(each, row=each.row + above) for each in _ragged(text, len(header))]
    try:
        frame = pl.read_csv(
            text.encode(),
            has_header=False,
            schema={str(place): pl.String for place in range(len(header))},
            truncate_ragged_lines=True,
        )
    except pl.exceptions.PolarsError:
        raise UnreadableSheet("不是正确的 CSV，请检查引号和逗号") from None
    return _sheet(header, frame.slice(1), ragged, above)


def _titles_above(text: str, expected: Collection[str]) -> int:
    """How many lines stand above the header."""
    first = [next(csv.reader([line]), []) for line in islice(io.StringIO(text), SEARCHED)]
    return header_at(first, expected) or 0


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableSheet("不是文字文件，应为 UTF-8 或 GB18030 编码的 CSV")


def _ragged(text: str, width: int) -> list[Spoilt]:
    """A row with more or fewer cells than the header has lost or shifted something."""
    if '"' in text:
        reader = csv.reader(io.StringIO(text), strict=True)
        try:
            odd = [(number, len(row)) for number, row in enumerate(reader, 1) if row and len(row) != width]
        except csv.Error:
            raise UnreadableSheet(f"第{reader.line_num}行引号不成对") from None
    else:
        lines = pl.DataFrame({"line": text.splitlines()}).with_row_index("row", 1)
        cells = pl.col("line").str.count_matches(",", literal=True) + 1
        odd = list(lines.filter((pl.col("line") != "") & (cells != width)).select("row", cells).iter_rows())
    return [Spoilt(row, None, "", f"有{cells}列，应与第1行一样为{width}列") for row, cells in odd]


def _from_excel(content: bytes, name: str | None, expected: Collection[str]) -> Sheet:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if name is not None and name not in book.sheet_names:
            raise UnreadableSheet(f"缺少工作表“{name}”")
        sheet = book.get_sheet_by_name(name) if name else _table_sheet(book, expected)
        rows = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except (CalamineError, OSError, IndexError):
        raise UnreadableSheet("不是可用的 Excel 文件，可能已损坏、加了密码或者不是 .xlsx") from None
    above = header_at(rows, expected) or 0 if expected else 0
    if not rows or not any(str(cell).strip() for cell in rows[above]):
        raise UnreadableSheet("第1行应为列名")
    titles = [str(cell) for cell in rows[above]]
    spoilt = [
        Spoilt(top + 1, None, "", "有合并单元格，请取消合并并逐行填写") for (top, _), (end, _) in merged if end >= above
    ]
    spoilt += [
        Spoilt(number, str(place), f"{cell:.0f}", "长号码以数字保存，末几位已丢失，应以文本填写")
        for number, row in enumerate(rows[above + 1 :], above + 2)
        for place, cell in enumerate(row)
        if isinstance(cell, int | float) and abs(cell) >= LONGEST_NUMBER
    ]
    columns = {str(place): [_cell(row[place]) for row in rows[above + 1 :]] for place in range(len(titles))}
    return _sheet(titles, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)), spoilt, above)


def _table_sheet(book: CalamineWorkbook, expected: Collection[str]) -> CalamineSheet:
    """The first sheet that has the table's header; a sheet of instructions before it hasn't. Else the first."""
    for place in range(len(book.sheet_names) if expected else 0):
        sheet = book.get_sheet_by_index(place)
        if header_at(sheet.to_python(skip_empty_area=False, nrows=SEARCHED), expected) is not None:
            return sheet
    return book.get_sheet_by_index(0)


def _cell(value: Any) -> str:
    """A cell as Excel would show it: numbers to fifteen digits, dates as ISO, truth as 是 or 否."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _from_parquet(content: bytes) -> Sheet:
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError):
        raise UnreadableSheet("不是可用的 Parquet 文件，可能已损坏") from None
    return _sheet(frame.columns, frame.select(_as_text(series) for series in frame.iter_columns()))


def _as_text(series: pl.Series) -> pl.Expr:
    column = pl.col(series.name)
    if series.dtype == pl.Date:
        return column
    if isinstance(series.dtype, pl.Datetime):
        midnight = column.dt.time() == time()
        if series.to_frame().select(midnight.all()).item():
            return column.dt.date()
        return pl.when(midnight).then(column.dt.strftime("%Y-%m-%d")).otherwise(column.dt.strftime("%Y-%m-%d %H:%M:%S"))
    if series.dtype == pl.Boolean:
        return pl.when(column).then(pl.lit("是")).when(~column).then(pl.lit("否")).alias(series.name)
    if isinstance(series.dtype, pl.List):
        return column.list.eval(pl.element().cast(pl.String)).list.join("；")
    if series.dtype.is_float():
        whole = (column == column.floor()) & (column.abs() < LONGEST_NUMBER)
        text = pl.when(whole).then(column.cast(pl.Int64, strict=False).cast(pl.String))
        return text.otherwise(column.cast(pl.String)).alias(series.name)
    return column.cast(pl.String)
