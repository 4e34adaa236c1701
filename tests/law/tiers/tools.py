"""Tier files as officers keep them, written from plain dictionaries."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

from fujing.law.formats.tier_scheme import TierScheme, read_tier_scheme
from fujing.law.formats.tiers import (
    APPRAISALS_COLUMNS,
    CAME_BY,
    HONOURS_COLUMNS,
    PEOPLE_COLUMNS,
    TierFiles,
    read_tier_files,
)
from fujing.law.tiers import Batch, evaluate

Row = dict[str, Any]
CAME = {key: word for word, key in CAME_BY.items()}
WORDS = {True: "是", False: "否", None: ""}


def scheme_of(folder: Path, scheme: Row) -> TierScheme:
    """The scheme as its file is read; numbers stay as they are printed."""
    path = folder / "scheme.json"
    path.write_text(json.dumps({"tier_scheme": scheme}, ensure_ascii=False, default=str), "utf-8")
    return read_tier_scheme(path)


def files_of(folder: Path, people: list[Row], appraisals: list[Row], honours: list[Row] | None) -> TierFiles:
    people = [{**row, "came_by": CAME.get(row.get("came_by") or "", row.get("came_by"))} for row in people]
    paths = [
        written(folder / f"{name}.csv", columns, rows)
        for name, columns, rows in (
            ("people", PEOPLE_COLUMNS, people),
            ("appraisals", APPRAISALS_COLUMNS, appraisals),
            ("honours", HONOURS_COLUMNS, honours or []),
        )
    ]
    return read_tier_files(paths[0], paths[1], paths[2] if honours is not None else None)


def written(path: Path, columns: tuple[Any, ...], rows: list[Row]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(column.label for column in columns)
        for row in rows:
            cells = (row.get(column.key) for column in columns)
            out.writerow(WORDS[cell] if isinstance(cell, bool | None) else cell for cell in cells)
    return path


def found(batch: Batch) -> dict[str, tuple[str, str | None]]:
    """By person, the status and the code of the tier that it is about."""
    codes, ids = batch.facts.graphs.codes, batch.facts.ids
    rows = batch.people.select("p", "status", "to").iter_rows()
    return {ids[p]: (status, None if to is None else codes[to]) for p, status, to in rows}


def one(folder: Path, scheme: Row, person: Row, grades: Row, honours: list[Row] | None, day: date, quota: int | None):  # type: ignore[no-untyped-def]
    """One person's batch. `grades`: by year."""
    listed = [{"id": person["id"], "year": year, "grade": grade} for year, grade in grades.items()]
    files = files_of(folder, [person], listed, honours)
    return evaluate(scheme_of(folder, scheme), files, day, [] if quota is None else [(date(2000, 1, 1), quota)])
