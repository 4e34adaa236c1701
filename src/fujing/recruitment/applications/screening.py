"""Screening everything that waits for review at once: facts out by COPY, the law over one frame, results in by COPY.

The number itself stays encrypted: it was verified when the application was made (`verified_at`), sex and birth date
were derived from it then, and a trigger keeps all of them. So a run asks everything but the number's own check.
"""

from __future__ import annotations

import polars as pl
from django.db import connection
from django.utils import timezone
from psycopg import sql

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed
from fujing.law.screening import Screening, screen
from fujing.recruitment.applications.models import ScreeningRun
from fujing.recruitment.applications.queries import FRAME
from fujing.recruitment.campaigns.models import Campaign

# Empty text is unknown, never a value; CSV has no other way to say so.
TEXTS = ("nationality", "sex", "education", "major", "household", "certificates")
MEASURES = ("height_cm", "naked_vision")
CONDITIONS = tuple(name for name, kind in FRAME.items() if kind == pl.Boolean)
STORED = {name: kind for name, kind in FRAME.items() if name != "id_number"} | {"id": pl.Int64}
EXPRESSIONS = {
    "id": "a.id",
    "position": "p.code",
    "birth_date": "a.birth_date",
    "registered_on": "(a.submitted_at AT TIME ZONE 'Asia/Shanghai')::date",
    **{name: f"nullif(a.{name}, '')" for name in TEXTS},
    **{name: f"a.{name}" for name in MEASURES},
    **{name: f"a.{name}::text" for name in CONDITIONS},
}
READ = f"""
COPY (SELECT {", ".join(EXPRESSIONS[name] for name in STORED)}
    FROM applications_application a JOIN campaigns_position p ON p.id = a.position_id
    WHERE a.campaign_id = {{campaign}} AND a.state = 'submitted')
TO STDOUT (FORMAT csv)
"""
TAKE = "CREATE TEMP TABLE screened (application_id bigint, violated integer, undetermined integer) ON COMMIT DROP"
# COPY itself is not possible into a table with row security; this insert is checked row by row as any other.
KEEP = """
INSERT INTO applications_screeningresult (run_id, application_id, organ_code, violated, undetermined)
SELECT %s, application_id, %s, violated, undetermined FROM screened
"""


def waiting_frame(campaign: Campaign) -> pl.DataFrame:
    """What waits for review, in the public applicants format without the number."""
    with (
        connection.cursor() as cursor,
        cursor.copy(sql.SQL(READ).format(campaign=sql.Literal(campaign.pk))) as rows,
    ):
        text = b"".join(rows)
    if not text:
        return pl.DataFrame(schema=STORED)
    return pl.read_csv(text, has_header=False, schema=STORED)


def applications_screen(*, actor: Actor, campaign: Campaign) -> dict[str, int]:
    """Screen everything that waits for review and keep the results as a run; returns the counts.

    The applications themselves stay as they are. Whoever submits meanwhile is not in the run and keeps the result
    of the submission.
    """
    actor.need("hr_officer", "hr_head")
    if actor.organ_code != campaign.organ_code:
        raise NotAllowed("只有招聘机关可以核对报名。", provisions=("17.p1",))
    started_at = timezone.now()
    screening = screen(campaign.announcement, waiting_frame(campaign), today=today())
    run = ScreeningRun.objects.create(
        organ_code=campaign.organ_code, campaign=campaign, started_at=started_at, made_by=actor.name,
        rule_book=screening.edition.hash, inputs_digest=screening.inputs_digest, **screening.counts,
    )  # fmt: skip
    _keep(run, screening)
    return screening.counts


def _keep(run: ScreeningRun, screening: Screening) -> None:
    rows = screening.edition.frame.select("id").hstack(screening.masks)
    with connection.cursor() as cursor:
        cursor.execute(TAKE)
        with cursor.copy("COPY screened FROM STDIN (FORMAT csv)") as copy:
            copy.write(rows.write_csv(include_header=False))
        cursor.execute(KEEP, [run.pk, run.organ_code])
        cursor.execute("DROP TABLE screened")
