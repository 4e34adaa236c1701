"""What a ranking knows of each applicant before the first stage: group, bonus, education, and what they are spared."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from fujing.law.formats.announcement import Announcement
from fujing.law.ranking.candidates import Candidate, candidates_by_post

POINT = 10**6


def candidates(people: list[dict[str, Any]], **stated: Any) -> dict[str, list[Candidate]]:
    plain = {"name": "执勤", "category": "field", "headcount": 1}
    raw: dict[str, Any] = {
        "title": "公告",
        "organ": {"name": "三台县公安局", "level": "county"},
        "positions": [plain | {"code": "01"}, plain | {"code": "02"}],
    }
    schema: dict[str, Any] = {"id": pl.String, "position": pl.String, "veteran": pl.Boolean, "bravery": pl.Boolean}
    schema |= {"education": pl.String, "bonus_points": pl.Decimal(10, 2)}
    frame = pl.DataFrame([{"position": "01"} | each for each in people], schema=schema)
    return candidates_by_post(Announcement.model_validate(raw | stated), frame)


def one(person: dict[str, Any], **stated: Any) -> Candidate:
    ((made,),) = candidates([{"id": "甲"} | person], **stated).values()
    return made


def test_everybody_stands_with_their_post_in_the_order_of_the_number() -> None:
    made = candidates([{"id": "2"}, {"id": "3", "position": "02"}, {"id": "1"}])
    assert {post: [each.id for each in people] for post, people in made.items()} == {"01": ["1", "2"], "02": ["3"]}
    plain = made["01"][0]
    assert (plain.sex, plain.bonus, plain.level, plain.exempt, plain.sum, plain.points) == (
        None,
        0,
        -1,
        frozenset(),
        0,
        {},
    )
    assert (plain.why, plain.stage, plain.spared, plain.weights) == (None, None, 0, 0)


@pytest.mark.parametrize(
    ("person", "groups", "place"),
    [
        ({"veteran": True}, [["bravery"], ["veteran"]], 1),
        ({"veteran": True, "bravery": True}, [["bravery"], ["veteran"]], 0),
        ({}, [["bravery"], ["veteran"]], 2),
        ({"veteran": False, "bravery": None}, [["bravery", "veteran"]], 1),
        ({"veteran": True}, None, 0),
        ({}, None, 1),
        ({"veteran": True}, [], 0),
    ],
)
def test_the_place_of_the_first_group_that_one_belongs_to(person: Any, groups: Any, place: int) -> None:
    assert one(person, priority_groups=groups).group == place


TWO = [{"when": "veteran", "add": 5}, {"when": ["bravery", "veteran"], "add": Decimal("2.5")}]


@pytest.mark.parametrize(
    ("person", "bonus", "points"),
    [
        ({"veteran": True}, None, 0),
        ({"veteran": True}, {"points": TWO, "on": "total"}, 7_500_000),
        ({"bravery": True}, {"points": TWO, "on": "total"}, 2_500_000),
        ({}, {"points": TWO, "on": "total"}, 0),
        ({"veteran": True}, {"points": TWO, "on": "total", "cap": 6}, 6_000_000),
        ({"bravery": True}, {"points": TWO, "on": "total", "cap": 6}, 2_500_000),
        ({"bonus_points": Decimal("3.25")}, {"column": True, "on": "total"}, 3_250_000),
        ({"bonus_points": None}, {"column": True, "on": "total"}, 0),
        ({"bonus_points": Decimal("3.25")}, {"points": TWO, "on": "total"}, 0),
        (
            {"veteran": True, "bonus_points": Decimal(3)},
            {"points": TWO, "column": True, "on": "total", "cap": 8},
            8_000_000,
        ),
    ],
)
def test_a_bonus_is_the_sum_of_what_applies_up_to_the_cap(person: Any, bonus: Any, points: int) -> None:
    assert one(person, bonus=bonus).bonus == points


def test_education_counts_only_where_it_orders_equals() -> None:
    assert one({"education": "bachelor"}, tie_break=["education"]).level == 4
    assert one({"education": "bachelor"}, tie_break=["written"]).level == -1
    assert one({"education": None}, tie_break=["education"]).level == -1
    assert one({"education": "primary"}, tie_break=["education"]).level == 0


def test_one_is_spared_the_stages_that_exempt_a_group_of_ones_own() -> None:
    stages = [
        {"kind": "written", "exempt": ["veteran", "bravery"]},
        {"kind": "interview", "exempt": "bravery"},
        {"kind": "medical"},
    ]
    for person, spared in (
        ({"veteran": True}, {"written"}),
        ({"bravery": True}, {"written", "interview"}),
        ({}, set()),
    ):
        assert one(person, stages=stages).exempt == spared
