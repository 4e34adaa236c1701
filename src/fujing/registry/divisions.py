"""Sichuan's province, 21 cities and 183 counties with their division codes, and what each organ is called."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from fujing.registry.states import Level, PartnerKind

SHORT_PREFECTURES = {"阿坝藏族羌族自治州": "阿坝州", "甘孜藏族自治州": "甘孜州", "凉山彝族自治州": "凉山州"}
# Partner departments share the county's integer range, above every code that a bureau gives to its own units.
PARTNER_CODES = {
    PartnerKind.ESTABLISHMENT: 910000,
    PartnerKind.FINANCE: 920000,
    PartnerKind.HRSS: 930000,
    PartnerKind.VETERANS: 940000,
    PartnerKind.GOVERNMENT: 950000,
}


@dataclass(frozen=True, slots=True)
class Division:
    """An administrative division; `code` has six digits, `parent` is empty for the province."""

    code: str
    name: str
    level: Level
    parent: str

    @property
    def organ_code(self) -> int:
        """Twelve-digit code of the division's public security organ."""
        return int(self.code) * 10**6

    @property
    def bureau_name(self) -> str:
        """Name of its public security organ: a district's is a branch of the city bureau."""
        if self.level == Level.PROVINCE:
            return "四川省公安厅"
        if self.level == Level.COUNTY and self.name.endswith("区"):
            return f"{divisions()[self.parent].name}公安局{self.name}分局"
        return f"{SHORT_PREFECTURES.get(self.name, self.name)}公安局"

    def partner_name(self, kind: PartnerKind) -> str:
        """Name of the same-level department with that function."""
        suffix = {
            PartnerKind.ESTABLISHMENT: "机构编制委员会办公室",
            PartnerKind.FINANCE: "财政厅" if self.level == Level.PROVINCE else "财政局",
            PartnerKind.HRSS: "人力资源和社会保障厅"
            if self.level == Level.PROVINCE
            else "人力资源和社会保障局",
            PartnerKind.VETERANS: "退役军人事务厅" if self.level == Level.PROVINCE else "退役军人事务局",
            PartnerKind.GOVERNMENT: "人民政府办公厅" if self.level == Level.PROVINCE else "人民政府办公室",
        }[kind]
        return f"{SHORT_PREFECTURES.get(self.name, self.name)}{suffix}"


@cache
def divisions() -> dict[str, Division]:
    """All divisions by six-digit code, superior before subordinate."""
    raw = json.loads(resources.files("fujing.registry.data").joinpath("divisions.json").read_text("utf-8"))
    return {division.code: division for division in _walk(raw)}


def _walk(raw: dict) -> Iterator[Division]:
    province = raw["province"]["code"]
    yield Division(province, raw["province"]["name"], Level.PROVINCE, "")
    for city in raw["cities"]:
        yield Division(city["code"], city["name"], Level.CITY, province)
        for county in city["counties"]:
            yield Division(county["code"], county["name"], Level.COUNTY, city["code"])
