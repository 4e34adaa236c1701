"""`fujing serve` with a process of it killed: web and worker are there again by themselves, and each may run alone."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.races.test_rush import Installation, installed

pytestmark = pytest.mark.race
PATIENCE = 180  # seconds, on a machine that does other things


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with installed(tmp_path_factory.mktemp("served")) as made:
        made.run("-m", "fujing", "migrate")
        yield made


def children(of: int) -> dict[str, int]:
    """What the process started, by what it is; without those that have ended and are not yet buried."""
    found = {}
    for pid in subprocess.run(["pgrep", "-P", str(of)], capture_output=True, text=True).stdout.split():
        with suppress(OSError):
            said = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
            found.update({name: int(pid) for name in ("gunicorn", "worker") if name in said.split("\0")})
    return found


def answers(site: Installation) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    with suppress(OSError, http.client.HTTPException), closing(connection):
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    return False


def waited(true: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if true():
            return True
        time.sleep(0.2)
    return False


def stopped(site: Installation) -> None:
    assert site.process is not None
    site.process.terminate()
    site.process.wait(PATIENCE)


@pytest.mark.parametrize("killed", ["gunicorn", "worker"])
def test_what_is_killed_runs_again_and_the_other_goes_on(site: Installation, killed: str) -> None:
    site.start()
    assert site.process is not None
    parent = site.process.pid
    assert waited(lambda: len(children(parent)) == 2)
    before = children(parent)
    os.kill(before[killed], signal.SIGKILL)
    assert waited(lambda: children(parent).get(killed) not in {None, before[killed]})
    assert waited(lambda: answers(site))
    after = children(parent)
    (other,) = set(before) - {killed}
    assert after[other] == before[other]
    assert site.process.poll() is None
    stopped(site)
    assert not any(Path(f"/proc/{pid}").exists() for pid in after.values())


def test_the_web_alone_answers_and_starts_no_worker(site: Installation) -> None:
    site.start("--only", "web")
    assert site.process is not None
    assert "worker" not in children(site.process.pid)
    stopped(site)


def test_the_worker_alone_does_its_duties_and_answers_nobody(site: Installation) -> None:
    site.start("--only", "worker", ready=False)
    assert site.process is not None
    done = "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'"
    assert waited(lambda: site.rows(done)[0][0] == 1)
    assert not answers(site)
    stopped(site)
