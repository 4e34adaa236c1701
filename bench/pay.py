"""A month, and a year, of pay for 150,000 people, from the files to every slip as JSON, beside one person at a time.

Ours is the whole command, start included. The peer is what a script would do, and what the tests hold ours against: the
same month of the same people with Python's fractions, slip by slip; it reads no file and writes none.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from bench.commands import finished, fujing, made, peak, quickest
from fujing.law.pay.explanation import explain
from tests.law.pay import generated
from tests.law.pay.oracle import Year
from tests.law.pay.tools import arguments, read, written
from tests.law.pay.workbooks import correct
from tests.law.pay.workbooks.layouts import LAYOUTS

BOOK, BOOKS = 2_000, ("sections", "formulas")
"""Rows of a sheet of the workbooks that are checked, and their layouts."""
FEW, MANY = 500, 150_000
RUNS = 3
SLOW = 5_000
"""People whom the peer reckons; its time for all of them is this many times as long."""
LIMITS = {"few": 3.0, "many": 30.0, "year": 240.0, "explained": 0.05, "workbook": 15.0}
"""Seconds; and so many times ours the peer takes at least, and megabytes."""
FASTER, MEMORY = 2, 1500


def make(folder: Path, people: int) -> None:
    folder.mkdir()
    scheme, persons, rows = invented(people)
    listed = [
        {"id": subject, "month": f"{generated.YEAR}-{month:02}", **row}
        for subject, months in rows.items()
        for month, row in months.items()
    ]
    written(folder, scheme, persons, listed)


def invented(people: int) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, dict[int, dict[str, str]]]]:
    """A scheme, people and their months, always the same ones."""
    random = Random(33)
    scheme, persons = generated.scheme(random), generated.people(random, people)
    return scheme, persons, {person["id"]: generated.months(random, person) for person in persons}


def check(path: Path) -> list[str]:
    """`fujing pay check --json`."""
    return fujing("pay", "check", str(path), "--json")


def compute(folder: Path, through: int) -> list[str]:
    """`fujing pay compute --json`."""
    return fujing(*arguments(folder, "--json", f"--through={through}"))


def workbook(path: Path, people: int) -> None:
    """A bureau's own workbook of a year: sections and subtotals, or formulas, as the file's name says."""
    persons = correct.people(Random(34), people, 12)
    lay = LAYOUTS[path.stem]
    slips = correct.slips(persons, 12, {}, absence_in_gross=lay([], 0, {}).absence_in_gross)
    lay(persons, 12, slips).written(path)


def one_by_one(people: int) -> Callable[[], object]:
    """The first month of everybody, each slip by itself."""
    scheme, persons, rows = invented(people)
    return lambda: [Year(scheme, person, rows[person["id"]], generated.YEAR).slips(1) for person in persons]


def explained(folder: Path) -> Callable[[], object]:
    """The December of one of the few, every figure with its formula and source; the files are read before."""
    scheme, found = read(folder)
    return lambda: explain(scheme, found, found.people["id"][0], date(generated.YEAR, 12, 1))


def main() -> int:
    folder = Path(tempfile.mkdtemp())
    few, many = made(folder / "few", make, FEW), made(folder / "many", make, MANY)
    county = quickest(finished(compute(few, 1)), RUNS)
    month = quickest(finished(compute(many, 1)), RUNS)
    memory = peak(compute(many, 1))
    year = quickest(finished(compute(many, 12)), 1)
    explanation = quickest(explained(few), 20)
    books = [quickest(finished(check(made(folder / f"{name}.xlsx", workbook, BOOK))), RUNS) for name in BOOKS]
    peer = quickest(one_by_one(SLOW), 1) * MANY / SLOW
    print(
        f"start included, best of {RUNS} (the year: one run); load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    )
    print(f"{FEW:,} people, a month                {county:6.2f} s")
    print(f"{MANY:,} people, a month            {month:6.2f} s   {memory:.0f} MB at most")
    print(f"{MANY:,} people, a year             {year:6.2f} s")
    print(f"one person's December explained         {explanation * 1000:6.1f} ms")
    for name, seconds in zip(BOOKS, books, strict=True):
        print(f"pay check, {BOOK:,} rows × 12 sheets, {name:<9} {seconds:6.2f} s")
    print(f"one by one, a month, {SLOW:,} people × {MANY // SLOW} {peer:6.2f} s   {peer / month:.1f} × ours")
    met = county < LIMITS["few"] and month < LIMITS["many"] and year < LIMITS["year"] and memory < MEMORY
    met = met and explanation < LIMITS["explained"]
    met = met and max(books) < LIMITS["workbook"]
    return int(not met or peer < FASTER * month)


if __name__ == "__main__":
    sys.exit(main())
