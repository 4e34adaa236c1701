"""Measured fitness (体能测评) against a printed standard: by sex, item and age band, each item passed or not."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from fujing.law.ages import age_expression, age_on, march_steps
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.stages import Gate, Item, Stage, items_of
from fujing.law.formats.values import SCALE
from fujing.law.parameters import Parameters

STANDARDS = {"police_2011": "recruitment.fitness.police_2011"}
"""A gate's `standard`, and the parameter with its values in seconds and centimetres."""

OLDER_FROM = 31
"""Completed years from which the second age band applies."""


def standard_of(stage: Stage) -> str | None:
    """The parameter by which a stage's measures are judged; None if it names no standard that the system has."""
    return STANDARDS.get(stage.gate.standard or "") if isinstance(stage.gate, Gate) else None


def measured_on(announcement: Announcement, stage: Stage) -> date | None:
    """The day on which ages are reckoned: the stage's own, else the cut-off; None if neither is printed."""
    return stage.date or (announcement.cutoff if isinstance(announcement.cutoff, date) else None)


def standard_items(announcement: Announcement, stage: Stage, sex: str) -> list[str]:
    """What is measured of one sex by the standard, in its order and narrowed to what the stage lists."""
    return [row["item"] for row in _values(announcement, stage) if row["sex"] == sex]


def asked_items(announcement: Announcement, stage: Stage, sex: str | None) -> list[str]:
    """What a stage asks of one sex (None: of anybody): the listed items, else all that its standard measures.

    An item that is listed for one sex, or that the standard measures of one sex only, isn't asked of the other.
    """
    values, listed = _values(announcement, stage), listed_items(stage)
    if not listed:
        return list(dict.fromkeys(row["item"] for row in values if sex in (None, row["sex"])))
    measured = {(row["item"], row["sex"]) for row in values}
    known = {item for item, _ in measured}
    return [item for item in items_of(listed, sex) if sex is None or item not in known or (item, sex) in measured]


def asks_by_sex(announcement: Announcement, stage: Stage) -> bool:
    """Men and women do different items, so that nobody's results can be judged without their sex."""
    return asked_items(announcement, stage, "male") != asked_items(announcement, stage, "female")


def better_when_lower(announcement: Announcement, item: str) -> bool:
    """A run by its seconds: less is better. Whatever no standard measures in seconds is better the higher it is."""
    rows = [row for stage in announcement.stages or () for row in _values(announcement, stage)]
    return any(row["item"] == item and row["better"] == "lower" for row in rows)


def listed_items(stage: Stage) -> tuple[str | Item, ...]:
    if stage.scored:
        return stage.scored.items
    return stage.gate.items if isinstance(stage.gate, Gate) else ()


def printed_standard(announcement: Announcement, stage: Stage, sex: str, born: date) -> list[tuple[str, str]]:
    """What somebody has to reach: items in order with the value in words, for a sheet that is filled in by hand.

    Empty where the stage names no standard of the system's, or no day to reckon the age on.
    """
    day = measured_on(announcement, stage)
    if day is None:
        return []
    band = "from_31" if age_on(born, day) >= OLDER_FROM else "until_30"
    return [
        (row["item"], f"不超过{row[band]}秒" if row["better"] == "lower" else f"不低于{row[band]}厘米")
        for row in _values(announcement, stage)
        if row["sex"] == sex
    ]


def _values(announcement: Announcement, stage: Stage) -> list[dict[str, Any]]:
    """The standard's rows for what the stage measures: all, or the items that it lists."""
    key, day = standard_of(stage), measured_on(announcement, stage)
    rows: list[dict[str, Any]] = (Parameters(day)[key] if key and day else None) or []
    listed = listed_items(stage)
    asked = {sex: set(items_of(listed, sex)) for sex in ("male", "female")}
    return [row for row in rows if not listed or row["item"] in asked[row["sex"]]]


def judged(announcement: Announcement, stage: Stage, scores: pl.DataFrame, chosen: pl.Expr) -> pl.DataFrame:
    """The score rows, with 合格 or 不合格 as `word` of each chosen measure and `said` where it falls short.

    `scores` has the applicant's `sex` and `birth_date`; a measure without one of them, or without a day, keeps
    no word.
    """
    limits = [
        (row["sex"], row["item"], older, round(row[band] * 10**SCALE), row["better"] == "lower")
        for row in _values(announcement, stage)
        for older, band in ((False, "until_30"), (True, "from_31"))
    ]
    keys = {"sex": pl.String, "item": pl.String, "older": pl.Boolean}
    table = pl.DataFrame(limits, schema={**keys, "limit": pl.Int64, "lower": pl.Boolean}, orient="row")
    day = pl.lit(measured_on(announcement, stage), pl.Date)
    known = scores
    for step in (*march_steps("born", pl.col("birth_date")), *march_steps("test", day)):
        known = known.with_columns(**step)
    born, tested = ((pl.col(f"{name}_year"), pl.col(f"{name}_day")) for name in ("born", "test"))
    known = known.with_columns(older=age_expression(born, tested) >= OLDER_FROM).join(
        table, on=list(keys), how="left", maintain_order="left"
    )
    points, limit, lower = pl.col("points"), pl.col("limit"), pl.col("lower")
    reached = pl.when(lower).then(points <= limit).otherwise(points >= limit)
    beyond = pl.when(lower).then(pl.lit("超过")).otherwise(pl.lit("低于"))
    band = pl.when("older").then(pl.lit("31岁以上")).otherwise(pl.lit("30岁以下"))
    short = pl.format("{}成绩{}，{}标准{}（{}）", "item", shown(points), beyond, shown(limit), band)
    verdict = pl.when(reached).then(pl.lit("合格")).otherwise(pl.lit("不合格"))
    judged_now = chosen & reached.is_not_null()
    return known.with_columns(
        word=pl.when(judged_now).then(verdict).otherwise("word"),
        said=pl.when(judged_now & ~reached).then(short).otherwise("said"),
    ).select(scores.columns)


def shown(value: pl.Expr) -> pl.Expr:
    """Points in 10⁻⁶ as people write them: 59.9, 60."""
    rest = (value % 10**SCALE).cast(pl.String).str.zfill(SCALE)
    return pl.format("{}.{}", value // 10**SCALE, rest).str.strip_chars_end("0").str.strip_chars_end(".")
