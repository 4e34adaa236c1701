"""The log of readings: who read whose sensitive value, when and why. A row of its own table, never changed.

What is opened by an act (with a reason, by POST) is written with the act. A page that is only looked at can write
nothing: what it reads is noted, and written when its transaction has ended, before the answer leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.db.models import Model
from django.utils import timezone

from fujing.kernel import cipher
from fujing.kernel.actor import Actor, acting
from fujing.kernel.models import Reading
from fujing.kernel.refusals import Refusal, stated

MOST_LOOKED_UP = 300
"""Look-ups by number of one account in an hour: a desk's busiest hour, a week for all endings of four digits."""
_noted: ContextVar[list[Reading] | None] = ContextVar("fujing_readings", default=None)


def _reading(actor: Actor, organ_code: int | None, kind: Reading.Kind, what: str) -> Reading:
    return Reading(
        organ_code=organ_code or 0,
        kind=kind,
        what=what,
        reader=actor.account_id,
        reader_name=actor.name,
        request_id=actor.request_id,
    )


def value_opened(
    *,
    actor: Actor,
    row: Model,
    what: str,
    reason: str,
    organ_code: int,
    person_id: int | None = None,
    account_id: int | None = None,
) -> None:
    """Keep that a sensitive value of `row` is opened, about this person or account; refuses without a reason."""
    reason = stated(reason, "reason", "请写明查阅事由。")
    reading = _reading(actor, organ_code, Reading.Kind.OPENED, what)
    reading.tracked, reading.row_id, reading.reason = row._meta.db_table, row.pk, reason
    reading.person_id, reading.account_id = person_id, account_id
    reading.save()


def sealed_read(*, actor: Actor, row: Model, what: str, organ_code: int) -> None:
    """Note that what is sealed in `row` was opened and read in the course of handling it. Names nobody: the log is read
    by those who may not learn whom it concerns."""
    reading = _reading(actor, organ_code, Reading.Kind.OPENED, what)
    reading.tracked, reading.row_id, reading.reason = row._meta.db_table, row.pk, "办理"
    _note(reading)


def number_looked_up(*, actor: Actor, what: str, number: str) -> None:
    """Note that people are looked up by a number; refuses when the account did so too often."""
    lately = Reading.objects.filter(
        reader=actor.account_id, kind=Reading.Kind.LOOKED_UP, at__gte=timezone.now() - timedelta(hours=1)
    )
    if lately.count() >= MOST_LOOKED_UP:
        raise Refusal(f"一小时内按号码查人已达{MOST_LOOKED_UP}次，请过一会儿再查；按姓名查不受限制。")
    reading = _reading(actor, actor.organ_code, Reading.Kind.LOOKED_UP, what)
    reading.sought = digest(number)
    _note(reading)


def trail_read(*, actor: Actor, table: str, row: int | None) -> None:
    """Note that the history was read, as far as it was narrowed to a table or a row."""
    reading = _reading(actor, actor.organ_code, Reading.Kind.TRAIL, "变更留痕")
    reading.tracked, reading.row_id = table, row
    _note(reading)


def past_read(*, actor: Actor, row: Model, organ_code: int, person_id: int) -> None:
    """Note that the history of a person, who is `row`, was read back to a day."""
    reading = _reading(actor, organ_code, Reading.Kind.TRAIL, "某日情况")
    reading.tracked, reading.row_id, reading.person_id = row._meta.db_table, row.pk, person_id
    _note(reading)


def register_checked(*, actor: Actor, organ_code: int, people: int, applications: int = 0) -> None:
    """Keep that the records of an organ's people, and applications to it, were read and checked, how many and for what."""
    what = f"核对登记的人员{people}人" + (f"、报名{applications}份" if applications else "")
    reading = _reading(actor, organ_code, Reading.Kind.CHECKED, what)
    reading.reason = actor.reason
    _note(reading)


def value_seen(
    *, actor: Actor, row: Model, what: str, reason: str, organ_code: int, person_id: int | None = None
) -> None:
    """Note that a page shows what `row` holds, of this person or of many, to somebody who handles it: `reason` is the
    task that it is shown for."""
    reading = _reading(actor, organ_code, Reading.Kind.OPENED, what)
    reading.tracked, reading.row_id, reading.person_id, reading.reason = row._meta.db_table, row.pk, person_id, reason
    _note(reading)


def log_read(*, actor: Actor) -> None:
    """Note that this log itself was read."""
    _note(_reading(actor, actor.organ_code, Reading.Kind.TRAIL, "查阅记录"))


def digest(number: str) -> bytes:
    """What is kept of a number that was looked up."""
    return cipher.blind(number, "reading.sought")


def readings_of(row: Model, most: int = 20) -> list[Reading]:
    """Who opened something of a row, the latest first."""
    return list(Reading.objects.filter(tracked=row._meta.db_table, row_id=row.pk).order_by("-pk")[:most])


def readings_about(actor: Actor) -> list[Reading]:
    """What was opened about the actor's own account, the latest first."""
    return list(Reading.objects.filter(account_id=actor.account_id or 0).order_by("-pk"))


def _note(reading: Reading) -> None:
    noted = _noted.get()
    if noted is None:
        reading.save()
    else:
        noted.append(reading)


@contextmanager
def noting() -> Iterator[list[Reading]]:
    """Around a request: collects what is noted in it."""
    noted: list[Reading] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)


def write(noted: list[Reading]) -> None:
    """Write what a request noted, as its reader; without that nothing may leave."""
    if not noted:
        return
    first = noted[0]
    reader = Actor(name=first.reader_name, account_id=first.reader, request_id=first.request_id)
    with acting(reader):
        Reading.objects.bulk_create(noted)
