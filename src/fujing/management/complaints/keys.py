"""Readers' keys: made under a passphrase, opened for a while, replaced; and the boxes that are filled for a new one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from fujing.kernel import boxes
from fujing.kernel.actor import Actor
from fujing.kernel.boxes import Pair, Sealed
from fujing.kernel.readings import sealed_read
from fujing.kernel.refusals import Refusal
from fujing.law.complaints.readers import Candidate
from fujing.management.complaints.models import Envelope, ReaderKey, Report
from fujing.management.complaints.policies import check_hold_key, check_read_report
from fujing.management.complaints.sealing import Keys, Reader, envelope, keys_in

LEAST = 12
"""Characters of a passphrase: it is all that stands between a stolen table and the reports."""
PRIVATE = "complaint private key"


@contextmanager
def filling(report_id: int) -> Iterator[None]:
    """While boxes of a report are filled for others, which the one who fills them can't see otherwise."""
    _reveal("complaint", str(report_id))
    yield
    _reveal("complaint", "")


def reveal_receipt(find: bytes) -> None:
    """Let the running transaction see the one report that a receipt stands for."""
    _reveal("receipt", find.hex())


def _reveal(setting: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [f"fujing.{setting}", value])


def candidates() -> dict[int, dict[Candidate, Reader]]:
    """Everybody who may hold a key today, by bureau, the oldest key first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT key_id, account_id, name, bureau, unit, public FROM complaints_readers()")
        rows = cursor.fetchall()
    found: dict[int, dict[Candidate, Reader]] = {}
    for key, account, name, bureau, unit, public in rows:
        found.setdefault(bureau, {})[Candidate(account, name, bureau, unit)] = Reader(key, account, bytes(public))
    return found


def own_key(actor: Actor) -> ReaderKey | None:
    """The actor's key that is in use."""
    return ReaderKey.objects.filter(account_id=actor.account_id or 0, ended_at__isnull=True).first()


def key_make(*, actor: Actor, passphrase: str) -> ReaderKey:
    """A pair of the actor's own; the one before ends, and what it opened waits for another reader to seal it anew."""
    check_hold_key(actor)
    if len(passphrase.strip()) < LEAST:
        sentence = f"口令至少 {LEAST} 个字符，可以是几个不相干的词。"
        raise Refusal("没有建立查阅钥匙。", errors={"passphrase": [sentence]})
    ReaderKey.objects.filter(account_id=actor.account_id or 0, ended_at__isnull=True).update(ended_at=timezone.now())
    pair, salt = Pair.fresh(), boxes.fresh_salt()
    return ReaderKey.objects.create(
        account_id=actor.account_id or 0,
        public=pair.public,
        salt=salt,
        box=boxes.locked(boxes.stretched(passphrase, salt), pair.private, PRIVATE),
    )


def key_unlock(*, actor: Actor, passphrase: str) -> bytes:
    """The actor's private key, for as long as the caller holds it. It is written nowhere."""
    check_hold_key(actor)
    key = own_key(actor)
    if key is None:
        raise Refusal("您还没有查阅钥匙，请先建立。")
    try:
        return boxes.unlocked(boxes.stretched(passphrase, bytes(key.salt)), bytes(key.box), PRIVATE)
    except Sealed as error:
        raise Refusal("口令不对。", errors={"passphrase": ["口令不对。"]}) from error


def keys_of(*, actor: Actor, report: Report, private: bytes) -> Keys:
    """The keys of a report, from the actor's own envelope; that they were taken out is kept. Refuses who has none, or
    only one of an earlier key."""
    check_read_report(actor, report)
    mine = Envelope.objects.filter(report=report, account_id=actor.account_id or 0, ended_at__isnull=True)
    for each in mine.order_by("-pk"):
        try:
            keys = keys_in(private, report.pk, bytes(each.box))
        except Sealed:
            continue
        sealed_read(actor=actor, row=report, what=f"第 {report.pk} 号投诉举报", organ_code=actor.organ_code or 0)
        return keys
    raise Refusal("您的查阅钥匙换过，这件还没有由其他查阅人重新封给您。")


def envelopes_fill(report: Report, keys: Keys, readers: list[Reader]) -> int:
    """Seal a report's keys to these readers, as far as they don't have them yet; gives to how many."""
    with filling(report.pk):
        there = set(Envelope.objects.filter(report=report, ended_at__isnull=True).values_list("key_id", flat=True))
        new = [
            Envelope(report=report, account_id=each.account, key_id=each.key_id, box=envelope(each, keys, report.pk))
            for each in readers
            if each.key_id not in there
        ]
        Envelope.objects.bulk_create(new)
    return len(new)


def envelopes_end(report: Report, *, at: int) -> None:
    """Readers of a bureau are none of this report any more."""
    accounts = [reader.account for reader in candidates().get(at, {}).values()]
    with filling(report.pk):
        held = Envelope.objects.filter(report=report, ended_at__isnull=True, account_id__in=accounts)
        held.update(ended_at=timezone.now())
