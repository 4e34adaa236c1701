"""Plan lines as a table that an officer fills in Excel."""

from __future__ import annotations

import polars as pl
from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.exchange import Column, Table
from fujing.kernel.uploads import read_upload
from fujing.registry.states import Category

LINE_COLUMNS = (
    Column("post_name", "岗位名称", required=True),
    Column("category", "类别", "choice", required=True, choices={label: value for value, label in Category.choices}),
    Column("count", "人数", "integer", required=True, low=1, high=10_000),
    Column("yearly_cost", "年度经费（元）", "decimal"),
    Column("reason", "用人理由", required=True),
)
LONGEST = {"post_name": 80, "reason": 300}


def lines_read(upload: UploadedFile) -> Table:
    """The lines of an uploaded sheet with every fault; nothing is written."""
    table = read_upload(upload, LINE_COLUMNS)
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        for key, longest in LONGEST.items():
            if len(row.get(key) or "") > longest:
                table.fault(row["row"], key, row[key], f"最多 {longest} 个字")
        cost = row.get("yearly_cost")
        if cost is not None and (cost < 0 or cost != round(cost, 2)):
            table.fault(row["row"], "yearly_cost", cost, "应为不小于零的金额，最多两位小数")
        key_of_line = (row.get("post_name") or "", row.get("category") or "")
        if all(key_of_line) and seen.setdefault(key_of_line, row["row"]) != row["row"]:
            table.fault(row["row"], "post_name", row["post_name"], f"与第{seen[key_of_line]}行重复")
    if not table.faults and not table.rows:
        table.fault(2, "post_name", None, "至少应有一个岗位")
    if not table.faults and "yearly_cost" in table.frame.columns:
        table.frame = table.frame.with_columns(pl.col("yearly_cost").cast(pl.Decimal(16, 2)))
    return table
