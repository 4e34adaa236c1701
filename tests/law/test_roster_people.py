"""How a roster's rows are sorted on a day, what the whole sheet tells of one row, and what organs add up to."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from fujing.law.roster.organs import organ_figures
from fujing.law.roster.people import sort_people
from tests.law.roster_tools import DAY, id_number

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
KINDS: dict[str, Any] = {
    "row": pl.Int64, "id_number": pl.String, "hired_on": pl.Date, "left_on": pl.Date, "post": pl.String,
    "card_number": pl.String, "card_valid_to": pl.Date, "qualifications": pl.String, "organ_code": pl.String,
    "employment": pl.String, "monthly_pay": pl.Decimal(18, 6),
}  # fmt: skip


def rows(*given: dict[str, Any], columns: str = "") -> pl.DataFrame:
    """Rows from the second on; only the columns that are named, else all."""
    frame = pl.DataFrame(
        [{name: each.get(name) for name in KINDS} | {"row": row} for row, each in enumerate(given, 2)], schema=KINDS
    )
    return frame.select("row", *columns.split()) if columns else frame


def test_whoever_serves_has_left_or_comes_later_is_sorted_by_the_day() -> None:
    people = sort_people(
        rows(
            {"hired_on": DAY},
            {"hired_on": AFTER},
            {"left_on": DAY},
            {"left_on": AFTER},
            {},
            {"post": "食堂炊事"},
            {"post": "护村队", "left_on": DAY},
        ),
        DAY,
    )
    assert people.serving["row"].to_list() == [2, 5, 6, 7]
    assert people.judged["row"].to_list() == [2, 5, 6]
    assert people.left["row"].to_list() == [4]
    assert people.recorded["row"].to_list() == [2, 3, 4, 5, 6]
    assert people.serving["excluded_words"].to_list() == ["", "", "", "食堂"]


def test_without_days_everybody_serves_and_without_posts_nobody_is_excluded() -> None:
    people = sort_people(rows({}, {}, columns="qualifications"), DAY)
    assert people.serving["row"].to_list() == people.judged["row"].to_list() == [2, 3]
    assert people.left.height == 0
    assert not {"excluded_words", "card_held", "same_number_rows", "same_card_rows"} & set(people.judged.columns)
    assert people.judged["subject"].to_list() == ["行2", "行3"]


@pytest.mark.parametrize(
    ("number", "known"),
    [
        (id_number(DAY.isoformat()), True),
        (id_number(AFTER.isoformat()), False),
        (id_number("1995-06-15"), True),
        ("510722199506150011", False),
        (None, False),
    ],
)
def test_a_row_is_called_by_its_number_where_that_can_be_one(number: str | None, known: bool) -> None:
    assert sort_people(rows({"id_number": number}), DAY).judged["subject"].to_list() == [number if known else "行2"]


@pytest.mark.parametrize(("key", "name"), [("id_number", "same_number_rows"), ("card_number", "same_card_rows")])
def test_rows_of_one_number_or_card_name_each_other_and_none_held_is_no_card(key: str, name: str) -> None:
    given = [{key: value} for value in ("甲", "乙", "甲", "无", "无", None, None, "甲")]
    people = sort_people(rows(*given, {key: "乙", "left_on": DAY}), DAY)
    assert people.judged[name].to_list() == ["4、9", None, "2、9", None, None, None, None, "2、4"]


@pytest.mark.parametrize(("column", "held"), [("card_number", True), ("card_valid_to", True), ("post", False)])
def test_cards_are_asked_about_where_the_sheet_has_a_column_of_them(column: str, held: bool) -> None:
    judged = sort_people(rows({}, columns=column), DAY).judged
    assert ("card_held" in judged.columns) is held
    if held:
        assert judged["card_held"].to_list() == [True]


@pytest.mark.parametrize(
    ("text", "undated", "expired"),
    [
        (f"急救证:{DAY}", None, None),
        (f"急救证:{BEFORE}", None, f"急救证（{BEFORE}）"),
        ("急救证", "急救证", None),
        (f"急救证；潜水证；游泳证:{BEFORE};驾驶证:2020-01-01", "急救证、潜水证", f"游泳证（{BEFORE}）、驾驶证（2020-01-01）"),
        ("无", None, None),
        (None, None, None),
    ],
)  # fmt: skip
def test_certificates_without_a_day_and_expired_ones_are_named(
    text: str | None, undated: str | None, expired: str | None
) -> None:
    judged = sort_people(rows({"qualifications": text}, {"qualifications": text}), DAY).judged
    assert judged.select("undated_qualifications", "expired_qualifications").rows() == [(undated, expired)] * 2


ORGANS = pl.DataFrame(
    {"row": [2, 3], "code": ["乙", "甲"], "name": ["乙局", "甲局"], "quota": [10, 20]},
    schema={"row": pl.Int64, "code": pl.String, "name": pl.String, "quota": pl.Int64},
)
PEOPLE = rows(
    {"organ_code": "甲", "employment": "direct", "hired_on": date(2021, 3, 1), "monthly_pay": Decimal("4000.5")},
    {"organ_code": "甲", "employment": "direct", "hired_on": date(2021, 2, 28), "monthly_pay": Decimal("5000")},
    {"organ_code": "甲", "employment": "direct", "hired_on": DAY},
    {"organ_code": "甲", "employment": "direct", "hired_on": AFTER, "monthly_pay": Decimal("9000")},
    {"organ_code": "甲", "employment": "purchased", "hired_on": date(2022, 1, 1), "monthly_pay": Decimal("1")},
    {"organ_code": "丁", "employment": "direct", "hired_on": date(2022, 1, 1), "left_on": DAY},
    {"organ_code": "丙", "employment": None, "hired_on": None},
    {"employment": "direct", "hired_on": date(2022, 1, 1)},
    {"organ_code": "戊", "post": "食堂"},
)


def test_an_organ_adds_up_its_people_in_service_their_pay_and_whom_it_hired_since_the_measures() -> None:
    figures = organ_figures(ORGANS, sort_people(PEOPLE, DAY), DAY)
    names = ("code", "name", "quota", "in_service", "pay_total", "pay_empty", "hired")
    assert figures.select(names).rows() == [
        ("乙", "乙局", 10, 0, 0, 0, 0),
        ("甲", "甲局", 20, 4, Decimal("9001.5"), 1, 2),
        ("丁", None, None, 0, 0, 0, 1),
        ("丙", None, None, 1, 0, 1, 0),
    ]
    assert "row" not in figures.columns


def test_without_a_sheet_of_organs_those_that_people_name_are_there_without_figures() -> None:
    figures = organ_figures(None, sort_people(PEOPLE, DAY), DAY)
    assert figures["code"].to_list() == ["丁", "丙", "甲"]
    assert figures.select("name", "quota", "planned", "income", "income_source").null_count().row(0) == (3,) * 5


def test_what_no_column_tells_is_not_added_up() -> None:
    bare = organ_figures(ORGANS.drop("name"), sort_people(rows({}, columns="post"), DAY), DAY)
    assert bare.select("code", "name").rows() == [("乙", None), ("甲", None)]
    assert not {"in_service", "pay_total", "hired"} & set(bare.columns)
    for columns in ("organ_code", "organ_code hired_on", "organ_code employment"):
        counted = organ_figures(ORGANS, sort_people(PEOPLE.select("row", *columns.split()), DAY), DAY)
        assert not {"pay_total", "pay_empty", "hired"} & set(counted.columns)
        assert counted["in_service"].to_list()[:2] == [0, 4 if "hired_on" in columns else 5]
