"""Is a registered residence inside an area."""

from __future__ import annotations

import pytest

from fujing.law.jurisdiction import divisions
from fujing.law.screening.households import places


def test_every_division_belongs_to_the_province() -> None:
    counts = {level: sum(1 for d in divisions().values() if d.level == level) for level in ("city", "county")}
    assert counts == {"city": 21, "county": 183}
    assert all(places().chain(division)[-1] == "510000" for division in divisions().values())


@pytest.mark.parametrize(
    ("household", "area", "inside"),
    [
        ("四川省绵阳市三台县", "四川省", True),
        ("三台县", "四川省", True),
        ("石渠县", "甘孜藏族自治州", True),
        ("甘孜州石渠县", "甘孜藏族自治州", True),
        ("四川省甘孜藏族自治州石渠县洛须镇", "石渠县", True),
        ("德格县", "石渠县", False),
        ("绵阳市", "甘孜藏族自治州", False),
        ("重庆市渝北区", "四川省", False),
        ("云南省昭通市", "石渠县", False),
        ("甘孜藏族自治州", "石渠县", None),
        ("四川省", "甘孜藏族自治州", None),
        ("市中区", "内江市", None),
        ("内江市市中区", "内江市", True),
        ("乐山市市中区", "内江市", False),
        ("本地", "四川省", None),
        (None, "四川省", None),
        ("四川省成都市锦江区", "四川省（不含成都市）", None),
        ("三台县", "河南省三台县", None),
        ("江油太平镇", "江油市", None),
        ("江油太平镇", "四川省", None),
    ],
)
def test_residence_is_placed_by_the_tree_or_left_open(household: str, area: str, inside: bool | None) -> None:
    assert places().inside(household, [area]) is inside


def test_any_of_several_areas_is_enough_and_none_asked_is_met() -> None:
    assert places().inside("三台县", ["石渠县", "绵阳市"]) is True
    assert places().inside(None, []) is True
