"""Formulas: stored results that are stale, numbers written over a formula, formulas that were never computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from fujing.kernel.excel import Grid
from fujing.law.pay.workbook.cells import CENT, MICRO, Odd, at, decimal, said
from fujing.law.pay.workbook.formulas import Unknown, relative, value
from fujing.law.pay.workbook.tables import NUMBERS, PayTable, Row
from fujing.law.pay.workbook.telling import Findings
from fujing.law.pay.workbook.words import Heading

Formulas = dict[tuple[int, int], str]


def check_formulas(found: Findings, tables: Sequence[PayTable], grids: Mapping[str, Grid]) -> None:
    for table in tables:
        formulas = _relative(table)
        rows = {row.row: row for row in table.rows}
        columns = {each.place: each for each in table.headings if each.role in NUMBERS}
        _uncomputed(found, table)

        def look(sheet: str, row: int, place: int, own: str = table.sheet) -> Any:
            grid = grids.get(sheet or own)
            if grid is None:
                raise Unknown(sheet)
            cells = grid.rows[row] if 0 <= row < len(grid.rows) else []
            return cells[place] if 0 <= place < len(cells) else None

        unknown: Counter[int] = Counter()
        dry = set(table.uncomputed)
        for (number, place), formula in formulas.items():
            row = rows.get(number)
            if row is None or place not in columns or (number, place) in dry:
                continue
            stored = row.amounts.get(place)
            if isinstance(stored, Odd):
                continue
            try:
                right = _micro(value(formula, number, place, look))
            except Unknown:
                unknown[place] += 1
                continue
            if abs(right - (stored or 0)) >= CENT // 2:
                _stale(found, table, row, columns[place], stored or 0, right)
        for place, count in unknown.items():
            message = f"“{columns[place].title}”有{count}个公式不在能核对的写法之内，只核对了结果"
            found.undetermined("pay.formula.stale", message, table, None, columns[place])
        for column in columns.values():
            _overwritten(found, table, column, formulas, look)


def _relative(table: PayTable) -> Formulas:
    """Each cell's formula by distances; one that was filled from another is the other's."""
    told: Formulas = {}
    for (row, place), formula in table.formulas.items():
        if isinstance(formula, str):
            told[row, place] = relative(formula, row, place)
        elif formula in told:
            told[row, place] = told[formula]
    return told


def _micro(result: Any) -> int:
    if result is None or result == "":
        return 0
    if isinstance(result, bool) or not isinstance(result, int | float):
        raise Unknown(result)
    return round(result * MICRO)


def _uncomputed(found: Findings, table: PayTable) -> None:
    people = {row.row for row in table.rows}
    money = {each.place for each in table.headings if each.role in NUMBERS}
    dry = [each for each in table.uncomputed if each[0] in people and each[1] in money]
    if dry:
        message = f"有{len(dry)}个公式没有计算结果（第一个在{at(*dry[0])}），用到它们的都没有核对"
        found.undetermined(
            "pay.formula.uncomputed", message, table, dry[0][0], dry[0][1], remedy="用表格软件打开并保存一次再核对"
        )


def _stale(found: Findings, table: PayTable, row: Row, column: Heading, stored: int, right: int) -> None:
    message = f"“{column.title}”显示{said(stored)}，公式按现在的数算出{said(right)}；结果是旧的"
    subject = row.subject or row.summed
    found.violated(
        "pay.formula.stale",
        message,
        table,
        row,
        column,
        subject=subject,
        remedy="用表格软件重新计算（设为自动计算）并保存，再核对",
        printed=decimal(stored),
        right=decimal(right),
    )


def _overwritten(found: Findings, table: PayTable, column: Heading, formulas: Formulas, look: Any) -> None:
    """A number among people whose column is reckoned by one formula."""
    people = table.people
    used = Counter(formulas[row.row, column.place] for row in people if (row.row, column.place) in formulas)
    if not used:
        return
    formula, count = used.most_common(1)[0]
    if count < 3 or count * 3 < len(people) * 2:
        return
    for row in people:
        stored = row.amounts.get(column.place)
        if (row.row, column.place) in formulas or not isinstance(stored, int):
            continue
        where = f"“{column.title}”这一列是公式，这一格写成了数字{said(stored)}"
        try:
            right = _micro(value(formula, row.row, column.place, look))
        except Unknown:
            found.undetermined("pay.formula.overwritten", f"{where}，按公式应为多少算不出", table, row, column)
            continue
        if abs(right - stored) < CENT // 2:
            message = f"{where}，现在与公式相符，以后改了别的数它不会跟着变"
            found.advice("pay.formula.overwritten", message, table, row, column, remedy="恢复公式")
        else:
            message = f"{where}，按公式应为{said(right)}，差{said(stored - right)}"
            found.violated(
                "pay.formula.overwritten",
                message,
                table,
                row,
                column,
                remedy="恢复公式，或者在备注写明原因",
                printed=decimal(stored),
                right=decimal(right),
            )
