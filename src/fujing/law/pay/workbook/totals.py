"""Rows of sums (小计, 合计) against the people above them, and head counts against the people there are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fujing.law.pay.workbook.cells import CENT, Odd, decimal, said
from fujing.law.pay.workbook.sums import alike
from fujing.law.pay.workbook.tables import NUMBERS, SUBTOTAL, PayTable, Row
from fujing.law.pay.workbook.telling import Findings
from fujing.law.pay.workbook.words import plain

COUNTED = re.compile(r"(?:共计?|合计|总计|小计|实有|人数)[:：(]?(\d+)人|人数[:：](\d+)")


def check_totals(found: Findings, table: PayTable) -> None:
    """Every number of every row of sums, and every head count."""
    rows = table.rows
    summed = [place for place, row in enumerate(rows) if row.summed]
    scopes: dict[int, list[Row]] = {}
    for place in summed:
        row = rows[place]
        if "累计" in row.summed:
            found.undetermined(
                "pay.sum.column",
                f"“{row.summed}”跨几个月，没有核对",
                table,
                row,
                _label(table, row),
                subject=row.summed,
            )
            continue
        options = _scopes(rows, place, summed)
        scopes[row.row] = _check(found, table, row, options) if options else []
    _heads(found, table, scopes)


def _label(table: PayTable, row: Row) -> int:
    return next(place for place, cell in enumerate(row.cells) if isinstance(cell, str) and plain(cell) == row.summed)


def _scopes(rows: Sequence[Row], place: int, summed: Sequence[int]) -> list[list[Row]]:
    """Whom the sum may be of, the most usual first: since the row of sums before, or all so far, or all that follow."""
    starts = [0, *(at + 1 for at in summed[: summed.index(place)])]
    if SUBTOTAL.search(rows[place].summed):
        starts.reverse()
    scopes = [[row for row in rows[start:place] if not row.summed] for start in starts]
    if not any(scopes):
        scopes.append([row for row in rows[place:] if not row.summed])
    return [scope for scope in scopes if scope]


def _check(found: Findings, table: PayTable, row: Row, scopes: list[list[Row]]) -> list[Row]:
    shown = {
        each: cell
        for each in table.headings
        if each.role in NUMBERS and isinstance(cell := row.amounts.get(each.place), int)
    }
    sums = [[_sum(scope, each.place) for each in shown] for scope in scopes]
    fitting = [
        sum(right is not None and alike(printed, *right) for right, printed in zip(each, shown.values(), strict=True))
        for each in sums
    ]
    best = fitting.index(max(fitting))
    for (each, printed), right in zip(shown.items(), sums[best], strict=True):
        if right is None or alike(printed, *right):
            continue
        message = f"“{row.summed}”的“{each.title}”写{said(printed)}，{len(scopes[best])}人相加为{said(right[0])}，差{said(printed - right[0])}"
        found.violated(
            "pay.sum.column",
            message,
            table,
            row,
            each,
            subject=row.summed,
            remedy=f"改为{said(right[0])}，并核对求和公式的范围",
            printed=decimal(printed),
            right=decimal(right[0]),
        )
    return scopes[best]


def _sum(rows: Sequence[Row], place: int) -> tuple[int, int] | None:
    """The sum of a column, and how many of its cells have digits behind 分; None where a cell can't be told."""
    cells = [cell for row in rows if (cell := row.amounts.get(place))]
    read = [cell.meant if isinstance(cell, Odd) else cell for cell in cells]
    numbers = [cell for cell in read if cell is not None]
    return (sum(numbers), sum(bool(cell % CENT) for cell in numbers)) if numbers == read else None


def _heads(found: Findings, table: PayTable, scopes: dict[int, list[Row]]) -> None:
    for number, place, text in (*table.titles, *table.texts):
        counted = COUNTED.search(plain(text))
        if not counted or (number in scopes and not scopes[number]):
            continue
        said_ = int(counted[1] or counted[2])
        people = scopes.get(number, table.people)
        if said_ in (len(people), len({row.key for row in people})):
            continue
        found.violated(
            "pay.sum.headcount",
            f"写{said_}人，表中有{len(people)}人",
            table,
            number,
            place,
            remedy="核对是否漏了人或者多了人，再改人数",
            printed=str(said_),
            right=str(len(people)),
        )
