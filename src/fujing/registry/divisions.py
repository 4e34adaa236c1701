"""What the public security organ and the partner departments of each division are called."""

from __future__ import annotations

from fujing.law.jurisdiction import Division, divisions
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
