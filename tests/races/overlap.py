"""Two acts on two connections, the second begun while the first is written and not yet committed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from django.db import connection

from fujing.kernel.actor import Actor, acting
from fujing.kernel.refusals import Refusal, speaking

Act = tuple[Actor, Callable[[], object]]
OPEN = 0.7
"""Seconds that the first stays open; a second that waits for it goes on after that."""


def overlapping(first: Act, second: Act) -> tuple[object, object]:
    """What both gave, or the refusal that they met; anything else that is raised is the test's failure."""
    written, over = Event(), Event()

    def opened() -> object:
        actor, act = first
        try:
            with speaking(), acting(actor):
                try:
                    return act()
                finally:
                    written.set()
                    over.wait(OPEN)
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    def meanwhile() -> object:
        actor, act = second
        try:
            written.wait()
            with speaking(), acting(actor):
                return act()
        except Refusal as refusal:
            return refusal
        finally:
            over.set()
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        one, two = threads.submit(opened), threads.submit(meanwhile)
        return one.result(), two.result()
