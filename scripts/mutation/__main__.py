"""`make mutation`: what the register says is true, and what the tests of the law notice.

python scripts/mutation                          removals, and a sample of faults
python scripts/mutation removals [18.3 …]        removals only, of some provisions only
python scripts/mutation law --sample 400         faults only; --full for all, --only ages for some files,
                                                 --minutes 30 for those that are judged within so long
"""

from __future__ import annotations

import argparse
import math
import signal
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

import law
import removals
import report
from mutants import Mutant


def told(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def try_removals(only: list[str]) -> tuple[str, bool]:
    """The report's first half, and whether every removal was noticed."""
    trials, failing = removals.try_all(only, lambda t: told(f"{t.outcome:10} {t.provision:6} {t.removal.name}"))
    missing = [] if only else removals.undeclared()
    sound = not failing and not missing and all(trial.outcome == removals.NOTICED for trial in trials)
    return report.of_removals(trials, failing, missing), sound


def try_faults(sample: int | None, seed: int, only: list[str], minutes: float, workers: int) -> tuple[str, bool]:
    """The report's second half, and whether the score is reached and every survivor explained."""
    every = [each for each in law.every_mutant() if not only or any(name in each.file for name in only)]
    chosen = law.sampled(every, len(every) if sample is None else sample, seed)
    counted: Counter[str] = Counter()

    def heard(number: int, mutant: Mutant, outcome: str) -> None:
        counted[outcome] += 1
        if outcome == law.SURVIVED:
            told(f"survived   {mutant.file}:{mutant.line} {mutant.name}")
        if number % 20 == 0:
            told(f"{number} of {len(chosen)}: {dict(counted)}")

    results = law.judge_all(chosen, heard, minutes, workers)
    text, sound = report.of_faults(results, every, None if len(results) == len(every) else seed)
    return text, sound


def main() -> int:
    # Ended from outside, a run ends what it started and takes its copies away.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    parser = argparse.ArgumentParser(prog="make mutation", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("part", nargs="?", choices=["all", "removals", "law"], default="all")
    parser.add_argument("provisions", nargs="*", help="removals of these provisions only")
    parser.add_argument("--sample", type=int, default=400, help="so many faults of all")
    parser.add_argument("--full", action="store_true", help="every fault")
    parser.add_argument("--seed", type=int, default=345)
    parser.add_argument("--only", action="append", default=[], help="faults in files whose path has this")
    parser.add_argument("--minutes", type=float, default=math.inf, help="begin no fault after so long")
    parser.add_argument("--workers", type=int, default=law.WORKERS, help="faults judged at once")
    given = parser.parse_args()
    command = "make mutation" + (f' OPTIONS="{" ".join(sys.argv[1:])}"' if sys.argv[1:] else "")
    sections, sound = {}, True
    if given.part in ("all", "removals"):
        began = time.monotonic()
        text, good = try_removals(given.provisions)
        sections[report.REMOVALS] = report.section(report.REMOVALS, text, command, time.monotonic() - began)
        sound &= good
    if given.part in ("all", "law"):
        began = time.monotonic()
        text, good = try_faults(
            None if given.full else given.sample, given.seed, given.only, given.minutes, given.workers
        )
        sections[report.FAULTS] = report.section(report.FAULTS, text, command, time.monotonic() - began)
        sound &= good
    sys.stdout.write("\n".join(sections.values()))
    if not given.provisions and not given.only:
        report.keep(sections)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
