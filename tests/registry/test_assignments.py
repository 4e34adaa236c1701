"""Article 5.p1 in the database: one organ, one unit, one officer at a time, and none outside of service."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal, speaking
from fujing.registry.models import Assignment, Engagement
from tests import factories
from tests.factories import SANTAI

pytestmark = pytest.mark.django_db
FIRST, LEFT = date(2022, 3, 1), date(2024, 3, 1)


@pytest.fixture
def engagement(db: None) -> Engagement:
    """Somebody who served from FIRST until the day before LEFT."""
    factories.quota(SANTAI, 1)
    with acting(factories.PROVINCIAL):
        made = factories.engagement(factories.person(SANTAI))
        factories.run_out(made, LEFT, since=FIRST)
        factories.post(factories.unit(SANTAI).code)
    return made


def assign(engagement: Engagement, starts: date, ends: date | None) -> Assignment:
    post = factories.Post.objects.get()
    return Assignment.objects.create(
        organ_code=SANTAI,
        engagement=engagement,
        person_id=engagement.person_id,
        unit=post.unit,
        post=post,
        span=DateRange(starts, ends),
    )


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(FIRST - timedelta(days=1), LEFT), (FIRST, LEFT + timedelta(days=1)), (FIRST, None), (LEFT, None)],
)
def test_an_assignment_outside_of_service_is_refused(engagement: Engagement, starts: date, ends: date | None) -> None:
    with (
        acting(factories.PROVINCIAL),
        pytest.raises(Refusal, match="在职期间之内") as refused,
        speaking(),
        transaction.atomic(),
    ):
        assign(engagement, starts, ends)
    assert refused.value.provisions == ("5.p1",)
    with acting(factories.PROVINCIAL):
        assert assign(engagement, FIRST, LEFT).pk


def test_service_does_not_end_before_its_assignment(engagement: Engagement) -> None:
    with acting(factories.PROVINCIAL):
        assign(engagement, FIRST, LEFT)
        with pytest.raises(Refusal, match="先结束岗位安排"), speaking(), transaction.atomic():
            Engagement.objects.filter(pk=engagement.pk).update(span=DateRange(FIRST, LEFT - timedelta(days=1)))


def test_two_units_on_one_day_are_refused_and_on_the_next_are_not(engagement: Engagement) -> None:
    middle = date(2023, 1, 1)
    with acting(factories.PROVINCIAL):
        assign(engagement, FIRST, middle)
        with pytest.raises(Refusal, match="只能有一个用人单位和岗位"), speaking(), transaction.atomic():
            assign(engagement, middle - timedelta(days=1), LEFT)
        assign(engagement, middle, LEFT)
