"""A pay workbook as tables: titles, headings of one to four rows, people, sums and notes, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from fujing.kernel.cells import UnreadableSheet
from fujing.kernel.excel import OLD, Book, Grid
from fujing.kernel.sheets import Source
from fujing.law.citizen_numbers import is_well_formed
from fujing.law.formats.documents import DocumentError, Fault
from fujing.law.pay.workbook import cells
from fujing.law.pay.workbook.cells import Odd
from fujing.law.pay.workbook.months import Month, month_of, year_of
from fujing.law.pay.workbook.words import SECTIONS, Heading, heading, plain

SEARCHED = 25
"""Rows among which a heading is looked for."""
LONGEST_TITLE = 24
MONEY = frozenset(
    [
        "earning",
        "absence",
        "deduction",
        "contribution",
        "contribution_total",
        "tax",
        "gross",
        "deductions",
        "net",
        "base",
        "special",
        "unknown",
        "sum",
    ]
)
NUMBERS = MONEY | {"days", "days_due", "absence_days", "count"}
WORDED = frozenset({"unknown", "sum"})
well_formed = lru_cache(maxsize=100_000)(is_well_formed)
"""The same number stands on each sheet."""
PERSON = re.compile(r"[\u4e00-\u9fffA-Za-z·.()\d]{1,20}")
SUMS = re.compile(r"合计|总计|小计|共计|累计")
SUBTOTAL = re.compile(r"小计|分计")
NOT_PEOPLE = re.compile(r"[:：;；。]|^注|^说明|制表|审核|复核|主管|领导|负责人|会计|出纳|日期|人民币|大写|签[字章名]")
TITLE = re.compile(r"(?:表|单|条|册)$")


@dataclass(slots=True)
class Row:
    """One person's row, or one of sums; `amounts` by place, None: nothing stands there, `Odd`: no number."""

    row: int
    cells: list[Any]
    amounts: dict[int, int | Odd | None]
    name: str = ""
    number: str = ""
    code: str = ""
    key: str = ""
    month: Month | None = None
    summed: str = ""

    @property
    def subject(self) -> str:
        return self.number or self.code or self.name

    def known(self, place: int) -> int | None:
        """The number in a place, 0 where nothing stands there; None where it can't be told."""
        cell = self.amounts.get(place)
        if isinstance(cell, Odd):
            return cell.meant
        return cell or 0


@dataclass(slots=True)
class PayTable:
    """One table of a sheet. `month` is the sheet's own; a row may have another.

    `titles` stand above the headings, `texts` below them. `months_said`: by the sheet's name (in no cell), then by titles.
    """

    sheet: str
    headings: list[Heading]
    heading_row: int
    rows: list[Row]
    titles: list[tuple[int, int, str]]
    texts: list[tuple[int, int, str]]
    formulas: dict[tuple[int, int], str | tuple[int, int]] = field(default_factory=dict)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    month: Month | None = None
    months_said: list[tuple[Month, tuple[int, int] | None]] = field(default_factory=list)
    _asked: dict[tuple[Any, ...], list[Heading]] = field(default_factory=dict)

    def of(self, *roles: str, code: str | None = None, side: str | None = None) -> list[Heading]:
        """Columns by what they mean. Asked for each row, so found once."""
        asked = (roles, code, side)
        if asked not in self._asked:
            self._asked[asked] = [
                each
                for each in self.headings
                if each.role in roles and (code is None or each.code == code) and (side is None or each.side == side)
            ]
        return self._asked[asked]

    def one(self, role: str, code: str | None = None, side: str | None = None) -> Heading | None:
        return next(iter(self.of(role, code=code, side=side)), None)

    def cell(self, row: Row, role: str) -> Any:
        """What a row has in a column; an empty text where there is no such column."""
        at = self.one(role)
        return row.cells[at.place] if at else ""

    @property
    def people(self) -> list[Row]:
        return [row for row in self.rows if not row.summed]

    @property
    def shape(self) -> tuple[Heading, ...]:
        """Tables with the same headings in the same places are judged as one."""
        return tuple(each for each in self.headings if each.role in MONEY)


@dataclass(slots=True)
class PayBook:
    """What a workbook says; `passed`: sheets without a pay table."""

    file: str
    tables: list[PayTable]
    passed: list[str]
    grids: dict[str, Grid]
    content: bytes = b""


def read_workbook(path: Path | str | Source, year: int | None = None) -> PayBook:
    """Every pay table of an .xlsx. `year`: of the months that don't say theirs. Raises DocumentError."""
    source = path if isinstance(path, Source) else Source(path)
    name = str(source.path)
    try:
        book = source.book or _refused(source)
        grids = {sheet: book.grid(sheet) for sheet in book.names}
    except UnreadableSheet as error:
        raise DocumentError([Fault(name, "", "", str(error))]) from None
    read = understood(name, grids, year)
    if not read.tables:
        expected = "没有找到工资表的表头，应有 姓名，以及 应发、实发、扣款 等列"
        raise DocumentError([Fault(name, "", "", expected)])
    return replace(read, content=source.content)


def understood(file: str, grids: dict[str, Grid], year: int | None = None) -> PayBook:
    """The pay tables of sheets."""
    found = {sheet: _table(sheet, grid) for sheet, grid in grids.items()}
    tables = [table for table in found.values() if table]
    _months(tables, year or _year(Path(file).stem, tables))
    _keys(tables)
    return PayBook(file, tables, [sheet for sheet, table in found.items() if table is None], grids)


def _refused(source: Source) -> Book:
    _ = source.content
    if source.path.suffix.lower() == ".xls":
        raise UnreadableSheet(OLD)
    raise UnreadableSheet("应为 .xlsx 文件")


def _table(sheet: str, grid: Grid) -> PayTable | None:
    top = _spread(grid)
    found = _heading_rows(top)
    if found is None:
        return None
    first, last = found
    headings = []
    for place, column in enumerate(zip(*top[first : last + 1], strict=True)):
        texts: list[str] = []
        for text in map(plain, column):
            if text and text not in texts[-1:]:
                texts.append(text)
        headings.append(heading(place, texts))
    headings = _by_values(headings, grid.rows[last + 1 :])
    roles = {each.role for each in headings}
    if "name" not in roles or not roles & (MONEY - {"unknown", "sum", "special"}):
        return None
    titles = [(number, *text) for number, row in enumerate(grid.rows[:first]) for text in _words(row)]
    table = PayTable(sheet, headings, last, [], titles, [], grid.formulas, grid.uncomputed)
    known = {each.title.split("·")[-1] for each in headings if each.role not in WORDED}
    for number, row in enumerate(grid.rows[last + 1 :], last + 1):
        _take(table, number, row, known)
    table.headings = _settled(table)
    table._asked.clear()
    return table


def _spread(grid: Grid) -> list[list[Any]]:
    """The first rows, each merged cell standing in all of its places."""
    top = [list(row) for row in grid.rows[:SEARCHED]]
    for (first, left), (last, right) in grid.merges:
        for row in top[first : last + 1]:
            covered = slice(left, right + 1)
            row[covered] = [top[first][left]] * len(row[covered])
    return top


def _words(row: Sequence[Any]) -> list[tuple[int, str]]:
    """The texts of a row by their places."""
    return [(place, cell.strip()) for place, cell in enumerate(row) if isinstance(cell, str) and cell.strip()]


def _texts(row: Sequence[Any]) -> list[str]:
    return [plain(text) for _, text in _words(row)]


def _known(row: Sequence[Any]) -> int:
    """How many different known headings stand in a row."""
    texts = {text for text in _texts(row) if len(text) <= LONGEST_TITLE}
    return sum(map(_is_known, texts))


def _is_known(text: str) -> bool:
    return heading(0, [text]).role not in WORDED


def _heading_rows(top: list[list[Any]]) -> tuple[int, int] | None:
    counts = [_known(row) * _is_words(row) for row in top]
    if not any(count >= 3 for count in counts):
        return None
    first = last = counts.index(max(counts))
    while first and _is_group(top[first - 1], len(set(_texts(top[first])))):
        first -= 1
    while last + 1 < len(top) and counts[last + 1] >= 2:
        last += 1
    return first, last


def _is_words(row: Sequence[Any]) -> bool:
    return not any(isinstance(cell, int | float) for cell in row)


def _is_group(row: Sequence[Any], below: int) -> bool:
    """A row of headings above the headings: several texts, or one that names a section of some columns."""
    texts = [text for text in _texts(row) if len(text) <= LONGEST_TITLE and ":" not in text]
    different = set(texts)
    if len(different) != 1:
        named = sum(any(pattern.search(text) for _, pattern in SECTIONS) or _is_known(text) for text in different)
        return _is_words(row) and named >= 2
    (text,) = different
    title = TITLE.search(text) or month_of(text) or year_of(text)
    section = len(text) <= 8 and any(pattern.search(text) for _, pattern in SECTIONS)
    return _is_words(row) and section and not title and len(texts) < below


def _by_values(headings: list[Heading], body: list[list[Any]]) -> list[Heading]:
    """Words under a heading of money name something else (层级); 事假 in whole days is a count."""
    settled = []
    for each in headings:
        leaf = each.title.split("·")[-1]
        column = [cell for row in body if (cell := row[each.place]) != ""]
        column = [cell for cell in column if not (isinstance(cell, str) and plain(cell) == leaf)]
        numbers = [cell for cell in column if isinstance(cell, int | float)]
        if each.role in ("earning", "unknown", "deduction") and sum(map(_reads, column)) * 2 < len(column):
            each = replace(each, role="text")
        elif each.title in ("岗位", "层级", "职务", "等级") and numbers and numbers == column:
            each = replace(each, role="earning")
        elif each.role == "leave":
            days = all(cell * 2 % 1 == 0 and 0 <= cell <= 31 for cell in numbers)
            each = replace(each, role="absence_days" if days else "absence")
        settled.append(each)
    return settled


def _reads(cell: Any) -> bool:
    """A number, however it is stored."""
    found = cells.amount(cell)
    return found.meant is not None if isinstance(found, Odd) else found is not None


def _take(table: PayTable, number: int, cells_: list[Any], titles: set[str]) -> None:
    """One row below the headings: a person's, one of sums, or only words."""
    texts = _words(cells_)
    if len({plain(text) for _, text in texts} & titles) >= 3:
        return
    amounts = {each.place: cells.amount(cells_[each.place]) for each in table.headings if each.role in NUMBERS}
    row = Row(number, cells_, amounts)
    compact = plain(cells.written(table.cell(row, "name")))
    label = next((text for place, text in texts if place < min(amounts) and SUMS.search(plain(text))), "")
    numbered = any(isinstance(each, int) for each in amounts.values())
    if label and (numbered or not compact):
        if numbered:
            row.summed = plain(label)
            table.rows.append(row)
        table.texts += [(number, place, text) for place, text in texts]
        return
    if compact:
        told = isinstance(table.cell(row, "serial"), int | float) or any(each is not None for each in amounts.values())
        person = told and PERSON.fullmatch(compact) and not NOT_PEOPLE.search(compact) and not compact.isdigit()
    else:
        signed = any(NOT_PEOPLE.search(text) for _, text in texts if cells.day(text) is None)
        person = _looks_paid(table, row) and not signed
    if not person:
        table.texts += [(number, place, text) for place, text in texts]
        return
    row.name = compact
    _identify(table, row)
    table.rows.append(row)


def _identify(table: PayTable, row: Row) -> None:
    """Number, code and month of a row."""
    row.number, row.code = cells.code(table.cell(row, "id_number")), cells.code(table.cell(row, "code"))
    row.month = month_of(cells.written(table.cell(row, "month")))


def _looks_paid(table: PayTable, row: Row) -> bool:
    """Amounts of 应发 or 实发 without a name: somebody is paid, and nobody knows who. A row of column numbers isn't."""
    paid = [row.amounts.get(each.place) for each in table.of("gross", "net")]
    return any(isinstance(each, int) and abs(each) >= 100 * cells.MICRO for each in paid)


def _settled(table: PayTable) -> list[Heading]:
    """Bare sums by where they stand; of several 应发 the last before 实发 is the sum, and the others parts of it."""
    net = table.one("net")
    ahead = table.headings[: net.place] if net else table.headings
    gross = [each for each in ahead if each.role == "gross"] or table.of("gross")
    has_gross, has_deductions = bool(gross), bool(table.of("deductions"))
    settled = []
    for each in table.headings:
        if each.role == "sum":
            withheld = any(
                one.role in ("deduction", "tax", "deductions") or one.side == "person"
                for one in table.headings[: each.place]
            )
            if each in ahead and not has_gross and not withheld:
                each, has_gross = replace(each, role="gross"), True
            elif each in ahead and not has_deductions and withheld:
                each, has_deductions = replace(each, role="deductions"), True
            else:
                each = replace(each, role="ignored")
        elif each.role == "gross" and each != gross[-1]:
            each = replace(each, role="ignored")
        settled.append(each)
    return settled


def _year(stem: str, tables: list[PayTable]) -> int | None:
    """The only year that the file's name or a title says."""
    texts = [stem, *(table.sheet for table in tables), *(text for table in tables for _, _, text in table.titles)]
    said = {year for text in texts if (year := year_of(text))}
    return said.pop() if len(said) == 1 else None


def _months(tables: list[PayTable], year: int | None) -> None:
    for table in tables:
        said = [(table.sheet, None), *((text, (row, place)) for row, place, text in table.titles)]
        table.months_said = [(month, at) for text, at in said if (month := month_of(text))]
        alike = [month for month, _ in table.months_said if month.month == table.months_said[0][0].month]
        table.month = _dated(next((month for month in alike if month.year), next(iter(alike), None)), year)
        own = table.one("month")
        for row in table.rows:
            row.month = _dated(row.month, year) if own and not row.summed else table.month


def _dated(month: Month | None, year: int | None) -> Month | None:
    """The month in the year that the workbook says, where it says none itself."""
    return Month(year, month.month) if month and month.year is None else month


def _keys(tables: list[PayTable]) -> None:
    """Who is the same person on several sheets: by number where it is a real one, else by code, else by name."""
    rows = [row for table in tables for row in table.people]
    for row in rows:
        row.key = row.number if well_formed(row.number) else row.code
    known: dict[str, set[str]] = {row.name: set() for row in rows}
    for row in rows:
        known[row.name] |= {row.key} - {""}
    for table in tables:
        for row in table.people:
            if not row.name:
                row.key = row.key or f"{table.sheet}·{row.row}"  # Two of whom nothing is known aren't one.
            elif len(known[row.name]) == 1:
                row.key = row.key or next(iter(known[row.name]))
            else:
                row.key = row.key or row.name


def by_month(tables: Sequence[PayTable]) -> Iterator[tuple[Month, PayTable, Row]]:
    """Each person's rows in the order of the months; rows without a month are left out."""
    found = [(row.month, table, row) for table in tables for row in table.people if row.month]
    yield from sorted(found, key=lambda each: each[0])
