"""Months of people: insurance that stops, people who vanish between sheets, sheets that aren't there (Article 34)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from fujing.law.pay.workbook.cells import day
from fujing.law.pay.workbook.months import Month
from fujing.law.pay.workbook.tables import PayTable, Row, by_month
from fujing.law.pay.workbook.telling import Findings, cited
from fujing.law.pay.workbook.words import KIND_LABELS, Heading

INSURED = ("social", "pension", "medical", "unemployment", "injury", "housing")
Paid = tuple[Month, PayTable, Row]


def hired(table: PayTable, row: Row) -> Month | None:
    return _dated(table, row, "hired_on")


def left(table: PayTable, row: Row) -> Month | None:
    return _dated(table, row, "left_on")


def _dated(table: PayTable, row: Row, role: str) -> Month | None:
    found = day(table.cell(row, role))
    return Month.of(found) if found else None


def check_months(found: Findings, tables: Sequence[PayTable]) -> None:
    paid = list(by_month(tables))
    months = sorted({month for month, _, _ in paid})
    _between(found, tables, months)
    people: dict[str, list[Paid]] = defaultdict(list)
    for each in paid:
        people[each[2].key].append(each)
    for rows in people.values():
        _insured(found, rows)
        _gaps(found, rows, months)
    for table in tables:
        unknown = [row for row in table.people if row.month is None]
        if unknown:
            message = f"工作表“{table.sheet}”有{len(unknown)}人不知道是哪个月，按月份核对的（个税、断缴、天数）没有核对"
            found.undetermined(
                "pay.month",
                message,
                table,
                unknown[0],
                table.one("month") or table.one("name"),
                subject="",
                remedy="在表名、标题或者月份列写明年月",
            )


def _between(found: Findings, tables: Sequence[PayTable], months: Sequence[Month]) -> None:
    """A sheet whose name and title disagree, and months without a sheet."""
    for table in tables:
        for other, at in table.months_said:
            if at and table.month and other.month != table.month.month:
                message = f"工作表“{table.sheet}”的标题写{other}，与表名不一致，按{table.month}核对"
                found.undetermined("pay.month", message, table, *at, remedy="更正标题或者表名")
                break
    for one, other in pairwise(months):
        if (one.year is None) == (other.year is None) and one.after() != other:
            found.undetermined(
                "pay.month", f"没有{one.after()}至{other}之前的工作表，这段时间没有核对", remedy="补上各月的工资表"
            )


def _insured(found: Findings, rows: list[Paid]) -> None:
    """Each month in which somebody is paid is insured: 0 and an empty cell alike."""
    for code in INSURED:
        covered = [(each, at) for each in rows if (at := _columns(each[1], code))]
        insured = [_insures(row, at) for (_, _, row), at in covered]
        for place, ((month, table, row), at) in enumerate(covered):
            if insured[place] or not _is_paid(table, row) or _unread(row, at):
                continue
            began = hired(table, row)
            since = next(each[0] for each in rows if _is_paid(each[1], each[2]))
            known = f"{began}入职" if began else f"自{since}起发工资，不知道入职日期"
            before, after = any(insured[:place]), any(insured[place + 1 :])
            label = KIND_LABELS[code]
            if before and after:
                message = f"{month}没有缴{label}，前后各月都缴了，属于断缴"
            elif before:
                message = f"{month}没有缴{label}，以前各月缴了，属于断缴"
            elif (began or since).after() < month:
                message = f"{month}没有缴{label}，{known}，已过30日办理期限（{cited('pay.insurance.days')}）"
            else:
                message = f"{month}没有缴{label}，{known}，是否还在入职后30日办理期限内或者当月不缴，请核实"
                found.undetermined(
                    "pay.contribution.missing",
                    message,
                    table,
                    row,
                    at[0],
                    provision="34",
                    remedy="写明入职日期，或者附缴费凭证",
                )
                continue
            found.violated(
                "pay.contribution.missing",
                message,
                table,
                row,
                at[0],
                provision="34",
                remedy=f"补缴{month}的{label}",
                contribution=label,
            )


def _columns(table: PayTable, code: str) -> list[Heading]:
    return table.of("contribution", code=code, side="person") + table.of("contribution", code=code, side="employer")


def _insures(row: Row, at: list[Heading]) -> bool:
    return any((row.known(each.place) or 0) > 0 for each in at)


def _unread(row: Row, at: list[Heading]) -> bool:
    return any(row.known(each.place) is None for each in at)


def _is_paid(table: PayTable, row: Row) -> bool:
    paid = table.one("gross") or table.one("net")
    return paid is not None and (row.known(paid.place) or 0) > 0


def _gaps(found: Findings, rows: list[Paid], months: Sequence[Month]) -> None:
    """Somebody paid before and after a month that has sheets of its own."""
    there = sorted({month for month, _, _ in rows})
    for one, other in pairwise(there):
        gone = [month for month in months if one < month < other]
        if not gone:
            continue
        table, row = next((table, row) for month, table, row in rows if month == other)
        began, ended = hired(table, row), left(table, row)
        named = "、".join(map(str, gone))
        at = table.one("name")
        if began and began <= gone[0] and (ended is None or ended > gone[-1]):
            message = f"{named}的表里没有此人，{one}和{other}都有，{began}入职、其间没有离职"
            found.violated(
                "pay.month.missing",
                message,
                table,
                row,
                at,
                provision="34",
                remedy=f"补发、补缴{named}，或者写明原因",
                months=named,
            )
        else:
            message = f"{named}的表里没有此人，{one}和{other}都有；是否在职、是否断缴，请核实"
            found.undetermined(
                "pay.month.missing",
                message,
                table,
                row,
                at,
                provision="34",
                remedy="写明这段时间的去向，在职的补发、补缴",
                months=named,
            )
