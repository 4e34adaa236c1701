"""The to-do about people without 责任民警 leads to the page where they are picked and given one, singly and together."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.registry.models import Account, Assignment, Engagement
from tests import factories
from tests.clients import client_with
from tests.factories import SANTAI, YANTING

PAGE = "/desk/people/responsible/"
FIRST = date(2021, 3, 1)


@pytest.fixture
def county(db: None) -> dict[str, object]:
    """Three without officer, the last of them without a unit too; one with; an officer and posts."""
    factories.quota(SANTAI, 9)
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        unit = factories.unit(SANTAI)
        post = factories.post(unit.code)
        desk = factories.post(unit.code, "内勤", "civil")
        officer = factories.account(SANTAI, "police_officer", name="周警官")
        people = [factories.engagement(factories.person(SANTAI, name)) for name in ("甲一", "乙二", "丙三", "丁四")]
        for each, led in ((people[0], None), (people[1], None), (people[3], officer)):
            made = Assignment(
                organ_code=SANTAI, engagement=each, unit=unit, post=post, officer=led, span=DateRange(FIRST, None)
            )
            made.clean()
            made.save()
    return {"people": people, "officer": officer, "post": post, "desk": desk}


@pytest.fixture
def client(county: dict) -> Client:
    return client_with(SANTAI, "hr_officer")


def chosen(client: Client, query: str = "") -> list[int]:
    """Whom the page offers."""
    body = client.get(PAGE + query).content.decode()
    return [int(number) for number in re.findall(r'name="chosen" value="(\d+)"', body)]


def assign(client: Client, people: list[Engagement], officer: Account, **more: object):
    given = {"chosen": [each.pk for each in people], "officer": officer.pk, "starts": today().isoformat()}
    return client.post(PAGE, given | more)


def places(engagement: Engagement) -> list[Assignment]:
    with acting(factories.PROVINCIAL):
        return list(engagement.assignments.order_by("span").select_related("officer", "post"))


def waiting(client: Client) -> int:
    """The number in the to-do."""
    home = client.get("/desk/").content.decode()
    line = re.search(
        r'<span class="count">(\d+)</span>\s*<span class="grow"\s*><a data-row href="([^"]*officer)"', home
    )
    if line is None:
        return 0
    assert line[2] == f"{PAGE}?without=officer"
    return int(line[1])


def test_the_number_in_the_to_do_is_the_length_of_the_list(county: dict, client: Client) -> None:
    people = county["people"]
    assert waiting(client) == len(chosen(client)) == 3
    assert chosen(client, "?without=unit") == [people[2].pk]
    assert assign(client, people[:1], county["officer"]).status_code == 302
    assert waiting(client) == len(chosen(client)) == 2
    assert "没有责任民警，共 2 人" in client.get(PAGE).content.decode()


def test_several_get_an_officer_and_the_fact_is_dated(county: dict, client: Client) -> None:
    people = county["people"]
    answer = assign(client, people[:2], county["officer"])
    assert answer.status_code == 302
    for each in people[:2]:
        before, now = places(each)
        assert (before.officer, before.span.lower, before.span.upper) == (None, FIRST, today())
        assert (now.officer, now.span.lower, now.span.upper) == (county["officer"], today(), None)
        assert (now.unit_id, now.post_id) == (before.unit_id, before.post_id)


def test_whoever_has_no_unit_is_given_unit_and_officer_together(county: dict, client: Client) -> None:
    person = county["people"][2]
    refused = assign(client, [person], county["officer"])
    assert refused.status_code == 422
    assert "丙三还没有用人单位" in refused.content.decode()
    assert f'value="{person.pk}" aria-label="选择 丙三" checked' in refused.content.decode()
    wrong = assign(client, [person], county["officer"], post=county["desk"].pk)
    assert "丙三是勤务人员，不能安排到文职岗位" in wrong.content.decode()
    assert assign(client, [person], county["officer"], post=county["post"].pk).status_code == 302
    (now,) = places(person)
    assert (now.officer, now.post) == (county["officer"], county["post"])


def test_one_fault_and_nobody_is_written(county: dict, client: Client) -> None:
    people = county["people"]
    answer = assign(client, [people[0], people[2]], county["officer"])
    assert "丙三还没有用人单位" in answer.content.decode()
    assert [each.officer for each in places(people[0])] == [None]


@pytest.mark.parametrize(
    ("starts", "said"), [(FIRST - timedelta(days=1), "起始日不能更早"), (today() + timedelta(days=1), "不能晚于今天")]
)
def test_a_day_that_cannot_be_is_refused(county: dict, client: Client, starts: date, said: str) -> None:
    answer = assign(client, county["people"][:1], county["officer"], starts=starts.isoformat())
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert len(places(county["people"][0])) == 1


def test_on_the_first_day_of_the_place_it_is_the_same_fact(county: dict, client: Client) -> None:
    assert assign(client, county["people"][:1], county["officer"], starts=FIRST.isoformat()).status_code == 302
    (now,) = places(county["people"][0])
    assert (now.officer, now.span.lower) == (county["officer"], FIRST)


def test_only_officers_of_the_bureau_can_be_chosen_and_only_its_people(county: dict, client: Client) -> None:
    with acting(factories.PROVINCIAL):
        clerk = factories.account(SANTAI, "hr_officer")
        neighbour = factories.account(YANTING, "police_officer")
    for other in (clerk, neighbour):
        assert assign(client, county["people"][:1], other).status_code == 422
    foreign = client_with(YANTING, "hr_officer")
    assert assign(foreign, county["people"][:1], neighbour).status_code == 422
    superior = client_with(factories.MIANYANG, "hr_officer")
    assert assign(superior, county["people"][:1], county["officer"]).status_code in {403, 422}
    assert len(places(county["people"][0])) == 1


def test_nobody_chosen_is_told(county: dict, client: Client) -> None:
    assert "请选择人员" in assign(client, [], county["officer"]).content.decode()


def test_the_dossier_leads_to_the_page_for_one_and_an_officer_may_be_replaced(county: dict, client: Client) -> None:
    person = county["people"][3]
    assert f"{PAGE}?person={person.person_id}" in client.get(f"/desk/people/{person.person_id}/").content.decode()
    assert chosen(client, f"?person={person.person_id}") == [person.pk]
    with acting(factories.PROVINCIAL):
        second = factories.account(SANTAI, "police_officer", name="吴警官")
    given = {"chosen": [person.pk], "officer": second.pk, "starts": today().isoformat()}
    assert client.post(f"{PAGE}?person={person.person_id}", given).url == f"/desk/people/{person.person_id}/"
    assert [each.officer for each in places(person)] == [county["officer"], second]
    assert client_with(SANTAI, "unit_leader").get(PAGE).status_code == 403
