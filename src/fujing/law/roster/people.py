"""A roster's rows as the rules name them: who is judged, and what the whole sheet tells of one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from fujing.law.citizen_numbers import birth_expression
from fujing.law.formats.roster import NONE
from fujing.law.roster.certificates import certificates
from fujing.law.rulebooks.people.standing import EXCLUDED, SAYING

ANY_EXCLUDED = f"({'|'.join(EXCLUDED)})"


@dataclass(frozen=True, slots=True)
class Sorted:
    """The rows of a roster on a day by how they are judged; whoever is in none of them isn't judged.

    `serving`: in service, the excluded ones among them. `judged`: in service without those. `left`: gone by the day.
    `recorded`: every row of an auxiliary, serving, gone or still to come.
    """

    serving: pl.DataFrame
    judged: pl.DataFrame
    left: pl.DataFrame
    recorded: pl.DataFrame


def in_service(people: pl.DataFrame, day: date) -> pl.Expr:
    """Joined by the day, or nobody knows when; and not gone by it."""
    joined, left = _dated(people, "hired_on"), _dated(people, "left_on")
    return (joined.is_null() | (joined <= day)) & (left.is_null() | (left > day))


def excluded_words(people: pl.DataFrame) -> pl.Expr | None:
    """The words for which somebody is no auxiliary (3.p3), empty where there are none; None without the columns."""
    said = [pl.col(key).str.extract(ANY_EXCLUDED, 1) for key in SAYING if key in people.columns]
    return pl.coalesce(*said, pl.lit("")) if said else None


def sort_people(people: pl.DataFrame, day: date) -> Sorted:
    """The rows by how they are judged on a day, each with the facts that the rules name."""
    words = excluded_words(people)
    frame = people.with_columns(_subject(people, day).alias("subject"))
    if words is not None:
        frame = frame.with_columns(words.alias("excluded_words"))
    recorded = frame if words is None else frame.filter(pl.col("excluded_words") == "")
    serving = in_service(frame, day)
    judged = _several(recorded.filter(serving), "id_number", "same_number_rows")
    judged = _several(judged, "card_number", "same_card_rows")
    if {"card_number", "card_valid_to"} & set(judged.columns):
        judged = judged.with_columns(pl.lit(value=True).alias("card_held"))
    judged = _qualified(judged, day)
    left = recorded.filter((_dated(recorded, "left_on") <= day).fill_null(value=False))
    return Sorted(frame.filter(serving), judged, left, recorded)


def _dated(people: pl.DataFrame, key: str) -> pl.Expr:
    return pl.col(key) if key in people.columns else pl.lit(None, pl.Date)


def _subject(people: pl.DataFrame, day: date) -> pl.Expr:
    """The citizen number, or the row where there is no valid one."""
    row = pl.format("行{}", "row")
    if "id_number" not in people.columns:
        return row
    return pl.when(birth_expression(pl.col("id_number")) <= day).then(pl.col("id_number")).otherwise(row)


def _several(judged: pl.DataFrame, key: str, name: str) -> pl.DataFrame:
    """The other rows that have the same value, as a text; null where there is none."""
    if key not in judged.columns:
        return judged
    held = pl.col(key).is_not_null() & (pl.col(key) != NONE)
    several = judged.filter(held & pl.col(key).is_duplicated()).select("row", key)
    rows: dict[str, list[int]] = {}
    for row, value in several.iter_rows():
        rows.setdefault(value, []).append(row)
    others = [
        (row, "、".join(str(other) for other in rows[value] if other != row)) for row, value in several.iter_rows()
    ]
    found = pl.DataFrame(others, schema={"row": pl.Int64, name: pl.String}, orient="row")
    return judged.join(found, on="row", how="left", maintain_order="left")


def _qualified(judged: pl.DataFrame, day: date) -> pl.DataFrame:
    """Certificates without a readable date, and expired ones, each different cell read once."""
    if "qualifications" not in judged.columns:
        return judged
    read = [(text, *_said(text, day)) for text in judged["qualifications"].unique().drop_nulls().to_list()]
    names = ("qualifications", "undated_qualifications", "expired_qualifications")
    found = pl.DataFrame(read, schema=dict.fromkeys(names, pl.String), orient="row")
    return judged.join(found, on="qualifications", how="left", maintain_order="left")


def _said(text: str, day: date) -> tuple[str | None, str | None]:
    held = certificates(text)
    undated = "、".join(each.name for each in held if each.valid_to is None)
    expired = "、".join(f"{each.name}（{each.valid_to}）" for each in held if each.valid_to and each.valid_to < day)
    return undated or None, expired or None
