"""Screening everything that waits for review at once: facts out by COPY, the law over one frame, results in as arrays.

A run reads only what the announcement asks about. The number itself stays encrypted: it was verified when the
application was made (`verified_at`), sex and birth date were derived from it then, and a trigger keeps all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import polars as pl
from django.db import connection
from django.db.models.functions import TruncDate
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.bulk import array_of, frame_of
from fujing.kernel.clock import ZONE, today
from fujing.law.screening import Screening, asked_columns, digest_of_inputs, screen
from fujing.recruitment.applications.models import ScreeningRun
from fujing.recruitment.applications.policies import check_review
from fujing.recruitment.applications.queries import FRAME, review_queue
from fujing.recruitment.campaigns.models import Campaign

PLACES = {"id": "pk", "position": "position_id", "registered_on": TruncDate("submitted_at", tzinfo=ZONE)}
KINDS = FRAME | {"id": pl.Int64, "position": pl.Int64}
BLOCK = 10_000
"""Applications of one row of results."""
# Into a table with row security COPY is not possible.
KEEP = """
INSERT INTO applications_screeningblock (run_id, organ_code, first, last, applications, violated, undetermined)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""


def waiting_facts(campaign: Campaign) -> pl.DataFrame:
    """What the announcement asks about those who wait for review, in the public applicants format, by id."""
    codes = dict(campaign.positions.values_list("pk", "code"))
    asked = asked_columns(campaign.announcement)
    columns = {name: (PLACES.get(name, name), kind) for name, kind in KINDS.items() if name in asked}
    facts = frame_of(review_queue(campaign), columns)
    facts = facts.with_columns(pl.col("position").replace_strict(codes, return_dtype=pl.String))
    return facts if facts["id"].is_sorted() else facts.sort("id")


def applications_screen(*, actor: Actor, campaign: Campaign) -> dict[str, int]:
    """Screen everything that waits for review and keep the results as a run; returns the counts.

    The applications themselves stay as they are. Whoever submits meanwhile is not in the run and keeps the result
    of the submission.
    """
    check_review(actor, campaign.organ_code, "核对报名")
    started_at, facts = timezone.now(), waiting_facts(campaign)
    # The digest takes one core while the law and the database take another; blocks may go before their run.
    with ThreadPoolExecutor(1) as beside, connection.cursor() as cursor:
        digest = beside.submit(digest_of_inputs, campaign.announcement, facts)
        screening = screen(campaign.announcement, facts, today=today())
        cursor.execute("SELECT nextval(pg_get_serial_sequence('applications_screeningrun', 'id'))")
        (run,) = cursor.fetchone()
        cursor.executemany(KEEP, [(run, campaign.organ_code, *block) for block in _blocks(screening)])
    ScreeningRun.objects.create(
        pk=run,
        organ_code=campaign.organ_code,
        campaign=campaign,
        started_at=started_at,
        made_by=actor.name,
        rule_book=screening.edition.hash,
        inputs_digest=digest.result(),
        **screening.counts,
    )
    return screening.counts


def _blocks(screening: Screening) -> Iterator[tuple[int, int, str, str, str]]:
    """First and last application of each block and its columns as arrays."""
    rows = screening.edition.frame.select("id").hstack(screening.masks)
    for block in rows.iter_slices(BLOCK):
        found = block["id"]
        yield found[0], found[-1], *(array_of(block[name]) for name in ("id", "violated", "undetermined"))
