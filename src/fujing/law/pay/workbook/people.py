"""Who is paid: citizen numbers, people who stand twice, accounts of two people, dates that don't fit the month."""

from __future__ import annotations

from collections.abc import Sequence

from fujing.law.citizen_numbers import birth_of
from fujing.law.pay.workbook.cells import code, day, written
from fujing.law.pay.workbook.months import Month
from fujing.law.pay.workbook.tables import PayTable, Row, well_formed
from fujing.law.pay.workbook.telling import Findings, numbered

DIGITS_KEPT = 10**15


def check_people(found: Findings, tables: Sequence[PayTable]) -> None:
    for table in tables:
        _numbers(found, table)
        _dates(found, table)
    _twice(found, tables)
    _accounts(found, tables)
    _names(found, tables)


def _numbers(found: Findings, table: PayTable) -> None:
    at = table.one("id_number")
    if at is None:
        return
    for row in table.people:
        cell = row.cells[at.place]
        if not row.number:
            found.undetermined("pay.person.number", "没有填写身份证号", table, row, at, remedy="填写身份证号")
        elif isinstance(cell, float | int) and cell >= DIGITS_KEPT:
            found.undetermined(
                "pay.person.number",
                "身份证号以数字保存，末几位已丢失",
                table,
                row,
                at,
                remedy="先把这一列设为文本，再按原件填写",
            )
        elif len(row.number) != 18:
            message = f"身份证号{row.number}有{len(row.number)}位，应为18位"
            found.violated("pay.person.number", message, table, row, at, remedy="按证件更正", printed=row.number)
        elif not well_formed(row.number):
            message = f"身份证号{row.number}的校验码不对（公民身份号码国家标准 GB 11643）"
            found.violated("pay.person.number", message, table, row, at, remedy="按证件更正", printed=row.number)
        elif birth_of(row.number) is None:
            message = f"身份证号{row.number}中的出生日期不存在"
            found.violated("pay.person.number", message, table, row, at, remedy="按证件更正", printed=row.number)


def _twice(found: Findings, tables: Sequence[PayTable]) -> None:
    seen: dict[tuple[Month | None, str], tuple[PayTable, Row]] = {}
    for table in tables:
        for row in table.people:
            if not row.name:
                continue
            key = (row.month, row.key)
            if row.month is None:
                key = (None, f"{table.sheet}·{row.key}")
            if key not in seen:
                seen[key] = table, row
                continue
            other, first = seen[key]
            where = numbered(first) if other is table else f"工作表“{other.sheet}”{numbered(first)}"
            at = table.one("id_number") or table.one("name")
            same = bool(row.number and row.number == first.number) or bool(row.code and row.code == first.code)
            if same and other is table:
                message = f"与{where}是同一个人，同一个月发了两次"
                found.violated("pay.person.twice", message, table, row, at, remedy="只留一行，多发的扣回")
            else:
                message = (
                    f"与{where}姓名相同，是否同一个人发了两次" if not same else f"{where}也有此人，是否同月发了两次"
                )
                found.undetermined(
                    "pay.person.twice", message, table, row, at, remedy="写明身份证号，或者说明两次各是什么"
                )


def _accounts(found: Findings, tables: Sequence[PayTable]) -> None:
    """One account is one person's; which of two is wrong, nobody knows from the workbook: both cells are named once."""
    for table in tables:
        at = table.one("account")
        if at is None:
            continue
        owners: dict[str, Row] = {}
        for row in table.people:
            cell = row.cells[at.place]
            number = code(cell)
            if isinstance(cell, float | int) and cell >= DIGITS_KEPT:
                found.undetermined(
                    "pay.person.account",
                    "银行账号以数字保存，末几位已丢失",
                    table,
                    row,
                    at,
                    remedy="先把这一列设为文本，再按原件填写",
                )
                continue
            if not number:
                continue
            first = owners.setdefault(number, row)
            if first.key != row.key:
                message = f"银行账号{number}与{numbered(first)}{first.name}的相同，一个账号发给了两个人"
                found.violated(
                    "pay.person.account",
                    message,
                    table,
                    row,
                    at,
                    remedy="核对两人的银行卡后更正",
                    printed=number,
                    other=first.subject,
                )
    kept: dict[str, tuple[str, PayTable]] = {}
    for table in tables:
        for row in table.people:
            number = code(table.cell(row, "account"))
            if not number:
                continue
            before, other = kept.setdefault(row.key, (number, table))
            kept[row.key] = number, table
            if before != number and other is not table:
                message = f"银行账号与工作表“{other.sheet}”的不同，是否换卡，请核对本人申请"
                found.advice("pay.person.account", message, table, row, table.one("account"), printed=number)


def _names(found: Findings, tables: Sequence[PayTable]) -> None:
    """The same number with two names."""
    names: dict[str, tuple[str, PayTable]] = {}
    for table in tables:
        for row in table.people:
            if not well_formed(row.number) or not row.name:
                continue
            name, other = names.setdefault(row.number, (row.name, table))
            if name != row.name and other is not table:
                message = f"身份证号{row.number}在工作表“{other.sheet}”是{name}，这里是{row.name}"
                found.undetermined("pay.person.number", message, table, row, table.one("name"), remedy="按证件更正")


def _dates(found: Findings, table: PayTable) -> None:
    for row in table.people:
        if row.month is None or row.month.year is None:
            continue
        for role in ("hired_on", "left_on", "paid_on"):
            at = table.one(role)
            if at is None or not code(row.cells[at.place]):
                continue
            cell = row.cells[at.place]
            when = day(cell)
            if when is None:
                message = f"“{at.title}”写“{written(cell)}”，不是日期"
                found.undetermined("pay.date", message, table, row, at, remedy="写成日期，如 2026-01-22")
                continue
            month = Month.of(when)
            if role == "hired_on" and month > row.month:
                message = f"{when}入职，{row.month}就发了工资"
                found.violated("pay.date", message, table, row, at, remedy="更正入职日期，或者扣回这个月的工资")
            elif role == "left_on" and (month, when.day) <= (row.month, 1) and when.year > 2000:
                message = f"{when}离职，{row.month}仍发了工资"
                found.violated("pay.date", message, table, row, at, remedy="更正离职日期，或者写明补发的是哪个月")
            elif role == "paid_on" and month not in (row.month, row.month.after()):
                message = f"“{at.title}”写{when}，不在{row.month}或者次月；工资至少每月支付一次（《中华人民共和国劳动法》第五十条）"
                found.violated("pay.date", message, table, row, at, remedy="更正日期；拖欠的说明原因")
    at = table.one("month")
    for row in table.people:
        if at and row.month and table.month and row.month.month != table.month.month:
            message = f"“{at.title}”写{row.month}，工作表“{table.sheet}”是{table.month}的"
            found.violated("pay.date", message, table, row, at, remedy="更正月份，或者移到那个月的表")
