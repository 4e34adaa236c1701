"""The roster: narrowed, sorted, paged, kept as a view; a unit's leader sees the unit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from lxml import html
from psycopg.types.range import DateRange

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.registry.models import Account, Assignment, Engagement, Person, SavedView
from fujing.registry.roster import Narrowing, roster_page
from tests import factories
from tests.clients import client_with
from tests.factories import MIANYANG, SANTAI, YANTING
from tests.web.test_people_pages import contract

NAMES = ("安一", "白二", "陈三", "丁四", "方五", "高六", "何七")
BORN = [date(1990 + number % 4, 1, 1 + number) for number in range(len(NAMES))]


@pytest.fixture
def people(db: None) -> list[Engagement]:
    """Seven people of a county: three in the first unit under an officer, two in the second, two nowhere."""
    factories.quota(SANTAI, 20)
    with acting(factories.PROVINCIAL):
        made = []
        first = factories.post(factories.unit(SANTAI, 1).code, "一线执勤")
        second = factories.post(factories.unit(SANTAI, 2, "西平派出所").code, "窗口巡防")
        officer = factories.account(SANTAI, "police_officer", name="何民警")
        for number, name in enumerate(NAMES):
            person = factories.person(SANTAI, name)
            Person.objects.filter(pk=person.pk).update(
                birth_date=BORN[number], education="doctor" if number == 6 else "bachelor"
            )
            engagement = factories.engagement(Person.objects.get(pk=person.pk))
            made.append(engagement)
            if number < 5:
                post = first if number < 3 else second
                place = Assignment(
                    organ_code=SANTAI,
                    engagement=engagement,
                    unit=post.unit,
                    post=post,
                    officer=officer if number < 3 else None,
                    span=DateRange(engagement.span.lower, None),
                )
                place.clean()
                place.save()
        return made


def names(client: Client, query: str = "") -> list[str]:
    """Who is on the page, in the order of the page."""
    page = html.fromstring(client.get(f"/desk/people/{query}").content.decode())
    return [link.text for link in page.xpath("//tbody//a[@data-row]")]


def test_every_filter_narrows_to_those_who_fit(people: list[Engagement]) -> None:
    client = client_with(SANTAI, "hr_officer")
    with acting(factories.PROVINCIAL):
        officer = Account.objects.get(name="何民警").pk
        unit = Assignment.objects.order_by("pk").first()
        assert unit is not None
    assert names(client, f"?unit={unit.unit_id}") == ["安一", "白二", "陈三"]
    assert names(client, f"?officer={officer}") == ["安一", "白二", "陈三"]
    assert names(client, "?post=窗口巡防") == ["丁四", "方五"]
    assert names(client, "?education=doctor") == ["何七"]
    assert names(client, f"?unit={unit.unit_id}&post=窗口巡防") == []
    main = client.get(f"/desk/people/?unit={unit.unit_id}").content.decode()
    assert "符合条件 3 人" in main
    assert f'<option value="{officer}">何民警</option>' in main


@pytest.mark.parametrize("key", ["name", "age", "since", "unit", "ends"])
@pytest.mark.parametrize("sign", ["", "-"])
def test_pages_of_every_order_hold_everybody_once(people: list[Engagement], key: str, sign: str) -> None:
    with acting(factories.PROVINCIAL):
        contract(people[2], 1, today(), today() + timedelta(days=90))
        contract(people[5], 1, today(), today() + timedelta(days=30))
    with acting(factories.territorial(SANTAI)) as actor:
        whole, _ = roster_page(actor, Narrowing(), sort=f"{sign}{key}", limit=100)
        found: list[int] = []
        after = ""
        while True:
            page, after = roster_page(actor, Narrowing(), sort=f"{sign}{key}", after=after, limit=2)
            found += [row.pk for row in page]
            if not after:
                break
    assert found == [row.pk for row in whole]
    assert sorted(found) == sorted(each.pk for each in people)


def test_orders_are_those_of_the_words(people: list[Engagement]) -> None:
    client = client_with(SANTAI, "hr_officer")
    assert names(client, "?sort=name") == list(NAMES)
    assert names(client, "?sort=-name") == list(reversed(NAMES))
    by_age = [name for _, name in sorted(zip(BORN, NAMES, strict=True), reverse=True)]
    assert names(client, "?sort=age") == by_age
    assert names(client, "?sort=unit")[:5] == ["安一", "白二", "陈三", "丁四", "方五"]
    with acting(factories.PROVINCIAL):
        contract(people[3], 1, today(), today() + timedelta(days=30))
    assert names(client, "?sort=ends")[0] == "丁四"
    # A key that is none is the first page, not an error.
    assert names(client, "?sort=since&after=x|y") == names(client, "?sort=since")


def test_an_order_without_an_index_is_not_offered_over_several_bureaus(people: list[Engagement]) -> None:
    city = client_with(MIANYANG, "hr_officer")
    assert "sort=ends" not in city.get("/desk/people/").content.decode()
    assert "sort=ends" in city.get(f"/desk/people/?organ={SANTAI}").content.decode()


def test_the_chosen_columns_are_those_of_screen_and_address(people: list[Engagement]) -> None:
    page = html.fromstring(
        client_with(SANTAI, "hr_officer").get("/desk/people/?cols=name&cols=source&cols=birth_date").content.decode()
    )
    assert [" ".join(each.text_content().split()) for each in page.xpath("//thead//th")] == ["姓名", "出生日期", "来源"]


def test_own_organ_and_territory_are_two_numbers(people: list[Engagement]) -> None:
    assert "本级在职 7 人，辖区在职 7 人" in client_with(SANTAI, "hr_officer").get("/desk/people/").content.decode()
    assert "本级在职 0 人，辖区在职 7 人" in client_with(MIANYANG, "hr_officer").get("/desk/people/").content.decode()


def test_a_unit_leader_sees_the_people_of_the_unit_and_nobody_else(people: list[Engagement]) -> None:
    with acting(factories.PROVINCIAL):
        unit = Assignment.objects.order_by("pk").first()
        assert unit is not None
        factories.account(unit.unit_id, "unit_leader")
    client = leader(unit.unit_id)
    assert names(client) == ["安一", "白二", "陈三"]
    assert "本单位在岗 3 人" in client.get("/desk/people/").content.decode()
    assert names(client, "?q=丁四") == []
    assert "丁四" not in client.get("/desk/search/?q=丁四").content.decode().split("<main")[1].replace("“丁四”", "")
    assert client.get(f"/desk/people/{people[0].person_id}/").status_code == 200
    assert client.get(f"/desk/people/{people[3].person_id}/").status_code == 404
    assert names(client, f"?unit={unit.unit_id + 100}") == ["安一", "白二", "陈三"]


def leader(unit: int) -> Client:
    """A unit's leader at the desk."""
    client = Client()
    with acting(factories.PROVINCIAL):
        account = factories.account(unit, "unit_leader")
        client.force_login(account, backend="fujing.registry.authentication.AccountBackend")
    return client


def test_a_view_is_kept_for_oneself_only_and_replaced_under_its_name(people: list[Engagement]) -> None:
    own, other = client_with(SANTAI, "hr_officer"), client_with(SANTAI, "hr_officer")
    back = own.post("/desk/views/people/", {"name": "本单位勤务", "query": "category=field&sort=name"})
    assert back["Location"] == "/desk/people/?category=field&sort=name"
    assert 'href="?category=field&amp;sort=name">本单位勤务</a>' in own.get("/desk/people/").content.decode()
    assert "本单位勤务" not in other.get("/desk/people/").content.decode()
    own.post("/desk/views/people/", {"name": "本单位勤务", "query": "due=none"})
    page = own.get("/desk/people/").content.decode()
    assert page.count("本单位勤务</a>") == 1
    assert 'href="?due=none">本单位勤务</a>' in page
    (number,) = html.fromstring(page).xpath("//button[@name='view']/@value")
    other.post("/desk/views/people/forget/", {"view": number})
    assert "本单位勤务" in own.get("/desk/people/").content.decode()
    own.post("/desk/views/people/forget/", {"view": number})
    assert "本单位勤务</a>" not in own.get("/desk/people/").content.decode()
    with acting(factories.territorial(YANTING)):
        assert not SavedView.objects.exists()
    assert own.post("/desk/views/nothing/", {"name": "x"}).status_code == 404
    assert own.post("/desk/views/people/", {"name": ""}, follow=True).content.decode().count("请写明视图的名称") == 1
