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
from fujing.kernel.models import HistorySeal

SEALER = Actor(name="留痕封存")
GENESIS = "0" * 64
# Everything of an entry, in one canonical text; days are those of the installation's time zone.
ENTRIES = """
SELECT concat_ws(chr(31), id, extract(epoch FROM at), tracked, row_id, coalesce(organ_code, 0), operation,
    coalesce(before::text, ''), coalesce(after::text, ''), actor, coalesce(account_id, 0), reason, request_id)
FROM kernel_historyentry WHERE at >= %s AND at < %s ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Fault:
    """A day whose history no longer agrees with its seal."""

    day: date
    message: str


def merkle_root(leaves: list[bytes]) -> str:
    """SM3 Merkle root in hexadecimal; an odd node is carried up unchanged, no leaves give the genesis root."""
    level = [sm3(b"\x00" + leaf) for leaf in leaves]
    while len(level) > 1:
        pairs = [sm3(b"\x01" + level[i] + level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = pairs + ([level[-1]] if len(level) % 2 else [])
    return level[0].hex() if level else GENESIS


def _entries(day: date) -> list[bytes]:
    zone = timezone.get_default_timezone()
    begins = datetime(day.year, day.month, day.day, tzinfo=zone)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('fujing.sealing', 'on', true)")
        cursor.execute(ENTRIES, [begins, begins + timedelta(days=1)])
        return [row[0].encode() for row in cursor.fetchall()]


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
            entries = _entries(day)
            root = merkle_root(entries)
            HistorySeal.objects.create(
                day=day, entries=len(entries), root=root, previous=previous,
                digest=_digest(day, len(entries), root, previous),
            )  # fmt: skip
            sealed += 1
    return sealed


def verify() -> list[Fault]:
    """Compare every seal with the history as it now is; an intact trail gives an empty list."""
    faults = []
    previous = GENESIS
    with acting(SEALER, read_only=True):
        expected: date | None = None
        for seal in HistorySeal.objects.order_by("day"):
            entries = _entries(seal.day)
            if expected is not None and seal.day != expected:
                faults.append(Fault(expected, "缺少当日封存"))
            if len(entries) != seal.entries:
                faults.append(Fault(seal.day, f"封存 {seal.entries} 条，现有 {len(entries)} 条"))
            elif merkle_root(entries) != seal.root:
                faults.append(Fault(seal.day, "有记录在封存后被改动"))
            if seal.previous != previous or seal.digest != _digest(
                seal.day, seal.entries, seal.root, seal.previous
            ):
                faults.append(Fault(seal.day, "封存链条断开"))
            previous, expected = seal.digest, seal.day + timedelta(days=1)
    return faults
