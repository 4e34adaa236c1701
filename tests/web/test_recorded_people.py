"""People who moved in by a roster are found by what it says of unit, post and contract, until it is done here."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import html

from fujing.compliance.oversight.gaps import without_contract_on
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.todos import waiting
from fujing.management.contracts.todos import CONTRACTS
from fujing.registry.models import Assignment, Contract, Engagement, Post, territory_of
from fujing.registry.roster import ENDING
from tests import factories
from tests.clients import client_with
from tests.factories import SANTAI
from tests.markup import flat
from tests.registry.moving_in import Row, moved_in, roster_of, row

pytestmark = pytest.mark.django_db
OFFICER = factories.territorial(SANTAI)
ROSTER = "/desk/people/"


def ending(place: int, days: int, **changes: str | None) -> Row:
    """Somebody whose contract ends in so many days, on the post 巡逻 unless it is said otherwise."""
    last = today() + timedelta(days=days)
    return row(place, 合同终止=last.isoformat(), 岗位="巡逻") | changes


@pytest.fixture
def officer(tmp_path: Path) -> Client:
    """Six people of a roster: two in a station that is registered, by both its names; the rest in words."""
    factories.quota(SANTAI, 20)
    with acting(factories.PROVINCIAL):
        unit = factories.unit(SANTAI, 2, "西平派出所")
        factories.post(unit.code, "巡逻")
    rows = [
        ending(1, 5, 用人单位=unit.name),
        ending(2, 20, 用人单位=unit.short_name),
        ending(3, 45, 用人单位="刑侦三中队"),
        ending(4, 300, 用人单位="刑侦三中队", 岗位="内勤"),
        ending(5, -1, 用人单位=None, 岗位=None),
        row(6, 合同类型="未签", 合同起始=None, 合同终止=None, 用人单位="刑侦三中队"),
    ]
    moved_in(OFFICER, roster_of(tmp_path, rows))
    return client_with(SANTAI, "hr_officer")


def names(client: Client, query: str) -> list[str]:
    """Who is on the page; the page and its number agree."""
    page = client.get(f"{ROSTER}{query}").content.decode()
    found = [link.text for link in html.fromstring(page).xpath("//tbody//a[@data-row]")]
    assert f"符合条件 {len(found)} 人" in page
    return sorted(found)


def station() -> int:
    with acting(factories.PROVINCIAL):
        return factories.unit(SANTAI, 2, "西平派出所").code


def test_they_are_found_by_unit_post_and_the_end_of_their_contract(officer: Client) -> None:
    assert names(officer, f"?unit={station()}") == ["张1", "张2"]
    assert names(officer, "?unit=刑侦三中队") == ["张3", "张4", "张6"]
    assert names(officer, "?post=内勤") == ["张4"]
    assert names(officer, "?unit=刑侦三中队&post=内勤") == ["张4"]
    assert names(officer, "?unit=没有这个单位") == []
    assert names(officer, "?due=soon") == ["张1", "张2", "张3"]
    assert [names(officer, f"?due={band}") for band in ENDING] == [["张1"], ["张2"], ["张3"]]
    assert names(officer, "?due=none") == ["张6"]


def test_the_list_says_what_only_the_roster_says_and_offers_its_units(officer: Client) -> None:
    page = flat(officer.get(ROSTER))
    assert "单位、岗位、合同" in page
    assert "刑侦三中队（花名册记载）" in page
    # A unit that is registered is offered once, by its own name.
    assert page.count(">西平派出所</option>") == 1
    assert "西平派出所（花名册记载）" not in page


def test_what_waits_counts_what_the_list_shows(officer: Client) -> None:
    with acting(OFFICER, read_only=True):
        found = {each.kind: each for each in waiting(OFFICER, CONTRACTS)}
    assert {band: found[f"contract_{band}"].count for band in (*ENDING, "lapsed")} == dict.fromkeys(
        (*ENDING, "lapsed"), 1
    )
    assert found["contract_ends7"].due == today() + timedelta(days=5)
    assert "合同" in flat(officer.get("/desk/"))


@pytest.mark.parametrize("sort", ["ends", "-ends", "unit", "-unit"])
def test_every_order_holds_them_once(officer: Client, sort: str) -> None:
    page = html.fromstring(officer.get(f"{ROSTER}?sort={sort}").content.decode())
    found = [link.text for link in page.xpath("//tbody//a[@data-row]")]
    assert sorted(found) == [f"张{place}" for place in range(1, 7)]
    if sort == "ends":
        assert found == ["张5", "张1", "张2", "张3", "张4", "张6"]


def test_the_desk_of_supervision_counts_a_recorded_contract_that_runs(officer: Client) -> None:
    with acting(OFFICER, read_only=True):
        lacking = without_contract_on(*territory_of(SANTAI), today())
        assert sorted(lacking.values_list("person__name", flat=True)) == ["张5", "张6"]


def test_what_was_done_here_stands_for_what_the_roster_says(officer: Client) -> None:
    with acting(factories.PROVINCIAL):
        engagement = Engagement.objects.get(person__name="张3")
        post = Post.objects.get(name="巡逻")
        place = Assignment(
            organ_code=SANTAI, engagement=engagement, unit=post.unit, post=post, span=DateRange(today(), None)
        )
        place.clean()
        place.save()
        until = date(today().year + 3, 1, 1)
        Contract.objects.create(
            organ_code=SANTAI,
            engagement=engagement,
            person_id=engagement.person_id,
            number="三台-1",
            kind="fixed",
            sequence=1,
            signed_on=engagement.span.lower,
            signer="三台县公安局",
            span=DateRange(engagement.span.lower, until),
            term_months=36,
        )
    assert names(officer, "?unit=刑侦三中队") == ["张4", "张6"]
    assert names(officer, f"?unit={station()}") == ["张1", "张2", "张3"]
    assert names(officer, "?due=soon") == ["张1", "张2"]


def test_a_units_leader_sees_whom_somebody_placed_there(officer: Client) -> None:
    with acting(factories.PROVINCIAL):
        leader = client_with(station(), "unit_leader")
    page = html.fromstring(leader.get(ROSTER).content.decode())
    assert page.xpath("//tbody//a[@data-row]") == []


def test_a_page_asks_no_oftener_for_them(officer: Client) -> None:
    def cost(query: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            officer.get(f"{ROSTER}{query}")
        return len(asked)

    assert cost("?unit=刑侦三中队&due=soon") == cost("?category=civil&due=soon")
    assert re.search(r"刑侦三中队", flat(officer.get(f"{ROSTER}?unit=刑侦三中队")))
