"""Scores of many people by one sheet: handed out to be filled in, read with every fault, taken whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.exchange import Column, Table
from fujing.kernel.uploads import read_upload
from fujing.law.appraisal.scheme import FULL, HEADINGS
from fujing.management.appraisal.models import Round, Sheet
from fujing.management.appraisal.queries import to_score
from fujing.management.appraisal.sheets import MOST_ABSENT, Scored
from fujing.management.appraisal.states import SheetState

POINTS = f"应为 0 至 {FULL} 的分数，最多两位小数"
SCORE_COLUMNS = (
    Column("sheet", "考核表", "integer", required=True, low=1, high=10**15, expected="应为下载的表格里的考核表编号"),
    Column("name", "姓名", required=True),
    Column("unit", "用人单位"),
    *(
        Column(key, label, "decimal", required=True, low=0, high=FULL, expected=POINTS)
        for key, label in HEADINGS.items()
    ),
    Column("absent_days", "缺勤日数", "integer", low=0, high=MOST_ABSENT),
    Column("words", "评语", required=True),
)
LONGEST = 2000


def rows_to_fill(sheets: Iterable[Sheet]) -> list[tuple[Any, ...]]:
    """A row for each who waits, its scores empty."""
    blank = (None,) * len(HEADINGS)
    return [(each.pk, each.name, each.unit.short_name if each.unit else "", *blank, None, "") for each in sheets]


def scores_read(*, actor: Actor, round_: Round, upload: UploadedFile) -> tuple[dict[int, Scored], Table]:
    """Scores by sheet, and the table with every fault; empty while there is one. Nothing is written."""
    table = read_upload(upload, SCORE_COLUMNS)
    waiting = {each.pk: each for each in to_score(actor, round_)}
    seen: set[int] = set()
    for row in table.rows:
        _check_row(table, row, waiting, seen)
    if not table.faults and not table.rows:
        table.fault(2, "sheet", None, "至少应有一行")
    if table.faults:
        return {}, table
    return {
        row["sheet"]: Scored(
            {key: row[key] for key in HEADINGS},
            row["words"],
            row.get("absent_days") if waiting[row["sheet"]].state == SheetState.OFFICER else None,
        )
        for row in table.rows
    }, table


def _check_row(table: Table, row: dict[str, Any], waiting: dict[int, Sheet], seen: set[int]) -> None:
    number, sheet = row["row"], row.get("sheet")
    found = waiting.get(sheet) if sheet is not None else None
    if sheet is not None and found is None:
        table.fault(number, "sheet", sheet, "不是等您评分的考核表，请重新下载表格")
    elif found and row.get("name") not in {found.name, None}:
        table.fault(number, "name", row["name"], f"与考核表不符，应为 {found.name}")
    if sheet in seen:
        table.fault(number, "sheet", sheet, "重复，每人只占一行")
    elif sheet is not None:
        seen.add(sheet)
    for key in HEADINGS:
        value = row.get(key)
        if value is not None and value != round(value, 2):
            table.fault(number, key, value, POINTS)
    if len(str(row.get("words") or "")) > LONGEST:
        table.fault(number, "words", row["words"], f"最多 {LONGEST} 个字")
