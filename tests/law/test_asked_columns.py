"""A screening of what the announcement asks about finds what a screening of everything finds."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from fujing.law.formats.announcement import Announcement, read_announcement
from fujing.law.formats.applicants import CONDITIONS
from fujing.law.screening import asked_columns, screen
from tests.law.screening_tools import TODAY, changed, document
from tests.law.variations.course import REAL

CASES = {each["情形"]: each for each in document()["案例"]}
WORDS: dict[str, list[Any]] = {
    "nationality": ["中国", "缅甸", "中国香港", None],
    "sex": ["male", "female", None],
    "education": ["junior_middle", "high_school", "junior_college", "bachelor", None],
    "major": ["法学", "法学类", "计算机科学与技术", None],
    "height_cm": [158.0, 165.5, 172.0, None],
    "naked_vision": [4.5, 4.9, 0.6, None],
    "household": ["四川省绵阳市三台县", "四川省", "重庆市", "甘孜藏族自治州石渠县", None],
    "certificates": ["机动车驾驶证A2", "机动车驾驶证C1；医师资格证", "无", None],
    **{key: [True, False, None] for key in CONDITIONS},
}


def crowd(announcement: Announcement, number: int = 600) -> pl.DataFrame:
    """Everybody different, every column there and now and then empty."""
    chance = random.Random(announcement.title)
    posts = [post.code for post in announcement.positions]
    days = [None, *(date(1984, 1, 1) + timedelta(days=41 * n) for n in range(230))]
    rows = [
        {
            "id": f"A{n}",
            "position": chance.choice(posts),
            "birth_date": chance.choice(days),
            "registered_on": chance.choice([None, date(2026, 1, 5), date(2026, 1, 20)]),
            **{column: chance.choice(words) for column, words in WORDS.items()},
        }
        for n in range(number)
    ]
    kinds = {"birth_date": pl.Date, "registered_on": pl.Date, **dict.fromkeys(CONDITIONS, pl.Boolean)}
    return pl.DataFrame(rows, schema_overrides=kinds, infer_schema_length=None)


def both(announcement: Announcement) -> tuple[list[Any], list[Any]]:
    people = crowd(announcement)
    asked = [column for column in people.columns if column in asked_columns(announcement)]
    everything, only_asked = (screen(announcement, each, today=TODAY) for each in (people, people.select(asked)))
    return everything.masks.rows(), only_asked.masks.rows()


@pytest.mark.parametrize("name", sorted(path.name for path in REAL.glob("*.yaml")))
def test_of_a_real_announcement(name: str) -> None:
    everything, only_asked = both(read_announcement(REAL / name))
    assert only_asked == everything
    assert len(set(everything)) > 4


@pytest.mark.parametrize("title", sorted(CASES))
def test_of_an_invented_announcement(title: str) -> None:
    announcement, _ = changed(document()["底稿"], CASES[title])
    everything, only_asked = both(announcement)
    assert only_asked == everything


def test_what_nobody_asks_about_is_not_read() -> None:
    announcement, _ = changed(document()["底稿"], {})
    assert asked_columns(announcement) == {"id", "position", "nationality", "birth_date", "education"}
