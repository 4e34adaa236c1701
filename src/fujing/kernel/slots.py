"""A few places for work that needs much memory, shared by all processes of this machine.

A place is a lock on a file: whoever holds it loses it with the process, however that ends.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

from fujing.kernel.refusals import Busy

PAUSE = 0.1  # seconds


@contextmanager
def place(name: str, most: int, wait: float, message: str) -> Iterator[None]:
    """Hold one of `most` places of this name; refuses with Busy who gets none within `wait` seconds."""
    folder = Path(settings.DATA) / "places"
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + wait
    while (held := _taken(folder, name, most)) is None:
        if time.monotonic() >= until:
            raise Busy(message)
        time.sleep(PAUSE)
    with held:
        yield


def _taken(folder: Path, name: str, most: int) -> IO[bytes] | None:
    """A free place, locked until it is closed; None where all are taken."""
    for number in range(most):
        lock = (folder / f"{name}-{number}").open("ab")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
        else:
            return lock
    return None
