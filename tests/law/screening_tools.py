"""A base announcement and applicant, changed at will and written as officers would."""

from __future__ import annotations

import copy
import csv
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import polars as pl
import yaml

from fujing.law.citizen_numbers import check_digit
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.applicants import read_applicants

CASES = Path(__file__).parent / "cases" / "screening.yaml"
TODAY = date(2026, 1, 22)


def document() -> dict[str, Any]:
    return yaml.load(CASES.read_text("utf-8"), Loader=yaml.BaseLoader)


def id_number(born: str, sex: str = "男") -> str:
    first = "510722" + born.replace("-", "") + ("001" if sex == "男" else "002")
    return first + check_digit(first)


def changed(base: dict[str, Any], case: dict[str, Any]) -> tuple[Announcement, dict[str, str | None]]:
    raw, person = copy.deepcopy(base["公告"]), copy.deepcopy(base["人员"])
    raw.update(case.get("公告", {}))
    raw["positions"][0].update(case.get("岗位", {}))
    raw["positions"][0]["conditions"] = case.get("条件", {})
    person.update(case.get("人员", {}))
    if person["公民身份号码"] == "算":
        person["公民身份号码"] = id_number(person["出生日期"])
    return Announcement.model_validate(_typed(raw)), {key: _cell(value) for key, value in person.items()}


def written(path: Path, people: list[dict[str, str | None]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(people[0]))
        writer.writeheader()
        writer.writerows(people)
    return path


def frame_of(folder: Path, announcement: Announcement, people: list[dict[str, str | None]]) -> pl.DataFrame:
    return read_applicants(written(folder / "报名表.csv", people), announcement)


def _cell(value: str | None) -> str | None:
    return None if value in ("null", "") else value


def _typed(value: Any) -> Any:
    """YAML read as text throughout, so that 01 stays 01; numbers and null are put back for the announcement."""
    if isinstance(value, dict):
        return {key: item if key in ("code",) else _typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_typed(item) for item in value]
    if value == "null":
        return None
    if isinstance(value, str) and value.isdigit():
        return int(value)
    try:
        return Decimal(value) if isinstance(value, str) and value.count(".") == 1 else value
    except InvalidOperation:
        return value
