"""A post's conditions as facts, what they ask of an applicant, and the limits that somebody's marks give there."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from fujing.kernel.digests import sm3
from fujing.law.formats.announcement import Announcement
from fujing.law.formats.posts import Position
from fujing.law.rulebooks.applicant import ALLOWED_EVERYONE
from fujing.law.screening.posts import PostFacts, post_facts, posts_frame
from fujing.law.screening.screen import digest_of_inputs, law_of, several_rows

GROUPS = ("veteran", "martyr_kin", "bravery", "police_school", "skill", "scarce_skill")


def post(**more: Any) -> Position:
    return Position.model_validate({"code": "01", "name": "执勤", "category": "field", "headcount": 1, **more})


def asking(**conditions: Any) -> PostFacts:
    return post_facts(post(conditions=conditions))


def test_a_post_that_asks_nothing_lets_everybody_through() -> None:
    zero = Decimal(0)
    assert post_facts(post()) == PostFacts(
        position="01",
        post_category="field",
        post_sex="any",
        post_scarce=False,
        post_age_min=0,
        post_age_max=ALLOWED_EVERYONE,
        post_age_scarce=0,
        post_age_relaxed=dict.fromkeys(GROUPS, ALLOWED_EVERYONE),
        post_education=0,
        post_education_relaxed=dict.fromkeys(GROUPS, 0),
        post_height_male=zero,
        post_height_female=zero,
        post_vision=zero,
        post_corrected_vision=zero,
        post_bmi_min=zero,
        post_bmi_max=zero,
        post_pool="",
        pool=(),
        post_window_from=None,
        post_window_to=None,
        post_households="",
        post_certificates="",
        post_majors="",
    )


def test_each_condition_has_its_fact() -> None:
    facts = post_facts(
        post(
            sex="female",
            scarce={"reason": "急需"},
            pool={"when": ["veteran", "bravery"]},
            conditions={
                "age": {
                    "min": 20,
                    "max": 30,
                    "relax": [
                        {"max": 33, "when": ["veteran", "scarce_skill"]},
                        {"max": 32, "when": ["veteran"]},
                        {"max": 28, "when": ["skill"]},
                    ],
                    "window": {"from": "1990-01", "to": "2006-02"},
                },
                "education": {
                    "min": "junior_college",
                    "relax": [{"min": "high_school", "when": ["veteran"]}, {"min": "master", "when": ["skill"]}],
                },
                "height_cm": {"male": 170, "female": 160},
                "naked_vision": Decimal("4.8"),
                "corrected_vision": 5,
                "bmi": {"min": 18, "max": 25},
                "household": ["绵阳市", "德阳市"],
                "certificates": ["保安员证", "急救证"],
                "majors": ["法学", "侦查学"],
            },
        )
    )
    assert facts == PostFacts(
        position="01",
        post_category="field",
        post_sex="female",
        post_scarce=True,
        post_age_min=20,
        post_age_max=30,
        post_age_scarce=33,
        post_age_relaxed=dict.fromkeys(GROUPS, 30) | {"veteran": 33, "scarce_skill": 33},
        post_education=3,
        post_education_relaxed=dict.fromkeys(GROUPS, 3) | {"veteran": 2},
        post_height_male=Decimal(170),
        post_height_female=Decimal(160),
        post_vision=Decimal("4.8"),
        post_corrected_vision=Decimal(5),
        post_bmi_min=Decimal(18),
        post_bmi_max=Decimal(25),
        post_pool="退役士兵、见义勇为",
        pool=("veteran", "bravery"),
        post_window_from=date(1990, 1, 1),
        post_window_to=date(2006, 2, 28),
        post_households="绵阳市、德阳市",
        post_certificates="保安员证、急救证",
        post_majors="法学、侦查学",
    )
    assert facts.relaxing == {"veteran", "scarce_skill"}
    assert facts.said == {
        "post_age_relaxed": facts.post_age_relaxed,
        "post_education": 3,
        "post_education_relaxed": facts.post_education_relaxed,
        "post_households": "绵阳市、德阳市",
        "post_certificates": "保安员证、急救证",
        "post_majors": "法学、侦查学",
        "post_pool": "退役士兵、见义勇为",
        "pool": ("veteran", "bravery"),
    }
    row = posts_frame([facts]).row(0, named=True)
    assert (row["position"], row["post_age_max"], row["post_bmi_max"]) == ("01", 30, Decimal(25))
    assert not set(row) & (set(facts.said) - {"post_education"})


SCARCE = {"relax": [{"max": 40, "when": ["scarce_skill"]}, {"max": 45, "when": ["veteran"]}]}


@pytest.mark.parametrize(
    ("scarce", "age", "limit"),
    [
        ({"reason": "急需"}, {"max": 30, **SCARCE}, 40),
        ({"reason": "急需"}, {"max": 42, **SCARCE}, 42),
        ({"reason": "急需"}, SCARCE, 40),
        ({"reason": "急需"}, {"max": 30}, 30),
        ({"reason": "急需"}, None, 0),
        ({}, {"max": 30, **SCARCE}, 0),
        (None, {"max": 30, **SCARCE}, 0),
    ],
)
def test_the_age_of_a_scarce_post_is_the_highest_that_its_skilled_may_have(
    scarce: dict[str, str] | None, age: dict[str, Any] | None, limit: int
) -> None:
    facts = post_facts(post(scarce=scarce, conditions={"age": age}))
    assert (facts.post_age_scarce, facts.post_scarce) == (limit, scarce == {"reason": "急需"})


@pytest.mark.parametrize(
    ("conditions", "asked"),
    [
        ({}, set()),
        ({"height_cm": 170}, {"sex", "height_cm"}),
        ({"height_cm": {"male": 170}}, {"sex", "height_cm"}),
        ({"height_cm": {"female": 160}}, {"sex", "height_cm"}),
        ({"naked_vision": 5}, {"naked_vision"}),
        ({"corrected_vision": 5}, {"corrected_vision"}),
        ({"bmi": {"min": 18}}, {"height_cm", "weight_kg"}),
        ({"bmi": {"max": 25}}, {"height_cm", "weight_kg"}),
        ({"household": ["绵阳市"]}, {"household"}),
        ({"certificates": ["急救证"]}, {"certificates"}),
        ({"majors": ["法学"]}, {"major"}),
        ({"age": {"max": 30, "relax": [{"max": 33, "when": ["veteran"]}]}}, {"veteran"}),
        ({"education": {"min": "bachelor", "relax": [{"min": "high_school", "when": ["skill"]}]}}, {"skill"}),
        ({"age": {"max": 30, "relax": [{"max": 30, "when": ["veteran"]}]}}, set()),
    ],
)
def test_a_condition_asks_for_its_own_columns(conditions: dict[str, Any], asked: set[str]) -> None:
    assert asking(**conditions).asks == asked
    assert post_facts(post(conditions=conditions, sex="male")).asks == asked | {"sex"}
    assert post_facts(post(conditions=conditions, pool={"when": ["bravery"]})).asks == asked | {"bravery"}


RELAXED = asking(
    age={"max": 30, "relax": [{"max": 33, "when": ["veteran"]}, {"max": 35, "when": ["skill"]}]},
    education={"min": "bachelor", "relax": [{"min": "high_school", "when": ["veteran"]}]},
)


@pytest.mark.parametrize(
    ("veteran", "skill", "limits"),
    [
        (False, False, (30, 30, 4, 4)),
        (True, False, (33, 33, 2, 2)),
        (None, False, (30, 33, 4, 2)),
        (False, True, (35, 35, 4, 4)),
        (True, None, (33, 35, 2, 2)),
        (None, None, (30, 35, 4, 2)),
        (True, True, (35, 35, 2, 2)),
    ],
)
def test_marks_give_the_limits_that_surely_and_that_possibly_apply(
    veteran: bool | None, skill: bool | None, limits: tuple[int, ...]
) -> None:
    found = RELAXED.limits({"veteran": veteran, "skill": skill})
    assert found == dict(
        zip(("age_limit", "age_limit_possible", "education_floor", "education_floor_possible"), limits, strict=True)
    )


def announced(**more: Any) -> Announcement:
    organ = {"name": "三台县公安局", "level": "county"}
    return Announcement.model_validate({"title": "公告", "organ": organ, "positions": [post().model_dump()], **more})


@pytest.mark.parametrize(
    ("cutoff", "today", "day"),
    [
        (None, date(2026, 1, 22), date(2026, 1, 22)),
        ("2021-02-28", date(2026, 1, 22), date(2021, 2, 28)),
        ("2021-03-01", date(2026, 1, 22), date(2021, 3, 1)),
    ],
)
def test_the_law_is_that_of_the_announcements_day_also_before_the_measures(
    cutoff: str | None, today: date, day: date
) -> None:
    assert law_of(announced(cutoff=cutoff), today).day == day
    assert law_of(announced(cutoff=cutoff), today, {"recruitment.age.max": 38})["recruitment.age.max"] == 38


def test_a_number_on_several_rows_is_told_on_each_of_them_with_the_others() -> None:
    rows = pl.DataFrame(
        {
            "id": ["A1", "A2", "A3", "A4", "A5", "A6"],
            "position": ["01", "02", "01", "01", "03", "01"],
            "id_number": ["甲", "乙", None, "甲", "甲", None],
        }
    )
    found = several_rows(rows)
    assert {index: (each.subject, each.facts) for index, (each,) in found.items()} == {
        0: ("A1", {"others": ["A4", "A5"]}),
        3: ("A4", {"others": ["A1", "A5"]}),
        4: ("A5", {"others": ["A1", "A4"]}),
    }
    ((first,), *_) = found.values()
    assert (first.provision, first.rule, first.outcome) == ("5.p1", "recruitment.one_post", "advice")
    assert first.message == (
        "公民身份号码与报名序号A4（岗位01）、A5（岗位03）相同，一人只能聘用到一个岗位（第五条第一款）"
    )
    assert first.remedy == "核对是否同一人重复报名；报考几个岗位的，由本人写明志愿先后"
    assert several_rows(rows.drop("id_number")) == {}


@pytest.mark.parametrize("rows", [0, 1, 50_000, 50_001])
def test_the_digest_is_that_of_the_announcement_and_of_parts_of_fifty_thousand_rows(rows: int) -> None:
    announcement, people = announced(), pl.DataFrame({"id": range(rows)}, schema={"id": pl.Int64})
    parts = [range(start, min(start + 50_000, rows)) for start in range(0, rows, 50_000)]
    texts = ["".join(f"{line}\n" for line in ["id", *part]) for part in parts]
    whole = b"".join(sm3(text.encode()) for text in [announcement.model_dump_json(), *texts])
    assert digest_of_inputs(announcement, people) == sm3(whole).hex()
