"""What a sheet for the fitness test prints beside each item, by sex and age on the day (2011年录用人民警察体能标准)."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from fujing.law.formats.announcement import Announcement
from fujing.law.formats.fitness import (
    asked_items,
    asks_by_sex,
    better_when_lower,
    judged,
    measured_on,
    printed_standard,
    shown,
    standard_items,
)
from fujing.law.formats.stages import Stage

SHUTTLE, JUMP, LONG, SHORT = "10米×4往返跑", "纵跳摸高", "1000米跑", "800米跑"


def announced(cutoff: str | None = "2026-01-22", **stage: Any) -> tuple[Announcement, Stage]:
    announcement = Announcement.model_validate(
        {
            "title": "公告",
            "organ": {"name": "三台县公安局", "level": "county"},
            "cutoff": cutoff,
            "positions": [{"code": "01", "name": "执勤", "category": "field", "headcount": 1}],
            "stages": [{"kind": "fitness", **stage}],
        }
    )
    (only,) = announcement.stages or ()
    return announcement, only


def printed(sex: str, born: date, cutoff: str | None = "2026-01-22", **gate: Any) -> list[tuple[str, str]]:
    return printed_standard(*announced(cutoff, gate={"standard": "police_2011", "need": "all"} | gate), sex, born)


@pytest.mark.parametrize(
    ("sex", "born", "said"),
    [
        ("male", date(1995, 1, 22), {SHUTTLE: "不超过13.4秒", "1000米跑": "不超过275秒", JUMP: "不低于265厘米"}),
        ("male", date(1995, 1, 23), {SHUTTLE: "不超过13.1秒", "1000米跑": "不超过265秒", JUMP: "不低于265厘米"}),
        ("female", date(1995, 1, 22), {SHUTTLE: "不超过14.4秒", "800米跑": "不超过270秒", JUMP: "不低于230厘米"}),
        ("female", date(1995, 1, 23), {SHUTTLE: "不超过14.1秒", "800米跑": "不超过260秒", JUMP: "不低于230厘米"}),
    ],
)
def test_from_the_31st_birthday_the_older_standard_is_printed(sex: str, born: date, said: dict[str, str]) -> None:
    assert printed(sex, born) == list(said.items())


def test_only_what_the_stage_lists_is_printed_and_nothing_without_standard_or_day() -> None:
    born = date(2000, 1, 1)
    assert printed("male", born, items=[JUMP, {"name": SHUTTLE, "sex": "female"}]) == [(JUMP, "不低于265厘米")]
    assert [item for item, _ in printed("female", born, items=[JUMP, {"name": SHUTTLE, "sex": "female"}])] == [
        SHUTTLE,
        JUMP,
    ]
    assert printed("male", born, standard=None) == printed("male", born, standard="本县标准") == []
    assert printed("male", born, cutoff=None) == []


BY = {"standard": "police_2011"}
FOR_WOMEN = {"name": SHUTTLE, "sex": "female"}


@pytest.mark.parametrize(
    ("stage", "anybody", "men", "women"),
    [
        ({"gate": BY}, [SHUTTLE, LONG, JUMP, SHORT], [SHUTTLE, LONG, JUMP], [SHUTTLE, SHORT, JUMP]),
        ({"gate": {**BY, "items": [JUMP, FOR_WOMEN]}}, [JUMP, SHUTTLE], [JUMP], [JUMP, SHUTTLE]),
        ({"gate": {**BY, "items": [LONG, SHORT, "游泳"]}}, [LONG, SHORT, "游泳"], [LONG, "游泳"], [SHORT, "游泳"]),
        ({"gate": {"items": [LONG, SHORT]}}, [LONG, SHORT], [LONG, SHORT], [LONG, SHORT]),
        ({"scored": {"items": [LONG, FOR_WOMEN]}}, [LONG, SHUTTLE], [LONG], [LONG, SHUTTLE]),
        ({"gate": True}, [], [], []),
        ({}, [], [], []),
    ],
)
def test_an_item_is_asked_of_those_whom_list_and_standard_name(
    stage: dict[str, Any], anybody: list[str], men: list[str], women: list[str]
) -> None:
    where = announced(**stage)
    assert [asked_items(*where, sex) for sex in (None, "male", "female")] == [anybody, men, women]
    assert asks_by_sex(*where) is (men != women)


@pytest.mark.parametrize(
    ("gate", "men", "women"),
    [
        (BY, [SHUTTLE, LONG, JUMP], [SHUTTLE, SHORT, JUMP]),
        ({**BY, "items": [JUMP, FOR_WOMEN, "游泳"]}, [JUMP], [SHUTTLE, JUMP]),
        ({"standard": "本县标准"}, [], []),
        (True, [], []),
    ],
)
def test_the_standard_measures_what_the_stage_lists_of_it(gate: Any, men: list[str], women: list[str]) -> None:
    assert [standard_items(*announced(gate=gate), sex) for sex in ("male", "female")] == [men, women]


def test_a_stage_is_measured_on_its_own_day_else_on_the_cut_off() -> None:
    assert measured_on(*announced(date="2026-03-01")) == date(2026, 3, 1)
    assert measured_on(*announced()) == date(2026, 1, 22)
    assert measured_on(*announced("registration_day")) is measured_on(*announced(None)) is None
    assert measured_on(*announced("registration_day", date="2026-03-01")) == date(2026, 3, 1)


def test_only_a_run_by_the_standard_is_better_the_shorter_it_takes() -> None:
    announcement, _ = announced(gate=BY)
    assert [better_when_lower(announcement, item) for item in (SHUTTLE, LONG, SHORT, JUMP, "游泳")] == [
        True, True, True, False, False,
    ]  # fmt: skip
    assert not better_when_lower(announced(gate={"items": [SHUTTLE]})[0], SHUTTLE)


YOUNG, OLD = date(1995, 3, 2), date(1995, 3, 1)
MEASURES: list[tuple[str | None, date | None, str | None, str, str | None, str | None]] = [
    ("male", YOUNG, SHUTTLE, "13.1", "合格", None),
    ("male", YOUNG, SHUTTLE, "13.100001", "不合格", f"{SHUTTLE}成绩13.100001，超过标准13.1（30岁以下）"),
    ("male", OLD, SHUTTLE, "13.4", "合格", None),
    ("male", OLD, SHUTTLE, "13.41", "不合格", f"{SHUTTLE}成绩13.41，超过标准13.4（31岁以上）"),
    ("female", YOUNG, SHUTTLE, "14.1", "合格", None),
    ("female", OLD, SHORT, "271", "不合格", f"{SHORT}成绩271，超过标准270（31岁以上）"),
    ("male", YOUNG, JUMP, "265", "合格", None),
    ("male", YOUNG, JUMP, "264.999999", "不合格", f"{JUMP}成绩264.999999，低于标准265（30岁以下）"),
    ("female", YOUNG, LONG, "200", None, None),
    ("male", YOUNG, "游泳", "13", None, None),
    ("male", YOUNG, None, "13", None, None),
    (None, YOUNG, SHUTTLE, "13", None, None),
    ("male", None, SHUTTLE, "13", None, None),
]


@pytest.mark.parametrize(("sex", "born", "item", "score", "word", "said"), MEASURES)
def test_a_measure_is_judged_by_sex_item_and_age_on_the_day(
    sex: str | None, born: date | None, item: str | None, score: str, word: str | None, said: str | None
) -> None:
    kinds = {"sex": pl.String, "birth_date": pl.Date, "item": pl.String, "points": pl.Int64}
    row = {"sex": sex, "birth_date": born, "item": item, "points": round(float(score) * 10**6)}
    rows = pl.DataFrame([row, row], schema=kinds).with_columns(
        word=pl.lit(None, pl.String), said=pl.lit(None, pl.String), mine=pl.Series([True, False])
    )
    found = judged(*announced(date="2026-03-01", gate=BY), rows, pl.col("mine"))
    assert found.columns == rows.columns
    assert found.select("word", "said").rows() == [(word, said), (None, None)]
    assert judged(*announced(None, gate=BY), rows, pl.col("mine"))["word"].to_list() == [None, None]


def test_points_are_shown_as_people_write_them() -> None:
    points = [59_900_000, 60_000_000, 0, 1, 100_000_010, 999_999_999_999]
    assert pl.DataFrame({"points": points}).select(shown(pl.col("points"))).to_series().to_list() == [
        "59.9", "60", "0", "0.000001", "100.00001", "999999.999999",
    ]  # fmt: skip
