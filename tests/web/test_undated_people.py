"""People whose first day no roster says: in no quota, and said so with their number wherever quota is shown."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from django.test import Client
from lxml import html

from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import acting
from fujing.recruitment.plans.services import Line, plan_draft, plan_submit
from tests import factories
from tests.clients import client_with
from tests.factories import MIANYANG, SANTAI, YANTING
from tests.markup import flat
from tests.registry.moving_in import moved_in, roster_of, row
from tests.web.test_establishment_pages import asked

pytestmark = pytest.mark.django_db
OFFICER = factories.territorial(SANTAI)
PAGES = ("/desk/", "/desk/quota/", "/desk/oversight/", "/desk/people/", "/desk/plans/new/")
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
    assert [shown(officer, page) for page in PAGES] == [[] for _ in PAGES]
    with acting(OFFICER, read_only=True):
        assert quota_of(SANTAI).in_service == 3


def test_another_bureau_neither_sees_nor_counts_them(officer: Client) -> None:
    stranger = client_with(YANTING, "hr_officer")
    assert [shown(stranger, page) for page in PAGES] == [[] for _ in PAGES]
    assert stranger.get(f"/desk/people/undated/?organ={SANTAI}").status_code == 404
    assert client_with(SANTAI, "finance").get("/desk/people/undated/").status_code == 403


FIGURE = re.compile(r"<dt>入职日期待核实</dt>\s*<dd>\s*(?:<a href=\"([^\"]*)\">)?(\d+)")
OWN = f"/desk/people/undated/?organ={SANTAI}&own=1"


def figure(client: Client, page: str) -> list[tuple[str, str]]:
    """The link and the number among the figures by which a request is judged."""
    found: list[tuple[str, str]] = FIGURE.findall(client.get(page).content.decode().replace("&amp;", "&"))
    return found


def test_whoever_decides_on_a_plan_reads_how_many_count_in_no_figure_of_it(officer: Client) -> None:
    with acting(factories.PROVINCIAL):
        for kind in ("establishment", "finance", "government"):
            factories.partner(SANTAI, kind)
    proposer = replace(OFFICER, account_id=10**6)
    with acting(proposer):
        made = plan_draft(actor=proposer, year=2026, reason="警力不足", lines=[Line("执勤", "field", 2, "巡逻")])
        page = f"/desk/plans/{plan_submit(actor=proposer, plan=made).pk}/"
    city = client_with(MIANYANG, "hr_head")
    assert figure(officer, page) == figure(city, page) == [(OWN, "2")]
    assert names(city, OWN) == ["张1", "张4"]
    paper = docx.Document(io.BytesIO(city.get(f"{page}paper/?kind=request&as=docx").content))
    assert "另有2人入职日期待核实，未计入在职和额度。" in "".join(each.text for each in paper.paragraphs)
    city.post(page, {"verb": "pass", "opinion": "同意"})
    assert figure(asked(SANTAI, "establishment"), page) == [("", "2")], "a partner reads the number, not the people"


def test_a_plan_of_a_bureau_that_knows_every_first_day_says_nothing_of_it(officer: Client, tmp_path: Path) -> None:
    moved_in(OFFICER, roster_of(tmp_path, [row(1), row(4)]))
    proposer = replace(OFFICER, account_id=10**6)
    with acting(proposer):
        made = plan_draft(actor=proposer, year=2026, reason="警力不足", lines=[Line("执勤", "field", 2, "巡逻")])
    assert figure(officer, f"/desk/plans/{made.pk}/") == []
    paper = docx.Document(io.BytesIO(officer.get(f"/desk/plans/{made.pk}/paper/?kind=request&as=docx").content))
    assert "待核实" not in "".join(each.text for each in paper.paragraphs)


def test_whoever_decides_on_money_reads_by_whom_it_is_not_divided(officer: Client) -> None:
    page = f"/desk/budget/{factories.issued_budget(SANTAI).pk}/"
    assert figure(officer, page) == [(OWN, "2")]
    assert figure(client_with(SANTAI, "finance"), page) == [("", "2")]
