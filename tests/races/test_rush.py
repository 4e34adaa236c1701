"""A registration rush against `fujing serve`, with the power gone in the middle: nothing lost, nothing doubled."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock
from urllib.parse import urlsplit

import psycopg
import pytest

from fujing.kernel.digests import sm3
from fujing.kernel.postgres import server
from tests.pictures import picture

ROOT = Path(__file__).parent.parent.parent
APPLICANTS, CONNECTIONS = 2_000, 64
OUTAGE_AFTER = 700  # applications acknowledged before everything is killed
PATIENCE = 120  # seconds until a started server answers
FORM = "Content-Disposition: form-data; name="


@dataclass
class Installation:
    """A data folder with its own server, started and killed like a machine."""

    data: Path
    port: int
    process: subprocess.Popen | None = None

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FUJING_")}
        places = {"FUJING_DATA": str(self.data), "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        return kept | places | {"DJANGO_SETTINGS_MODULE": "fujing.settings"}

    def run(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout

    def start(self, *options: str, ready: bool = True) -> None:
        """`fujing serve` with these options; until it is `ready` to answer, unless nobody is to be answered."""
        with (self.data / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "fujing", "serve", "--port", str(self.port), *options],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while ready and time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            with suppress(OSError, http.client.HTTPException), closing(connection):
                connection.request("GET", "/readyz")
                answer = connection.getresponse()
                answer.read()
                if answer.status == 200:
                    return
            time.sleep(0.2)
        if ready:
            raise AssertionError((self.data / "serve.log").read_text("utf-8")[-2000:])

    def kill(self) -> None:
        """SIGKILL to the web server and its workers, and to PostgreSQL with all its processes."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        postmaster = (self.data / "postgres" / "postmaster.pid").read_text().splitlines()[0]
        for child in subprocess.run(["pgrep", "-P", postmaster], capture_output=True, text=True).stdout.split():
            with suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(int(postmaster), signal.SIGKILL)

    def rows(self, query: str) -> list[tuple]:
        """What is in the database, read as its owner."""
        parameters = {"host": str(self.data / "postgres"), "user": "postgres", "dbname": "fujing"}
        with psycopg.connect(**parameters) as connection:
            return connection.execute(query).fetchall()


@contextmanager
def installed(data: Path) -> Iterator[Installation]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        made = Installation(data, probe.getsockname()[1])
    try:
        yield made
    finally:
        if made.process is not None and made.process.poll() is None:
            os.killpg(made.process.pid, signal.SIGKILL)
            made.process.wait()
        server.embedded_stop(data)


def photo_of(key: str) -> bytes:
    """A picture that only this applicant hands in."""
    return picture(key)


def body_of(fields: dict[str, str], photo: bytes) -> tuple[bytes, str]:
    boundary = secrets.token_hex(16)
    parts = [f'--{boundary}\r\n{FORM}"{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    head = f'--{boundary}\r\n{FORM}"file_photo"; filename="photo.png"\r\nContent-Type: image/png\r\n\r\n'
    parts += [head.encode(), photo, f"\r\n--{boundary}--\r\n".encode()]
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"


@dataclass
class Rush:
    """What the applicants saw."""

    site: Installation
    campaign: int
    position: int
    acknowledged: dict[str, str] = field(default_factory=dict)
    statuses: Counter = field(default_factory=Counter)
    outage: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def apply(self, key: str) -> None:
        """Hand in until it is acknowledged, as somebody does whose connection broke."""
        for _ in range(400):
            with suppress(OSError, http.client.HTTPException):
                status, place = self.hand_in(key)
                with self.lock:
                    self.statuses[status] += 1
                    if status == 302:
                        self.acknowledged[key] = place
                    if status != 302 or len(self.acknowledged) >= OUTAGE_AFTER:
                        self.outage.set()
                return
            time.sleep(0.3)

    def hand_in(self, key: str) -> tuple[int, str]:
        token = "k" * 32
        fields = {
            "csrfmiddlewaretoken": token,
            "position": str(self.position),
            "education": "bachelor",
            "household": "四川省绵阳市三台县",
            "certificates": "无",
            "act": "submit",
        }
        body, kind = body_of(fields, photo_of(key))
        headers = {"Content-Type": kind, "Cookie": f"csrftoken={token}; sessionid={key}"}
        status, place = self.post(f"/announcements/{self.campaign}/apply/", body, headers)
        if status == 302 and place.endswith("/apply/check/"):
            # What was stated is shown once more, and handed in from there.
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            return self.post(place, f"csrfmiddlewaretoken={token}&act=submit".encode(), headers)
        return status, place

    def post(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=60)) as connection:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status, urlsplit(answer.headers.get("Location", "")).path


@pytest.mark.race
def test_two_thousand_apply_at_once_and_the_machine_dies_in_the_middle(tmp_path: Path) -> None:
    with installed(tmp_path) as site:
        site.run("-m", "fujing", "migrate")
        prepared = json.loads(site.run("-m", "tests.races.rush_preparation", str(APPLICANTS)))
        site.start()
        rush = Rush(site, prepared["campaign"], prepared["position"])
        with ThreadPoolExecutor(CONNECTIONS) as threads:
            done = [threads.submit(rush.apply, key) for key in prepared["sessions"]]
            assert rush.outage.wait(600)
            site.kill()
            before = len(rush.acknowledged)
            site.start()
            for each in done:
                each.result()
        assert set(rush.statuses) == {302}, (rush.statuses, tmp_path)
        assert OUTAGE_AFTER <= before < APPLICANTS
        assert len(rush.acknowledged) == APPLICANTS
        stored = site.rows("SELECT id, account_id, state, id_index FROM applications_application")
        assert Counter(state for _, _, state, _ in stored) == {"submitted": APPLICANTS}
        assert len({account for _, account, _, _ in stored}) == APPLICANTS
        assert len({bytes(number) for _, _, _, number in stored}) == APPLICANTS
        assert {int(place.rstrip("/").rsplit("/", 1)[1]) for place in rush.acknowledged.values()} == {
            row[0] for row in stored
        }
        papers = site.rows(
            "SELECT a.application_id, f.path, f.digest FROM applications_attachment a JOIN kernel_storedfile f ON f.id = a.file_id"
        )
        assert len({application for application, _, _ in papers}) == len(papers) == APPLICANTS
        for _, path, digest in papers:
            assert sm3((tmp_path / "files" / path).read_bytes()).hex() == digest
