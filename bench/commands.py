"""Commands measured as their users start them, and the files that they read."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing import get_context
from pathlib import Path

from fujing.cli.output import OK, VIOLATIONS


def made(path: Path, make: Callable[[Path, int], None], people: int) -> Path:
    """What `make` writes for so many people, by a process of its own: a child's peak begins with what its parent holds."""
    maker = get_context("spawn").Process(target=make, args=(path, people))
    maker.start()
    maker.join()
    return path


def fujing(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "fujing", *arguments]


def finished(command: Sequence[str]) -> Callable[[], object]:
    """Runs the command and throws its output away. A refusal, which is quick, ends the bench."""
    return lambda: peak(command)


def peak(command: Sequence[str]) -> float:
    """Megabytes that the command held at most. A refusal ends the bench."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (OK, VIOLATIONS):
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    return used.ru_maxrss / 1024


def quickest(work: Callable[[], object], runs: int) -> float:
    """Seconds of the best run."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)
