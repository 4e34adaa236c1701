"""Screening everything that waits for review at once: facts out by COPY, the law over one frame, results in as arrays.

The number itself stays encrypted: it was verified when the application was made (`verified_at`), sex and birth date
were derived from it then, and a trigger keeps all of them. So a run asks everything but the number's own check.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl
from django.db import connection
from django.db.models.functions import TruncDate
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.bulk import array_of, frame_of
from fujing.kernel.clock import ZONE, today
from fujing.kernel.refusals import NotAllowed
from fujing.law.screening import Screening, screen
from fujing.recruitment.applications.models import ScreeningRun
from fujing.recruitment.applications.queries import FRAME, review_queue
from fujing.recruitment.campaigns.models import Campaign

PLACES = {"id": "pk", "position": "position__code", "registered_on": TruncDate("submitted_at", tzinfo=ZONE)}
STORED = {name: kind for name, kind in FRAME.items() if name != "id_number"} | {"id": pl.Int64}
FACTS = {name: (PLACES.get(name, name), kind) for name, kind in STORED.items()}
# Into a table with row security COPY is not possible; this insert is checked row by row as any other.
KEEP = """
INSERT INTO applications_screeningresult (run_id, application_id, organ_code, violated, undetermined)
SELECT %s, application_id, %s, violated, undetermined
FROM unnest(%s::bigint[], %s::integer[], %s::integer[]) found (application_id, violated, undetermined)
"""


def waiting_facts(campaign: Campaign) -> pl.DataFrame:
    """What waits for review in the public applicants format, without the number, by id."""
    facts = frame_of(review_queue(campaign), FACTS)
    return facts if facts["id"].is_sorted() else facts.sort("id")


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
    with ThreadPoolExecutor(1) as beside, connection.cursor() as cursor:
        # The digest takes one core while the database writes on another; the run is written when both are done.
        digest = beside.submit(lambda: screening.inputs_digest)
        cursor.execute("SELECT nextval(pg_get_serial_sequence('applications_screeningrun', 'id'))")
        (run,) = cursor.fetchone()
        cursor.execute(KEEP, [run, campaign.organ_code, *_arrays(screening)])
    ScreeningRun.objects.create(
        pk=run, organ_code=campaign.organ_code, campaign=campaign, started_at=started_at, made_by=actor.name,
        rule_book=screening.edition.hash, inputs_digest=digest.result(), **screening.counts,
    )  # fmt: skip
    return screening.counts


def _arrays(screening: Screening) -> list[str]:
    rows = screening.edition.frame.select("id").hstack(screening.masks)
    return [array_of(rows[name]) for name in ("id", "violated", "undetermined")]
