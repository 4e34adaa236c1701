"""The week plan (排班表) that units keep in Excel, documented in formats/duties: orders, and who isn't to be sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import time
from pathlib import Path
from typing import Literal

from fujing.kernel.cells import UnreadableSheet
from fujing.kernel.exchange import Column, Table, read_table
from fujing.kernel.exchange import Fault as CellFault
from fujing.kernel.sheets import Source
from fujing.law.citizen_numbers import TITLES as NUMBER_TITLES
from fujing.law.duties.orders import Absence, Order, Plan, said_none
from fujing.law.formats.documents import DocumentError, Fault, as_faults
from fujing.law.formats.roster import FORGIVING, Roster, codes, silenced
from fujing.law.formats.roster import LABELS as ROSTER_LABELS
from fujing.law.provisions import UnknownProvision, address_of

SHEET, ABSENCE_SHEET = "派勤", "请假"
CLOCK = re.compile(r"^([01]?\d|2[0-3])(?::|时|点)(?:([0-5]\d)(?::00|分)?)?$")
MIDNIGHT = re.compile(r"^(?:24[:时点](?:00)?(?::00|分)?|1 day, 0:00:00)$")
EXPECTED_TIME = "应为时刻，如 18:00"
ABSENCES = {"请假": "leave", "停职": "suspension", "回避": "recusal"}
SEPARATOR = re.compile(r"[;；\n]")

COLUMNS = (
    Column("id", "序号", code=True),
    Column("id_number", "公民身份号码", code=True, aliases=NUMBER_TITLES),
    Column("date", "日期", "date"),
    Column("start", "起", code=True, aliases=("开始时间", "起始时间")),
    Column("end", "止", code=True, aliases=("结束时间", "终止时间")),
    Column("item", "事项", code=True),
    Column("text", "内容"),
    Column("place", "地点"),
    Column("commander", "指挥民警"),
    Column("basis", "法律依据"),
    Column("needs", "所需资质"),
    Column("drives", "驾驶车船", "bool"),
    Column("restraint", "约束性警械", "bool"),
    Column("emergency", "紧急情形"),
)
ABSENCE_COLUMNS = (
    Column("id_number", "公民身份号码", code=True, aliases=NUMBER_TITLES),
    Column("from", "起", "date"),
    Column("to", "止", "date"),
    Column("kind", "情形", "choice", choices=ABSENCES),
    Column("matter", "事由"),
)
OF_PEOPLE = (
    "id_number",
    "category",
    "unit",
    "post",
    "hired_on",
    "left_on",
    "inducted_on",
    "card_number",
    "card_valid_to",
    "qualifications",
)
"""Columns of the roster that the rules look at."""


def read_plan(path: Path | str, notes: list[str] | None = None) -> Plan:
    """Read an .xlsx. Raises DocumentError with every fault of both sheets by cell; what was passed over goes to `notes`."""
    source = Source(path)
    plan, faults, passed = plan_of(source)
    if faults:
        raise DocumentError(as_faults(faults))
    if notes is not None:
        notes += [f"{path}：{each}" for each in passed]
    return plan


def plan_of(source: Source) -> tuple[Plan, list[CellFault], list[str]]:
    """A plan as far as it can be read, every fault of both sheets, and what was passed over. Raises DocumentError for
    what is no workbook at all."""
    try:
        names = source.book.names if source.book else []
    except UnreadableSheet as error:
        raise DocumentError([Fault(str(source.path), "", "", str(error))]) from None
    if not source.book:
        raise DocumentError([Fault(str(source.path), "", "", f"应为 .xlsx 文件，有工作表“{SHEET}”")])
    orders = _read(source, COLUMNS, SHEET)
    tables = {SHEET: orders}
    if SHEET in names and not orders.columns_read and not orders.faults:
        orders.faults.append(_headless(orders, COLUMNS))
    read = tuple(_orders(orders))
    absences = None
    if ABSENCE_SHEET in names:
        tables[ABSENCE_SHEET] = _read(source, ABSENCE_COLUMNS, ABSENCE_SHEET)
        absences = tuple(_absences(tables[ABSENCE_SHEET]))
    faults = [
        fault.on(sheet) for sheet, table in tables.items() for fault in sorted(table.faults, key=lambda f: f.row or 0)
    ]
    notes = [f"工作表“{sheet}”{note}" for sheet, table in tables.items() for note in table.notes]
    return Plan(read, frozenset(orders.columns_read), absences), faults, notes


def _read(source: Source, columns: tuple[Column, ...], sheet: str) -> Table:
    table = read_table(source, columns, sheet, FORGIVING)
    table.frame = silenced(table.frame, columns)
    return table


def _headless(table: Table, columns: Iterable[Column]) -> CellFault:
    return CellFault(table.file, None, "", "", f"没有找到表头，应有 {'、'.join(column.label for column in columns)}")


def not_covered(plan: Plan, roster: Roster) -> list[str]:
    """Labels of the columns and sheets that the files don't have and the rules would look at."""
    missing = [column.label for column in COLUMNS if column.key not in plan.columns]
    if plan.absences is None:
        missing.append(ABSENCE_SHEET)
    missing += [ROSTER_LABELS[key] for key in OF_PEOPLE if key not in roster.people.columns]
    return list(dict.fromkeys(missing))


def _orders(table: Table) -> Iterable[Order]:
    codes(table, "id_number")
    for cells in table.rows:
        row = cells["row"]
        start, end = (_clock(table, row, key, cells.get(key)) for key in ("start", "end"))
        if start == "24:00":
            table.fault(row, "start", cells["start"], "应为当天的时刻；零点写 00:00，日期写第二天")
        yield Order(
            row=row,
            subject=cells.get("id") or f"行{row}",
            id_number=_plain_number(cells.get("id_number")),
            day=cells.get("date"),
            start=start if isinstance(start, time) else None,
            end=end,
            item=_item(cells.get("item")),
            text=cells.get("text"),
            place=cells.get("place"),
            commander=_name(cells.get("commander")),
            basis=cells.get("basis"),
            needs=_needs(cells.get("needs")),
            drives=cells.get("drives") is True,
            restraint=cells.get("restraint") is True,
            emergency=cells.get("emergency"),
        )


def _absences(table: Table) -> Iterable[Absence]:
    codes(table, "id_number")
    for cells in table.rows:
        start, end = cells.get("from"), cells.get("to")
        if start and end and end < start:
            table.fault(cells["row"], "to", end, f"早于起{start}")
        yield Absence(_plain_number(cells.get("id_number")), cells.get("kind"), start, end, cells.get("matter"))


def _plain_number(number: str | None) -> str | None:
    return number.upper() if number else None


def _clock(table: Table, row: int, key: str, written: str | None) -> time | Literal["24:00"] | None:
    """`18:00`, `8时30分`, a time cell of Excel; 24:00 is the day's end. Anything else is a fault."""
    if written is None:
        return None
    if MIDNIGHT.match(written):
        return "24:00"
    match = CLOCK.match(written)
    if match is None or (match[2] is None and ":" in written):
        table.fault(row, key, written, EXPECTED_TIME)
        return None
    return time(int(match[1]), int(match[2] or 0))


def _item(written: str | None) -> str | None:
    """`10.3`, or the provision as it is cited: 第十条第（三）项."""
    if written is None or not written.startswith("第"):
        return written
    try:
        found = address_of(written)
    except UnknownProvision:
        return written
    return found[0] if len(found) == 1 else written


def _name(written: str | None) -> str | None:
    """An officer's name without the spaces that people put into it."""
    return "".join(unicodedata.normalize("NFKC", written).split()) if written else None


def _needs(written: str | None) -> tuple[str, ...]:
    if said_none(written):
        return ()
    return tuple(dict.fromkeys(name.strip() for name in SEPARATOR.split(written or "") if name.strip()))
