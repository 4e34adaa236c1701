"""A pay workbook as tables: titles, headings of one to four rows, people, sums and notes, wherever they stand."""

from __future__ import annotations

import re
from collections import Counter
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
        "leave",
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
WORDED = frozenset({"unknown", "sum", "blank"})
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
    """One table of a sheet. `month` is the sheet's own; a row may have another."""

    sheet: str
    headings: list[Heading]
    heading_row: int
    rows: list[Row]
    texts: list[tuple[int, int, str]]
    formulas: dict[tuple[int, int], str | tuple[int, int]] = field(default_factory=dict)
    uncomputed: list[tuple[int, int]] = field(default_factory=list)
    month: Month | None = None
    months_said: list[tuple[int | None, Month]] = field(default_factory=list)
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

    @property
    def people(self) -> list[Row]:
        return [row for row in self.rows if not row.summed]

    @property
    def shape(self) -> tuple[tuple[str, str], ...]:
        """Tables with the same headings are judged as one."""
        return tuple((each.title, each.role) for each in self.headings if each.role in MONEY)


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
    tables, passed = [], []
    for sheet, grid in grids.items():
        found = _table(sheet, grid)
        tables += [found] if found else []
        passed += [] if found else [sheet]
    if not tables:
        expected = "没有找到工资表的表头，应有 姓名，以及 应发、实发、扣款 等列"
        raise DocumentError([Fault(name, "", "", expected)])
    _months(tables, year or _year(source.path.stem, tables))
    _keys(tables)
    return PayBook(name, tables, passed, grids, source.content)


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
    width = max((len(row) for row in grid.rows), default=0)
    headings = []
    for place in range(width):
        texts: list[str] = []
        for row in top[first : last + 1]:
            text = plain(row[place]) if place < len(row) else ""
            if text and (not texts or texts[-1] != text):
                texts.append(text)
        headings.append(heading(place, texts))
    body = list(enumerate(grid.rows))[last + 1 :]
    headings = _by_values(headings, [row for _, row in body])
    roles = {each.role for each in headings}
    if "name" not in roles or not roles & (MONEY - {"unknown", "sum", "special"}):
        return None
    table = PayTable(sheet, headings, last, [], [], grid.formulas, grid.uncomputed)
    titles = {each.title.split("·")[-1] for each in headings if each.role not in WORDED}
    for number, row in body:
        _take(table, number, row, titles)
    table.texts += [
        (number, place, str(cell).strip())
        for number, row in enumerate(grid.rows[:first])
        for place, cell in enumerate(row)
        if isinstance(cell, str) and cell.strip()
    ]
    table.headings = _settled(table)
    table._asked.clear()
    return table


def _spread(grid: Grid) -> list[list[Any]]:
    """The first rows, each merged cell standing in all of its places."""
    top = [list(row) for row in grid.rows[:SEARCHED]]
    for (first, left), (last, right) in grid.merges:
        if first < len(top) and left < len(top[first]):
            for row in range(first, min(last, len(top) - 1) + 1):
                for place in range(left, min(right, len(top[row]) - 1) + 1):
                    top[row][place] = top[first][left]
    return top


def _texts(row: Sequence[Any]) -> list[str]:
    return [plain(cell) for cell in row if isinstance(cell, str) and cell.strip()]


def _known(row: Sequence[Any]) -> int:
    """How many different known headings stand in a row."""
    texts = {text for text in _texts(row) if len(text) <= LONGEST_TITLE}
    return sum(heading(0, [text]).role not in WORDED for text in texts)


def _heading_rows(top: list[list[Any]]) -> tuple[int, int] | None:
    counts = [_known(row) if _is_words(row) else 0 for row in top]
    most = max(counts, default=0)
    if most < 3:
        return None
    first = last = counts.index(most)
    while first and _is_group(top[first - 1], len(set(_texts(top[first])))):
        first -= 1
    while last + 1 < len(top) and _is_words(top[last + 1]) and counts[last + 1] >= 2:
        last += 1
    return first, last


def _is_words(row: Sequence[Any]) -> bool:
    return not any(isinstance(cell, int | float) for cell in row)


def _is_group(row: Sequence[Any], below: int) -> bool:
    """A row of headings above the headings: several texts, or one that names a section of some columns."""
    texts = [text for text in _texts(row) if len(text) <= LONGEST_TITLE and ":" not in text]
    if not texts or not _is_words(row):
        return False
    different = set(texts)
    if len(different) > 1:
        return sum(any(p.search(text) for _, p in SECTIONS) or heading(0, [text]).role not in WORDED for text in different) >= 2  # fmt: skip
    if TITLE.search(texts[0]) or month_of(texts[0]) or year_of(texts[0]):
        return False
    return len(texts) < below and any(pattern.search(texts[0]) for _, pattern in SECTIONS) and len(texts[0]) <= 8


def _by_values(headings: list[Heading], body: list[list[Any]]) -> list[Heading]:
    """Words under a heading of money name something else (层级); 事假 in whole days is a count."""
    settled = []
    for each in headings:
        leaf = each.title.split("·")[-1]
        column = [row[each.place] for row in body if each.place < len(row) and row[each.place] not in ("", None)]
        column = [cell for cell in column if not isinstance(cell, str) or plain(cell) != leaf]
        numbers = sum(isinstance(cell, int | float) for cell in column)
        if each.role in ("earning", "unknown", "deduction") and column and numbers * 2 < len(column):
            readable = sum(map(_reads, column))
            if readable * 2 < len(column):
                each = replace(each, role="text")
        if each.role == "text" and column and numbers == len(column) and each.title in ("岗位", "层级", "职务", "等级"):
            each = replace(each, role="earning")
        if each.role == "leave":
            days = all(
                cell * 2 == int(cell * 2) and 0 <= cell <= 31 for cell in column if isinstance(cell, int | float)
            )
            each = replace(each, role="absence_days" if days else "absence")
        settled.append(each)
    return settled


def _reads(cell: Any) -> bool:
    """A number, however it is stored."""
    found = cells.amount(cell)
    return found.meant is not None if isinstance(found, Odd) else found is not None


def _take(table: PayTable, number: int, cells_: list[Any], titles: set[str]) -> None:
    """One row below the headings: a person's, one of sums, or only words."""
    texts = [(place, cell) for place, cell in enumerate(cells_) if isinstance(cell, str) and cell.strip()]
    if not texts and not any(isinstance(cell, int | float) for cell in cells_):
        return
    if len({plain(text) for _, text in texts} & titles) >= 3:
        return
    name_at = table.one("name")
    assert name_at is not None
    name = cells.written(cells_[name_at.place]) if name_at.place < len(cells_) else ""
    compact = plain(name)
    money = [each.place for each in table.headings if each.role in NUMBERS]
    first = min(money, default=len(cells_))
    label = next((text for place, text in texts if place < first and SUMS.search(plain(text))), "")
    amounts = {
        each.place: cells.amount(cells_[each.place])
        for each in table.headings
        if each.role in NUMBERS and each.place < len(cells_)
    }
    numbered = any(isinstance(each, int) for each in amounts.values())
    row = Row(number, cells_, amounts)
    if label and (numbered or not compact):
        if numbered:
            row.summed = plain(label)
            table.rows.append(row)
        table.texts += [(number, place, text) for place, text in texts]
        return
    if not compact:
        words = [text for _, text in texts]
        if numbered and not any(NOT_PEOPLE.search(text) for text in words if cells.day(text) is None):
            if _looks_paid(table, row):
                _identify(table, row)
                table.rows.append(row)
        else:
            table.texts += [(number, place, text) for place, text in texts]
        return
    serial = table.one("serial")
    counted = serial is not None and isinstance(cells_[serial.place], int | float)
    named = bool(PERSON.fullmatch(compact)) and not NOT_PEOPLE.search(compact) and not compact.isdigit()
    if not named or not (numbered or counted or any(isinstance(each, Odd) for each in amounts.values())):
        table.texts += [(number, place, text) for place, text in texts]
        return
    row.name = compact
    _identify(table, row)
    table.rows.append(row)


def _identify(table: PayTable, row: Row) -> None:
    """Number, code and month of a row."""
    if (at := table.one("id_number")) and at.place < len(row.cells):
        row.number = cells.code(row.cells[at.place])
    if (at := table.one("code")) and at.place < len(row.cells):
        row.code = cells.code(row.cells[at.place])
    if (at := table.one("month")) and at.place < len(row.cells):
        row.month = month_of(cells.written(row.cells[at.place]))


def _looks_paid(table: PayTable, row: Row) -> bool:
    """Amounts of 应发 or 实发 without a name: somebody is paid, and nobody knows who. A row of column numbers isn't."""
    paid = [row.amounts.get(each.place) for each in table.of("gross", "net")]
    return any(isinstance(each, int) and abs(each) >= 100 * cells.MICRO for each in paid)


def _settled(table: PayTable) -> list[Heading]:
    """Bare sums by where they stand; of several 应发 the last before 实发 is the sum, and the others parts of it."""
    net = table.one("net")
    end = net.place if net else len(table.headings)
    withheld = [
        each.place
        for each in table.headings
        if each.role in ("deduction", "tax", "deductions") or each.side == "person"
    ]
    gross = [each for each in table.of("gross") if each.place < end] or table.of("gross")
    settled = []
    has_gross, has_deductions = bool(gross), bool(table.of("deductions"))
    for each in table.headings:
        if each.role == "sum":
            if not has_gross and each.place < min(withheld, default=end):
                each, has_gross = replace(each, role="gross"), True
            elif not has_deductions and withheld and min(withheld) < each.place < end:
                each, has_deductions = replace(each, role="deductions"), True
            else:
                each = replace(each, role="ignored")
        elif each.role == "gross" and gross and each is not gross[-1]:
            each = replace(each, role="ignored")
        settled.append(each)
    return settled


def _year(stem: str, tables: list[PayTable]) -> int | None:
    """The only year that the file's name or a title says."""
    said = {year for year in [year_of(stem), *(year_of(table.sheet) for table in tables)] if year}
    said |= {
        year for table in tables for row, _, text in table.texts if row < table.heading_row and (year := year_of(text))
    }
    return said.pop() if len(said) == 1 else None


def _months(tables: list[PayTable], year: int | None) -> None:
    for table in tables:
        titles = [(row, month_of(text)) for row, _, text in table.texts if row < table.heading_row]
        said = [(None, month_of(table.sheet)), *titles]
        table.months_said = [(row, month) for row, month in said if month]
        months = [month for _, month in table.months_said]
        table.month = next((month for month in months if month.year), months[0] if months else None)
        if months and table.month and months[0].month != table.month.month:
            table.month = months[0]
        table.month = _dated(table.month, year)
        for row in table.rows:
            row.month = _dated(row.month, year)
        for row in table.rows:
            row.month = row.month or (None if table.one("month") and not row.summed else table.month)


def _dated(month: Month | None, year: int | None) -> Month | None:
    """The month in the year that the workbook says, where it says none itself."""
    return Month(year, month.month) if month and month.year is None else month


def _keys(tables: list[PayTable]) -> None:
    """Who is the same person on several sheets: by number where it is a real one, else by code, else by name."""
    rows = [row for table in tables for row in table.people]
    for row in rows:
        row.key = row.number if well_formed(row.number) else row.code
    names: dict[str, Counter[str]] = {}
    for row in rows:
        if row.key:
            names.setdefault(row.name, Counter())[row.key] += 1
    for row in rows:
        if not row.key:
            row.key = (
                next(iter(names[row.name])) if len(names.get(row.name, ())) == 1 else row.name or f"第{row.row + 1}行"
            )


def by_month(tables: Sequence[PayTable]) -> Iterator[tuple[Month, PayTable, Row]]:
    """Each person's rows in the order of the months; rows without a month are left out."""
    found = [(row.month, table, row) for table in tables for row in table.people if row.month]
    yield from sorted(found, key=lambda each: each[0])
