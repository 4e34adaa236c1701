"""Screening everything that waits for review at once: facts out in a few large texts, the law over one frame, results in by COPY.

The number itself stays encrypted: it was verified when the application was made (`verified_at`), sex and birth date
were derived from it then, and a trigger keeps all of them. So a run asks everything but the number's own check.
"""

from __future__ import annotations

import polars as pl
from django.db import connection
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed
from fujing.law.screening import Screening, screen
from fujing.recruitment.applications.models import ScreeningRun
from fujing.recruitment.applications.queries import FRAME
from fujing.recruitment.campaigns.models import Campaign

TEXTS = ("nationality", "sex", "education", "major", "household", "certificates")
STORED = {name: kind for name, kind in FRAME.items() if name != "id_number"} | {"id": pl.Int64}
EXPRESSIONS = {
    **{name: f"a.{name}" for name in STORED},
    "position": "p.code",
    "registered_on": "(a.submitted_at AT TIME ZONE 'Asia/Shanghai')::date",
}
CHUNK = 10_000


def _cell(name: str) -> str:
    """A column as CSV text: empty is unknown, never a value."""
    if name in (*TEXTS, "position"):
        return f"""coalesce('"' || replace(nullif({EXPRESSIONS[name]}, ''), '"', '""') || '"', '')"""
    return f"coalesce({EXPRESSIONS[name]}::text, '')"


# Ten thousand lines a row of the answer: a million rows would cost the driver more than the law.
READ = f"""
SELECT string_agg(concat_ws(',', {", ".join(map(_cell, STORED))}), chr(10))
FROM applications_application a JOIN campaigns_position p ON p.id = a.position_id
WHERE a.campaign_id = %s AND a.state = 'submitted' GROUP BY a.id / {CHUNK}
"""
TAKE = "CREATE TEMP TABLE screened (application_id bigint, violated integer, undetermined integer) ON COMMIT DROP"
# COPY itself is not possible into a table with row security; this insert is checked row by row as any other.
KEEP = """
INSERT INTO applications_screeningresult (run_id, application_id, organ_code, violated, undetermined)
SELECT %s, application_id, %s, violated, undetermined FROM screened
"""


def waiting_facts(campaign: Campaign) -> pl.DataFrame:
    """What waits for review in the public applicants format, without the number, by id."""
    with connection.cursor() as cursor:
        cursor.execute(READ, [campaign.pk])
        text = "\n".join(chunk for (chunk,) in cursor.fetchall())
    if not text:
        return pl.DataFrame(schema=STORED)
    return pl.read_csv(text.encode(), has_header=False, schema=STORED).sort("id")


def applications_screen(*, actor: Actor, campaign: Campaign) -> dict[str, int]:
    """Screen everything that waits for review and keep the results as a run; returns the counts.

    The applications themselves stay as they are. Whoever submits meanwhile is not in the run and keeps the result
    of the submission.
    """
    actor.need("hr_officer", "hr_head")
    if actor.organ_code != campaign.organ_code:
        raise NotAllowed("只有招聘机关可以核对报名。", provisions=("17.p1",))
    started_at, facts = timezone.now(), waiting_facts(campaign)
    screening = screen(campaign.announcement, facts, today=today())
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
