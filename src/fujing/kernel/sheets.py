"""CSV, XLSX and Parquet as one thing, by the file's suffix."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection
from dataclasses import replace
from datetime import time
from functools import cached_property
from itertools import islice
from pathlib import Path

import polars as pl

from fujing.kernel.cells import SEARCHED, Sheet, Spoilt, UnreadableSheet, header_at, sheet_of
from fujing.kernel.excel import LONGEST_NUMBER, OLD, Book, Taking


def unopened(error: OSError) -> str:
    """Why a file can't be opened, in words that its user reads."""
    why = {
        FileNotFoundError: "没有这个文件",
        IsADirectoryError: "这是文件夹，不是文件",
        PermissionError: "没有读取权限",
    }.get(type(error), f"读不出来，编号 {error.errno}")
    return f"无法打开：{why}"


class Source:
    """A file opened once, however many of its sheets are read; `content` where it isn't on a disk."""

    def __init__(self, path: Path | str, content: bytes | None = None) -> None:
        self.path = Path(path)
        if content is not None:
            self.content = content

    @cached_property
    def content(self) -> bytes:
        """The bytes. Raises UnreadableSheet."""
        try:
            return self.path.read_bytes()
        except OSError as error:
            raise UnreadableSheet(unopened(error)) from None

    @cached_property
    def book(self) -> Book | None:
        """The workbook, if it is one. Raises UnreadableSheet."""
        return Book(self.content) if self.path.suffix.lower() == ".xlsx" else None


def read_sheet(source: Source, sheet: str | None = None, taking: Taking = Taking()) -> Sheet:  # noqa: B008
    """Read a file by its suffix. Raises UnreadableSheet.

    With `titles`, rows above the header and sheets before the table's own are passed over.
    """
    content, suffix = source.content, source.path.suffix.lower()
    if source.book is not None:
        return source.book.read(sheet, taking)
    if suffix == ".csv":
        return _from_csv(content, taking.titles)
    if suffix == ".parquet":
        return _from_parquet(content)
    if suffix == ".xls":
        raise UnreadableSheet(OLD)
    raise UnreadableSheet("应为 .csv、.xlsx 或 .parquet 文件")


def _from_csv(content: bytes, expected: Collection[str]) -> Sheet:
    text = decoded(content)
    above = _titles_above(text, expected) if expected else 0
    if above:
        text = "".join(io.StringIO(text).readlines()[above:])
    header = next(csv.reader(io.StringIO(_top(text))), [])
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
    return sheet_of(header, frame.slice(1), ragged, above)


def _titles_above(text: str, expected: Collection[str]) -> int:
    """How many lines stand above the header."""
    first = [next(csv.reader([line]), []) for line in islice(io.StringIO(_top(text)), SEARCHED)]
    return header_at(first, expected) or 0


def _top(text: str) -> str:
    """The lines among which the header stands, so that a million more aren't copied; all of it where cells are quoted."""
    end = -1
    for _ in range(SEARCHED):
        end = text.find("\n", end + 1)
        if end < 0:
            return text
    return text if '"' in text[:end] else text[: end + 1]


def decoded(content: bytes) -> str:
    """The text of a CSV file in the encodings of Excel. Raises UnreadableSheet."""
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
        # Parted by Polars: as many Python texts as lines would take five times as long.
        parted = pl.Series("line", [text]).str.split("\n").explode().str.strip_suffix("\r")
        lines = parted.to_frame().with_row_index("row", 1)
        cells = pl.col("line").str.count_matches(",", literal=True) + 1
        odd = list(lines.filter((pl.col("line") != "") & (cells != width)).select("row", cells).iter_rows())
    return [Spoilt(row, None, "", f"有{cells}列，应与第1行一样为{width}列") for row, cells in odd]


def _from_parquet(content: bytes) -> Sheet:
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError):
        raise UnreadableSheet("不是可用的 Parquet 文件，可能已损坏") from None
    return sheet_of(frame.columns, frame.select(_as_text(series) for series in frame.iter_columns()))


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
