"""The check-up of a roster, today's and the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl

from fujing.law.engine import Evaluation
from fujing.law.formats.roster import Roster
from fujing.law.roster import RosterCheck, check_roster
from fujing.law.whatif.comparing import Comparison, compared, gathered


def roster_compared(roster: Roster, day: date, values: Mapping[str, Any]) -> tuple[RosterCheck, Comparison]:
    """Judge a roster on a day as the law stands, and with these values in the place of parameters.

    Returns the check with them and what differs. Raises OutsideValidity for a day before the Measures.
    """
    before, after = check_roster(roster, day), check_roster(roster, day, values)
    people = [
        compared(one, other, "person", _people(one)) for one, other in zip(before.judged, after.judged, strict=True)
    ]
    found = gathered(people)
    in_rows = Comparison(found.tally, tuple(sorted(found.changed, key=lambda each: each.row or 0)))
    return after, in_rows + compared(before.organs_judged, after.organs_judged, "organ", _organs(before.organs_judged))


def _people(evaluation: Evaluation) -> pl.DataFrame:
    frame = evaluation.frame
    organ = pl.col("organ_code") if "organ_code" in frame.columns else pl.lit(None, pl.String)
    return frame.select("row", "subject", organ.alias("organ"))


def _organs(evaluation: Evaluation) -> pl.DataFrame:
    return evaluation.frame.select(
        pl.lit(None, pl.Int64).alias("row"), pl.col("code").alias("subject"), pl.col("code").alias("organ")
    )
