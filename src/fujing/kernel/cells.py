"""What every kind of sheet comes down to: a header and a body of text cells (dates may stay dates)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

SEARCHED = 15
"""Rows in which a header is looked for under titles."""
SILENT = frozenset(
    [
        "/",
        "//",
        "\\",
        "-",
        "--",
        "---",
        "—",
        "——",
        "――",
        "–",
        "_",
        "*",
        "?",
        ".",
        "..",
        "...",
        "......",
        "无法提供",
        "未提供",
        "暂未提供",
        "无法核实",
        "未填",
        "未填写",
        "未填报",
        "没填",
        "不填",
        "待填",
        "待补",
        "待补充",
        "待定",
        "待核实",
        "待查",
        "不详",
        "不清楚",
        "不知道",
        "未知",
        "暂缺",
        "缺",
        "空",
        "空白",
        "详见附件",
        "见附件",
        "附件",
        "见备注",
        "详见备注",
        "见简历",
        "详见简历",
        "见材料",
        "详见材料",
        "见原件",
        "同上",
        "略",
        "#N/A",
        "N/A",
        "NA",
        "#VALUE!",
        "#REF!",
        "#NAME?",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "NULL",
        "NONE",
        "NAN",
    ]
)
"""Cells that stand there and say nothing, in plain forms and capitals: the matter is still to be verified."""


class UnreadableSheet(ValueError):
    """The file as a whole can't be used: not there, not a table, no header."""


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A row, or one cell of it, that lost something before we could read it."""

    row: int
    place: str | None
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """`header` maps a place ("0", "1", …) to its title; `body` has `row` and one column a place, empty = null.

    `above`: how many rows stand above the header. `notes`: what was passed over.
    """

    header: dict[str, str]
    body: pl.DataFrame
    spoilt: list[Spoilt]
    above: int = 0
    name: str = ""
    notes: list[str] = field(default_factory=list)


def header_at(rows: Sequence[Sequence[Any]], titles: Collection[str]) -> int | None:
    """The first row with most of the expected titles, at least two; a title row above the table has none."""
    found = [known(row, titles) for row in rows[:SEARCHED]]
    most = max(found, default=0)
    return found.index(most) if most >= min(2, len(titles)) else None


def known(row: Sequence[Any], titles: Collection[str]) -> int:
    """How many cells of a row are expected titles."""
    return sum(title_as_meant(str(cell), titles) in titles for cell in row)


def title_as_meant(title: str, titles: Collection[str]) -> str:
    """A title without what only lays it out (姓　名, a line break), where it is an expected one so."""
    title = title.strip()
    compact = "".join(title.split())
    return compact if title not in titles and compact in titles else title


def sheet_of(
    titles: Sequence[str],
    body: pl.DataFrame,
    spoilt: Sequence[Spoilt] = (),
    above: int = 0,
    name: str = "",
    notes: Sequence[str] = (),
) -> Sheet:
    """Trim text, empty cells to null, number the rows as the sheet does (first row = 1; `above` the header)."""
    body = body.rename({old: str(place) for place, old in enumerate(body.columns)})
    text = pl.col(pl.String).str.strip_chars()
    body = body.with_columns(pl.when(text != "").then(text).name.keep())
    header = {str(place): title.strip() for place, title in enumerate(titles)}
    rows = pl.int_range(above + 2, above + body.height + 2, dtype=pl.Int64).alias("row")
    return Sheet(header, body.with_columns(rows), list(spoilt), above, name, list(notes))
