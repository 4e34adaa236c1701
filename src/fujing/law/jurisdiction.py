"""The province's divisions (Article 2): 21 cities, 183 counties, and which of them a household lies in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

PROVINCES = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海", "江苏", "浙江", "安徽", "福建", "江西",
    "山东", "河南", "湖北", "湖南", "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西", "甘肃", "青海",
    "宁夏", "新疆", "台湾", "香港", "澳门",
)  # fmt: skip


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
        found += [
            Division(county["code"], county["name"], "county", city["code"]) for county in city["counties"]
        ]
    return {division.code: division for division in found}


def _lineage(division: Division) -> set[str]:
    """Names of a division and everything above it."""
    parent = divisions().get(division.parent)
    return {division.name} | (_lineage(parent) if parent else set())


def _candidates(text: str) -> list[Division]:
    """The most specific divisions that a written household may mean; several where a name is not unique."""
    named = [division for division in divisions().values() if division.name in text]
    counties = [division for division in named if division.level == "county"]
    cities = {division.code for division in named if division.level == "city"}
    within = [county for county in counties if not cities or county.parent in cities]
    return within or [division for division in named if division.level == "city"] or named


def lies_within(household: str, area: str) -> bool | None:
    """Whether a written household lies in a named area; None when the text doesn't tell.

    `石渠县` lies in 甘孜藏族自治州 and in 四川省; `市中区` alone may be in 内江 or 乐山, so a city is not told.
    """
    text, wanted = household.strip(), area.strip()
    if wanted in text:
        return True
    candidates = _candidates(text)
    if candidates:
        answers = {wanted in _lineage(division) for division in candidates}
        if answers == {True}:
            return True
        # Only a county answers for a county; `绵阳市` leaves open which county it is.
        wanted_level = next(
            (division.level for division in divisions().values() if division.name == wanted), "county"
        )
        finest = {division.level for division in candidates}
        could_be_below = finest == {"province"} or (finest == {"city"} and wanted_level == "county")
        related = any(
            division.name in _lineage(target)
            for division in candidates
            for target in divisions().values()
            if target.name == wanted
        )
        return None if len(answers) > 1 or (could_be_below and related) else False
    return False if text.startswith(PROVINCES) and not text.startswith("四川") else None
