"""Roster files written as officers keep them: a base person and organ, changed at will."""

from __future__ import annotations

import re
import struct
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from fujing.law.citizen_numbers import check_digit
from fujing.law.formats.roster import read_roster
from fujing.law.roster import RosterCheck, check_roster

CASES = Path(__file__).parent / "cases" / "roster.yaml"
DAY = date(2026, 1, 22)
ISO = re.compile(r"^\d{4}-\d\d-\d\d$")


def document() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(CASES.read_text("utf-8"), Loader=yaml.BaseLoader)
    return loaded


def id_number(born: str, place: int = 1) -> str:
    first = "510722" + born.replace("-", "") + f"{place:03d}"
    return first + check_digit(first)


def small_x() -> str:
    numbers = (id_number("1995-06-15", place) for place in range(1, 100))
    return next(number for number in numbers if number.endswith("X")).lower()


def cell(value: str | None) -> str | None:
    if value in ("null", "", None):
        return None
    if value == "小写x":
        return small_x()
    return id_number(value.removeprefix("号码:")) if value.startswith("号码:") else value


def person(base: dict[str, str], changes: dict[str, str] | None = None) -> dict[str, str | None]:
    return {key: cell(value) for key, value in (base | (changes or {})).items()}


def written(
    path: Path, people: list[dict[str, str | None]], organs: list[dict[str, str | None]] | None, sheet: str = "花名册"
) -> Path:
    """A workbook with real dates and numbers, as Excel would have them."""
    book = xlsxwriter.Workbook(path)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in ((sheet, people), ("机关", organs)):
        if rows is None:
            continue
        page = book.add_worksheet(name)
        for place, header in enumerate(rows[0] if rows else ()):
            page.write_string(0, place, header)
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row.values()):
                if value is not None and ISO.match(value) and value[5:] != "02-30":
                    page.write_datetime(number, place, date.fromisoformat(value), day)  # type: ignore[arg-type]
                elif value is not None:
                    page.write_string(number, place, value)
    book.close()
    return path


def checked(
    folder: Path, people: list[dict[str, str | None]], organs: list[dict[str, str | None]] | None
) -> RosterCheck:
    return check_roster(read_roster(written(folder / "花名册.xlsx", people, organs)), DAY)


def told(check: RosterCheck) -> set[str]:
    """`规则 结论` of the first person and of the sheet's organ; others with their row or code before it."""
    found = set()
    for each in check.findings():
        if each.row is None:
            where = "" if each.subject == "510722000000" else f"{each.subject} "
        else:
            where = "" if each.row == 2 else f"行{each.row} "
        if each.outcome != "satisfied":
            found.add(f"{where}{each.rule} {each.outcome}")
    return found


def compound(*streams: str) -> bytes:
    """An OLE compound file with empty streams: what .xls and password-protected workbooks are inside."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, end, 0, end, 0, 0) + struct.pack("<I", free) * 108
    fat = struct.pack("<II", 0xFFFFFFFD, end) + struct.pack("<I", free) * 126
    entries = b""
    for place, name in enumerate(("Root Entry", *streams)):
        raw = name.encode("utf-16-le")
        kind = 5 if place == 0 else 2
        entries += raw.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(raw) + 2, kind, 1, free, free, 1 if place == 0 else free
        )
        entries += bytes(36) + struct.pack("<IQ", end, 0)
    return (head + fat).ljust(1024, b"\xff") + entries.ljust(512, b"\0")
