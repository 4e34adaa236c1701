"""Reading the tables that officers keep (CSV, XLSX, Parquet): typed columns, every fault named, nothing guessed.

    table = read_table(path, [Column("id", "报名序号", required=True), Column("birth_date", "出生日期", "date")])
    table.frame    # Polars: `row` (as the sheet numbers it, header = 1), then the columns that are present
    table.rows     # the same as dictionaries
    table.faults   # every reason why the file can't be used; empty = usable

Headers are the Chinese label or the English key. An empty cell is null; an absent optional column is
absent from `frame`. A reader of one format adds its own faults (`table.fault(row, key, value, expected)`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import polars as pl

from fujing.kernel.cells import Sheet, UnreadableSheet, title_as_meant
from fujing.kernel.excel import Taking
from fujing.kernel.sheets import Source, read_sheet

Kind = Literal["text", "date", "decimal", "money", "integer", "bool", "choice"]

DECIMAL = pl.Decimal(18, 6)
YES_NO = {"是": True, "否": False, "true": True, "false": False}
DATE_FORMS = (
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.0+)?)?)?$",
    r"^(\d{4})/(\d{1,2})/(\d{1,2})$",
    r"^(\d{4})\.(\d{1,2})\.(\d{1,2})$",
    r"^(\d{4})年(\d{1,2})月(\d{1,2})日$",
)
PLAIN_DATES = (r"^(\d{4})(\d{2})(\d{2})$", r"^(\d{4})-(\d{1,2})-(\d{1,2})$", *DATE_FORMS[1:])
"""The forms in which a date alone is written, without any time of day."""
DAY_NUMBER = r"^[2-5]\d{4}(?:\.\d+)?$"
MONEY = r"^¥?(\d{1,3}(?:,\d{3})+(?:\.\d{1,6}0*)?|\d+(?:\.\d{1,6}0*)?)元?$"
TIMED = r"^\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[T ]\d{1,2}:\d{2}"
MIDNIGHT = r"[T ]0{1,2}:00(?::00(?:\.0+)?)?$"
"""A date with a time of day: something changed it, perhaps by a time zone, and perhaps the day with it."""
EXPECTED: dict[str, str] = {
    "date": "应为日期，如 2026-01-22",
    "decimal": "应为数字，最多六位小数",
    "money": "应为不小于0的金额（元），如 5,000.00",
    "integer": "应为整数",
    "bool": "应为 是 或 否",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a format.

    `required`: the column must be there and no cell of it empty. `choices` (kind `choice`) maps each accepted
    word to the value it stands for. `low` and `high` (inclusive) bound a number; `expected` replaces the
    usual sentence of what should stand there. `aliases` are other headers of the same column. `code`: a text whose
    full-width characters and spaces mean nothing (a number). `words`: statements that may stand in the value's place
    (无, 未收回); the frame then has `<key>_said` beside the column, with the word.
    """

    key: str
    label: str
    kind: Kind = "text"
    required: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    low: int | None = None
    high: int | None = None
    expected: str = ""
    aliases: tuple[str, ...] = ()
    code: bool = False
    words: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """The column beside this one in which its `words` stand."""
        return f"{self.key}_said"

    @property
    def heading(self) -> str:
        """What stands above the column; a sheet is read by the same words."""
        return self.label

    @property
    def expectation(self) -> str:
        """What should stand in a cell, in the user's words."""
        if self.expected:
            return self.expected
        if self.kind == "choice":
            return f"应为 {'、'.join(self.choices)}"
        bounds = f"，{self.low}至{self.high}" if self.low is not None and self.high is not None else ""
        words = f"，或者 {'、'.join(self.words)}" if self.words else ""
        return EXPECTED.get(self.kind, "应填写") + bounds + words


@dataclass(frozen=True, slots=True)
class Forgiving:
    """What a reader takes from tables that people keep by hand.

    Rows above the header and sheets before the table are passed over; full-width characters are read as their plain
    forms where no words are expected; a date with a time of day is a fault, not cut; a cell that is one of `blanks`
    (plain forms, capitals) says nothing; a column that is one of `others` (None: any other) is passed over with a note. `date_forms` are the
    written forms of a date; `merged`, `computed` and `other_sheets` as in `Taking`.
    """

    blanks: frozenset[str] = frozenset()
    others: frozenset[str] | None = frozenset()
    date_forms: tuple[str, ...] = DATE_FORMS
    merged: bool = False
    computed: bool = False
    other_sheets: tuple[str, ...] | None = None

    def taking(self, titles: Collection[str]) -> Taking:
        """How such a table is found in a workbook."""
        return Taking(titles, self.merged, self.computed, self.other_sheets)


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a table can't be used: file, row (header = 1), column, what stands there, what should."""

    file: str
    row: int | None
    column: str
    value: str
    expected: str
    sheet: str = ""

    def on(self, sheet: str) -> Fault:
        """The same on a named sheet, where a file has several that are read."""
        return replace(self, sheet=sheet)

    @property
    def place(self) -> str:
        """The cell as a person looks for it: 第3行“出生日期”."""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        return sheet + (f"第{self.row}行" if self.row else "") + (f"“{self.column}”" if self.column else "")

    def __str__(self) -> str:
        where = f"{self.file}：{self.place}" if self.place else self.file
        return f"{where} {f'的值是“{self.value}”，' if self.value else ''}{self.expected}"


class TableError(ValueError):
    """A table can't be used; `faults` holds every reason at once."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a table stands in its file: the sheet (empty in a text file), the header's row, each key's column from 0."""

    sheet: str
    header_row: int
    columns: Mapping[str, int]


@dataclass(slots=True)
class Table:
    """What was read; use `frame` only when `faults` is empty."""

    file: str
    columns: dict[str, Column]
    frame: pl.DataFrame
    faults: list[Fault]
    notes: list[str] = field(default_factory=list)
    place: Place | None = None

    @property
    def columns_read(self) -> list[str]:
        """Keys of the columns that the file has."""
        return [key for key in self.columns if key in self.frame.columns]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows as dictionaries, `row` included."""
        return self.frame.to_dicts()

    def usable(self) -> pl.DataFrame:
        """The frame; raises TableError when there is any fault."""
        if self.faults:
            raise TableError(self.faults)
        return self.frame

    def fault(self, row: int | None, key: str, value: object, expected: str) -> None:
        """Add a fault of this format's own, in the column's label."""
        text = "空白" if value is None else str(value)
        self.faults.append(Fault(self.file, row, self.columns[key].label, text, expected))

    def unique(self, key: str, expected: str = "重复，每行应不同") -> None:
        """Every later row that repeats a value of this column is a fault."""
        if key in self.frame.columns:
            repeated = self.frame.filter(pl.col(key).is_not_null() & ~pl.col(key).is_first_distinct())
            for row, value in repeated.select("row", key).iter_rows():
                self.fault(row, key, value, expected)


def read_table(
    path: Path | str | Source, columns: Sequence[Column], sheet: str | None = None, forgiving: Forgiving | None = None
) -> Table:
    """Read one sheet (the first, or the named one) against its columns; never raises for bad content."""
    source = path if isinstance(path, Source) else Source(path)
    file = str(source.path)
    columns_by_key = {column.key: column for column in columns}
    try:
        taking = forgiving.taking(_names(columns_by_key)) if forgiving else Taking()
        raw = read_sheet(source, sheet, taking)
    except UnreadableSheet as error:
        fault = Fault(file, None, "", "", str(error))
        return Table(file, columns_by_key, pl.DataFrame(schema={"row": pl.Int64}), [fault])
    faults: list[Fault] = []
    notes = list(raw.notes)
    places = _places(file, raw, columns_by_key, faults, forgiving.others if forgiving else frozenset(), notes)
    read = set(raw.header) if not forgiving or forgiving.others is not None else set(places.values())
    faults = [
        Fault(file, spoilt.row, raw.header[spoilt.place] if spoilt.place else "", spoilt.value, spoilt.expected)
        for spoilt in raw.spoilt
        if spoilt.place is None or spoilt.place in read
    ] + faults
    known_faulty = {(spoilt.row, spoilt.place) for spoilt in raw.spoilt}
    body = _without_empty_rows(raw.body, list(places.values()))
    typed = [pl.Series("row", body["row"])]
    for key, at in places.items():
        column = columns_by_key[key]
        cells = _plain(body[at], column, forgiving) if forgiving else body[at]
        series, wrong = _typed(cells, column, forgiving)
        typed.append(series.alias(key))
        if column.words:
            typed.append(cells.set(~cells.is_in(list(column.words)), None).alias(column.said))
        found = _cell_faults(file, column, body["row"], cells, wrong, hints=forgiving is not None)
        faults += [each for each in found if (each.row, at) not in known_faulty]
    faults.sort(key=lambda fault: fault.row or 0)
    place = Place(raw.name, raw.above + 1, {key: int(column) for key, column in places.items()})
    return Table(file, columns_by_key, pl.DataFrame(typed), faults, notes, place)


def _names(known: Mapping[str, Column]) -> dict[str, str]:
    """Every header that a column goes by, and the column's key."""
    return {name: key for key, column in known.items() for name in (column.label, key, *column.aliases)}


def _plain(cells: pl.Series, column: Column, forgiving: Forgiving) -> pl.Series:
    """Cells as they were meant: plain characters where no words are expected, nothing where nothing is said."""
    if cells.dtype != pl.String:
        return cells
    if column.kind != "text" or column.code:
        # Most sheets have none of them, and looking is far cheaper than converting.
        if cells.str.contains(r"[^\x00-\x7f]").any():
            cells = cells.str.normalize("NFKC").str.strip_chars()
        if column.code:
            cells = cells.str.replace_all(r"\s", "")
    if column.required or not forgiving.blanks:
        return cells
    words = cells.unique().drop_nulls().to_list() if column.kind != "text" or column.code else None
    if words is not None and not any(word.upper() in forgiving.blanks for word in words):
        return cells
    return cells.set(cells.str.normalize("NFKC").str.to_uppercase().is_in(list(forgiving.blanks)), None)


def _places(
    file: str,
    raw: Sheet,
    known: Mapping[str, Column],
    faults: list[Fault],
    others: frozenset[str] | None,
    notes: list[str],
) -> dict[str, str]:
    """Which raw column holds each key; unknown, repeated and missing headers are faults."""
    names = _names(known)
    own = {name: key for key, column in known.items() for name in (column.label, key)}
    said = {own[title] for title in raw.header.values() if title in own}
    passed: list[str] = []
    labels = "、".join(column.label for column in known.values())
    places: dict[str, str] = {}
    for place, written in raw.header.items():
        number, title = int(place) + 1, title_as_meant(written, names)
        if not title:
            if others is not None and raw.body[place].null_count() < raw.body.height:
                faults.append(Fault(file, raw.above + 1, "", "", f"第{number}列没有列名"))
        elif title not in names if others is None else title in others:
            passed.append(title)
        elif title not in own and names.get(title) in said:
            # A second column beside the one of this format.
            passed.append(title)
        elif title not in names:
            faults.append(Fault(file, raw.above + 1, title, "", f"没有这一列，应为 {labels}"))
        elif names[title] in places:
            faults.append(Fault(file, raw.above + 1, title, "", "列名重复，只能出现一次"))
        else:
            places[names[title]] = place
    for key, column in known.items():
        if column.required and key not in places:
            faults.append(Fault(file, raw.above + 1, column.label, "", f"缺少这一列（{key}）"))
    if passed:
        notes.append(f"{'、'.join(passed)} 各列不用于核对，已略过")
    return {key: places[key] for key in known if key in places}


def _without_empty_rows(body: pl.DataFrame, places: list[str]) -> pl.DataFrame:
    return body.filter(pl.any_horizontal(pl.col(places).is_not_null())) if places else body.clear()


def _typed(series: pl.Series, column: Column, forgiving: Forgiving | None) -> tuple[pl.Series, pl.Series]:
    """The column in its kind, and a mask of the cells that could not be read."""
    cells = series.set(series.is_in(list(column.words)), None) if column.words and column.kind != "text" else series
    if column.kind == "date":
        read = _dates(cells, forgiving.date_forms if forgiving else DATE_FORMS)
    else:
        read = cells.to_frame().select(_reading(pl.col(cells.name), column)).to_series()
    wrong = read.is_null() if column.required else read.is_null() & cells.is_not_null()
    if column.low is not None and column.high is not None:
        wrong |= ~read.is_between(column.low, column.high).fill_null(True)
    if forgiving and column.kind == "date" and cells.dtype == pl.String:
        wrong |= (cells.str.contains(TIMED) & ~cells.str.contains(MIDNIGHT)).fill_null(False)
        wrong |= ~read.dt.year().is_between(1900, 2199).fill_null(True)
    return read, wrong


def _reading(cell: pl.Expr, column: Column) -> pl.Expr:
    if column.kind == "decimal":
        plain = cell.str.contains(r"^[+-]?\d+(?:\.\d{1,6}0*)?$")
        return pl.when(plain).then(cell.cast(DECIMAL, strict=False))
    if column.kind == "money":
        return cell.str.extract(MONEY, 1).str.replace_all(",", "", literal=True).cast(DECIMAL, strict=False)
    if column.kind == "integer":
        whole = cell.str.contains(r"^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)$")
        return pl.when(whole).then(cell.str.replace_all(",", "", literal=True).cast(pl.Int64, strict=False))
    if column.kind == "bool":
        return cell.str.to_lowercase().replace_strict(YES_NO, default=None, return_dtype=pl.Boolean)
    if column.kind == "choice":
        values = list(column.choices.values())
        kind = pl.Boolean() if isinstance(values[0], bool) else pl.String()
        return cell.replace_strict(dict(column.choices), default=None, return_dtype=kind)
    return cell


def _dates(cells: pl.Series, forms: Sequence[str]) -> pl.Series:
    """Calendar dates from their unambiguous forms; anything else, and an impossible day, is null."""
    if cells.dtype == pl.Date:
        return cells
    iso = pl.col(cells.name)
    usual = pl.when(iso.str.len_bytes() == 10).then(iso.str.to_date("%Y-%m-%d", strict=False))
    read = cells.to_frame().select(usual).to_series()
    if read.null_count() == cells.null_count():
        return read
    return cells.to_frame().select(pl.coalesce(_date(iso, form) for form in forms)).to_series()


def _date(cell: pl.Expr, form: str) -> pl.Expr:
    year, month, day = (cell.str.extract(form, group) for group in (1, 2, 3))
    iso = pl.concat_str(year, pl.lit("-"), month.str.zfill(2), pl.lit("-"), day.str.zfill(2))
    return iso.str.to_date("%Y-%m-%d", strict=False)


def _cell_faults(
    file: str, column: Column, rows: pl.Series, cells: pl.Series, wrong: pl.Series, *, hints: bool
) -> Iterator[Fault]:
    chosen = pl.DataFrame([rows.alias("row"), cells.alias("cell")]).filter(wrong)
    for row, cell in chosen.iter_rows():
        expected = column.expectation if cell is not None else "不能为空"
        if column.kind == "date" and re.match(TIMED, str(cell)) and not re.search(MIDNIGHT, str(cell)):
            expected = f"{column.label}带有时间，可能被表格软件改动"
        elif hints and column.kind == "date" and re.match(DAY_NUMBER, str(cell)):
            expected = f"{expected}；像是没有设成日期格式的日期，请把单元格格式设为日期"
        yield Fault(file, row, column.label, "" if cell is None else str(cell), expected)
