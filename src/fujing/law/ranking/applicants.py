"""What a ranking takes from the applicants' table: post, sex, birth date and the marks that give priority or points."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import CONDITIONS, read_rows, usable

ABSENT = {"sex": pl.String(), "birth_date": pl.Date(), **dict.fromkeys(CONDITIONS, pl.Boolean())}


def read_applicants(path: Path | str, announcement: Announcement | None) -> pl.DataFrame:
    """Columns `id`, `position`, `sex`, `birth_date` and one truth value per mark, as `ranked_columns` gives them.

    Raises DocumentError with every fault; without an announcement (itself unreadable) posts can't be compared.
    """
    table = read_rows(path, announcement)
    if announcement and {"id", "position"}.issubset(table.frame.columns):
        by_sex = [key.partition(":")[0] for key in announcement.scores_by_position if ":" in key]
        sex = pl.col("sex") if "sex" in table.frame.columns else pl.lit(None)
        for row in table.frame.filter(pl.col("position").is_in(by_sex) & sex.is_null())["row"]:
            table.fault(row, "sex", None, "此岗位按性别计分，应填性别")
    return ranked_columns(usable(table))


def listed_applicants(path: Path | str, announcement: Announcement | None) -> pl.DataFrame | None:
    """Who is on an unusable table, for checking the scores against it; a post that can't be read is null.

    None where the table has no numbers or posts at all.
    """
    frame = read_rows(path, announcement).frame
    if announcement is None or not {"id", "position"}.issubset(frame.columns):
        return None
    known = pl.col("position").is_in([post.code for post in announcement.positions])
    listed = frame.filter(pl.col("id").is_not_null()).unique("id", keep="first", maintain_order=True)
    return ranked_columns(listed.with_columns(position=pl.when(known).then("position")))


def ranked_columns(applicants: pl.DataFrame) -> pl.DataFrame:
    """The applicants' frame as a ranking reads it: a mark that is absent or empty isn't proven and gives nothing."""
    frame = applicants.with_columns(
        pl.lit(None, kind).alias(key) for key, kind in ABSENT.items() if key not in applicants.columns
    )
    marks = (pl.col(mark).fill_null(value=False) for mark in CONDITIONS)
    return frame.select("id", "position", "sex", "birth_date", *marks)
