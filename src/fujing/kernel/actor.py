"""Who acts, in which territory, in which request: one transaction carries it to the database."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.db import connection, transaction

from fujing.kernel.refusals import NotAllowed


@dataclass(frozen=True, slots=True)
class Actor:
    """A person or a job at work. `lo` and `hi` bound the organ codes that it may see, both inclusive."""

    name: str
    account_id: int | None = None
    roles: frozenset[str] = frozenset()
    organ_code: int | None = None
    lo: int | None = None
    hi: int | None = None
    person_id: int | None = None
    request_id: str = field(default_factory=lambda: uuid.uuid4().hex)
    reason: str = ""

    def has(self, *roles: str) -> bool:
        """Whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def need(self, *roles: str) -> None:
        """Refuse with NotAllowed unless the actor holds one of the roles."""
        if not self.has(*roles):
            raise NotAllowed("您的账号没有办理此事项的权限。")

    def covers(self, organ_code: int) -> bool:
        """Whether the organ lies in the actor's territory."""
        return self.lo is not None and self.hi is not None and self.lo <= organ_code <= self.hi


NOBODY = Actor(name="")
_current: ContextVar[Actor] = ContextVar("fujing_actor", default=NOBODY)

SETTINGS = """SELECT set_config('fujing.lo', %s, true), set_config('fujing.hi', %s, true),
 set_config('fujing.organ', %s, true), set_config('fujing.account', %s, true),
 set_config('fujing.person', %s, true), set_config('fujing.actor', %s, true),
 set_config('fujing.request', %s, true), set_config('fujing.reason', %s, true)"""


def current() -> Actor:
    """The actor of the running request or job; NOBODY outside of one."""
    return _current.get()


def apply(actor: Actor) -> None:
    """Write the actor into the running transaction's settings; they vanish at its end."""
    values = (actor.lo, actor.hi, actor.organ_code, actor.account_id, actor.person_id)
    with connection.cursor() as cursor:
        cursor.execute(
            SETTINGS,
            ["" if value is None else str(value) for value in values]
            + [actor.name, actor.request_id, actor.reason],
        )


@contextmanager
def acting(actor: Actor, *, read_only: bool = False) -> Iterator[Actor]:
    """Run a block as `actor` in one transaction; nested use narrows or changes the actor and then restores it."""
    outer = current()
    token = _current.set(actor)
    try:
        with transaction.atomic():
            if read_only:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION READ ONLY")
            apply(actor)
            yield actor
            if outer is not NOBODY:
                apply(outer)
    finally:
        _current.reset(token)
