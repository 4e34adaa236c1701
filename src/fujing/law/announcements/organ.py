"""The recruiting organ: which division's it is, by its name, its code and its stated level."""

from __future__ import annotations

from fujing.law.bodies import bureau_division
from fujing.law.formats.announcement import Organ
from fujing.law.jurisdiction import Division, division_at_start, division_of_code, full_name

LEVELS = {"province": "省", "city": "市（州）", "county": "县（市、区）"}


def division_of(organ: Organ) -> Division | None:
    """The division whose government the organ serves; None while name, code and level disagree or say too little.

    With it an approver, a partner or a consenting department is compared: same level, same division.
    """
    if organ.level in ("internal", "dispatched"):
        named, _ = division_at_start(organ.name)
        return named[0] if len(named) == 1 else division_of_code(organ.code)
    return None if doubts_about(organ) else bureau_division(organ.name) or division_of_code(organ.code)


def doubts_about(organ: Organ) -> str | None:
    """What of name, code and level doesn't agree or can't be told; None if all of it fits.

    A judicial organ's name (监狱, 戒毒所) tells no division, so only its code and level are compared.
    """
    coded, named = division_of_code(organ.code), bureau_division(organ.name)
    if organ.code is not None and coded is None:
        return f"机关代码{organ.code}前六位不是四川省的市、县行政区划代码"
    if organ.kind == "public_security":
        if named is None:
            return f"“{organ.name}”读不出是哪一级人民政府的公安机关"
        if coded is not None and coded != named:
            return (
                f"机关名称“{organ.name}”属于{full_name(named)}，机关代码{organ.code}属于{full_name(coded)}，两者不一致"
            )
    elif named is not None:
        return f"机关类别写作司法行政机关，名称“{organ.name}”是公安机关"
    place = named or coded
    if place is not None and place.level != organ.level:
        stated = LEVELS.get(organ.level, organ.level)
        return f"“{organ.name}”属于{LEVELS[place.level]}级的{full_name(place)}，公告写作{stated}级机关"
    return None
