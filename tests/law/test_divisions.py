"""How a printed name leads to a division of the province, or to none."""

from __future__ import annotations

import pytest

from fujing.law.jurisdiction import (
    PROVINCE_CODE,
    division_at_start,
    division_of_code,
    divisions,
    full_name,
    is_of_another_province,
    names_of,
)


@pytest.mark.parametrize(
    ("name", "codes", "rest"),
    [
        ("绵阳市三台县人民政府", ["510722"], "人民政府"),
        ("四川省绵阳市三台县人民政府", ["510722"], "人民政府"),
        ("四川省三台县公安局", ["510722"], "公安局"),
        ("三台县公安局", ["510722"], "公安局"),
        ("四川省人民政府", ["510000"], "人民政府"),
        ("绵阳市公安局", ["510700"], "公安局"),
        ("北川羌族自治县公安局", ["510726"], "公安局"),
        ("北川县公安局", ["510726"], "公安局"),
        ("甘孜州石渠县公安局", ["513332"], "公安局"),
        ("甘孜藏族自治州公安局", ["513300"], "公安局"),
        ("乐山市市中区公安局", ["511102"], "公安局"),
        ("市中区公安局", ["511002", "511102"], "公安局"),
        # Nothing follows a county.
        ("三台县绵阳市公安局", ["510722"], "绵阳市公安局"),
        ("三台县三台县公安局", ["510722"], "三台县公安局"),
        # A county that doesn't lie in the city before it, a city in another, a short form, another province.
        ("成都市三台县公安局", [], "成都市三台县公安局"),
        ("绵阳市成都市公安局", [], "绵阳市成都市公安局"),
        ("三台公安局", [], "三台公安局"),
        ("重庆市渝北区公安局", [], "重庆市渝北区公安局"),
        ("", [], ""),
    ],
)
def test_a_name_begins_with_one_division_or_with_none(name: str, codes: list[str], rest: str) -> None:
    found, left = division_at_start(name)
    assert ([each.code for each in found], left) == (codes, rest)


@pytest.mark.parametrize(
    ("code", "full", "names"),
    [
        ("510000", "四川省", ("四川省",)),
        ("510700", "绵阳市", ("绵阳市",)),
        ("510722", "绵阳市三台县", ("三台县",)),
        ("510726", "绵阳市北川羌族自治县", ("北川羌族自治县", "北川县")),
        ("513200", "阿坝藏族羌族自治州", ("阿坝藏族羌族自治州", "阿坝州")),
        ("513422", "凉山彝族自治州木里藏族自治县", ("木里藏族自治县", "木里县")),
    ],
)
def test_a_division_is_called_by_its_names(code: str, full: str, names: tuple[str, ...]) -> None:
    division = divisions()[code]
    assert (full_name(division), names_of(division)) == (full, names)
    assert division_of_code(f"{code}000000") == division_of_code(int(f"{code}120000")) == division
    assert code.startswith(PROVINCE_CODE)


PROVINCES = """
    北京市 天津市 上海市 重庆市 河北省 山西省 辽宁省 吉林省 黑龙江省 江苏省 浙江省 安徽省 福建省 江西省 山东省 河南省 湖北省 湖南省 广东省
    海南省 贵州省 云南省 陕西省 甘肃省 青海省 台湾省 内蒙古自治区 广西壮族自治区 西藏自治区 宁夏回族自治区 新疆维吾尔自治区 内蒙古区 新疆生产建设兵团
"""


@pytest.mark.parametrize("province", PROVINCES.split())
def test_a_body_of_another_province_is_known_by_how_its_name_begins(province: str) -> None:
    assert is_of_another_province(f"{province}公安局")
    assert not is_of_another_province(f"四川省{province}公安局")


@pytest.mark.parametrize("name", ["四川省公安厅", "三台县公安局", "重庆渝北区公安局", "海南藏族自治州公安局", ""])
def test_other_names_do_not_begin_with_another_province(name: str) -> None:
    assert not is_of_another_province(name)
