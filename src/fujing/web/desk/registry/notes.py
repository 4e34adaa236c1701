"""核实 beside the findings of a check: what officers verified of each, as far as its facts are still the same."""

from __future__ import annotations

from typing import Any

import polars as pl
from django.urls import reverse

from fujing.compliance.verification.identity import is_known
from fujing.compliance.verification.queries import Noted, noted, standing_in
from fujing.compliance.verification.states import Result
from fujing.kernel.sealed_uploads import SealedUpload
from fujing.law.findings import Outcome
from fujing.law.roster.told import index_of, table
from fujing.web.values import number_of

NONE, CHANGED = "none", "changed"
STANDING = {NONE: "未核实", CHANGED: "事实已变更", **{str(each): f"核实{each.label}" for each in Result}}
"""How an undetermined finding stands: nobody noted anything, its facts changed since, or what was found."""
SHOWN = {"noted": pl.String, "noted_words": pl.String, "verification": pl.Int64}


def findings_of(sealed: SealedUpload) -> pl.DataFrame:
    """The findings without their sentences (`index_of`), and how each stands."""
    return _with_notes(sealed, index_of(sealed.part))


def _with_notes(sealed: SealedUpload, found: pl.DataFrame) -> pl.DataFrame:
    """Beside each undetermined one how it stands (`SHOWN`)."""
    waiting = pl.col("outcome") == Outcome.UNDETERMINED
    organs = found.lazy().filter(waiting).select(pl.col("organ_code").cast(pl.String).drop_nulls().unique()).collect()
    standing = standing_in(code for each in organs["organ_code"] if (code := number_of(each)))
    told = pl.DataFrame(schema={"place": pl.Int64, **SHOWN})
    if standing:
        keys = table(sealed.part("keys")).filter(pl.col("about").is_in(list(standing)))
        told = pl.DataFrame(
            [(place, *_told(noted(standing[about], facts))) for place, about, facts in keys.iter_rows()],
            schema={"place": pl.Int64, **SHOWN},
            orient="row",
        )
    joined = found.join(told, on="place", how="left", maintain_order="left")
    return joined.with_columns(
        pl.when(waiting).then(pl.col("noted").fill_null(NONE)).alias("noted"),
        pl.when(waiting).then(pl.col("noted_words").fill_null(STANDING[NONE])).alias("noted_words"),
    )


def _told(said: Noted) -> tuple[str, str, int]:
    return str(said.result) if said.holds else CHANGED, said.words, said.pk


def at(row: dict[str, Any]) -> str:
    """Where a finding is verified, or what was verified stands; empty where nobody can."""
    if row["noted"] in Result.values:
        return reverse("desk:verification", args=[row["verification"]])
    verifiable = row["noted"] is not None and is_known(row["subject"])
    return reverse("desk:roster_check_verify", args=[row["place"]]) if verifiable else ""
