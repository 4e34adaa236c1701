"""What the public security organ and the partner departments of each division are called."""

from __future__ import annotations

from fujing.law.jurisdiction import Division, divisions
from fujing.registry.states import Level, PartnerKind

PROVINCE = 510000000000
"""The provincial department; everybody is below it."""
SHORT_PREFECTURES = {"阿坝藏族羌族自治州": "阿坝州", "甘孜藏族自治州": "甘孜州", "凉山彝族自治州": "凉山州"}
# Partner departments share the county's integer range, above every code that a bureau gives to its own units.
PARTNER_CODES = {
    PartnerKind.ESTABLISHMENT: 910000,
    PartnerKind.FINANCE: 920000,
    PartnerKind.HRSS: 930000,
    PartnerKind.VETERANS: 940000,
    PartnerKind.GOVERNMENT: 950000,
}
# Where each city stands on the province's map of tiles: column and row, from the north-west.
CITY_TILES = {
    "513200": (2, 1),
    "510800": (5, 1),
    "511900": (6, 1),
    "510600": (3, 2),
    "510700": (4, 2),
    "511300": (5, 2),
    "511700": (6, 2),
    "513300": (1, 3),
    "510100": (3, 3),
    "510900": (4, 3),
    "511600": (5, 3),
    "511800": (2, 4),
    "511400": (3, 4),
    "512000": (4, 4),
    "511000": (5, 4),
    "513400": (2, 5),
    "511100": (3, 5),
    "510300": (4, 5),
    "510500": (5, 5),
    "510400": (2, 6),
    "511500": (4, 6),
}


def organ_code(division: Division) -> int:
    """Twelve-digit code of the division's public security organ."""
    return int(division.code) * 10**6


def bureau_name(division: Division) -> str:
    """Name of its public security organ: a district's is a branch of the city bureau."""
    if division.level == Level.PROVINCE:
        return "四川省公安厅"
    if division.level == Level.COUNTY and division.name.endswith("区"):
        return f"{divisions()[division.parent].name}公安局{division.name}分局"
    return f"{SHORT_PREFECTURES.get(division.name, division.name)}公安局"


def partner_name(division: Division, kind: PartnerKind) -> str:
    """Name of the same-level department with that function."""
    provincial = division.level == Level.PROVINCE
    suffix = {
        PartnerKind.ESTABLISHMENT: "机构编制委员会办公室",
        PartnerKind.FINANCE: "财政厅" if provincial else "财政局",
        PartnerKind.HRSS: "人力资源和社会保障厅" if provincial else "人力资源和社会保障局",
        PartnerKind.VETERANS: "退役军人事务厅" if provincial else "退役军人事务局",
        PartnerKind.GOVERNMENT: "人民政府办公厅" if provincial else "人民政府办公室",
    }[kind]
    return f"{SHORT_PREFECTURES.get(division.name, division.name)}{suffix}"
