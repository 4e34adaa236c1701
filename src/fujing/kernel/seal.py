"""Sealing history: each day's entries under a Merkle root, each seal over the one before (SM3).

A superuser can switch triggers off and change a row; the seal then no longer agrees, and `verify` says where.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from fujing.kernel.actor import Actor, acting
from fujing.kernel.digests import sm3
from fujing.kernel.history import ENTRY_TEXT
from fujing.kernel.models import HistorySeal

SEALER = Actor(name="留痕封存")
GENESIS = "0" * 64
# Days are those of the installation's time zone. An entry whose personal values were erased counts as it was before
# the first erasure; what is left of it must be as the last one left it.
ENTRIES = f"""
SELECT {ENTRY_TEXT}, first.leaf,
    last.remains IS DISTINCT FROM encode(sha256(convert_to({ENTRY_TEXT}, 'UTF8')), 'hex')
FROM kernel_historyentry e
    LEFT JOIN LATERAL (SELECT leaf FROM kernel_historyerasure WHERE entry = e.id ORDER BY id LIMIT 1) first ON true
    LEFT JOIN LATERAL (SELECT remains FROM kernel_historyerasure WHERE entry = e.id ORDER BY id DESC LIMIT 1) last ON true
WHERE at >= %s AND at < %s ORDER BY e.id
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """A day whose history no longer agrees with its seal."""

    day: date
    message: str


def leaf_of(entry: str) -> bytes:
    """An entry's leaf in the tree of its day."""
    return sm3(b"\x00" + entry.encode())


def merkle_root(leaves: list[bytes]) -> str:
    """SM3 Merkle root in hexadecimal; an odd node is carried up unchanged, no leaves give the genesis root."""
    level = leaves
    while len(level) > 1:
        pairs = [sm3(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0].hex() if level else GENESIS


def _leaves(day: date) -> tuple[list[bytes], int]:
    """The leaves of a day, and how many of its erased entries are not as the erasure left them."""
    zone = timezone.get_default_timezone()
    begins = datetime(day.year, day.month, day.day, tzinfo=zone)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('fujing.sealing', 'on', true)")
        cursor.execute(ENTRIES, [begins, begins + timedelta(days=1)])
        rows = cursor.fetchall()
    leaves = [bytes.fromhex(before) if before else leaf_of(text) for text, before, _ in rows]
    return leaves, sum(bool(before) and differs for _, before, differs in rows)


def _digest(day: date, entries: int, root: str, previous: str) -> str:
    return sm3(f"{day.isoformat()}|{entries}|{root}|{previous}".encode()).hex()


def _open_days(today: date) -> Iterator[date]:
    last = HistorySeal.objects.order_by("-day").first()
    if last is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('fujing.sealing', 'on', true)")
            cursor.execute("SELECT min(at) FROM kernel_historyentry")
            first = cursor.fetchone()[0]
        if first is None:
            return
        day = timezone.localtime(first).date()
    else:
        day = last.day + timedelta(days=1)
    while day < today:
        yield day
        day += timedelta(days=1)


def seal_days(today: date | None = None) -> int:
    """Seal every finished day before `today` that isn't sealed yet; returns how many."""
    sealed = 0
    with acting(SEALER):
        for day in list(_open_days(today or timezone.localdate())):
            last = HistorySeal.objects.order_by("-day").first()
            previous = last.digest if last else GENESIS
            leaves, _ = _leaves(day)
            root = merkle_root(leaves)
            HistorySeal.objects.create(
                day=day,
                entries=len(leaves),
                root=root,
                previous=previous,
                digest=_digest(day, len(leaves), root, previous),
            )
            sealed += 1
    return sealed


def verify() -> list[Fault]:
    """Compare every seal with the history as it now is; an intact trail gives an empty list."""
    faults = []
    previous = GENESIS
    with acting(SEALER, read_only=True):
        expected: date | None = None
        for seal in HistorySeal.objects.order_by("day"):
            leaves, differing = _leaves(seal.day)
            if expected is not None and seal.day != expected:
                faults.append(Fault(expected, "缺少当日封存"))
            if len(leaves) != seal.entries:
                faults.append(Fault(seal.day, f"封存 {seal.entries} 条，现有 {len(leaves)} 条"))
            elif merkle_root(leaves) != seal.root:
                faults.append(Fault(seal.day, "有记录在封存后被改动"))
            if differing:
                faults.append(Fault(seal.day, f"{differing} 条已删除个人信息的记录又被改动"))
            if seal.previous != previous or seal.digest != _digest(seal.day, seal.entries, seal.root, seal.previous):
                faults.append(Fault(seal.day, "封存链条断开"))
            previous, expected = seal.digest, seal.day + timedelta(days=1)
    return faults


def leaves_of(tracked: str, rows: list[int], account: int | None = None) -> dict[int, str]:
    """The present leaf of every entry about these rows or by this account: what an erasure keeps for the seals."""
    # Read-only, so that the sight of the whole chain ends with the block.
    with acting(SEALER, read_only=True), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('fujing.sealing', 'on', true)")
        cursor.execute(
            f"SELECT id, {ENTRY_TEXT} FROM kernel_historyentry"
            " WHERE tracked = %s AND row_id = ANY (%s) OR account_id = %s",
            [tracked, rows, account],
        )
        return {entry: leaf_of(text).hex() for entry, text in cursor.fetchall()}
