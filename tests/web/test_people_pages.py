"""The roster, the search and the dossier: how many queries they cost, whoever is on them."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.registry.models import Contract, Engagement
from tests import factories
from tests.clients import client_with
from tests.factories import MIANYANG, SANTAI, YANTING
from tests.recruitment.applications import made

MOST_COURSE = 15  # everything that happened, from changes and decisions of every row
MOST = 12  # with the session, the beginning and the end of the transaction


@pytest.fixture
def people(db: None) -> list[Engagement]:
    """Eight people of a county in service; the first served twice before."""
    factories.quota(SANTAI, 20)
    with acting(factories.PROVINCIAL):
        made = [factories.engagement(factories.person(SANTAI, f"王建{sign}")) for sign in "华国军民强伟平安"]
        for year in (2017, 2019):
            Engagement.objects.create(
                organ_code=SANTAI,
                person=made[0].person,
                identity_key=made[0].identity_key,
                category="field",
                source="before_measures",
                span=DateRange(date(year, 1, 1), date(year, 9, 1)),
                exit_kind="resigned",
            )
        return made


@pytest.mark.parametrize(
    "path",
    [
        "people/",
        "people/?q=王建",
        "people/?sort=-since&category=field",
        "search/?q=王建",
        "search/?q=wangjian",
        "search/?q=wj",
        *(f"people/{{person}}/?tab={tab}" for tab in ("overview", "recruitment", "contracts", "places", "course")),
    ],
)
def test_a_page_of_people_costs_few_queries_however_many_they_are(people: list[Engagement], path: str) -> None:
    client = client_with(SANTAI, "hr_officer")
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/desk/{path.format(person=people[0].person_id)}")
    assert answer.status_code == 200
    assert "王建华" in answer.content.decode()
    # Inside the test's own transaction a rollback takes two statements instead of one.
    asked = [query["sql"] for query in queries if not query["sql"].startswith("RELEASE")]
    assert len(asked) <= (MOST_COURSE if path.endswith("course") else MOST), "\n".join(asked)


def test_one_box_finds_people_announcements_and_provisions(people: list[Engagement]) -> None:
    made.campaign(SANTAI)
    client = client_with(SANTAI, "hr_officer")
    assert "王建军" in client.get("/desk/search/?q=wangjianjun").content.decode()
    assert "/desk/campaigns/" in client.get("/desk/search/?q=招聘").content.decode().split("<main")[1]
    for asked in ("18.3", "第十八条第（三）项", "年满18周岁"):
        assert 'href="/law/18.3"' in client.get("/desk/search/", {"q": asked}).content.decode()
    assert "没有找到相符的" in client.get("/desk/search/?q=查无此人").content.decode()


def test_another_countys_search_finds_neither_people_nor_announcements(people: list[Engagement]) -> None:
    made.campaign(SANTAI)
    main = client_with(YANTING, "hr_officer").get("/desk/search/?q=王建").content.decode().split("<main")[1]
    assert "王建华" not in main
    main = client_with(YANTING, "hr_officer").get("/desk/search/?q=招聘").content.decode().split("<main")[1]
    assert "/desk/campaigns/" not in main


def test_a_contract_that_was_renewed_is_not_about_to_end(people: list[Engagement]) -> None:
    ending, renewed = people[0], people[1]
    with acting(factories.PROVINCIAL):
        for engagement in (ending, renewed):
            contract(engagement, 1, today() - timedelta(days=700), today() + timedelta(days=30))
        contract(renewed, 2, today() + timedelta(days=30), today() + timedelta(days=1000))
    main = client_with(SANTAI, "hr_officer").get("/desk/people/?due=soon").content.decode().split("<main")[1]
    assert ending.person.name in main
    assert renewed.person.name not in main


def test_the_city_narrows_its_roster_to_one_bureau_and_keeps_the_other_filters(people: list[Engagement]) -> None:
    factories.quota(YANTING, 5)
    with acting(factories.PROVINCIAL):
        factories.engagement(factories.person(YANTING, "李盐亭"))
    client = client_with(MIANYANG, "hr_officer")
    everyone = client.get("/desk/people/").content.decode()
    assert "李盐亭" in everyone
    assert "王建华" in everyone
    one = client.get(f"/desk/people/?organ={YANTING}&category=field").content.decode()
    assert "李盐亭" in one
    assert "王建华" not in one
    assert f"organ={YANTING}&amp;category=civil" in one
    assert f'<option value="{YANTING}" selected>' in one
    assert re.search(r'<td [^>]*data-label="机关">盐亭县公安局</td>', one)
    assert 'data-label="机关"' not in client_with(SANTAI, "hr_officer").get("/desk/people/").content.decode()
    assert client.get("/desk/people/?after=x&organ=abc").status_code == 200


def contract(engagement: Engagement, sequence: int, starts: date, ends: date) -> None:
    signed = Contract(
        organ_code=engagement.organ_code,
        engagement=engagement,
        number=f"{engagement.pk}-{sequence}",
        kind="fixed",
        sequence=sequence,
        signed_on=starts,
        signer="三台县公安局",
        term_months=24,
        span=DateRange(starts, ends),
    )
    signed.clean()
    signed.save()
