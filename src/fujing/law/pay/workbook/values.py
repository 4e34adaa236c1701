"""What can't be: text in a number, pay below zero, more days than the month has, errors of formulas."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fujing.law.pay.workbook.cells import MICRO, Odd, said
from fujing.law.pay.workbook.tables import MONEY, NUMBERS, PayTable, Row
from fujing.law.pay.workbook.telling import Findings
from fujing.law.pay.workbook.words import CORRECTS, Heading

DAYS = ("days", "days_due", "absence_days")
SUMMING = re.compile("请假|缺勤")
"""May be the sum of the kinds of leave beside it."""
NEVER_NEGATIVE = MONEY - {"absence", "deduction", "unknown", "special"}


def check_values(found: Findings, table: PayTable) -> None:
    columns = [each for each in table.headings if each.role in NUMBERS]
    mostly = {each.place: _mostly_numbers(table.people, each.place) for each in columns}
    for row in table.rows:
        for each in columns:
            cell = row.amounts.get(each.place)
            if cell is None:
                continue
            if isinstance(cell, Odd):
                _text(found, table, row, each, cell, numbers=mostly[each.place])
            elif cell < 0 and not row.summed:
                _negative(found, table, row, each, cell)
        if not row.summed:
            _days(found, table, row)
            if not row.name:
                at = table.one("name")
                if row.number or row.code:
                    found.undetermined("pay.person.unnamed", "没有填写姓名", table, row, at, remedy="填写姓名")
                else:
                    message = f"第{row.row + 1}行有金额，没有姓名，不知道发给谁"
                    found.violated("pay.person.unnamed", message, table, row, at, remedy="填写姓名，或者删去这一行")


def _mostly_numbers(rows: Sequence[Row], place: int) -> bool:
    cells = [row.amounts.get(place) for row in rows]
    return sum(isinstance(cell, int) for cell in cells) > sum(isinstance(cell, Odd) for cell in cells)


def _text(found: Findings, table: PayTable, row: Row, each: Heading, cell: Odd, *, numbers: bool) -> None:
    if cell.text.startswith("#"):
        message = f"“{each.title}”的公式出错（{cell.text}），没有数额，用到它的各项都不能核对"
        found.violated("pay.value.text", message, table, row, each, remedy="改正公式，或者填写数额", printed=cell.text)
    elif cell.meant is None:
        message = f"“{each.title}”写的是文字“{cell.text}”，不是数额，用到它的各项都没有核对"
        found.undetermined(
            "pay.value.text", message, table, row, each, remedy="填写数额，说明写到备注", printed=cell.text
        )
    elif numbers:
        message = f"“{each.title}”的{said(cell.meant)}以文字保存（{cell.text}），求和公式不会计入"
        found.violated(
            "pay.value.text", message, table, row, each, remedy=f"改为数字{said(cell.meant)}", printed=cell.text
        )


def _negative(found: Findings, table: PayTable, row: Row, each: Heading, cell: int) -> None:
    if each.role not in NEVER_NEGATIVE or CORRECTS.search(each.title):
        return
    if each.role == "tax":
        message = f"“{each.title}”为{said(cell)}元；预扣预缴没有负数，多预扣的在年度汇算时退"
    elif each.role == "net":
        message = f"“{each.title}”为{said(cell)}元；扣款超过应发，工资支付后不能为负数"
    else:
        message = f"“{each.title}”为{said(cell)}元，不能小于0"
    found.violated("pay.value.negative", message, table, row, each, remedy="核对原始凭据后更正")


def _days(found: Findings, table: PayTable, row: Row) -> None:
    if row.month is None:
        return
    most = row.month.days
    together, last = 0, None
    for each in table.of(*DAYS):
        cell = row.amounts.get(each.place)
        if not isinstance(cell, int):
            continue
        if not 0 <= cell <= most * MICRO:
            message = f"“{each.title}”写{said(cell)}天，{row.month}有{most}天"
            found.violated("pay.attendance", message, table, row, each, remedy="按考勤记录更正")
        elif each.role == "days" or (each.role == "absence_days" and not SUMMING.search(each.title)):
            together, last = together + cell, each
    if last and together > most * MICRO:
        message = f"出勤和缺勤合起来{said(together)}天，{row.month}有{most}天"
        found.violated("pay.attendance", message, table, row, last, remedy="按考勤记录更正")
