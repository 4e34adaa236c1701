"""Tables that officers keep (CSV, XLSX, Parquet) as text columns, with the row of every cell."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from fujing.law.formats.documents import DocumentError, Fault


def read_table(
    path: Path, columns: dict[str, str], *, required: set[str], others_allowed: bool = False
) -> pl.DataFrame:
    """Columns by key, all text (empty = null), and `row` as the sheet numbers it, header = 1.

    `columns` maps each English key to its Chinese header; either is accepted. Wholly empty rows are
    left out; an absent optional column stays absent. Raises DocumentError with every fault.
    """
    name = str(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError([Fault(name, "", "", f"无法打开：{error.strerror}")]) from None
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        frame = _from_excel(name, content)
    elif suffix == ".parquet":
        frame = _from_parquet(name, content)
    elif suffix == ".csv":
        frame = _from_csv(name, content)
    else:
        raise DocumentError([Fault(name, "", suffix, "应为 .csv、.xlsx 或 .parquet 文件")])
    frame = _named(name, frame, columns, required, others_allowed)
    keys = [key for key in frame.columns if key != "row"]
    frame = frame.with_columns(pl.col(keys).str.strip_chars().replace("", None))
    return frame.filter(pl.any_horizontal(pl.col(keys).is_not_null()))


def column_name(index: int) -> str:
    """Column letters as in Excel, counted from 0: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _named(
    name: str, frame: pl.DataFrame, columns: dict[str, str], required: set[str], others_allowed: bool
) -> pl.DataFrame:
    keys = {**{title: key for key, title in columns.items()}, **{key: key for key in columns}}
    faults: list[Fault] = []
    chosen: dict[str, str] = {}
    for column in frame.columns:
        title, _, repeated = column.partition("\x00")
        if column == "row":
            continue
        if title in keys and keys[title] not in chosen.values():
            chosen[column] = keys[title]
        elif title in keys:
            faults.append(Fault(name, f"第1行第{int(repeated) + 1}列", title, "列名重复，只能出现一次"))
        elif not others_allowed:
            expected = "没有这一列，应为" + "、".join(columns.values())
            faults.append(Fault(name, f"第1行第{int(repeated) + 1}列", title or "空白", expected))
    for key in columns:
        if key in required and key not in chosen.values():
            faults.append(Fault(name, "第1行", "", f"缺少“{columns[key]}”列（{key}）"))
    if faults:
        raise DocumentError(faults)
    return frame.select("row", *(pl.col(column).alias(key) for column, key in chosen.items()))


def _frame(header: list[str], data: dict[str, Any] | None, rows: int) -> pl.DataFrame:
    frame = pl.DataFrame(data or {}, schema=dict.fromkeys(header, pl.String))
    return frame.with_columns(pl.int_range(2, rows + 2, dtype=pl.Int64).alias("row"))


def _headed(cells: list[str]) -> list[str]:
    """Unique names: the title and its place, so that repeated headers survive until they are reported."""
    return [f"{cell.strip()}\x00{index}" for index, cell in enumerate(cells)]


def _from_csv(name: str, content: bytes) -> pl.DataFrame:
    text = _decoded(name, content)
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = _headed(next(reader, []))
        if not header:
            raise DocumentError([Fault(name, "", "", "文件是空的，第1行应为列名")])
        frame = pl.read_csv(
            text.encode(), has_header=False, skip_rows=1, infer_schema=False, new_columns=header,
            truncate_ragged_lines=False, raise_if_empty=False,
        )  # fmt: skip
        if frame.width in (0, len(header)):
            data = frame.to_dict() if frame.width else None
            return _frame(header, data, frame.height)
    except (csv.Error, pl.exceptions.PolarsError):
        pass
    raise DocumentError(_ragged(name, text))


def _ragged(name: str, text: str) -> list[Fault]:
    """Which rows have another number of cells than the header."""
    faults, width = [], None
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for row in reader:
            width = len(row) if width is None else width
            if row and len(row) != width:
                faults.append(Fault(name, f"第{reader.line_num}行", "", f"有{len(row)}列，应为{width}列"))
    except csv.Error:
        faults.append(Fault(name, f"第{reader.line_num}行", "", "引号不成对，应为正确的 CSV"))
    return faults or [Fault(name, "", "", "不是可用的 CSV")]


def _decoded(name: str, content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise DocumentError([Fault(name, "", "", "不是文字文件，应为 UTF-8 或 GB18030 编码的 CSV")])


def _from_excel(name: str, content: bytes) -> pl.DataFrame:
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise DocumentError([Fault(name, "", "", f"不是可用的 Excel 文件（{error}）")]) from None
    if not rows:
        raise DocumentError([Fault(name, "", "", "第一个工作表是空的，第1行应为列名")])
    merged = [
        f"{column_name(left)}{top + 1}:{column_name(right)}{bottom + 1}"
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    ]
    if merged:
        expected = "是合并单元格，请取消合并并逐行填写"
        raise DocumentError([Fault(name, cells, "", expected) for cells in merged])
    width = max((index + 1 for index, cell in enumerate(rows[0]) if cell != ""), default=0)
    header = _headed([_cell(cell) for cell in rows[0][:width]])
    body = rows[1:]
    return _frame(
        header,
        {column: [_cell(row[index]) for row in body] for index, column in enumerate(header)},
        len(body),
    )


def _cell(value: Any) -> str:
    """A cell as text: whole numbers without `.0`, dates as ISO."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _from_parquet(name: str, content: bytes) -> pl.DataFrame:
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError) as error:
        raise DocumentError([Fault(name, "", "", f"不是可用的 Parquet 文件（{error}）")]) from None
    texts = {
        f"{column}\x00{index}": pl.when(series).then(pl.lit("是")).otherwise(pl.lit("否"))
        if (series := frame[column]).dtype == pl.Boolean
        else frame[column].cast(pl.String)
        for index, column in enumerate(frame.columns)
    }
    return _frame(list(texts), frame.select(**texts).to_dict(), frame.height)
