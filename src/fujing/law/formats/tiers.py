"""People, their yearly appraisals and honours as officers keep them in Excel, for a promotion batch or a forecast."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from fujing.kernel.cells import UnreadableSheet
from fujing.kernel.exchange import PLAIN_DATES, Column, Forgiving, Table, read_table
from fujing.kernel.sheets import Source
from fujing.law.formats.documents import DocumentError, Fault, as_faults, gathered

PEOPLE_SHEET, APPRAISALS_SHEET, HONOURS_SHEET = "人员", "年度考核", "表彰奖励"
SHEETS = (PEOPLE_SHEET, APPRAISALS_SHEET, HONOURS_SHEET)
NONE = "无"
"""In the column 层级: not rated yet."""
CAME_BY = {"招聘": "hired", "调入": "transferred"}
FIRST_YEAR, LAST_YEAR = 1980, 2199

PEOPLE_COLUMNS = (
    Column("id", "人员编号", required=True, code=True),
    Column("name", "姓名"),
    Column("tier", "层级", code=True),
    Column("since", "任现层级日期", "date"),
    Column("hired_on", "入职日期", "date"),
    Column("left_on", "离职日期", "date"),
    Column("came_by", "进入方式", "choice", choices={**CAME_BY, **{key: key for key in CAME_BY.values()}}),
    Column("trainee_until", "见习期满日期", "date"),
    Column("education", "学历", code=True),
    Column("target", "申报层级", code=True),
    Column("score", "得分", "decimal", low=0, high=1000),
    Column("further", "其他条件", "bool"),
)
APPRAISALS_COLUMNS = (
    Column("id", "人员编号", required=True, code=True),
    Column("year", "年度", "integer", required=True, low=FIRST_YEAR, high=LAST_YEAR),
    Column("grade", "等次", code=True),
)
HONOURS_COLUMNS = (
    Column("id", "人员编号", required=True, code=True),
    Column("on", "授予日期", "date", required=True),
    Column("honour", "名称", required=True, code=True),
)
TYPES: dict[str, pl.DataType] = {
    "date": pl.Date(),
    "decimal": pl.Decimal(18, 6),
    "bool": pl.Boolean(),
    "integer": pl.Int64(),
}


@dataclass(frozen=True, slots=True)
class TierFiles:
    """`people`: a row each, in the file's order. `honours`: None where no file says them, which is not "none"."""

    people: pl.DataFrame
    appraisals: pl.DataFrame
    honours: pl.DataFrame | None
    notes: tuple[str, ...] = ()


def read_tier_files(people: Path | str, appraisals: Path | str, honours: Path | str | None = None) -> TierFiles:
    """Read `.xlsx` or `.csv`. Raises DocumentError with every fault of all the files by cell."""
    faults: list[Fault] = []
    found: list[Table] = []
    asked = (
        (people, PEOPLE_SHEET, PEOPLE_COLUMNS),
        (appraisals, APPRAISALS_SHEET, APPRAISALS_COLUMNS),
        (honours, HONOURS_SHEET, HONOURS_COLUMNS),
    )
    for path, sheet, columns in asked:
        with gathered(faults):
            if path is not None:
                found.append(_table(path, sheet, columns))
    if not faults:
        _own_faults(*found)
        faults = [fault for table in found for fault in as_faults(table.faults)]
    if faults:
        raise DocumentError(faults)
    notes = tuple(f"{table.file}：{note}" for table in found for note in table.notes)
    return TierFiles(found[0].frame, found[1].frame, found[2].frame if honours is not None else None, notes)


def _table(path: Path | str, sheet: str, columns: tuple[Column, ...]) -> Table:
    """One file with every column, an absent one with nothing in it; beside its sheet may stand those of the others."""
    others = tuple(each for each in (*SHEETS, "说明", "填写说明", "选项") if each != sheet)
    forgiving = Forgiving(date_forms=PLAIN_DATES, merged=True, computed=True, other_sheets=others)
    source, named = Source(path), None
    # By its name, where the sheet has it: a sheet without rows isn't recognised by its header.
    with suppress(UnreadableSheet):
        named = sheet if source.book is not None and sheet in source.book.names else None
    table = read_table(source, columns, sheet=named, forgiving=forgiving)
    if table.faults:
        raise DocumentError(as_faults(table.faults))
    absent = [
        pl.lit(None, dtype=TYPES.get(column.kind, pl.String())).alias(key)
        for key, column in table.columns.items()
        if key not in table.frame.columns
    ]
    table.frame = table.frame.with_columns(absent)
    return table


def _own_faults(people: Table, appraisals: Table, honours: Table | None = None) -> None:
    if people.frame.is_empty():
        people.fault(None, "id", "", "没有人，表头下应至少有一行")
    people.unique("id", "人员编号重复，一人应只占一行")
    for key, other in (("left_on", "hired_on"), ("left_on", "since")):
        backward = people.frame.filter(pl.col(key) < pl.col(other))
        for row, late, early in backward.select("row", key, other).iter_rows():
            people.fault(row, key, late, f"早于{people.columns[other].label}{early}")
    known = people.frame.select("id").unique()
    for table in (appraisals, *((honours,) if honours else ())):
        for row, said in table.frame.join(known, on="id", how="anti").select("row", "id").iter_rows():
            table.fault(row, "id", said, "人员表中没有这个编号")
    repeated = appraisals.frame.filter(~pl.struct("id", "year").is_first_distinct())
    for row, year in repeated.select("row", "year").iter_rows():
        appraisals.fault(row, "year", year, "同一人同一年度有两行，应只占一行")
