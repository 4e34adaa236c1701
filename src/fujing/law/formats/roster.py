"""The roster (花名册) that a bureau keeps in Excel, documented in formats/roster: people, and a sheet of organs.

Nothing is required and nothing is guessed: an absent column is absent from the frame, an empty cell is null, and a
statement (无, 未签, 未考核, 未收回, 否) is told apart from both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from fujing.kernel.cells import SILENT, UnreadableSheet
from fujing.kernel.exchange import PLAIN_DATES, Column, Forgiving, Place, Table, read_table
from fujing.kernel.sheets import Source
from fujing.law.citizen_numbers import TITLES as NUMBER_TITLES
from fujing.law.education import EDUCATION, LEVELS
from fujing.law.formats.documents import DocumentError, Fault, as_faults

NONE = "无"
"""None held, or never."""
NOT_RETURNED = "未收回"
UNSIGNED = "未签"
EMPLOYMENT = {"直接聘用": "direct", "购买服务": "purchased"}
CONTRACT = {"固定期限": "fixed", "无固定期限": "open", UNSIGNED: "unsigned"}
INSURANCE = {
    "pension": "养老",
    "medical": "医疗",
    "unemployment": "失业",
    "injury": "工伤",
    "housing": "公积金",
    "accident": "意外险",
}
EDUCATIONS = {"political": "政治教育", "discipline": "纪律教育", "integrity": "廉洁教育", "secrecy": "保密教育"}
RETURNED = {"card": "证件收回", "uniform": "服装收回", "insignia": "标识收回"}
ORGAN_CODE = r"^\d{12}$"
ORGAN_CODE_EXPECTED = "应为十二位机关代码，如 510722000000"
POWER_OF_TEN = r"(?i)^\d(?:\.\d+)?E\+?\d+$"
LOST_DIGITS = (
    "被表格软件改成了科学计数法，末几位可能已丢失：先把这一列的格式设为文本，再按原件重新填写（只改格式找不回来）"
)


def _trained(key: str, label: str) -> Column:
    return Column(key, label, "date", words=(NONE,))


COLUMNS = (
    Column("name", "姓名"),
    Column("id_number", "公民身份号码", code=True, aliases=NUMBER_TITLES),
    Column("category", "类别", code=True),
    Column("organ_code", "管理机关代码", code=True),
    Column("unit", "用人单位"),
    Column("post", "岗位"),
    Column("education", "学历", "choice", choices={**EDUCATION, **{level: level for level in LEVELS}}),
    Column("employment", "用工方式", "choice", choices=EMPLOYMENT),
    Column("hired_on", "入职日期", "date"),
    Column("contract_kind", "合同类型", "choice", choices=CONTRACT),
    Column("contract_from", "合同起始", "date", words=(NONE,)),
    Column("contract_to", "合同终止", "date", words=(NONE,)),
    Column("contract_count", "合同次数", "integer", low=0, high=99, words=(NONE,)),
    Column("probation_to", "试用期终止", "date", words=(NONE,)),
    Column("tier", "层级", code=True),
    Column("monthly_pay", "月应发工资", "money"),
    *(Column(f"insured_{key}", label, "bool") for key, label in INSURANCE.items()),
    _trained("inducted_on", "岗前培训日期"),
    *(_trained(f"educated_{key}", label) for key, label in EDUCATIONS.items()),
    _trained("trained_on", "年度培训日期"),
    Column("appraisal", "上年度考核", code=True),
    Column("card_number", "工作证号", code=True),
    Column("card_valid_to", "工作证有效期", "date", words=(NONE,)),
    Column("qualifications", "资质证书"),
    Column("left_on", "离职日期", "date", words=(NONE,)),
    *(Column(f"returned_{key}", label, "date", words=(NOT_RETURNED,)) for key, label in RETURNED.items()),
)
ORGAN_SHEET = "机关"
ORGAN_COLUMNS = (
    Column("code", "代码", required=True, code=True, aliases=("管理机关代码", "机关代码")),
    Column("name", "名称", aliases=("机关名称",)),
    Column("quota", "用人额度", "integer", low=0, high=999_999),
    Column("planned", "批准计划数", "integer", low=0, high=999_999),
    Column("income", "上年度城镇居民人均可支配收入", "money"),
    Column("income_source", "收入口径来源"),
)
LABELS = {column.key: column.label for column in (*ORGAN_COLUMNS, *COLUMNS)}
FORGIVING = Forgiving(
    others=None, date_forms=PLAIN_DATES, merged=True, computed=True, other_sheets=(ORGAN_SHEET, "说明", "填写说明")
)
PERIODS = (("hired_on", "left_on"), ("contract_from", "contract_to"))
"""First and last day; the last is never before the first."""


@dataclass(frozen=True, slots=True)
class Roster:
    """What a roster file says.

    `people`: `row` (as the sheet numbers it) and the columns that the file has, by English key; beside a column of
    dates that knows statements stands `<key>_said` with the word. `organs`: the sheet 机关, None where the file has
    none. `notes`: what was passed over. `people_place` and `organs_place`: where the tables stand in the file.
    """

    file: str
    people: pl.DataFrame
    organs: pl.DataFrame | None
    notes: tuple[str, ...] = ()
    people_place: Place | None = None
    organs_place: Place | None = None

    @property
    def absent(self) -> list[str]:
        """Labels of the columns that the file doesn't have: what a check of it can't cover."""
        missing = [column.label for column in COLUMNS if column.key not in self.people.columns]
        if self.organs is not None:
            missing += [column.label for column in ORGAN_COLUMNS if column.key not in self.organs.columns]
        return missing


def read_roster(file: Path | str | Source) -> Roster:
    """Read `.xlsx` or `.csv`. Raises DocumentError with every fault of every sheet by cell."""
    source = file if isinstance(file, Source) else Source(file)
    people = read_table(source, COLUMNS, forgiving=FORGIVING)
    if not people.columns_read and not people.faults:
        raise DocumentError([Fault(people.file, "", "", "没有找到花名册的表头，应有 姓名、公民身份号码、类别 等列")])
    _people_faults(people)
    organs = _organs(source)
    faults = [*people.faults, *(organs.faults if organs else ())]
    if faults:
        raise DocumentError(as_faults(faults))
    notes = [*people.notes, *(f"工作表“{ORGAN_SHEET}”{note}" for note in (organs.notes if organs else ()))]
    return Roster(
        people.file,
        _silent(people.frame),
        organs.frame if organs else None,
        tuple(notes),
        people.place,
        organs.place if organs else None,
    )


def _organs(source: Source) -> Table | None:
    """The sheet 机关, where the file has one."""
    try:
        book = source.book
    except UnreadableSheet:
        return None
    if book is None or ORGAN_SHEET not in book.names:
        return None
    table = read_table(source, ORGAN_COLUMNS, ORGAN_SHEET, FORGIVING)
    codes(table, "code", ORGAN_CODE)
    table.unique("code", "机关代码重复，应各占一行")
    table.faults = [fault.on(ORGAN_SHEET) for fault in table.faults]
    if "income_source" in table.frame.columns:
        table.frame = table.frame.with_columns(_said_nothing(pl.col("income_source")))
    return table


def _people_faults(table: Table) -> None:
    """What can't be used though each cell can be read: numbers cut by Excel, periods that end before they begin."""
    codes(table, "id_number")
    codes(table, "card_number")
    codes(table, "organ_code", ORGAN_CODE)
    if "id_number" in table.frame.columns:
        table.frame = table.frame.with_columns(pl.col("id_number").str.to_uppercase())
    for first, last in PERIODS:
        if {first, last} <= set(table.frame.columns):
            backward = table.frame.filter(pl.col(last) < pl.col(first))
            for row, start, end in backward.select("row", first, last).iter_rows():
                table.fault(row, last, end, f"早于{LABELS[first]}{start}")
    table.faults.sort(key=lambda fault: fault.row or 0)


def codes(table: Table, key: str, shape: str | None = None) -> None:
    """A code that the table program changed is a fault, not another one; so is an organ's that hasn't its `shape`."""
    if key not in table.frame.columns:
        return
    cell, label = pl.col(key), table.columns[key].label
    named = {fault.row for fault in table.faults if fault.column == label}
    odd = cell.str.contains(POWER_OF_TEN) if shape is None else ~cell.str.contains(shape)
    for row, value in table.frame.filter(odd).select("row", key).iter_rows():
        if row not in named:
            table.fault(row, key, value, LOST_DIGITS if re.match(POWER_OF_TEN, value) else ORGAN_CODE_EXPECTED)


def _silent(people: pl.DataFrame) -> pl.DataFrame:
    """Text cells that stand there and say nothing are empty; 类别 is a word or a violation."""
    return silenced(people, [column for column in COLUMNS if column.key != "category"])


def silenced(table: pl.DataFrame, columns: Sequence[Column]) -> pl.DataFrame:
    """Without the text cells that stand there and say nothing (`/`, 详见附件)."""
    text = [column.key for column in columns if column.kind == "text" and column.key in table.columns]
    return table.with_columns(_said_nothing(pl.col(key)) for key in text)


def _said_nothing(cell: pl.Expr) -> pl.Expr:
    return pl.when(~cell.str.normalize("NFKC").str.to_uppercase().is_in(list(SILENT))).then(cell).name.keep()
