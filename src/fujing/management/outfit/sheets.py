"""Stock bought by one sheet: every fault at once, then all rows or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from fujing.kernel.actor import Actor
from fujing.kernel.exchange import Column, Table
from fujing.kernel.refusals import Refusal
from fujing.kernel.uploads import read_upload
from fujing.management.outfit.models import Item
from fujing.management.outfit.policies import check_handle_outfits
from fujing.management.outfit.states import Entered
from fujing.management.outfit.stock import MOST_COUNTED, stock_enter
from fujing.management.outfit.stock_queries import own_items

COLUMNS = (
    Column("name", "名称", required=True, expected="应为目录里的名称"),
    Column("size", "规格"),
    Column("quantity", "数量", "integer", required=True, low=1, high=MOST_COUNTED),
    Column("note", "说明"),
)


@dataclass(frozen=True, slots=True)
class Bought:
    """One row: so many pieces of an item in a size."""

    name: str
    size: str
    quantity: int
    note: str


def catalogue_rows(actor: Actor) -> list[tuple[str, str, None, str]]:
    """The rows of the sheet to be filled in: every size of the bureau's catalogue."""
    return [(item.name, size, None, "") for item in own_items(actor) for size in item.sizes or [""]]


def bought_read(*, actor: Actor, upload: UploadedFile) -> tuple[list[Bought], Table]:
    """The rows that say a number, and the table with every fault; rows of the template without one are left out."""
    check_handle_outfits(actor)
    table = read_upload(upload, COLUMNS)
    known = {item.name: item for item in own_items(actor)}
    empty = {row["row"] for row in table.rows if row.get("quantity") is None and known.get(str(row.get("name")))}
    table.faults = [fault for fault in table.faults if fault.row not in empty or fault.column != "数量"]
    rows = [row for row in table.rows if row["row"] not in empty]
    for row in rows:
        _check(table, row, known)
    if not table.faults and not rows:
        table.fault(2, "quantity", None, "至少应有一行写明数量")
    if table.faults:
        return [], table
    return [
        Bought(row["name"], row.get("size") or "", row["quantity"], (row.get("note") or "")[:200]) for row in rows
    ], table


def _check(table: Table, row: dict[str, Any], known: dict[str, Item]) -> None:
    item, size = known.get(str(row.get("name"))), str(row.get("size") or "")
    if row.get("name") and item is None:
        table.fault(row["row"], "name", row["name"], "目录里没有这个名称")
    elif item and size not in (item.sizes or [""]):
        table.fault(row["row"], "size", size or None, f"应为 {'、'.join(item.sizes) or '空白'}")


def stock_enter_all(*, actor: Actor, rows: Sequence[Bought]) -> int:
    """Enter all rows or none; the pieces that came. In the order of the catalogue, so that no two sheets wait for each other."""
    check_handle_outfits(actor)
    known = {item.name: item for item in own_items(actor)}
    if gone := {row.name for row in rows} - known.keys():
        raise Refusal(f"目录里已经没有：{'、'.join(sorted(gone))}，未写入任何内容。")
    for row in sorted(rows, key=lambda each: known[each.name].pk):
        stock_enter(
            actor=actor,
            item=known[row.name],
            size=row.size,
            kind=Entered.BOUGHT,
            quantity=row.quantity,
            note=row.note or "按表入库",
        )
    return sum(row.quantity for row in rows)
