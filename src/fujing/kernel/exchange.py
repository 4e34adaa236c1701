"""Tables that people hand in (CSV, Excel, Parquet): read whole, every fault named, nothing guessed."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

Kind = Literal["text", "date", "number", "bool", "choice"]
EXPECTED = {
    "date": "日期，如 2026-01-22",
    "number": "数字",
    "bool": "是 或 否",
}
DATE = r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$"
YES, NO = ("是", "true", "True"), ("否", "false", "False")
SPREADSHEETS = {".xlsx", ".xlsm", ".xls"}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: English key, Chinese header, kind, and for a choice what may stand there → what it means."""

    key: str
    label: str
    kind: Kind = "text"
    required: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a table can't be used. `row` counts as the file does, its header being row 1."""

    file: str
    expected: str
    row: int | None = None
    column: str = ""
    value: str = ""

    def __str__(self) -> str:
        row = f"第{self.row}行" if self.row else ""
        column = f"“{self.column}”列" if self.column else ""
        place = f"{self.file}：{row}{column}"
        found = f"的值是“{self.value}”，" if self.value else " "
        return (
            f"{place}{found}应为{self.expected}" if self.value else f"{place}{found}{self.expected}".strip()
        )


class TableError(ValueError):
    """The file can't be used; `faults` holds every reason at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


def read_table(path: Path | str, columns: Sequence[Column], *, unique: Sequence[str] = ()) -> pl.DataFrame:
    """Rows as typed columns named by key, with `row` (the file's row number); absent columns stay absent.

    Empty cells are null. Raises TableError with every fault: unknown or repeated headers, missing required columns
    or cells, values of the wrong kind, repeated values of a `unique` key.
    """
    path = Path(path)
    raw = _rename(_raw(path), columns, path.name)
    faults = []
    typed = [raw["row"]]
    for column in columns:
        if column.key not in raw.columns:
            if column.required:
                faults.append(Fault(path.name, f"缺少“{column.label}”列"))
            continue
        series, wrong = _typed(raw[column.key], column)
        typed.append(series.alias(column.key))
        faults += _cells(raw, column, wrong, path.name)
        if column.required:
            empty = raw.filter(pl.Series(series.is_null() & ~wrong))["row"]
            faults += [Fault(path.name, "不能为空", row, column.label) for row in empty]
    table = pl.DataFrame(typed)
    labels = {column.key: column.label for column in columns}
    for key in unique:
        if key in table.columns:
            repeated = table.filter(pl.col(key).is_not_null() & ~pl.col(key).is_first_distinct())
            faults += [
                Fault(path.name, f"与前面的行重复：{value}", row, labels[key])
                for row, value in repeated.select("row", key).iter_rows()
            ]
    if faults:
        raise TableError(sorted(faults, key=lambda fault: (fault.row or 0, fault.column)))
    return table


def _raw(path: Path) -> pl.DataFrame:
    """The file as it stands, with its header as column names; text except in Parquet and Excel dates."""
    try:
        suffix = path.suffix.lower()
        if suffix == ".parquet":
            frame = pl.read_parquet(path)
        elif suffix in SPREADSHEETS:
            frame = _spreadsheet(path)
        elif suffix == ".csv":
            frame = _csv(path)
        else:
            raise TableError([Fault(path.name, "只能读取 CSV、XLSX 或 Parquet 文件")])
    except TableError:
        raise
    except FileNotFoundError:
        raise TableError([Fault(path.name, "文件不存在")]) from None
    except (OSError, pl.exceptions.PolarsError, CalamineError, UnicodeError, ValueError) as error:
        raise TableError(
            [Fault(path.name, f"文件无法读取，可能已损坏或不是 {suffix} 文件：{str(error)[:80]}")]
        ) from error
    first = 2
    return frame.with_row_index("row", offset=first).with_columns(pl.col("row").cast(pl.Int64))


def _csv(path: Path) -> pl.DataFrame:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise TableError([Fault(path.name, "文字编码应为 UTF-8 或 GB18030")])
    if not text.strip() or "\x00" in text:
        raise TableError([Fault(path.name, "文件为空或不是文本")])
    return pl.read_csv(io.StringIO(text).getvalue().encode(), infer_schema=False, truncate_ragged_lines=False)


def _spreadsheet(path: Path) -> pl.DataFrame:
    workbook = CalamineWorkbook.from_path(str(path))
    sheet = workbook.get_sheet_by_index(0)
    rows = sheet.to_python(skip_empty_area=False)
    merged = getattr(sheet, "merged_cell_ranges", None)
    if merged:
        raise TableError(
            [Fault(path.name, f"有合并单元格（从第{start[0] + 1}行起），请取消合并") for start, _ in merged]
        )
    if not rows:
        raise TableError([Fault(path.name, "工作表为空")])
    header = [_cell(value) or "" for value in rows[0]]
    width = max((index + 1 for index, name in enumerate(header) if name), default=0)
    repeated = sorted({name for name in header[:width] if name and header.count(name) > 1})
    if repeated:
        raise TableError([Fault(path.name, f"表头“{name}”重复") for name in repeated])
    body = [[_cell(value) for value in row[:width]] for row in rows[1:]]
    while body and not any(body[-1]):
        body.pop()
    return pl.DataFrame(
        {header[i] or f"第{i + 1}列": [row[i] for row in body] for i in range(width)},
        schema_overrides={header[i] or f"第{i + 1}列": pl.String for i in range(width)},
    )


def _cell(value: Any) -> str | None:
    """A cell as text: whole numbers without a fraction, dates in ISO form, nothing for an empty cell."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return text or None


def _rename(frame: pl.DataFrame, columns: Sequence[Column], file: str) -> pl.DataFrame:
    known = {name: column.key for column in columns for name in (column.key, column.label)}
    names = {name: known[name.strip()] for name in frame.columns if name.strip() in known}
    unknown = [name for name in frame.columns if name not in names and name != "row"]
    faults = [
        Fault(file, f"不认识的列“{name}”，可用的列：{'、'.join(c.label for c in columns)}")
        for name in unknown
    ]
    keys = list(names.values())
    faults += [
        Fault(file, f"“{key}”列出现两次") for key in sorted({key for key in keys if keys.count(key) > 1})
    ]
    if faults:
        raise TableError(faults)
    return frame.rename(names)


def _typed(series: pl.Series, column: Column) -> tuple[pl.Series, pl.Series]:
    """The series in its kind, and where a cell holds something else."""
    if column.kind == "date" and series.dtype.is_temporal():
        return series.cast(pl.Date), pl.repeat(False, len(series), eager=True)
    if column.kind == "bool" and series.dtype == pl.Boolean:
        return series, pl.repeat(False, len(series), eager=True)
    if column.kind == "number" and series.dtype.is_numeric():
        return series.cast(pl.Float64), pl.repeat(False, len(series), eager=True)
    text = series.cast(pl.String).str.strip_chars()
    text = text.set(text == "", None)
    frame = pl.DataFrame({"value": text})
    value = pl.col("value")
    expressions: dict[Kind, pl.Expr] = {
        "text": value,
        "date": value.str.replace(DATE, "$1-$2-$3").str.to_date("%Y-%m-%d", strict=False),
        "number": value.cast(pl.Float64, strict=False),
        "bool": pl.when(value.is_in(YES)).then(True).when(value.is_in(NO)).then(False),
        "choice": value.replace_strict(
            {**{word: word for word in column.choices.values()}, **column.choices}, default=None
        )
        if column.choices
        else value,
    }
    result = frame.select(expressions[column.kind].alias("value"))["value"]
    if column.kind == "number":
        result = result.set(result.is_nan() | result.is_infinite(), None)
    return result, result.is_null() & text.is_not_null()


def _cells(raw: pl.DataFrame, column: Column, wrong: pl.Series, file: str) -> list[Fault]:
    expected = EXPECTED.get(column.kind) or "、".join(column.choices)
    bad = raw.filter(wrong).select("row", column.key)
    return [Fault(file, expected, row, column.label, str(value)) for row, value in bad.iter_rows()]
