"""Cells of a pay workbook as exact numbers: whole millionths of a 元, so that hidden digits behind 分 stay seen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

MICRO = 1_000_000
CENT = MICRO // 100
SILENT = frozenset({"", "-", "—", "--", "——", "/", "无", "\\"})
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that isn't a number; `meant`: the number that it reads as, if it reads as one."""

    text: str
    meant: int | None = None


def amount(cell: Any) -> int | Odd | None:
    """A number in millionths; None where nothing stands there."""
    if type(cell) is float or type(cell) is int:
        return round(cell * MICRO)
    if cell is None:
        return None
    if not isinstance(cell, str):
        return Odd(str(cell))
    text = unicodedata.normalize("NFKC", cell).strip()
    if text in SILENT:
        return None
    bare = re.sub(r"[,¥\s]|元$", "", text)
    return Odd(cell, int(Decimal(bare) * MICRO) if NUMBER.fullmatch(bare) else None)


def day(cell: Any) -> date | None:
    """A date, however it is written."""
    if isinstance(cell, datetime):
        return cell.date()
    text = "".join(unicodedata.normalize("NFKC", written(cell)).split())
    found = DATE.fullmatch(text) or COMPACT.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def written(cell: Any) -> str:
    """A cell as text; a number keeps its digits."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def code(cell: Any) -> str:
    """A number that identifies somebody, without spaces and full-width digits."""
    text = "".join(unicodedata.normalize("NFKC", written(cell)).split()).upper()
    return "" if text in SILENT else text


def said(micro: int) -> str:
    """元 as officers write them, hidden digits shown."""
    number = Decimal(micro) / MICRO
    shown = number.quantize(Decimal("0.01"))
    return f"{shown:,.2f}" if shown == number else f"{number.normalize():,f}"


def decimal(micro: int) -> str:
    """The same as JSON has it."""
    return said(micro).replace(",", "")


def rounded(number: int | Fraction, unit: int = CENT) -> int:
    """To a multiple of the unit, half away from zero."""
    return -rounded(-number, unit) if number < 0 else (2 * number + unit) // (2 * unit) * unit


def letters(place: int) -> str:
    """The letters of a column, from 0."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def at(row: int, place: int) -> str:
    """A cell's name; both from 0."""
    return f"{letters(place)}{row + 1}"
