"""Whose body a printed name is, name by name (cases/bodies.yaml)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fujing.law.announcements.reasons import says_nothing
from fujing.law.bodies import (
    bureau_division,
    dispatches_labour,
    government_of,
    human_resources_of,
    police_unit,
    sells_services,
)
from fujing.law.formats.documents import read_document
from fujing.law.jurisdiction import division_at_start, division_of_code, divisions, full_name

SANTAI = divisions()["510722"]
WORDS = {True: "是", False: "否", None: "不明"}
CASES = read_document(Path(__file__).parent / "cases" / "bodies.yaml")


def cases(table: str) -> list[Any]:
    return [pytest.param(name, expected, id=name) for name, expected in CASES[table].items()]


@pytest.mark.parametrize(("name", "expected"), cases("本级人民政府"))
def test_only_the_own_government_approves(name: str, expected: str) -> None:
    assert WORDS[government_of(name, SANTAI).holds] == expected


@pytest.mark.parametrize(("name", "expected"), cases("同级人社部门"))
def test_only_the_department_of_the_same_level_and_place_joins_or_consents(name: str, expected: str) -> None:
    assert WORDS[human_resources_of(name, SANTAI).holds] == expected


@pytest.mark.parametrize("read", [government_of, human_resources_of])
@pytest.mark.parametrize("table", ["本级人民政府", "同级人社部门"])
def test_nothing_is_matched_while_the_organs_own_division_is_not_known(read: Any, table: str) -> None:
    assert not [name for name in CASES[table] if read(name, None).holds]


@pytest.mark.parametrize(("name", "expected"), cases("人民政府公安机关"))
def test_a_bureau_belongs_to_one_division_or_to_none(name: str, expected: str) -> None:
    division = bureau_division(name)
    assert (division.name if division else "") == expected


@pytest.mark.parametrize(("name", "expected"), cases("内设派出机构"))
def test_sections_and_stations_are_known_by_what_they_are(name: str, expected: str) -> None:
    assert WORDS[police_unit(name)] == expected


@pytest.mark.parametrize(("name", "expected"), cases("空洞的理由"))
def test_a_reason_that_fits_every_post_says_nothing(name: str, expected: str) -> None:
    assert WORDS[says_nothing(name)] == expected


def test_no_reason_says_nothing() -> None:
    assert says_nothing(None)


def test_dispatch_bodies_and_service_businesses_are_told_apart() -> None:
    assert dispatches_labour("四川某某劳务派遣有限公司")
    assert not sells_services("四川某某劳务派遣有限公司")
    for name in ("四川某某服务外包有限公司", "三台县平安保安服务有限公司", "绵阳押运护卫公司"):
        assert sells_services(name), name
        assert not dispatches_labour(name)
    assert not sells_services("绵阳市人才发展有限公司")


def test_every_division_is_found_by_its_name_with_its_city_before_it() -> None:
    for division in divisions().values():
        assert division_at_start(f"{full_name(division)}人民政府") == ([division], "人民政府")


def test_two_districts_of_one_name_are_told_apart_only_with_their_city() -> None:
    found, rest = division_at_start("市中区公安局")
    assert ({each.parent for each in found}, rest) == ({"511000", "511100"}, "公安局")
    assert [each.code for each in division_at_start("内江市市中区公安局")[0]] == ["511002"]


def test_an_organ_code_leads_to_its_division_or_to_none() -> None:
    for code in (510722000000, "510722120000"):
        division = division_of_code(code)
        assert division is not None
        assert division.name == "三台县"
    assert division_of_code(None) is None
    assert division_of_code(530102000000) is None
    assert division_of_code("510799000000") is None


@pytest.mark.parametrize("name", ["省人社厅", "省人力资源和社会保障厅", "四川省人力资源和社会保障厅"])
def test_the_provinces_department_is_known_without_the_provinces_name(name: str) -> None:
    found = human_resources_of(name, divisions()["510000"])
    assert (found.holds, found.read) == (True, "读出的是四川省的人力资源社会保障部门")
    assert human_resources_of(name, SANTAI).holds is False
