"""Quota granted to many organs by one sheet: every fault at once, then all rows or none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from fujing.general.quota.models import QuotaAccount, QuotaEntry
from fujing.general.quota.policies import check_give_quota
from fujing.general.quota.queries import quota_of
from fujing.general.quota.services import quota_grant
from fujing.general.quota.states import EntryKind
from fujing.kernel.actor import Actor
from fujing.kernel.exchange import Column, Table
from fujing.kernel.locks import locked
from fujing.kernel.refusals import Refusal
from fujing.kernel.uploads import read_upload
from fujing.registry.models import Organ
from fujing.registry.states import OrganKind

GRANT_COLUMNS = (
    Column("code", "机关代码", required=True, expected="应为十二位机关代码"),
    Column("name", "机关", required=True),
    Column("amount", "数量", "integer", required=True, low=1, high=100_000),
    Column("document_number", "文号", required=True),
    Column("document_date", "日期", "date", required=True),
    Column("reason", "事由", required=True),
)


@dataclass(frozen=True, slots=True)
class Grant:
    """One row: so many persons to one organ, by one document."""

    code: int
    name: str
    amount: int
    document_number: str
    document_date: date
    reason: str


def subordinates(code: int) -> dict[int, Organ]:
    """The public security organs directly below an organ, by code."""
    below = Organ.objects.filter(parent_id=code, kind=OrganKind.PUBLIC_SECURITY).order_by("code")
    return {organ.code: organ for organ in below}


def grants_read(*, actor: Actor, upload: UploadedFile) -> tuple[list[Grant], Table]:
    """The grants of a sheet, and the table with every fault: format, unknown organ, repeated row, above quota."""
    check_give_quota(actor)
    table = read_upload(upload, GRANT_COLUMNS)
    below = subordinates(actor.organ_code or 0)
    for row in table.rows:
        _check_row(table, row, below)
    _check_repeats(table)
    total = sum(row.get("amount") or 0 for row in table.rows)
    free = quota_of(actor.organ_code or 0).free
    if total > free:
        table.fault(None, "amount", f"合计 {total} 人", f"本机关可下达额度为 {free} 人（第六条第一款）")
    if not table.faults and not table.rows:
        table.fault(2, "code", None, "至少应有一行")
    if table.faults:
        return [], table
    return [Grant(int(row["code"]), *(row[column.key] for column in GRANT_COLUMNS[1:])) for row in table.rows], table


def _check_row(table: Table, row: dict[str, Any], below: dict[int, Organ]) -> None:
    code, number = str(row.get("code") or ""), row["row"]
    organ = below.get(int(code)) if code.isdecimal() else None
    if code and organ is None:
        table.fault(number, "code", code, "不是本机关直接下级公安机关的代码")
    elif organ and row.get("name") not in {organ.name, organ.short_name, None}:
        table.fault(number, "name", row["name"], f"与代码不符，应为 {organ.name}")
    for key, longest in (("document_number", 60), ("reason", 300)):
        if len(str(row.get(key) or "")) > longest:
            table.fault(number, key, row[key], f"最多 {longest} 个字")


def _check_repeats(table: Table) -> None:
    """One document grants to one organ once: a second row, or a sheet read in twice, would grant double."""
    whole = [row for row in table.rows if str(row.get("code") or "").isdecimal() and row.get("document_number")]
    done = _granted({int(row["code"]) for row in whole})
    seen: dict[tuple[int, str], int] = {}
    for row in whole:
        key = (int(row["code"]), row["document_number"])
        if seen.setdefault(key, row["row"]) != row["row"]:
            table.fault(row["row"], "document_number", key[1], f"与第{seen[key]}行重复：同一机关、同一文号")
        if key in done:
            table.fault(row["row"], "document_number", key[1], "该文号已向该机关下达，不能重复下达")


def _granted(codes: Iterable[int]) -> set[tuple[int, str]]:
    entries = QuotaEntry.objects.filter(organ_code__in=codes, kind=EntryKind.GRANT)
    return set(entries.values_list("organ_code", "document_number"))


def quota_grant_all(*, actor: Actor, grants: Sequence[Grant]) -> int:
    """Make all grants or none. Refuses a document that already granted to the same organ. Returns the persons granted."""
    check_give_quota(actor)
    giver = actor.organ_code or 0
    below = subordinates(giver)
    for code in below.keys() & {grant.code for grant in grants}:
        QuotaAccount.objects.get_or_create(organ_code=code)
    # All accounts at once and in order, so that two sheets never wait for each other in a circle.
    locked(QuotaAccount.objects.filter(pk__in=[giver, *(grant.code for grant in grants)]))
    done = _granted(grant.code for grant in grants)
    for grant in grants:
        if (grant.code, grant.document_number) in done:
            raise Refusal(f"文号“{grant.document_number}”已向{grant.name}下达，未写入任何内容。", provisions=("6.p1",))
        quota_grant(
            actor=actor,
            organ=below[grant.code],
            amount=grant.amount,
            document_number=grant.document_number,
            document_date=grant.document_date,
            reason=grant.reason,
        )
        done.add((grant.code, grant.document_number))
    return sum(grant.amount for grant in grants)
