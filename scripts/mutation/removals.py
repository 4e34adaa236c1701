"""Takes away what carries a provision, one declared removal at a time: the entry's own tests must notice.

Removals stand beside the entries of the register (docs/how-to/prove-a-provision.md). A passage of the source is taken
out of a copy of the tree; guarantees of the database are dropped one after the other from one test database, where the
same tests first pass with nothing removed. Journeys through a browser are left out: what they prove, others prove too.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from law import PYTEST, WORKERS, copied

from fujing.law.register import Entry, Removal, State, register

LONGEST = 600
"""Seconds for the tests of one entry; of all entries whose guarantees are dropped, thrice that."""
NOTICED, MISSED, HUNG, BROKEN = "noticed", "missed", "timed out", "could not be run"
RUNNING: set[subprocess.Popen[bytes]] = set()
LAW_TESTS = "tests/law/"
DATABASE = ["-p", "no:randomly", "-p", "no:cacheprovider", "--no-header", "--no-summary", "-m", "not journey"]


@dataclass(frozen=True)
class Trial:
    """One removal of one provision and what its tests said."""

    provision: str
    removal: Removal
    outcome: str


def removals_of(only: Iterable[str]) -> list[tuple[Entry, Removal]]:
    """Declared removals in the order of the text; of some provisions only, if any are named."""
    chosen = set(only)
    entries = [each for each in register().entries if not chosen or each.provision in chosen]
    return [(entry, removal) for entry in entries for removal in entry.removals]


def undeclared() -> list[str]:
    """Provisions that code carries, in full or in part, and for which nothing is taken away."""
    carried = (State.CARRIED, State.PARTLY)
    return [each.provision for each in register().entries if each.state in carried and not each.removals]


def pytest_in(folder: Path, arguments: Iterable[str], seconds: float, **environment: str) -> int | None:
    """Exit code of pytest in a copy; None if it took too long. It is ended with all that it started."""
    path = f"{folder / 'src'}:{folder}:{Path(__file__).parent}"
    run = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-m", "pytest", *arguments],
        cwd=folder,
        env=os.environ | environment | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    RUNNING.add(run)
    try:
        return run.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        RUNNING.discard(run)
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()


def quickly(folder: Path, tests: list[str]) -> int | None:
    """The same for tests of the law, which need neither Django nor a database."""
    options = [*PYTEST, "--rootdir", str(folder)]
    return pytest_in(folder, [*options, *tests], LONGEST, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")


def taken_out(folder: Path, entry: Entry, removal: Removal) -> Trial:
    """The entry's tests without a passage of the source, those that need no database first; then the copy is whole."""
    file = folder / str(removal.file)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(removal.text.encode(), removal.replacement.encode(), 1))
    quick = [test for test in entry.tests if test.startswith(LAW_TESTS)]
    slow = [test for test in entry.tests if not test.startswith(LAW_TESTS)]
    outcome = MISSED
    try:
        for tests in (quick, slow):
            if tests and outcome == MISSED:
                code = (
                    quickly(folder, tests) if tests is quick else pytest_in(folder, [*DATABASE, "-x", *tests], LONGEST)
                )
                outcome = {None: HUNG, 0: MISSED, 1: NOTICED, 2: NOTICED}.get(code, BROKEN)
    finally:
        file.write_bytes(whole)
    return Trial(entry.provision, removal, outcome)


def dropped(folder: Path, entries: list[tuple[Entry, Removal]]) -> tuple[list[Trial], list[str]]:
    """Every guarantee dropped in turn, in one run of pytest (`dropping`); and the tests that fail without any."""
    if not entries:
        return [], []
    notes = folder / "dropped.json"
    asked = [{"drop": str(removal.drop), "tests": entry.tests} for entry, removal in entries]
    (folder / "drops.json").write_text(json.dumps(asked), "utf-8")
    tests = sorted({test for entry, _ in entries for test in entry.tests})
    environment = {"FUJING_DROPS": str(folder / "drops.json"), "FUJING_DROPPED": str(notes)}
    code = pytest_in(folder, [*DATABASE, "-p", "dropping", *tests], 3 * LONGEST, **environment)
    found = json.loads(notes.read_text("utf-8")) if notes.is_file() else {"failing": [], "outcomes": []}
    outcomes = found["outcomes"] + [HUNG if code is None else BROKEN] * (len(entries) - len(found["outcomes"]))
    trials = [
        Trial(entry.provision, removal, outcome) for (entry, removal), outcome in zip(entries, outcomes, strict=True)
    ]
    return trials, found["failing"]


def try_all(only: Iterable[str], told: Callable[[Trial], None]) -> tuple[list[Trial], list[str]]:
    """All trials in the order of the text, and tests that fail with nothing removed (which would prove nothing)."""
    asked = removals_of(only)
    passages = [each for each in asked if not each[1].drop]
    drops = [each for each in asked if each[1].drop]
    with TemporaryDirectory(prefix="fujing-removals-") as temporary:
        folders = [copied(Path(temporary) / str(number), whole=True) for number in range(WORKERS + 1)]
        failing: list[str] = []

        def unsound() -> list[str]:
            """Whatever fails with nothing taken out: the tests of the law in one run, the others file by file."""
            tests = sorted({test for entry, _ in passages for test in entry.tests})
            quick = [test for test in tests if test.startswith(LAW_TESTS)]
            slow = [test for test in tests if not test.startswith(LAW_TESTS)]
            found = [LAW_TESTS] if quick and quickly(folders[0], quick) != 0 else []
            if slow and pytest_in(folders[0], [*DATABASE, *slow], 3 * LONGEST) != 0:
                found += ["tests of " + ", ".join(sorted({test.split("::")[0] for test in slow}))]
            return found

        def share(place: int) -> list[Trial]:
            made = []
            for entry, removal in passages[place :: WORKERS - 1]:
                made.append(taken_out(folders[place], entry, removal))
                told(made[-1])
            return made

        def guarantees() -> list[Trial]:
            made, unsound_tests = dropped(folders[-1], drops)
            failing.extend(unsound_tests)
            for each in made:
                told(each)
            return made

        with ThreadPoolExecutor(WORKERS) as pool:
            in_database = pool.submit(guarantees)
            try:
                in_source = [trial for part in map(share, range(WORKERS - 1)) for trial in part]
                failing += unsound()
                made = in_source + in_database.result()
            except BaseException:  # the thread waits for its run, so this goes first
                for run in list(RUNNING):
                    os.killpg(run.pid, signal.SIGKILL)
                raise
    done = {(each.provision, each.removal): each for each in made}
    return [done[entry.provision, removal] for entry, removal in asked], sorted(failing)
