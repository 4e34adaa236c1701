"""The roster, the search and the dossier: how many queries they cost, whoever is on them."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange

from fujing.kernel.actor import acting
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI

MOST = 12  # with the session, the beginning and the end of the transaction


@pytest.fixture
def people(db: None) -> list[Engagement]:
    """Eight people of a county in service; the first served twice before."""
    factories.quota(SANTAI, 20)
    with acting(factories.PROVINCIAL):
        made = [factories.engagement(factories.person(SANTAI, f"王建{sign}")) for sign in "华国军民强伟平安"]
        for year in (2017, 2019):
            Engagement.objects.create(
                organ_code=SANTAI, person=made[0].person, identity_key=made[0].identity_key, category="field",
                source="before_measures", span=DateRange(date(year, 1, 1), date(year, 9, 1)), exit_kind="resigned",
            )  # fmt: skip
        return made


@pytest.mark.parametrize("path", ["", "?q=王建", "?q=wangjian", "?q=wj", "{person}/"])
def test_a_page_of_people_costs_few_queries_however_many_they_are(
    people: list[Engagement], path: str
) -> None:
    client = Client()
    with acting(factories.PROVINCIAL):
        account = factories.account(SANTAI, "hr_officer")
        client.force_login(account, backend="fujing.registry.authentication.AccountBackend")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/desk/people/{path.format(person=people[0].person_id)}")
    assert answer.status_code == 200
    assert "王建华" in answer.content.decode()
    # Inside the test's own transaction a rollback takes two statements instead of one.
    asked = [query["sql"] for query in queries if not query["sql"].startswith("RELEASE")]
    assert len(asked) <= MOST, "\n".join(asked)
