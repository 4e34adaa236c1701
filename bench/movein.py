"""20,000 people from the Excel file into the registry: the preview, and the commit with encryption and history.

In a fresh database, as the application role, bound by row security; by the services that the pages call. The file lies
read as it does behind the page, since the officer has had it judged; reading it is measured beside. Every row has what
can be wrong with it and is still taken. Run: python -m bench.movein
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from tests.law.roster_generated import roster
from tests.law.roster_tools import id_number, written

PEOPLE = 20_000
CODE = 510722000000
DAY = date(2026, 1, 22)
LIMITS = {"preview": 4.0, "commit": 10.0}
"""Seconds."""
T = TypeVar("T")


def timed(what: Callable[[], T]) -> tuple[float, T]:
    began = perf_counter()
    found = what()
    return perf_counter() - began, found


def make(path: Path) -> None:
    """A bureau's people with everything that can be wrong, each with a number of their own and none of them excluded."""
    rows, _, _ = roster(3, PEOPLE)
    for place, row in enumerate(rows):
        born = date(1985, 1, 1) + timedelta(days=place % 5000)
        row |= {"公民身份号码": id_number(born.isoformat(), place // 5000 * 2 + 1), "管理机关代码": str(CODE)}
        row |= {"岗位": "巡逻", "用人单位": "三台县公安局潼川派出所"}
        row["类别"] = row["类别"] if row["类别"] != "治安联防" else "协警"
    written(path, rows, None)


def prepare() -> Path:
    """A fresh database with the organs, and the file."""
    folder = Path(tempfile.mkdtemp())
    os.environ["FUJING_DATA"] = str(folder)
    from fujing.cli import server

    server.run_as_owner("migrate")
    server.setup()
    from fujing.registry.seed import seed_organs

    seed_organs()
    make(folder / "花名册.xlsx")
    return folder / "花名册.xlsx"


def main() -> int:
    path = prepare()
    from fujing.compliance.oversight.checkup import recorded_roster
    from fujing.kernel.actor import acting
    from fujing.kernel.digests import sm3
    from fujing.kernel.models import HistoryEntry
    from fujing.law.formats.roster import read_roster
    from fujing.law.roster import RosterCheck, check_roster
    from fujing.registry.models import RosterImport, RosterRecord, territory_of
    from fujing.registry.moving_in.plan import Plan, plan_of
    from fujing.registry.moving_in.services import roster_import
    from fujing.registry.moving_in.taking_back import roster_import_take_back
    from tests import factories

    actor, digest = factories.territorial(CODE), sm3(path.read_bytes()).hex()

    def preview() -> Plan:
        with acting(actor, read_only=True):
            return plan_of(actor, read, digest, DAY)

    def commit() -> list[RosterImport]:
        with acting(actor):
            return roster_import(actor=actor, roster=read, digest=digest, as_of=DAY, seen=plan.token)

    reading, read = timed(lambda: read_roster(path))
    previewed, plan = timed(preview)
    committed, made = timed(commit)
    again, nothing = timed(commit)
    with acting(actor):
        records, entries = RosterRecord.objects.count(), HistoryEntry.objects.count()
    print(f"{PEOPLE:,} people; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"the file is read                        {reading:6.2f} s")
    print(f"preview: {plan.count('new'):,} new, {len(plan.refused)} refused {previewed:6.2f} s")
    print(f"commit: {records:,} records, {entries:,} history rows {committed:6.2f} s")
    print(f"the same again: {len(nothing)} imports           {again:6.2f} s")

    def judged() -> RosterCheck:
        with acting(actor, read_only=True):
            return check_roster(recorded_roster(*territory_of(CODE)), DAY)

    checked, of_database = timed(judged)
    of_file = check_roster(read, DAY)
    equal = of_database.totals == of_file.totals
    print(f"check-up over the database: {sum(of_database.totals.values()):,} findings, equal {equal} {checked:6.2f} s")

    def take_back() -> None:
        with acting(actor):
            roster_import_take_back(actor=actor, made=made[0], reason="测量")

    print(f"taken back                              {timed(take_back)[0]:6.2f} s")
    met = previewed < LIMITS["preview"] and committed < LIMITS["commit"]
    return int(not met or records < PEOPLE or bool(nothing) or not equal)


if __name__ == "__main__":
    sys.exit(main())
