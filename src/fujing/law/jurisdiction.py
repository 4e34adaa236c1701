"""The province's divisions (Article 2): 21 cities and 183 counties, and how a printed name leads to one of them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

PROVINCE_CODE = "51"
"""What every division code of the province begins with (GB/T 2260)."""
OTHER_PROVINCE = re.compile(
    "^(?:(?:北京|天津|上海|重庆)市|(?:河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|贵州|云南|陕西"
    "|甘肃|青海|台湾)省|(?:内蒙古|广西|西藏|宁夏|新疆)(?:壮族|回族|维吾尔)?(?:自治区|区)|新疆生产建设兵团)"
)
PEOPLES = "藏族|羌族|彝族|回族|苗族"


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


def division_of_code(organ_code: int | str | None) -> Division | None:
    """The division that an organ code of twelve digits belongs to (GA/T 380); None for none or one elsewhere."""
    return divisions().get(f"{organ_code}"[:6]) if organ_code is not None else None


def full_name(division: Division) -> str:
    """A county with its city, since 市中区 is in two of them: 乐山市市中区; others as they are called."""
    parent = divisions().get(division.parent)
    return f"{parent.name}{division.name}" if parent and parent.level == "city" else division.name


def names_of(division: Division) -> tuple[str, ...]:
    """What a division is called in full and, for an autonomous one, in short: 凉山州, 北川县.

    Shorter forms (三台, 市中) are left out: as a part of a longer name they prove nothing.
    """
    short = re.sub(rf"(?:{PEOPLES})+自治", "", division.name)
    return tuple(dict.fromkeys((division.name, short)))


def division_at_start(text: str) -> tuple[list[Division], str]:
    """The division that a name begins with, and the rest of the name: 绵阳市三台县人民政府 → 三台县, 人民政府.

    Superior divisions may stand before it. Several where the name alone doesn't tell (市中区); none where it begins
    with no division of the province, or with one that doesn't lie in the one before it (成都市三台县).
    """
    found: list[Division] = []
    rest = text
    while True:
        step = [
            (len(name), division)
            for division in divisions().values()
            for name in names_of(division)
            if rest.startswith(name) and not (found and found[0].level == "county")
        ]
        if not step:
            return found, rest
        longest = max(length for length, _ in step)
        next_ones = [division for length, division in step if length == longest]
        if found:
            within = [each for each in next_ones if found[0].code in _above(each)]
            if not within:
                # A district's people call it by its city (成都市) or a county stands in the wrong one: nothing is told.
                return [], text
            next_ones = within
        found, rest = next_ones, rest[longest:]


def _above(division: Division) -> list[str]:
    """The codes of what a division lies in."""
    codes = []
    while division.parent:
        codes.append(division.parent)
        division = divisions()[division.parent]
    return codes


def is_of_another_province(name: str) -> bool:
    """The name of a body begins with another province: 重庆市渝北区公安局."""
    return OTHER_PROVINCE.match(name) is not None
