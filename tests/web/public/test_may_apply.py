"""能不能报: the answer before sign-up, per post, and nothing of it is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from fujing.law.formats.announcement import Announcement
from fujing.law.screening import asked_columns
from fujing.law.screening.self_check import self_check
from fujing.web.public.may_apply import ALWAYS, MayApplyForm
from tests.markup import flat
from tests.recruitment.applications import made

TWO_POSTS = Announcement.model_validate(
    {
        "title": "三台县公安局公开招聘警务辅助人员公告",
        "organ": {"code": 510722000000, "name": "三台县公安局", "kind": "public_security", "level": "county"},
        "cutoff": "2026-01-22",
        "age_reading": "completed_years",
        "positions": [
            {
                "code": "01",
                "name": "一线执勤",
                "category": "field",
                "headcount": 2,
                "sex": "male",
                "conditions": {
                    "age": {"min": 18, "max": 35},
                    "education": {"min": "high_school"},
                    "height_cm": {"male": 168},
                },
            },
            {
                "code": "02",
                "name": "窗口文员",
                "category": "civil",
                "headcount": 1,
                "conditions": {"age": {"min": 18, "max": 35}, "education": {"min": "junior_college"}},
            },
        ],
    }
)
PERSON = {"sex": "male", "birth_date": date(1998, 3, 15), "education": "high_school", "height_cm": 175.0}


def outcomes(**facts: object) -> list[str]:
    return [each.outcome for each in self_check(TWO_POSTS, PERSON | facts, today=date(2026, 1, 20))]


def test_each_post_has_its_own_answer() -> None:
    assert outcomes() == ["eligible", "ineligible"]
    assert outcomes(education="junior_college") == ["eligible", "eligible"]
    assert outcomes(education="junior_college", sex="female") == ["ineligible", "eligible"]


@pytest.mark.parametrize(("born", "first"), [(date(1990, 1, 23), "eligible"), (date(1990, 1, 22), "ineligible")])
def test_the_day_before_the_birthday_decides(born: date, first: str) -> None:
    assert outcomes(birth_date=born)[0] == first


def test_what_is_left_empty_is_open_and_never_a_yes() -> None:
    assert outcomes(height_cm=None)[0] == "undetermined"
    assert outcomes(sex=None)[0] == "undetermined"


@pytest.mark.django_db
def test_the_page_answers_without_sign_in_and_writes_nothing() -> None:
    campaign = made.campaign()
    url = reverse("public:may_apply", args=[campaign.pk])
    page = flat(Client().get(url))
    assert "不保存，不需要注册" in page
    with connection.execute_wrapper(_no_writes):
        young = flat(
            Client().post(
                url, {"birth_date": "1998-03-15", "education": "high_school", "household": "四川省绵阳市三台县"}
            )
        )
        old = flat(
            Client().post(
                url, {"birth_date": "1970-03-15", "education": "high_school", "household": "四川省绵阳市三台县"}
            )
        )
    assert ">不能报<" not in young
    assert ">不能报<" in old
    assert "这次的岗位都不能报" in old


def _no_writes(execute, sql: str, params: object, many: bool, context: object):  # type: ignore[no-untyped-def]
    assert not sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")), sql
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_a_wrong_date_is_said_at_its_field() -> None:
    url = reverse("public:may_apply", args=[made.campaign().pk])
    answer = Client().post(url, {"birth_date": "1998-02-30", "education": "high_school"})
    assert answer.status_code == 422
    assert "请填写有效日期" in answer.content.decode()


@pytest.mark.parametrize(
    ("conditions", "facts", "expected"),
    [
        ({"corrected_vision": 5}, {"corrected_vision": 5.0}, "eligible"),
        ({"corrected_vision": 5}, {"corrected_vision": 4.9}, "ineligible"),
        ({"corrected_vision": 5}, {"corrected_vision": None}, "undetermined"),
        ({"bmi": {"min": Decimal("18.5"), "max": 24}}, {"weight_kg": 70.0}, "eligible"),
        ({"bmi": {"min": Decimal("18.5"), "max": 24}}, {"weight_kg": 90.0}, "ineligible"),
        ({"bmi": {"min": Decimal("18.5"), "max": 24}}, {"weight_kg": None}, "undetermined"),
    ],
)
def test_weight_and_corrected_vision_count_where_a_post_asks_for_them(
    conditions: dict, facts: dict, expected: str
) -> None:
    asking = TWO_POSTS.model_dump(by_alias=True, exclude_none=True)
    asking["positions"][0]["conditions"] |= conditions
    announcement = Announcement.model_validate(asking)
    assert set(facts) <= set(MayApplyForm(asked=asked_columns(announcement) | ALWAYS).fields)
    assert not set(facts) & set(MayApplyForm(asked=asked_columns(TWO_POSTS) | ALWAYS).fields)
    form = MayApplyForm(
        {name: "" if value is None else str(value) for name, value in (PERSON | facts).items()},
        asked=asked_columns(announcement) | ALWAYS,
    )
    assert form.is_valid(), form.errors
    assert self_check(announcement, form.facts(), today=date(2026, 1, 20))[0].outcome == expected
