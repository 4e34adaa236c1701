"""People whose first day no roster says: in no quota, and said so with their number wherever quota is shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import acting
from tests import factories
from tests.clients import client_with
from tests.factories import MIANYANG, SANTAI, YANTING
from tests.markup import flat
from tests.registry.moving_in import moved_in, roster_of, row

pytestmark = pytest.mark.django_db
OFFICER = factories.territorial(SANTAI)
PAGES = ("/desk/", "/desk/quota/", "/desk/oversight/")
LINK = re.compile(r'href="(/desk/people/undated/[^"]*)"[^>]*>([^<]*)')


@pytest.fixture
def officer(tmp_path: Path) -> Client:
    """Four people: three without a first day, one of them gone; one with."""
    factories.quota(SANTAI, 20)
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
    gone = row(2, 入职日期=None, 离职日期="2025-12-01")
    moved_in(OFFICER, roster_of(tmp_path, [row(1, 入职日期=None), gone, row(3), row(4, 入职日期=None)]))
    return client_with(SANTAI, "hr_officer")


def shown(client: Client, page: str) -> list[tuple[str, int]]:
    """Where a page leads for them, and the number that it says."""
    found = LINK.findall(flat(client.get(page)).replace("&amp;", "&"))
    return [(url, int(re.search(r"\d+", said)[0])) for url, said in found]


def names(client: Client, url: str) -> list[str]:
    page = html.fromstring(client.get(url).content.decode())
    return [link.text for link in page.xpath("//tbody//a[@data-row]")]


@pytest.mark.parametrize("page", PAGES)
def test_the_number_beside_quota_is_that_of_the_list_behind_it(officer: Client, page: str) -> None:
    ((url, count),) = shown(officer, page)
    assert (names(officer, url), count) == (["张1", "张4"], 2)
    assert "未计入" in flat(officer.get(page))
    with acting(OFFICER, read_only=True):
        assert quota_of(SANTAI).in_service == 1


def test_the_city_sees_it_beside_each_county(officer: Client) -> None:
    city = client_with(MIANYANG, "hr_officer")
    assert (f"/desk/people/undated/?organ={SANTAI}", 2) in shown(city, "/desk/quota/")
    assert "入职日期待核实 2，未计入" in flat(city.get("/desk/quota/"))
    assert names(city, f"/desk/people/undated/?organ={SANTAI}") == ["张1", "张4"]
    assert names(city, f"/desk/people/undated/?organ={MIANYANG}&own=1") == []


def test_whoever_gets_a_first_day_is_counted_and_nothing_is_said_any_more(officer: Client, tmp_path: Path) -> None:
    moved_in(OFFICER, roster_of(tmp_path, [row(1), row(4)]))
    assert [shown(officer, page) for page in PAGES] == [[], [], []]
    with acting(OFFICER, read_only=True):
        assert quota_of(SANTAI).in_service == 3


def test_another_bureau_neither_sees_nor_counts_them(officer: Client) -> None:
    stranger = client_with(YANTING, "hr_officer")
    assert [shown(stranger, page) for page in PAGES] == [[], [], []]
    assert stranger.get(f"/desk/people/undated/?organ={SANTAI}").status_code == 404
    assert client_with(SANTAI, "finance").get("/desk/people/undated/").status_code == 403
