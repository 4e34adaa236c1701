"""The people and the months of a pay run as officers keep them in Excel, documented in formats/pay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from fujing.kernel.exchange import DECIMAL, PLAIN_DATES, Column, Forgiving, Table, read_table
from fujing.kernel.sheets import Source
from fujing.law.formats.documents import DocumentError, as_faults

PEOPLE_SHEET, MONTHS_SHEET = "人员", "月份"
MOST_YUAN = 9_999_999
MOST_HOURS = 744
MOST_DAYS = 31
MONTH = re.compile(r"^(\d{4})(?:[-/.](\d{1,2})(?:[-/.]0?1)?|年(\d{1,2})月)$")
EXPECTED_MONTH = "应为月份，如 2026-05"


def _yuan(key: str, label: str) -> Column:
    return Column(key, label, "money", low=0, high=MOST_YUAN, expected="应为不小于0的金额（元），如 5,000.00")


def _count(key: str, label: str, high: int) -> Column:
    return Column(key, label, "decimal", low=0, high=high)


PEOPLE_COLUMNS = (
    Column("id", "人员编号", required=True, code=True),
    Column("name", "姓名"),
    Column("category", "类别", code=True),
    Column("tier", "层级", code=True),
    Column("post_grade", "岗位等级", code=True),
    Column("hired_on", "入职日期", "date"),
    Column("left_on", "离职日期", "date"),
    Column("appraisal", "上年度考核", code=True),
    _yuan("social_base", "社保基数"),
    _yuan("housing_base", "公积金基数"),
    _yuan("special_deductions", "专项附加扣除"),
    Column("first_job", "首次就业", "bool"),
)
COUNTS = (
    _count("night_shifts", "夜班", MOST_DAYS),
    _count("duty_days", "值班", MOST_DAYS),
    _count("overtime_weekday", "平日加班小时", MOST_HOURS),
    _count("overtime_restday", "休息日加班小时", MOST_HOURS),
    _count("overtime_holiday", "节假日加班小时", MOST_HOURS),
    _count("personal_leave_days", "事假天数", MOST_DAYS),
    _count("sick_leave_days", "病假天数", MOST_DAYS),
)
MONTHS_COLUMNS = (
    Column("id", "人员编号", required=True, code=True),
    Column("month", "月份", required=True, code=True),
    *COUNTS,
    Column(
        "back_pay", "补发", "decimal", low=-MOST_YUAN, high=MOST_YUAN, expected="应为金额（元），扣回写负数，如 -120.50"
    ),
    _yuan("recovery_due", "追偿"),
)
MONEY = ("social_base", "housing_base", "special_deductions", "back_pay", "recovery_due")
LABELS = {column.key: column.label for column in (*PEOPLE_COLUMNS, *MONTHS_COLUMNS)}


def _forgiving(other: str) -> Forgiving:
    return Forgiving(
        date_forms=PLAIN_DATES, merged=True, computed=True, other_sheets=(other, "说明", "填写说明", "选项")
    )


@dataclass(frozen=True, slots=True)
class PayFiles:
    """`people`: a row each, in the file's order. `months`: `month` is its first day; both have every column.

    `later`: the same people in the same order as they are from a month on, by its first day; no file says this, the
    database does.
    """

    people: pl.DataFrame
    months: pl.DataFrame
    notes: tuple[str, ...] = ()
    later: Mapping[date, pl.DataFrame] = field(default_factory=dict)


def read_pay_files(people: Path | str, months: Path | str, year: int) -> PayFiles:
    """Read `.xlsx` or `.csv`. Raises DocumentError with every fault of both files by cell."""
    persons = read_table(Source(people), PEOPLE_COLUMNS, forgiving=_forgiving(MONTHS_SHEET))
    monthly = read_table(Source(months), MONTHS_COLUMNS, forgiving=_forgiving(PEOPLE_SHEET))
    readable = "id" in persons.frame.columns
    for table in (persons, monthly):
        table.frame = _complete(table)
        _whole_cents(table)
    if readable and not persons.faults and persons.frame.is_empty():
        persons.fault(None, "id", "", "没有人，表头下应至少有一行")
    _people_faults(persons)
    _month_faults(monthly, year)
    if readable:
        _service_faults(persons, monthly)
    faults = [fault for table in (persons, monthly) for fault in sorted(table.faults, key=lambda fault: fault.row or 0)]
    if faults:
        raise DocumentError(as_faults(faults))
    notes = [f"{table.file}：{note}" for table in (persons, monthly) for note in table.notes]
    return PayFiles(persons.frame, monthly.frame, tuple(notes))


def _complete(table: Table) -> pl.DataFrame:
    """Every column, an absent one with nothing in it."""
    kinds: dict[str, pl.DataType] = {"date": pl.Date(), "money": DECIMAL, "decimal": DECIMAL, "bool": pl.Boolean()}
    absent = [
        pl.lit(None, dtype=kinds.get(column.kind, pl.String())).alias(key)
        for key, column in table.columns.items()
        if key not in table.frame.columns
    ]
    return table.frame.with_columns(absent)


def _whole_cents(table: Table) -> None:
    for key in MONEY:
        if key in table.columns:
            cell = pl.col(key)
            for row, value in table.frame.filter(cell != cell.round(2)).select("row", key).iter_rows():
                table.fault(row, key, value.normalize(), "最多两位小数")


def _people_faults(table: Table) -> None:
    table.unique("id", "人员编号重复，一人应只占一行")
    backward = table.frame.filter(pl.col("left_on") < pl.col("hired_on"))
    for row, hired, left in backward.select("row", "hired_on", "left_on").iter_rows():
        table.fault(row, "left_on", left, f"早于{LABELS['hired_on']}{hired}")


def _month_faults(table: Table, year: int) -> None:
    """Months in the forms that Excel makes of them; each person's only once."""
    read: list[date | None] = []
    for row, said in table.frame.select("row", "month").iter_rows():
        found = MONTH.match(said) if said is not None else None
        number = int(found[2] or found[3]) if found else 0
        if found and 1 <= number <= 12:
            read.append(date(int(found[1]), number, 1) if int(found[1]) == year else None)
            if int(found[1]) != year:
                table.fault(row, "month", said, f"应为{year}年的月份，如 {year}-05")
        else:
            read.append(None)
            if said is not None:
                table.fault(row, "month", said, EXPECTED_MONTH)
    table.frame = table.frame.with_columns(pl.Series("month", read, pl.Date))
    pair = pl.struct("id", "month")
    known = table.frame.filter(pl.col("id").is_not_null() & pl.col("month").is_not_null())
    for row, month in known.filter(~pair.is_first_distinct()).select("row", "month").iter_rows():
        table.fault(row, "month", f"{month:%Y-%m}", "同一人同一月份有两行，应只占一行")


def _service_faults(people: Table, months: Table) -> None:
    """Rows of people whom the other file doesn't have, and of months in which they weren't in service."""
    persons = people.frame.select("id", "hired_on", "left_on").unique("id", keep="first")
    joined = months.frame.select("row", "id", "month").filter(pl.col("id").is_not_null())
    joined = joined.join(persons.with_columns(known=True), on="id", how="left", maintain_order="left")
    for row, said in joined.filter(pl.col("known").is_null()).select("row", "id").iter_rows():
        months.fault(row, "id", said, "人员表中没有这个编号")
    first, after = pl.col("month"), pl.col("month").dt.offset_by("1mo")
    outside = joined.filter((pl.col("hired_on") >= after) | (pl.col("left_on") <= first))
    for row, month, hired, left in outside.select("row", "month", "hired_on", "left_on").iter_rows():
        service = f"{hired or '不详'}入职" + (f"、{left}离职" if left else "")
        months.fault(row, "month", f"{month:%Y-%m}", f"这个月不在职（{service}）")
