"""What a ranking takes from the applicants' table: post, sex, birth date and the marks that give priority or points."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from fujing.kernel.exchange import DECIMAL, Table
from fujing.kernel.numbers import bare
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import CONDITIONS, read_rows, usable
from fujing.law.formats.fitness import asks_by_sex, listed_items

ABSENT = {
    "sex": pl.String(),
    "birth_date": pl.Date(),
    "education": pl.String(),
    "bonus_points": DECIMAL,
    "id_number": pl.String(),
    "choice": pl.Int64(),
    **dict.fromkeys(CONDITIONS, pl.Boolean()),
}
"""What a ranking reads besides number and post, and as what."""


def read_applicants(
    path: Path | str, announcement: Announcement | None, notes: list[str] | None = None
) -> pl.DataFrame:
    """Columns `id`, `position`, `sex`, `birth_date` and the others that `ranked_columns` gives.

    Raises DocumentError with every fault; without an announcement (itself unreadable) posts can't be compared.
    """
    table = read_rows(path, announcement)
    if notes is not None:
        notes += [f"{table.file}：{note}" for note in table.notes]
    if announcement and {"id", "position"}.issubset(table.frame.columns):
        _require_sex(table, announcement)
        _require_bonus(table, announcement)
    return ranked_columns(usable(table))


def _require_sex(table: Table, announcement: Announcement) -> None:
    """Where scores or items differ by sex, nobody can be ranked without it."""
    by_sex = {
        key.partition(":")[0]: "此岗位按性别计分，应填性别" for key in announcement.scores_by_position if ":" in key
    }
    for stage in announcement.stages or ():
        if listed_items(stage) and asks_by_sex(announcement, stage):
            posts = stage.positions or [post.code for post in announcement.positions]
            by_sex |= dict.fromkeys(posts, "此岗位的测试项目男女不同，应填性别")
    frame = table.frame
    sex = pl.col("sex") if "sex" in frame.columns else pl.lit(None)
    unknown = frame.filter(pl.col("position").is_in(list(by_sex)) & sex.is_null())
    for row, post in unknown.select("row", "position").iter_rows():
        table.fault(row, "sex", None, by_sex[post])


def _require_bonus(table: Table, announcement: Announcement) -> None:
    """Verified points that the announcement counts: there, and inside its range. An empty cell is none."""
    bonus = announcement.bonus
    if bonus is None or not bonus.column:
        return
    if "bonus_points" not in table.frame.columns:
        table.fault(1, "bonus_points", "", "缺少这一列（bonus_points），公告写明按此列加分")
        return
    if bonus.range is None:
        return
    low, high = bonus.range
    points = pl.col("bonus_points")
    for row, value in table.frame.filter((points < low) | (points > high)).select("row", points).iter_rows():
        table.fault(row, "bonus_points", bare(value), f"超出公告所定的加分范围，应为{low}至{high}分")


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
    frame = with_absent(applicants)
    marks = (pl.col(mark).fill_null(value=False) for mark in CONDITIONS)
    return frame.select("id", "position", *(key for key in ABSENT if key not in CONDITIONS), *marks)


def with_absent(applicants: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column that a ranking may ask about; an absent one is unknown of everybody."""
    absent = [pl.lit(None, kind).alias(key) for key, kind in ABSENT.items() if key not in applicants.columns]
    return applicants.with_columns(absent) if absent else applicants
