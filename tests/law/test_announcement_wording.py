"""What is printed of an announcement, part by part: each optional part present and absent, whole sentences."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from fujing.law.ages import has_reached
from fujing.law.announcements.births import earliest_birth, latest_birth
from fujing.law.announcements.offered import offered
from fujing.law.announcements.wording import (
    cutoff_words,
    grounds_words,
    number,
    people,
    post_words,
    printed_words,
    scoring_words,
    stage_words,
    terms_words,
)
from fujing.law.formats.announcement import Announcement, Stage
from fujing.law.formats.documents import read_document

CASES = read_document(Path(__file__).parent / "cases" / "announcement_wording.yaml")
TODAY = date(2026, 1, 22)


def announcement(changes: dict[str, Any], post: dict[str, Any] | None = None) -> Announcement:
    plain = {"code": "01", "name": "巡逻", "category": "field", "headcount": 1}
    raw = {"title": "公告", "organ": {"name": "三台县公安局", "level": "county"}, "positions": [plain | (post or {})]}
    return Announcement.model_validate(raw | changes)


@pytest.mark.parametrize(("stated", "words"), CASES["环节"])
def test_a_step_is_printed_with_what_is_said_of_it(stated: dict[str, Any], words: str) -> None:
    assert stage_words(Stage.model_validate(stated)) == words


@pytest.mark.parametrize(("stated", "sentences"), CASES["成绩"])
def test_how_applicants_are_ordered_is_printed_a_sentence_a_matter(
    stated: dict[str, Any], sentences: list[str]
) -> None:
    assert scoring_words(announcement(stated)) == sentences


@pytest.mark.parametrize(("stated", "sentences"), CASES["约定"])
def test_reserve_refill_and_contract_are_printed(stated: dict[str, Any], sentences: list[str]) -> None:
    assert terms_words(announcement(stated)) == sentences


@pytest.mark.parametrize(("stated", "sentence"), CASES["年龄计算"])
def test_how_ages_are_reckoned_is_printed(stated: dict[str, Any], sentence: str) -> None:
    assert cutoff_words(announcement(stated)) == sentence


@pytest.mark.parametrize(("stated", "matters"), CASES["另印"])
def test_what_else_applicants_need_is_printed(stated: dict[str, Any], matters: dict[str, str]) -> None:
    assert dict(printed_words(announcement(stated))) == matters


@pytest.mark.parametrize(("post", "matters"), CASES["岗位"])
def test_what_a_post_asks_is_printed_with_the_provision(post: dict[str, Any], matters: dict[str, str]) -> None:
    (offer,) = offered(announcement({}, post), TODAY)
    assert {label: f"{words} {provision}" for label, words, provision in post_words(offer)} == matters
    assert offer.category == {"civil": "文职"}.get(post.get("category", "field"), "勤务")


def test_the_birth_dates_that_a_cutoff_lets_in_are_printed_with_the_ages() -> None:
    def ages(**stated: Any) -> str:
        (offer,) = offered(announcement({"cutoff": "2026-01-22", **stated}), TODAY)
        return post_words(offer)[0][1]

    exact = "18至35周岁，即1990-01-23至2008-01-22出生（含当日）"
    assert ages() == ages(age_reading="completed_years") == exact
    assert ages(age_reading="birthday_inclusive") == "18至35周岁，即1991-01-22至2008-01-22出生（含当日）"
    assert ages(cutoff="registration_day") == "18至35周岁"


@pytest.mark.parametrize("on", [date(year, 2, 27) + timedelta(n) for year in (2024, 2026) for n in range(5)])
@pytest.mark.parametrize("age", [18, 35, 36])
def test_the_latest_birth_date_is_the_last_one_that_has_reached_the_age(age: int, on: date) -> None:
    """Around the end of February, in leap years and others; and at the ends of other months."""
    for day in (on, date(on.year, 12, 31), date(on.year, 4, 30), date(on.year, 1, 29)):
        latest = latest_birth(age, day)
        assert has_reached(latest, age, day)
        assert not has_reached(latest + timedelta(1), age, day)
        assert earliest_birth(age, day, "completed_years") == latest_birth(age + 1, day) + timedelta(1)


def test_the_law_of_the_announcements_day_gives_what_it_does_not_state() -> None:
    (offer,) = offered(announcement({}), TODAY)
    assert (offer.youngest, offer.oldest, offer.births) == (18, 35, None)


def test_the_nine_grounds_are_printed_with_their_numbers() -> None:
    words = grounds_words()
    assert [each[:3] for each in words] == [f"（{each}）" for each in "一二三四五六七八九"]
    assert all(len(each) > 5 and each[-1] not in "；。" for each in words)


def test_figures_have_no_needless_zeros_and_unknown_groups_are_printed_as_they_are() -> None:
    assert [number(each) for each in (100, 0, 60)] == ["100", "0", "60"]
    assert people(["veteran", "本地户籍"]) == "退役士兵、本地户籍"
