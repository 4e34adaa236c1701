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
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from law import WORKERS, copied, forked, run_tests, warm

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


def without_database(folder: Path, passages: list[tuple[Entry, Removal]], notes: Path) -> None:
    """Outcomes of passages by the tests of the law alone, one line each; the first line is of nothing taken out.

    Runs in a child of its own: libraries are loaded once, and each removal is judged in a fork.
    """
    warm(folder)
    every = sorted({test for entry, _ in passages for test in quick_tests(entry)})
    with notes.open("w", encoding="utf-8") as lines:
        lines.write(f"{forked(lambda: run_tests(every), 2 * LONGEST)}\n")
        for entry, removal in passages:
            with taken_out(folder, removal):
                code = forked(partial(run_tests, quick_tests(entry)), LONGEST)
            lines.write(f"{code}\n")
            lines.flush()


def quick_tests(entry: Entry) -> list[str]:
    """The entry's tests that need no database."""
    return [test for test in entry.tests if test.startswith(LAW_TESTS)]


def outcome_of(code: int | None) -> str:
    """1: a test failed; 2: a test's file could not be imported, which nobody could overlook either."""
    return {None: HUNG, 0: MISSED, 1: NOTICED, 2: NOTICED}.get(code, BROKEN)


@contextmanager
def taken_out(folder: Path, removal: Removal) -> Iterator[None]:
    """A copy without one passage; whole again afterwards."""
    file = folder / str(removal.file)
    whole = file.read_bytes()
    file.write_bytes(whole.replace(removal.text.encode(), removal.replacement.encode(), 1))
    try:
        yield
    finally:
        file.write_bytes(whole)


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
    quick = [each for each in passages if quick_tests(each[0])]
    drops = [each for each in asked if each[1].drop]
    done: dict[tuple[str, Removal], Trial] = {}
    failing: list[str] = []

    def heard(trial: Trial) -> None:
        done[trial.provision, trial.removal] = trial
        told(trial)

    with TemporaryDirectory(prefix="fujing-removals-") as temporary:
        folders = [copied(Path(temporary) / str(number), whole=True) for number in range(WORKERS)]
        notes = Path(temporary) / "quick.txt"
        if quick and forked(lambda: without_database(folders[0], quick, notes) or 0, LONGEST * (2 + len(quick))) != 0:
            raise SystemExit("the tests of the law could not be run")
        codes = [None if line == "None" else int(line) for line in notes.read_text().split()] if quick else [0]
        failing += [LAW_TESTS] if codes[0] else []
        for (entry, removal), code in zip(quick, codes[1:], strict=True):
            if code != 0:
                heard(Trial(entry.provision, removal, outcome_of(code)))

        def by_database() -> None:
            """Passages that no test of the law has noticed."""
            rest = [(entry, removal) for entry, removal in passages if (entry.provision, removal) not in done]
            tests = {entry.provision: [t for t in entry.tests if not t.startswith(LAW_TESTS)] for entry, _ in rest}
            every = sorted({test for named in tests.values() for test in named})
            if every and pytest_in(folders[0], [*DATABASE, *every], 3 * LONGEST) != 0:
                failing.append("tests of " + ", ".join(sorted({test.split("::")[0] for test in every})))
            for entry, removal in rest:
                code: int | None = 0
                if tests[entry.provision]:
                    with taken_out(folders[0], removal):
                        code = pytest_in(folders[0], [*DATABASE, "-x", *tests[entry.provision]], LONGEST)
                heard(Trial(entry.provision, removal, outcome_of(code)))

        def by_dropping() -> None:
            made, unsound = dropped(folders[1], drops)
            failing.extend(unsound)
            for each in made:
                heard(each)

        with ThreadPoolExecutor(WORKERS) as pool:
            try:
                for part in [pool.submit(by_database), pool.submit(by_dropping)]:
                    part.result()
            except BaseException:  # the threads wait for their runs, so these go first
                for run in list(RUNNING):
                    os.killpg(run.pid, signal.SIGKILL)
                raise
    return [done[entry.provision, removal] for entry, removal in asked], sorted(failing)
