"""What a paper says, without how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Text:
    """One paragraph of the body, its first line indented by two characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body: level 1 (一、) or level 2 (（一）)."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `widths` are shares of the line; columns in `numbers` (from 0) are aligned right."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Card:
    """Facts of one person beside a photo and a code, both SVG; without a photo the frame stays empty. PDF only."""

    facts: tuple[tuple[str, str], ...]
    photo: str
    code: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A card of 85.6 mm by 54 mm to be cut out: facts beside a photo and a code, both SVG, below two lines of heading."""

    over: str
    title: str
    facts: tuple[tuple[str, str], ...]
    photo: str
    code: str
    under: str


@dataclass(frozen=True, slots=True)
class Badges:
    """Badges side by side, three on a line of a wide paper. PDF only."""

    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """An official paper. What is empty is not printed; a draft says so on every page.

    `issuer` is printed above as 发文机关标志 and below as 署名; without one the paper is a form. `signer` is the
    签发人 of a paper that goes up. `code` is printed small at the foot, to find the paper again in the system. A `wide` one lies across: tables of many columns.
    """

    title: str
    blocks: tuple[Text | Heading | Grid | Card | Badges, ...]
    issuer: str = ""
    number: str = ""
    signer: str = ""
    recipient: str = ""
    dated: date | None = None
    code: str = ""
    draft: bool = False
    wide: bool = False


def chinese_date(day: date | None) -> str:
    """成文日期 in Arabic numerals without leading zeros, as the standard wants it."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
