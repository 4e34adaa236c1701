"""Who acts, in which territory, in which request: one transaction carries it to the database."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from django.db import connection, transaction

from fujing.kernel.refusals import NotAllowed


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a job at work. `lo` and `hi` bound the organ codes that it may see, both inclusive;
    `admin_lo` and `admin_hi` those whose accounts and history, but not people, it administers."""

    name: str
    account_id: int | None = None
    roles: frozenset[str] = frozenset()
    organ_code: int | None = None
    lo: int | None = None
    hi: int | None = None
    person_id: int | None = None
    admin_lo: int | None = None
    admin_hi: int | None = None
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    reason: str = ""

    def has(self, *roles: str) -> bool:
        """Whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def need(self, *roles: str) -> None:
        """Refuse with NotAllowed unless the actor holds one of the roles."""
        if not self.has(*roles):
            raise NotAllowed("您的账号没有办理此事项的权限。")

    @property
    def territory(self) -> tuple[int, int]:
        """First and last organ code that the actor may see, for `__range`; without a territory no organ lies between."""
        return self.lo or 0, self.hi or 0

    @property
    def administered(self) -> tuple[int, int]:
        """The same of what the actor administers."""
        return self.admin_lo or 1, self.admin_hi or 0

    def covers(self, organ_code: int) -> bool:
        """Whether the organ lies in the actor's territory."""
        return self.lo is not None and self.hi is not None and self.lo <= organ_code <= self.hi


NOBODY = Actor(name="")
_current: ContextVar[Actor] = ContextVar("fujing_actor", default=NOBODY)

NAMES = ("lo", "hi", "organ", "account", "person", "admin_lo", "admin_hi", "actor", "request", "reason")
LOCK_TIMEOUT = "5s"
"""How long anything that an actor does waits for somebody else's lock before it is refused."""
SETTINGS = ", ".join(
    (
        f"SELECT set_config('lock_timeout', '{LOCK_TIMEOUT}', true)",
        *(f"set_config('fujing.{name}', %s, true)" for name in NAMES),
    )
)


def current() -> Actor:
    """The actor of the running request or job; NOBODY outside of one."""
    return _current.get()


def apply(actor: Actor, *, read_only: bool = False) -> None:
    """Write the actor into the running transaction's settings; they vanish at its end."""
    codes = (actor.lo, actor.hi, actor.organ_code, actor.account_id, actor.person_id, actor.admin_lo, actor.admin_hi)
    values = ["" if code is None else str(code) for code in codes]
    mode = ", set_config('transaction_read_only', 'on', true)" if read_only else ""
    with connection.cursor() as cursor:
        cursor.execute(SETTINGS + mode, [*values, actor.name, actor.request_id, actor.reason])


def become(actor: Actor) -> None:
    """Change the actor of the running block, for sign-in: who it is becomes known only inside."""
    _current.set(actor)
    apply(actor)


def within(actor: Actor, lo: int, hi: int) -> AbstractContextManager[Actor]:
    """The same person writing in a territory that is not theirs, after the right to the act was checked.

    A partner's approval creates slots in the bureau's territory; the history still names the partner.
    """
    return acting(replace(actor, lo=lo, hi=hi))


@contextmanager
def looking(actor: Actor, lo: int, hi: int) -> Iterator[None]:
    """The same person reading in a territory that is not theirs, without the savepoint that writing needs.

    What is raised inside ends the transaction: nothing is written after it under the wider view.
    """
    outer = current()
    apply(replace(actor, lo=lo, hi=hi))
    try:
        yield
    except BaseException:
        transaction.set_rollback(True)
        raise
    apply(outer)


@contextmanager
def acting(actor: Actor, *, read_only: bool = False) -> Iterator[Actor]:
    """Run a block as `actor` in one transaction; a nested block restores the outer actor at its end.

    A read-only block may not write, held by the database, and is always rolled back.
    """
    outer, nested = current(), connection.in_atomic_block
    token = _current.set(actor)
    try:
        with transaction.atomic():
            apply(actor, read_only=read_only)
            yield actor
            if read_only:
                transaction.set_rollback(True)
            elif nested and not connection.needs_rollback:  # a rollback restores the outer settings itself
                apply(outer)
    finally:
        _current.reset(token)
