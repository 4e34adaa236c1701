"""The province's divisions (Article 2): 21 cities and 183 counties."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division; `code` has six digits, `parent` is empty for the province."""

    code: str
    name: str
    level: Literal["province", "city", "county"]
    parent: str


@cache
def divisions() -> dict[str, Division]:
    """All divisions by six-digit code, superior before subordinate."""
    raw = json.loads(resources.files("fujing.law.data").joinpath("divisions.json").read_text("utf-8"))
    province = raw["province"]
    found = [Division(province["code"], province["name"], "province", "")]
    for city in raw["cities"]:
        found.append(Division(city["code"], city["name"], "city", province["code"]))
        found += [Division(county["code"], county["name"], "county", city["code"]) for county in city["counties"]]
    return {division.code: division for division in found}
