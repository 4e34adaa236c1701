"""Screens 1,000,000 applications from the database and stores the results, by the service that the page calls.

Once for an announcement that asks about age and education, once for one that asks about everything that can be asked.
As the application role, bound by row security. Beside it the peer that one would write by hand: the same facts judged
by one SQL statement that counts unknown as fine, once written into a bare table, once as an UPDATE of the applications
with their history. Run: python -m bench.stored [applications]
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from statistics import median
from typing import Any

import psycopg

LIMIT = 6.0
RUNS = 3
UPDATED = 20_000
"""The UPDATE writes a history row for each application; it is measured on so many and not more."""
FILL = """
INSERT INTO applications_application (organ_code, campaign_id, position_id, account_id, receipt, state, name, pinyin,
    initials, id_number, id_index, phone, sex, birth_date, verified_at, nationality, education, major, household, height_cm, naked_vision,
    certificates, veteran, martyr_kin, bravery, police_school, skill, scarce_skill, violated, undetermined, rule_book,
    inputs_digest, submitted_at, reviewed_by, review_note, missing, bonus_proof, bonus_by)
SELECT organ_code, campaign_id, position_id, 10000000 + n, 'R' || n, 'submitted', '报名人' || n, 'baomingren',
    'bmr', id_number, int8send(n), phone, (ARRAY['male', 'female'])[1 + n %% 2], date '1988-01-01' + (n::bigint * 7919 %% 7300)::int, now(),
    (ARRAY['中国', '中国', '中国', '越南', ''])[1 + (n %% 997 / 247)],
    (ARRAY['junior_middle', 'high_school', 'junior_college', 'bachelor', 'master'])[1 + (n %% 101 / 22)],
    '法学', household, 160 + n %% 30, 4.5 + n %% 6 / 10.0,
    (ARRAY['机动车驾驶证C1', '机动车驾驶证A2；救护员证', '无', '驾驶证'])[1 + n %% 89 / 23], n %% 9 = 0, false, false, false, false,
    CASE n %% 31 WHEN 0 THEN NULL ELSE false END, 0, 0, '', '', now() - n * interval '1 second', '', '', '{}', '', ''
FROM applications_application, generate_series(1, %s) n WHERE applications_application.id = %s
"""
EVERYTHING = {
    "age": {
        "min": 18,
        "max": 30,
        "relax": [{"when": ["veteran", "martyr_kin", "bravery", "police_school"], "max": 35}],
    },
    "education": {
        "min": "junior_college",
        "relax": [{"when": ["veteran", "skill", "scarce_skill"], "min": "high_school"}],
    },
    "height_cm": {"male": 168, "female": 158},
    "naked_vision": 4.8,
    "household": ["四川省"],
    "majors": ["法学类"],
    "certificates": ["机动车驾驶证C1以上"],
}
JUDGED = """
SELECT id, (nationality NOT IN ('中国', ''))::int
    | (NOT (birth_date > date '1990-01-22' AND birth_date <= date '2008-01-22'))::int << 1
    | (education IN ('primary', 'junior_middle'))::int << 2 AS mask
FROM applications_application WHERE campaign_id = %s AND state = 'submitted'
"""


def prepare(folder: str, number: int) -> tuple[Any, Any]:
    """A fresh database with one county's published campaign and that many applications; the actor and the campaign."""
    os.environ["FUJING_DATA"] = folder
    from fujing.cli import server

    server.run_as_owner("migrate")
    server.setup()
    from tests import world

    made = world.county(510722000000, "基准", 101)
    began = time.perf_counter()
    with psycopg.connect(**owner(), autocommit=True) as connection:
        connection.execute("ALTER TABLE applications_application DISABLE TRIGGER USER")
        connection.execute(FILL, [number - 1, made.application.pk])
        connection.execute("ALTER TABLE applications_application ENABLE TRIGGER USER")
        connection.execute("VACUUM ANALYZE applications_application")
    print(f"准备数据 {time.perf_counter() - began:.0f} 秒", flush=True)
    return made.hr, made.campaign


def owner() -> dict[str, Any]:
    """Connection parameters of the owner, who fills the table."""
    from django.conf import settings

    from fujing.kernel.postgres import server

    return server.owner_parameters(settings.DATABASES["default"])


def check_role() -> None:
    """Refuse to measure as a role that row security does not bind."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls, rolname FROM pg_roles WHERE rolname = current_user")
        unbound, role = cursor.fetchone()
    assert not unbound, f"{role} bypasses row security"


def screened(actor: Any, campaign: Any, number: int) -> float:
    """Seconds of one screening with its commit."""
    from fujing.kernel.actor import acting
    from fujing.recruitment.applications.screening import applications_screen

    began = time.perf_counter()
    with acting(actor):
        check_role()
        counts = applications_screen(actor=actor, campaign=campaign)
    seconds = time.perf_counter() - began
    assert sum(counts.values()) == number, counts
    print(f"核对并存储 {number:,} 人 {seconds:.2f} 秒（{counts}）", flush=True)
    return seconds


def by_hand(actor: Any, campaign: Any, number: int) -> tuple[float, float]:
    """Seconds of three rules in SQL: into a bare table, and as an UPDATE of UPDATED applications with their history."""
    from django.db import connection

    from fujing.kernel.actor import acting

    with acting(actor), connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(f"CREATE TEMP TABLE judged AS {JUDGED}", [campaign.pk])
        bare = time.perf_counter() - began
        assert cursor.rowcount == number
        began = time.perf_counter()
        cursor.execute(
            "UPDATE applications_application a SET violated = mask + 1 FROM (SELECT * FROM judged LIMIT %s) j WHERE a.id = j.id",
            [UPDATED],
        )
        return bare, time.perf_counter() - began


def main() -> int:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fujing.settings")
    folder = tempfile.mkdtemp(prefix="fujing-bench-stored-")
    try:
        actor, campaign = prepare(folder, number)
        times = sorted(screened(actor, campaign, number) for _ in range(RUNS))
        campaign.document["positions"][0]["conditions"] = EVERYTHING
        del campaign.announcement
        widest = sorted(screened(actor, campaign, number) for _ in range(RUNS))
        bare, updated = by_hand(actor, campaign, number)
    finally:
        import shutil
        from pathlib import Path

        from fujing.kernel.postgres import server

        server.embedded_stop(Path(folder))
        shutil.rmtree(folder, ignore_errors=True)
    for asked, seconds in (("公告只问年龄、学历", times), ("公告问到每一列", widest)):
        print(f"{asked}：中位 {median(seconds):.2f} 秒，最慢 {seconds[-1]:.2f} 秒，应在 {LIMIT:.0f} 秒内")
    print(f"手写 SQL，3 条规则、未知按合格：只算并存入无约束的临时表 {bare:.2f} 秒")
    print(f"手写 UPDATE 报名表并留痕：{UPDATED:,} 人 {updated:.2f} 秒，每人 {updated / UPDATED * 1e6:.0f} 微秒")
    return int(max(median(times), median(widest)) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
