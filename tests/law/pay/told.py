"""Generated years as they are told in pieces: what is known late, corrected, or only from a month on."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import polars as pl

from fujing.law.formats.pay import MONTHS_COLUMNS, PEOPLE_COLUMNS
from tests.law.pay import generated
from tests.law.pay.generated import YEAR

KINDS = {"date": pl.Date(), "money": pl.Decimal(18, 6), "decimal": pl.Decimal(18, 6), "bool": pl.Boolean()}
CHANGED = ("tier", "post_grade", "appraisal", "social_base", "housing_base", "special_deductions")


def first(month: int) -> date:
    return date(YEAR, month, 1)


def standing(random: Random, person: dict[str, Any]) -> list[tuple[date, dict[str, Any]]]:
    """What is said of somebody, in this order: first perhaps with a gap, then corrected, then changed from a month on."""
    said = [(first(1), dict(person))]
    gap = random.choice(CHANGED[:5])
    if random.random() < 0.3:
        said.insert(0, (first(1), {**person, gap: None}))
    if random.random() < 0.5:
        other = generated.person(random, person["id"])
        changed = {key: other[key] for key in random.sample(CHANGED, 2)}
        said.append((first(random.randint(2, 12)), {**person, **changed}))
    if random.random() < 0.2:
        leaving = {**said[-1][1], "left_on": date(YEAR, random.randint(6, 12), random.choice([1, 15, 16]))}
        if not person["left_on"] and person["hired_on"] and person["hired_on"] < date(YEAR, 6, 1):
            said.append((said[-1][0], leaving))
    return said


def rows(random: Random, person: dict[str, Any]) -> list[tuple[int, dict[str, str]]]:
    """What is said of somebody's months, some of it twice and differently."""
    said = []
    for month, row in generated.months(random, person).items():
        if random.random() < 0.3:
            said.append((month, {"id": person["id"], "personal_leave_days": "1.5", "back_pay": "-20.01"}))
        said.append((month, {"id": person["id"], **row}))
    return said


def with_id(person: dict[str, Any], rows: dict[int, dict[str, str]]) -> list[tuple[int, dict[str, str]]]:
    """The rows of the generator, each with whose it is."""
    return [(month, {"id": person["id"], **row}) for month, row in rows.items()]


def frames(standings: list[tuple[date, dict[str, Any]]], months: list[tuple[int, dict[str, Any]]]) -> Any:
    """Both as `files_told` takes them, in the order of the lists."""
    told = [{"since": since, "told": place, **said} for place, (since, said) in enumerate(standings)]
    monthly = [{"month": first(month), "told": place, **row} for place, (month, row) in enumerate(months)]
    return _frame(told, PEOPLE_COLUMNS, {"since": pl.Date()}), _frame(monthly, MONTHS_COLUMNS, {"month": pl.Date()})


def _frame(said: list[dict[str, Any]], columns: Any, more: dict[str, Any]) -> pl.DataFrame:
    kinds = {column.key: KINDS.get(column.kind, pl.String()) for column in columns} | {"told": pl.Int64()} | more
    texts = {key: kind if kind in (pl.Date(), pl.Boolean(), pl.Int64()) else pl.String() for key, kind in kinds.items()}
    plain = [{key: each.get(key) for key in kinds} for each in said]
    frame = pl.DataFrame(plain, schema=texts)
    decimals = [key for key, kind in kinds.items() if isinstance(kind, pl.Decimal)]
    counted = [column.key for column in columns if column.kind in ("money", "decimal")]
    frame = frame.with_columns(pl.col(decimals).str.to_decimal(scale=6))
    if more.get("month"):
        frame = frame.with_columns(pl.col(counted).fill_null(0))
    return frame
