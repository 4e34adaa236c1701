"""Keeps several processes of ours running: starts them together, restarts one that ends, stops them together."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from types import FrameType

import structlog

log = structlog.get_logger("fujing.supervisor")
PATIENCE = 25  # seconds that a process has to end by itself
LONGEST_PAUSE = 30.0  # seconds before the next start of a process that keeps ending
STEADY = 60.0  # seconds after which a process counts as running well
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Ask Linux to end this process when its parent is gone, however that ended."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Supervisor:
    """Runs the named commands until it is told to stop (SIGTERM or SIGINT)."""

    def __init__(self, commands: Mapping[str, Sequence[str]]) -> None:
        self.commands = commands
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.began: dict[str, float] = {}
        self.pause = dict.fromkeys(commands, 0.5)
        self.due = dict.fromkeys(commands, 0.0)
        self.stopping = False

    def start(self, name: str) -> None:
        self.running[name] = subprocess.Popen(self.commands[name], preexec_fn=die_with_parent)
        self.began[name] = time.monotonic()

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """From now on nothing is started again."""
        self.stopping = True

    def look(self) -> None:
        """Note who ended, and start again whose pause is over; it doubles while a process keeps ending."""
        now = time.monotonic()
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                del self.running[name]
                steady = now - self.began[name] > STEADY
                self.pause[name] = 0.5 if steady else min(LONGEST_PAUSE, self.pause[name] * 2)
                self.due[name] = now + self.pause[name]
                log.error("process ended", process=name, code=process.returncode, again_in=self.pause[name])
        for name in self.commands:
            if name not in self.running and now >= self.due[name]:
                self.start(name)

    def run(self) -> int:
        """Stay until stopped; then end every process, the stubborn ones by force."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self.stopping:
            self.look()
            time.sleep(0.2)
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        until = time.monotonic() + PATIENCE
        for process in self.running.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
        return 0
