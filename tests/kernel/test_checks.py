"""A row's CHECKs asked in one statement say what they say one by one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import acting
from fujing.recruitment.applications.models import Application
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db


def test_every_check_that_fails_says_its_sentence_and_those_that_hold_cost_one_question() -> None:
    application, own = made.application(made.campaign(), "draft")
    with acting(own):
        with CaptureQueriesContext(connection) as queries:
            application.validate_constraints(exclude={"campaign", "id_number"})
        assert sum("_check" in each["sql"] for each in queries) == 1
        application.weight_kg, application.bonus_points = Decimal(500), Decimal(5)
        with pytest.raises(ValidationError) as refused:
            application.validate_constraints(exclude={"campaign", "id_number"})
    said = " ".join(refused.value.messages)
    assert "体重应在20至300公斤之间" in said
    assert "核定的加分应在0至100分之间" in said
    assert len(refused.value.messages) == 2


def test_a_check_about_a_field_that_is_excluded_is_left_to_the_database() -> None:
    application = Application(weight_kg=Decimal(500))
    application.validate_constraints(exclude={"weight_kg", "campaign", "id_number"})


def test_whatever_an_actor_waits_for_it_waits_no_longer_than_the_timeout() -> None:
    _, own = made.application(made.campaign(), "draft")
    with acting(own), connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("5s",)
