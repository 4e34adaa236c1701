"""Mutates src/fujing/law: each fault alone in a copy of the tree, judged by the tests of tests/law.

One warm process a copy has every library loaded and forks for each fault, so that a fault costs a second or two.
Which tests a fault is shown to: those that ran the function around it, quickest first, until one fails. A fault
outside of functions is shown to the tests of its module, and of the modules and test files that import it.
"""

from __future__ import annotations

import ast
import gc
import hashlib
import json
import math
import os
import random
import shutil
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import _lru_cache_wrapper
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

from mutants import Mutant, mutants_of

ROOT = Path(__file__).parents[2]
LAW = "src/fujing/law"
TESTS = "tests/law"
PYTEST = ["-c", os.devnull, "-p", "tests.environment", "-p", "no:cacheprovider"]
PYTEST += ["--noconftest", "-q", "-x", "--no-header", "--no-summary", "-W", "error"]
PYTEST += ["-W", "ignore::pytest.PytestWarning"]
ORACLES = {
    "test_against_oracle.py::": ("/ranking/",),
    "test_roster_oracle.py::": ("/roster", "/people/"),
    "test_duty_oracle.py::": ("/duties/",),
    "test_pay_oracle.py::": ("/pay/", "/formats/pay"),
}
"""Slow comparisons with an oracle, and the paths whose faults they are shown to."""
LOADERS = {
    "measures", "parameter_book", "divisions", "places", "register", "_names", "_text", "_sources",
    "_ours", "_simplified", "_sounds",
}  # fmt: skip
"""Read files once in a process; read again for each test, they would take most of the watching's time."""
FEW, SELDOM = 4, 10
"""Tests that ran a function, and their share of its file's tests, below which those of the file are asked as well."""
WORKERS = 2
LONGEST = 240
"""Seconds that the chosen tests may take with one fault; one that hangs is noticed."""
WATCHING = 2400
"""Seconds for the one run in which every test is watched; a quiet machine needs a tenth of it."""
KILLED, SURVIVED, HUNG, UNSEEN = "killed", "survived", "timed out", "not run"


def copied(folder: Path, whole: bool = False) -> Path:
    """A copy of what the tests of the law need, to be broken at will; `whole`: of what any test needs."""
    left = ["__pycache__", "*.egg-info", *([] if whole else ["static"])]
    shutil.copytree(ROOT / "src", folder / "src", ignore=shutil.ignore_patterns(*left))
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.iterdir():
        if path.name not in ("src", "tests", ".git"):
            (folder / path.name).symlink_to(path)
    return folder


def every_mutant() -> list[Mutant]:
    """All faults of the law's Python files."""
    return [each for file in sorted((ROOT / LAW).rglob("*.py")) for each in mutants_of(file, ROOT)]


def sampled(mutants: list[Mutant], size: int, seed: int) -> list[Mutant]:
    """The same choice in the same order for the same files, size and seed; shuffled, so that a part of it is fair."""
    return random.Random(seed).sample(mutants, min(size, len(mutants)))  # noqa: S311 - a repeatable choice


def forked(act: Callable[[], int], seconds: float) -> int | None:
    """Exit code of an act in a child of its own; None if it took too long and was ended with its children."""
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.setsid()
            quiet = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(quiet, stream)
            code = act()
        except BaseException:
            code = 71
        finally:
            os._exit(code)
    until = time.monotonic() + seconds
    try:
        while time.monotonic() < until:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                child = 0
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.01)
        return None
    finally:
        if child:  # too long, or we are being ended ourselves
            _ended(child)


def _ended(child: int) -> None:
    """Ask a child to end, so that it takes its own children along; end its group if it doesn't within three seconds."""
    os.kill(child, signal.SIGTERM)
    for _ in range(300):
        if os.waitpid(child, os.WNOHANG)[0]:
            return
        time.sleep(0.01)
    with suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)


def warm(folder: Path) -> None:
    """Load every library that the law and its tests use, and none of our own modules."""
    os.chdir(folder)
    sys.dont_write_bytecode = True
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    ours = ("fujing", "tests")
    sys.path[:0] = [str(folder / "src"), str(folder)]
    # Nothing is reckoned here: polars starts its threads when first used, and a fork could not use them.
    import importlib

    for name in ("pytest", "polars", "pydantic", "yaml", "typer", "typer.testing", "hypothesis"):
        importlib.import_module(name)
    for path in sorted((folder / LAW).rglob("*.py")):
        parts = path.relative_to(folder / "src").with_suffix("").parts
        importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    importlib.import_module("fujing.cli")
    for name in [name for name in sys.modules if name.split(".")[0] in ours]:
        del sys.modules[name]
    gc.freeze()


def run_tests(tests: Iterable[str], plugins: tuple[Any, ...] = ()) -> int:
    """Exit code of pytest over chosen tests."""
    import pytest

    return int(pytest.main([*PYTEST, "--rootdir", os.getcwd(), *tests], plugins=list(plugins)))


def compared(test: str) -> tuple[str, ...]:
    """Paths whose faults a comparison with an oracle is shown to; empty for any other test."""
    return next((paths for file, paths in ORACLES.items() if file in test), ())


class Watch:
    """Writes down which functions of the law each test runs, and how long it takes. Caches are emptied between."""

    def __init__(self) -> None:
        self.calls: dict[str, list[str]] = {}
        self.seconds: dict[str, float] = {}
        self.law = str(Path.cwd() / LAW)

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        """The slow comparisons are not watched: every sixth is shown to each fault of what it compares."""
        slow = [item for item in items if compared(item.nodeid)]
        items[:] = [item for item in items if not compared(item.nodeid)]
        for item in slow[::6]:
            self.calls[item.nodeid], self.seconds[item.nodeid] = [], 60.0

    def pytest_collection_finish(self) -> None:
        import gc as collector

        every = collector.get_objects()
        self.caches = [
            each for each in every
            if isinstance(each, _lru_cache_wrapper)
            and str(each.__module__).startswith("fujing.law")
            and each.__name__ not in LOADERS
        ]  # fmt: off
        self.books = [each for each in every if type(each).__name__ == "RuleBook"]

    def pytest_runtest_protocol(self, item: Any, nextitem: Any) -> None:
        for cached in self.caches:
            cached.cache_clear()
        for book in self.books:
            book._built.clear()
            for name in ("_derived", "_unknown", "source"):
                book.__dict__.pop(name, None)
        seen: set[tuple[str, int]] = set()

        def called(frame: Any, event: str, argument: Any) -> None:
            """Hears of calls only, as it asks for no lines of any; a profiler would hear of every return as well."""
            if frame.f_code.co_filename.startswith(self.law):
                seen.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))

        self.seen, self.called, self.began = seen, called, time.monotonic()
        self.item = item.nodeid
        sys.settrace(called)

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        sys.settrace(None)
        root = str(Path.cwd()) + "/"
        self.calls[nodeid] = [f"{file.removeprefix(root)}:{line}" for file, line in self.seen]
        self.seconds[nodeid] = time.monotonic() - self.began


def watched(folder: Path) -> tuple[dict[str, set[str]], dict[str, float]]:
    """Tests by function (`file:first line`), and the seconds of each test."""
    notes = folder / "watched.json"

    def act() -> int:
        watch = Watch()
        code = run_tests([TESTS], (watch,))
        notes.write_text(json.dumps([watch.calls, watch.seconds]), "utf-8")
        return code

    if forked(act, WATCHING) != 0:
        raise SystemExit(1)
    calls, seconds = json.loads(notes.read_text("utf-8"))
    tests: dict[str, set[str]] = defaultdict(set)
    for test, functions in calls.items():
        for function in functions:
            tests[function].add(test)
    return tests, seconds


def importers() -> dict[str, set[str]]:
    """By file of the law or of its tests, the files of both that import it."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in (*(ROOT / LAW).rglob("*.py"), *(ROOT / TESTS).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            names += [f"{node.module}.{each.name}" for each in node.names] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                place = name.replace(".", "/")
                for path in (f"src/{place}.py", f"src/{place}/__init__.py", f"{place}.py"):
                    if path.startswith((LAW, TESTS)) and (ROOT / path).is_file():
                        found[path].add(str(file.relative_to(ROOT)))
    return found


class Choice:
    """Which tests a fault is shown to."""

    def __init__(self, tests: dict[str, set[str]], seconds: dict[str, float]) -> None:
        self.tests, self.seconds, self.importers = tests, seconds, importers()
        self.of_file: dict[str, set[str]] = defaultdict(set)
        for function, names in tests.items():
            self.of_file[function.rsplit(":", 1)[0]] |= names
        for name in seconds:
            if not compared(name):
                self.of_file[name.split("::")[0]].add(name)
        for file, others in self.importers.items():
            if file.startswith(TESTS):  # tests that share it reach what it imports
                self.of_file[file] |= {name for other in others for name in self.of_file[other]}

    def __call__(self, mutant: Mutant) -> list[str]:
        chosen: set[str] = set()
        oracle = {name for name in self.seconds if any(path in mutant.file for path in compared(name))}
        for line in mutant.within:
            chosen = self.tests.get(f"{mutant.file}:{line}", set())
            if chosen:
                break
        # Outside of functions, or in one whose result is kept after its first call, as of what is loaded once.
        if len(chosen) < FEW or len(chosen) * SELDOM < len(self.of_file[mutant.file]):
            chosen = chosen | self.of_file[mutant.file]
            for file in self.importers[mutant.file]:
                chosen |= self.of_file[file]
        chosen = chosen or {name for name in self.seconds if not compared(name)}
        return sorted(chosen | oracle, key=lambda name: (self.seconds[name], name))


def judged(folder: Path, mutant: Mutant, tests: list[str], seconds: float) -> str:
    """What the tests say of one fault. The file is put right again, whatever happens."""
    file = folder / mutant.file
    whole = file.read_bytes()
    file.write_bytes(mutant.applied(whole))
    try:
        code = forked(lambda: run_tests(tests), seconds)
    finally:
        file.write_bytes(whole)
    return HUNG if code is None else SURVIVED if code == 0 else KILLED


def worker(folder: Path, receive: int, send: int) -> None:
    """Judges faults that come line by line, and answers line by line."""
    warm(folder)
    with os.fdopen(receive, encoding="utf-8") as asked, os.fdopen(send, "w", encoding="utf-8") as answers:
        for line in asked:
            raw = json.loads(line)
            mutant = Mutant(**raw["mutant"] | {"within": tuple(raw["mutant"]["within"])})
            answers.write(json.dumps(judged(folder, mutant, raw["tests"], raw["seconds"])) + "\n")
            answers.flush()


def judge_all(
    mutants: list[Mutant], told: Callable[[int, Mutant, str], None], minutes: float = math.inf, workers: int = WORKERS
) -> dict[Mutant, str]:
    """The outcome of every fault that was begun within so many `minutes`; `told` hears of each as it is known."""
    results: dict[Mutant, str] = {}
    with TemporaryDirectory(prefix="fujing-mutation-") as temporary:
        folders = [copied(Path(temporary) / str(number)) for number in range(workers)]
        pipes = []
        for folder in folders:
            (asked, ask), (answered, answer) = os.pipe(), os.pipe()
            child = os.fork()
            if child == 0:
                os.close(ask), os.close(answered)
                for _, *others in pipes:
                    for each in others:
                        os.close(each.fileno())  # or a worker would never see the end of another's questions
                try:
                    worker(folder, asked, answer)
                finally:
                    os._exit(0)
            os.close(asked), os.close(answer)
            pipes.append((child, os.fdopen(ask, "w", encoding="utf-8"), os.fdopen(answered, encoding="utf-8")))
        try:
            choice = Choice(*_watched_apart(Path(temporary)))
            end = time.monotonic() + 60 * minutes
            queue: SimpleQueue[Mutant] = SimpleQueue()
            for each in mutants:
                queue.put(each)

            def serve(pipe: tuple[int, Any, Any]) -> None:
                while not queue.empty() and time.monotonic() < end:
                    mutant = queue.get()
                    tests = choice(mutant)
                    # Five times what they took while watched, for a machine that others use too.
                    patience = min(LONGEST, 30 + 5 * sum(choice.seconds[test] for test in tests))
                    question = {"mutant": mutant.__dict__, "tests": tests, "seconds": patience}
                    pipe[1].write(json.dumps(question) + "\n")
                    pipe[1].flush()
                    answered = pipe[2].readline()
                    if not answered:
                        raise SystemExit("a worker ended before its time")
                    results[mutant] = json.loads(answered)
                    told(len(results), mutant, results[mutant])

            with ThreadPoolExecutor(workers) as pool:
                try:
                    list(pool.map(serve, pipes))
                except BaseException:  # the threads wait for the workers, so these go first
                    for child, *_ in pipes:
                        os.kill(child, signal.SIGTERM)
                    raise
        finally:
            for child, ask_file, answer_file in pipes:
                ask_file.close(), answer_file.close()
                os.waitpid(child, 0)
    return dict(sorted(results.items(), key=lambda each: (each[0].file, each[0].line)))


def _watched_apart(temporary: Path) -> tuple[dict[str, set[str]], dict[str, float]]:
    """Watch in a child: libraries and threads that the watching starts stay there. Kept for the same sources."""
    notes = Path(gettempdir()) / f"fujing-mutation-{_digest()}.json"
    if not notes.is_file():
        folder = copied(temporary / "watch")

        def act() -> int:
            warm(folder)
            tests, seconds = watched(folder)
            notes.write_text(json.dumps([{key: sorted(names) for key, names in tests.items()}, seconds]), "utf-8")
            return 0

        if forked(act, WATCHING + 100) != 0:
            raise SystemExit("tests/law fails without any fault; see `pytest tests/law`")
    tests, seconds = json.loads(notes.read_text("utf-8"))
    return {key: set(names) for key, names in tests.items()}, seconds


def _digest() -> str:
    """Names the sources and tests that were watched."""
    digest = hashlib.sha256()
    for folder in (LAW, TESTS):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".yaml", ".json"):
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]
