"""Excel workbooks as sheets of text cells, and what only the workbook itself knows of them.

Numbers come as Excel shows them, dates as ISO. What the cells alone don't tell is read from the sheet's own XML:
formulas that were never computed, errors, hidden rows.
"""

from __future__ import annotations

import html
import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from fujing.kernel.cells import SEARCHED, Sheet, Spoilt, UnreadableSheet, header_at, known, sheet_of

LONGEST_NUMBER = 10**15
"""Excel keeps fifteen digits of a number; a longer one has already lost its end."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
BROKEN = "不是可用的 Excel 文件，可能已损坏、加了密码或者不是 .xlsx"
LOCKED = "加了密码，请用表格软件取消密码后保存再用"
OLD = "是旧格式（.xls），请用表格软件另存为 .xlsx 再用"
MERGED = "有合并单元格，请取消合并并逐行填写"
NOT_COMPUTED = "是没有计算结果的公式，请用表格软件打开并保存一次，或者直接填写"
IN_ERROR = "公式出错，没有结果，请改正后再用"
CUT_NUMBER = (
    "长号码以数字保存，末几位已丢失，应以文本填写：先把这一列的格式设为文本，再按原件重新填写（只改格式找不回来）"
)
MARKS = re.compile(rb'<f[ >/]| t="e"|<row [^>]*hidden="(?:1|true)"')
HINTS = (b"<f", b' t="e"', b"hidden=")
"""One of these stands in each mark; looking for plain bytes is ten times as fast as for the marks."""
CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
FORMULA = re.compile(
    rb'<c r="([A-Z]+)(\d+)"([^>]*)>\s*<f([^>]*?)(?:/>|>([^<]*)</f>)\s*(?:<v>([^<]*)</v>|<v\s*/>)?', re.DOTALL
)
SHARED = re.compile(rb'\bsi="(\d+)"')
ROW_HIDDEN = re.compile(rb'<row [^>]*hidden="(?:1|true)"')
VALUE = re.compile(rb"<v>([^<]+)</v>|<is>")
CHUNK = 1 << 20

Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Taking:
    """How a table is found in a workbook and read.

    `titles`: headers by which the table's sheet and row are recognised. `merged`: a cell merged over several rows
    stands for each of them, instead of being a fault. `computed`: a formula that was never computed, or that failed,
    is a fault, instead of an empty cell. `other_sheets`: sheets that aren't this table, by name; two sheets that both
    look like the table are then a fault.
    """

    titles: Collection[str] = ()
    merged: bool = False
    computed: bool = False
    other_sheets: Collection[str] | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet as it is: values by row and place from 0 (errors as #REF!), merged ranges, the formulas behind the values.

    A formula filled from another one stands as the other's place, whose text it shares. `uncomputed`: formulas without
    a stored value.
    """

    rows: list[list[Any]]
    merges: list[Merge]
    formulas: dict[tuple[int, int], str | tuple[int, int]]
    uncomputed: list[tuple[int, int]]


class Book:
    """A workbook opened once, however many of its sheets are read. Raises UnreadableSheet."""

    def __init__(self, content: bytes) -> None:
        if content.startswith(OLE):
            raise UnreadableSheet(LOCKED if ENCRYPTED in content else OLD)
        self.content = content
        try:
            self._book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        except (CalamineError, OSError) as error:
            raise UnreadableSheet(BROKEN) from error
        self._sheets: dict[str, tuple[CalamineSheet, list[list[Any]]]] = {}

    @property
    def names(self) -> list[str]:
        """Sheets in their order."""
        return list(self._book.sheet_names)

    def read(self, name: str | None, taking: Taking) -> Sheet:
        """The named sheet, or the one that has the table's header; else the first."""
        if name is not None and name not in self.names:
            raise UnreadableSheet(f"缺少工作表“{name}”")
        if not self.names:
            raise UnreadableSheet(BROKEN)
        return self._table(name or self._table_sheet(taking), taking)

    def grid(self, name: str) -> Grid:
        """One sheet with everything on it. Raises UnreadableSheet."""
        sheet, rows = self._rows(name)
        xml = self._xml(name)
        formulas, uncomputed = _formulas(xml)
        if b't="e"' in xml:
            rows = [list(row) for row in rows]
            for column, row, attributes, inside in CELL.findall(xml):
                if b't="e"' in attributes and (shown := VALUE.search(inside)) and shown.group(1):
                    rows[int(row) - 1][int(_place(column))] = shown.group(1).decode()
        return Grid(rows, list(_filled(sheet.merged_cell_ranges or [], rows)), formulas, uncomputed)

    def _xml(self, name: str) -> bytes:
        file = self._files.get(name)
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as packed:
                return packed.read(file) if file else b""
        except (zipfile.BadZipFile, KeyError, EOFError):
            return b""

    def _rows(self, name: str) -> tuple[CalamineSheet, list[list[Any]]]:
        if name not in self._sheets:
            try:
                sheet = self._book.get_sheet_by_name(name)
                self._sheets[name] = sheet, sheet.to_python(skip_empty_area=False)
            except (CalamineError, OSError, IndexError) as error:
                raise UnreadableSheet(BROKEN) from error
        return self._sheets[name]

    def _table_sheet(self, taking: Taking) -> str:
        """The sheet whose header has most of the table's titles; the first of several alike."""
        if not taking.titles:
            return self.names[0]
        others = taking.other_sheets or ()
        counted = {name: self._titles(name, taking.titles) for name in self.names if name not in others}
        if not counted:
            return self.names[0]
        best = max(counted, key=lambda name: counted[name])
        if taking.other_sheets is not None:
            alike = [name for name, count in counted.items() if count > 2 and count * 2 >= counted[best]]
            if len(alike) > 1:
                named = "、".join(f"“{name}”" for name in alike)
                raise UnreadableSheet(f"工作表{named}都是这种表，不知道以哪一张为准，应只留一张")
        first = next(name for name, count in counted.items() if count == counted[best])
        if counted[best]:
            return first
        # Nobody filled it in: a sheet that has nothing but the table's titles.
        bare = (name for name in counted if len(self._rows(name)[1]) == 1 and self._only_titles(name, taking.titles))
        return next(bare, self.names[0])

    def _only_titles(self, name: str, titles: Collection[str]) -> bool:
        (header,) = self._rows(name)[1]
        cells = [cell for cell in header if str(cell).strip()]
        return len(cells) > 1 and known(cells, titles) == len(cells)

    def _titles(self, name: str, titles: Collection[str]) -> int:
        _, rows = self._rows(name)
        above = header_at(rows, titles)
        return known(rows[above], titles) if above is not None and len(rows) > above + 1 else 0

    def _table(self, name: str, taking: Taking) -> Sheet:
        sheet, rows = self._rows(name)
        merges = list(_filled(sheet.merged_cell_ranges or [], rows))
        notes: list[str] = []
        if taking.merged and merges:
            rows = _spread(rows, merges)
        above = header_at(rows, taking.titles) or 0 if taking.titles else 0
        if taking.merged and merges:
            above = max([above, *(end for (top, _), (end, _) in merges if top <= above <= end < SEARCHED)])
            rows = _without_headings(rows, merges, above, notes)
        if not rows or not any(str(cell).strip() for cell in rows[above]):
            raise UnreadableSheet("第1行应为列名")
        body = rows[above + 1 :]
        spoilt = (
            []
            if taking.merged
            else [Spoilt(top + 1, None, "", MERGED) for (top, _), (end, _) in merges if end >= above]
        )
        titles = [str(cell) for cell in rows[above]]
        columns = [_Column(cells) for cells in zip(*body, strict=True)] or [_Column(()) for _ in titles]
        spoilt += [
            Spoilt(above + 2 + row, str(place), value, CUT_NUMBER)
            for place, column in enumerate(columns)
            for row, value in column.cut()
        ]
        if taking.computed:
            looked = self._looked(name)
            spoilt += [each for each in looked.spoilt if each.row > above + 1]
            notes += [f"有{looked.hidden}行是隐藏的，照常读取"] * bool(looked.hidden)
        frame = pl.DataFrame([column.text(str(place)) for place, column in enumerate(columns)])
        return sheet_of(titles, frame, spoilt, above, name, notes)

    def _looked(self, name: str) -> Looked:
        file = self._files.get(name)
        return _look(self.content, file) if file else Looked([], 0)

    @cached_property
    def _files(self) -> dict[str, str]:
        """Where each sheet's XML is inside the file; empty where the file is no zip of Microsoft's kind."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as packed:
                targets = {
                    each.get("Id"): each.get("Target", "")
                    for each in ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
                }
                book = ElementTree.fromstring(packed.read("xl/workbook.xml"))  # noqa: S314
        except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
            return {}
        found = {}
        for sheet in book.iter():
            target = targets.get(next((value for key, value in sheet.items() if key.endswith("}id")), None))
            if sheet.tag.endswith("}sheet") and target:
                found[sheet.get("name", "")] = posixpath.join("/xl", target).lstrip("/")
        return found


@dataclass(frozen=True, slots=True)
class Looked:
    """What a sheet's XML says that its cells don't."""

    spoilt: list[Spoilt]
    hidden: int


def _look(content: bytes, file: str) -> Looked:
    """Most sheets have no formula, error or hidden row, and looking for them is cheap; else the cells are gone through."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            with packed.open(file) as stream:
                if not _has_marks(stream):
                    return Looked([], 0)
            xml = packed.read(file)
    except (zipfile.BadZipFile, KeyError, EOFError):
        return Looked([], 0)
    return Looked(list(_unusable(xml)), len(ROW_HIDDEN.findall(xml)))


def _has_marks(stream: Any) -> bool:
    tail = b""
    while chunk := stream.read(CHUNK):
        seen = tail + chunk
        if any(hint in seen for hint in HINTS) and MARKS.search(seen):
            return True
        tail = chunk[-400:]
    return False


def _unusable(xml: bytes) -> Iterator[Spoilt]:
    """Formulas without a stored value, and errors."""
    for column, row, attributes, inside in CELL.findall(xml):
        value = VALUE.search(inside)
        if b't="e"' in attributes:
            shown = value.group(1).decode() if value and value.group(1) else ""
            yield Spoilt(int(row), _place(column), shown, IN_ERROR)
        elif b"<f" in inside and not value and b't="str"' not in attributes:
            yield Spoilt(int(row), _place(column), "", NOT_COMPUTED)


def _formulas(xml: bytes) -> tuple[dict[tuple[int, int], str | tuple[int, int]], list[tuple[int, int]]]:
    """The formulas of a sheet, and those without a stored value."""
    formulas: dict[tuple[int, int], str | tuple[int, int]] = {}
    shared: dict[bytes, tuple[int, int]] = {}
    uncomputed = []
    for column, row, attributes, marks, text, stored in FORMULA.findall(xml) if b"<f" in xml else ():
        at = int(row) - 1, int(_place(column))
        family = SHARED.search(marks) if b'"shared"' in marks else None
        if text:
            formulas[at] = html.unescape(text.decode())
            if family:
                shared[family[1]] = at
        elif family and family[1] in shared:
            formulas[at] = shared[family[1]]
        if not stored and b't="str"' not in attributes:
            uncomputed.append(at)
    return formulas, uncomputed


def _place(letters: bytes) -> str:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return str(number - 1)


def _filled(merges: Sequence[Merge], rows: list[list[Any]]) -> Iterator[Merge]:
    """Merged ranges as far as there are rows; those beyond every cell mean nothing."""
    for (top, left), (end, right) in merges:
        if rows and top < len(rows) and left < len(rows[0]):
            yield (top, left), (min(end, len(rows) - 1), right)


def _spread(rows: list[list[Any]], merges: Sequence[Merge]) -> list[list[Any]]:
    """A cell merged downwards stands for each of its rows that has anything else."""
    spread = list(rows)
    for (top, left), (end, _) in merges:
        for row in range(top + 1, end + 1):
            if any(str(cell).strip() for cell in rows[row]):
                spread[row] = [*spread[row][:left], rows[top][left], *spread[row][left + 1 :]]
    return spread


def _without_headings(rows: list[list[Any]], merges: Sequence[Merge], above: int, notes: list[str]) -> list[list[Any]]:
    """A row below the header that is one text across several columns is a heading or a footer, and nobody's."""
    kept = list(rows)
    for (top, left), (end, right) in merges:
        if right > left and above < top == end:
            others = [cell for place, cell in enumerate(rows[top]) if not left <= place <= right]
            if not any(str(cell).strip() for cell in others):
                notes.append(f"第{top + 1}行是一格合并的文字，已略过")
                kept[top] = [""] * len(rows[top])
    return kept


class _Column:
    """The cells of one column; most columns are text throughout, and then nothing has to be asked of each cell."""

    def __init__(self, cells: Sequence[Any]) -> None:
        self.cells = cells
        self.kinds = set(map(type, cells))

    def cut(self) -> Iterator[tuple[int, str]]:
        """Numbers that lost their last digits, with their place from 0."""
        if self.kinds & {int, float}:
            for row, cell in enumerate(self.cells):
                if isinstance(cell, int | float) and abs(cell) >= LONGEST_NUMBER:
                    yield row, f"{cell:.0f}"

    def text(self, name: str) -> pl.Series:
        cells = self.cells
        if self.kinds - {str}:
            # Dates of a column are few, and equal cells show the same unless 1 stands beside 1.0 or TRUE.
            if len(self.kinds & {bool, int, float}) < 2:
                shown = {cell: cell_text(cell) for cell in set(cells)}
                cells = [shown[cell] for cell in cells]
            else:
                cells = [cell_text(cell) for cell in cells]
        return pl.Series(name, cells, pl.String)


def cell_text(value: Any) -> str:
    """A cell as Excel would show it: numbers to fifteen digits, dates as ISO, truth as 是 or 否."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
