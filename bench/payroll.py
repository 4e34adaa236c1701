"""A month of pay in the database: 150,000 people of one bureau, reckoned and stored with row security, sums and digest.

By the service that the page calls, as the application role. Beside it a second month, in which one in a hundred is told
late what changes the first; and 500 people. Run: python -m bench.payroll [people]
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

CODE, MANY, FEW = 510722000000, 150_000, 500
LIMITS = {MANY: 12.0, FEW: 0.3}
MEMORY = 1024
"""Seconds by people, and megabytes of the process that reckons."""
PEOPLE = """
INSERT INTO registry_person (organ_code, name, pinyin, initials, sex, birth_date, id_number, id_index, id_tail_index,
    education, major, household)
SELECT organ_code, '辅警' || n, pinyin, initials, sex, birth_date, id_number, int8send(n), id_tail_index, education,
    major, household FROM registry_person, generate_series(1, %s) n WHERE id = %s
"""
EMPLOYED = """
INSERT INTO registry_engagement (organ_code, person_id, identity_key, category, source, span, exit_kind, exit_note)
SELECT organ_code, id, id, 'field', 'before_measures', daterange('2021-01-01', NULL), '', '' FROM registry_person
WHERE id <> %s
"""
TOLD = """
INSERT INTO payroll_standingfacts (organ_code, sheet_id, person_id, since, category, tier, post_grade, hired_on, appraisal,
    social_base, housing_base, special_deductions, first_job)
SELECT organ_code, %s, id, '2026-01-01', '勤务', (ARRAY['七级', '六级'])[1 + id %% 2], (ARRAY['一线', '机关'])[1 + id %% 2],
    '2021-01-01', (ARRAY['称职', '优秀', '基本称职'])[1 + id %% 3], 400000 + id %% 300000, 400000 + id %% 300000,
    (id %% 3) * 100000, false FROM registry_person
"""
SHIFTS = """
INSERT INTO payroll_monthfacts (organ_code, sheet_id, person_id, month, night_shifts, duty_days, overtime_weekday,
    overtime_restday, overtime_holiday, personal_leave_days, sick_leave_days, back_pay, recovery_due)
SELECT organ_code, %s, id, %s, 1 + id %% 5, 0, id %% 7, 0, 0, (id %% 4) / 2.0, 0, 0, 0
FROM registry_person WHERE id %% %s = 0
"""
TABLES = ("registry_person", "registry_engagement", "payroll_standingfacts", "payroll_monthfacts")


def prepare(folder: str, number: int) -> Any:
    """A fresh database with one bureau's scheme, so many people and what is said of them."""
    os.environ["FUJING_DATA"] = folder
    from fujing.cli import server

    server.run_as_owner("migrate")
    server.setup()
    from tests.safeguards.payrolls import payroll

    made = payroll(CODE, people=1)
    (first,) = made.people
    statements = [(PEOPLE, [number - 1, first.pk]), (EMPLOYED, [first.pk])]
    fill(made, statements)
    tell(made, [(TOLD, ())])
    tell(made, [(SHIFTS, (date(2026, 1, 1), 3))])
    return made


def tell(made: Any, statements: list[tuple[str, tuple[Any, ...]]]) -> None:
    """Rows of a new sheet."""
    from fujing.kernel.actor import acting
    from fujing.safeguards.payroll.models import FactSheet

    with acting(made.clerk):
        sheet = FactSheet.objects.create(organ_code=CODE, source="考勤表", said_by=made.clerk.name).pk
    fill(made, [(statement, [sheet, *values]) for statement, values in statements])


def fill(made: Any, statements: list[tuple[str, list[Any]]]) -> None:
    """As the owner, past the triggers: what is measured is the run."""
    from bench.stored import owner

    with psycopg.connect(**owner(), autocommit=True) as connection:
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement, values in statements:
            connection.execute(statement, values)
        for table in TABLES:
            connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            connection.execute(f"VACUUM ANALYZE {table}")


def drafted(made: Any, month: int, number: int) -> tuple[float, Any]:
    """Seconds of one reckoning with its commit."""
    from bench.stored import check_role
    from fujing.kernel.actor import acting
    from fujing.safeguards.payroll.services import run_draft

    began = time.perf_counter()
    with acting(made.clerk):
        check_role()
        run = run_draft(actor=made.clerk, month=date(2026, month, 1))
    seconds = time.perf_counter() - began
    assert (run.people, run.undetermined) == (number, 0)
    return seconds, run


def paid(made: Any, run: Any) -> float:
    """Seconds until it is submitted, approved and paid; submitting adds every line up."""
    from fujing.kernel.actor import acting
    from fujing.safeguards.payroll.services import run_approve, run_lock, run_submit

    began = time.perf_counter()
    with acting(made.clerk):
        run_submit(actor=made.clerk, run=run)
    seconds = time.perf_counter() - began
    with acting(made.head):
        run_approve(actor=made.head, run=run)
    with acting(made.money):
        run_lock(actor=made.money, run=run)
    return seconds


def measured(number: int) -> bool:
    folder = tempfile.mkdtemp(prefix="fujing-bench-payroll-")
    try:
        made = prepare(folder, number)
        first, run = drafted(made, 1, number)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        submitted = paid(made, run)
        tell(made, [(SHIFTS, (date(2026, 1, 1), 100)), (SHIFTS, (date(2026, 2, 1), 3))])
        second, _ = drafted(made, 2, number)
    finally:
        from fujing.kernel.postgres import server

        server.embedded_stop(Path(folder))
        shutil.rmtree(folder, ignore_errors=True)
    print(
        f"{number:,} people: January {first:.2f} s, {peak:.0f} MB; added up and submitted {submitted:.2f} s; February with"
        f" late facts of one in a hundred {second:.2f} s; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return first <= LIMITS.get(number, LIMITS[MANY]) and peak <= MEMORY


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fujing.settings")
    if len(sys.argv) > 1:
        return int(not measured(int(sys.argv[1])))
    # Each in a process of its own: Django holds one database.
    import subprocess

    return max(
        subprocess.run([sys.executable, "-m", "bench.payroll", str(number)], check=False).returncode
        for number in LIMITS
    )


if __name__ == "__main__":
    sys.exit(main())
