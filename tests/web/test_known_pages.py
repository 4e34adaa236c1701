"""某日情况: what held of somebody on a day, as it was known on any day, and which decisions stand on other knowledge."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision, Reading
from fujing.management.contracts.services import contract_sign
from fujing.registry.models import Account, Engagement, Post
from fujing.registry.placing import officer_assign
from tests import factories, world
from tests.clients import client_of, client_with
from tests.factories import MIANYANG, SANTAI, YANTING
from tests.web.test_people_pages import contract

MOST = 15
FIRST, CHANGED = date(2022, 3, 1), date(2023, 6, 1)


@dataclass
class Desk:
    """Somebody with a contract and a decision about it, and whom and where they may be placed."""

    actor: Actor
    engagement: Engagement
    officers: list[Account]
    post: Post

    @property
    def client(self) -> Client:
        return client_of(self.actor)

    @property
    def decision(self) -> Decision:
        with acting(self.actor):
            return Decision.objects.get(person_id=self.engagement.person_id)

    def placed(self, officer: Account, starts: date) -> None:
        with acting(self.actor):
            people = [self.engagement.pk]
            officer_assign(actor=self.actor, engagements=people, officer=officer, starts=starts, post=self.post)

    def signed(self) -> None:
        with acting(self.actor):
            contract_sign(
                actor=self.actor,
                engagement=self.engagement,
                kind="fixed",
                term_months=36,
                probation_months=0,
                signed_on=FIRST,
                starts=FIRST,
                late_reason="补签",
            )

    def page(self, **query: object) -> str:
        answer = self.client.get(f"/desk/people/{self.engagement.person_id}/known/", query)
        assert answer.status_code == 200
        return html.unescape(answer.content.decode()).split("<main")[1]


@pytest.fixture
def desk(db: None) -> Desk:
    factories.quota(SANTAI, 9)
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        post = factories.post(factories.unit(SANTAI).code)
        officers = [factories.account(SANTAI, "police_officer", name=name) for name in ("周警官", "吴警官")]
        engagement = factories.engagement(factories.person(SANTAI, "王建华"))
        return Desk(factories.officer(SANTAI, "hr_officer"), engagement, officers, post)


def facts(page: str) -> dict[str, list[str]]:
    """The cells of the day's table behind each fact's word."""
    body = page.split("<tbody", 1)[1].split("</tbody", 1)[0]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in body.split("</tr>")]
    cells = [[re.sub(r"<[^>]+>|\s", "", cell) for cell in row] for row in rows if row]
    return {row[0]: row[1:] for row in cells}


def test_the_page_says_what_held_on_a_day(desk: Desk) -> None:
    desk.placed(desk.officers[0], FIRST)
    desk.placed(desk.officers[1], CHANGED)
    before, after = (facts(desk.page(day=day)) for day in (CHANGED - timedelta(1), CHANGED))
    assert before["责任民警"] == [f"周警官，{FIRST}起"]
    assert after["责任民警"] == [f"吴警官，{CHANGED}起"]
    assert before["单位和岗位"] == after["单位和岗位"]  # served there without a break, whoever led
    assert f"{FIRST}起" in after["单位和岗位"][0]
    assert before["劳动合同"] == ["没有记载"]
    assert facts(desk.page(day=FIRST - timedelta(1)))["单位和岗位"] == ["没有记载"]


def test_what_was_not_known_on_an_earlier_day_stands_beside_what_is_known_now(desk: Desk) -> None:
    desk.placed(desk.officers[0], FIRST)
    page = desk.page(day=CHANGED, known=today() - timedelta(1))
    assert facts(page)["责任民警"] == ["没有记载", f"周警官，{FIRST}起", "后来有变"]
    assert facts(page)["工作证"] == ["没有记载", "没有记载", ""]


def test_a_decision_is_shown_with_what_was_known_then_and_marked_where_that_was_corrected(desk: Desk) -> None:
    desk.placed(desk.officers[0], FIRST)
    desk.signed()
    assert "项决定作出时所知的情况" not in desk.page()
    desk.placed(desk.officers[1], today() - timedelta(9))  # late: when the contract was decided on, 周警官 was known
    page = desk.page()
    assert "有 1 项决定作出时所知的情况" in page
    assert "责任民警：当时周警官" in page
    then = desk.page(day=today(), decision=desk.decision.pk)
    assert facts(then)["责任民警"] == [f"周警官，{FIRST}起", f"吴警官，{today() - timedelta(9)}起", "后来有变"]
    assert f"作出“{desk.decision.kind}”决定时系统所知" in then


def test_what_begins_after_a_decision_does_not_mark_it(desk: Desk) -> None:
    desk.placed(desk.officers[0], FIRST)
    desk.signed()
    with acting(desk.actor):
        contract(desk.engagement, 2, today() + timedelta(1), today() + timedelta(700))
    assert "项决定作出时所知的情况" not in desk.page()
    with acting(desk.actor):
        contract(desk.engagement, 3, today(), today() + timedelta(1))
    assert "有 1 项决定作出时所知的情况" in desk.page()


def test_dates_that_are_none_fall_back_to_today(desk: Desk) -> None:
    desk.placed(desk.officers[0], FIRST)
    plain = facts(desk.page())
    assert facts(desk.page(day="昨天", known="2026-13-45")) == plain
    assert facts(desk.page(known=today() + timedelta(400))) == plain
    gone = f"/desk/people/{desk.engagement.person_id}/known/?decision=999999999"
    assert desk.client.get(gone).status_code == 404


def test_another_county_reads_nothing_of_it(desk: Desk) -> None:
    url = f"/desk/people/{desk.engagement.person_id}/known/"
    assert client_with(YANTING, "hr_officer").get(url).status_code == 404
    assert client_with(SANTAI, "system_admin").get(url).status_code == 403


def test_grades_are_for_those_who_see_appraisals(desk: Desk) -> None:
    assert "最近一次考核" in facts(desk.page())
    url = f"/desk/people/{desk.engagement.person_id}/known/"
    page = client_with(SANTAI, "police_officer").get(url).content.decode()
    assert "单位和岗位" in page
    assert "最近一次考核" not in page


def test_a_units_leader_reads_the_past_of_whom_the_unit_has(desk: Desk) -> None:
    url = f"/desk/people/{desk.engagement.person_id}/known/"
    leader = client_with(desk.post.unit_id, "unit_leader")
    assert leader.get(url).status_code == 404
    desk.placed(desk.officers[0], FIRST)
    page = leader.get(url)
    assert page.status_code == 200
    assert f"周警官，{FIRST}起" in page.content.decode()


def test_that_the_past_was_read_is_kept(desk: Desk) -> None:
    desk.page(day=FIRST)
    with acting(factories.PROVINCIAL):
        kept = Reading.objects.get(what="某日情况")
    assert (kept.person_id, kept.tracked, kept.reader) == (
        desk.engagement.person_id,
        "registry_person",
        desk.actor.account_id,
    )


def test_the_page_costs_at_most_fifteen_queries_whatever_there_is_of_somebody(db: None) -> None:
    county = world.finish(world.county(SANTAI, "王建华", 101))
    assert county.engagement is not None
    client, person = client_of(county.hr), county.engagement.person_id
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/desk/people/{person}/known/?day={today()}&known={today() - timedelta(1)}")
    said = facts(html.unescape(answer.content.decode()).split("<main")[1])
    assert all(then == "没有记载" for then, *_ in said.values())
    assert {word for word, (_, now, _) in said.items() if now == "没有记载"} == set()
    asked = [query["sql"] for query in queries if not query["sql"].startswith("RELEASE")]
    # The test's own transaction goes on: its actor is written back, where a site's request just ends.
    assert len(asked) - 1 <= MOST, "\n".join(asked)


def correct(desk: Desk, **given: object):
    """What the page answers to a correction from FIRST on."""
    sent = {"starts": FIRST, "ends": "", "post": desk.post.pk, "officer": desk.officers[1].pk, "reason": "登记有误"}
    return desk.client.post(f"/desk/people/{desk.engagement.person_id}/correct/", sent | given)


def test_an_officer_corrects_a_place_and_sees_which_decision_rested_on_it(desk: Desk) -> None:
    desk.placed(desk.officers[0], FIRST)
    desk.signed()
    page = desk.client.get(f"/desk/people/{desk.engagement.person_id}/correct/").content.decode()
    assert "现在的记录" in page
    answer = correct(desk)
    assert answer.status_code == 302
    assert answer["Location"] == f"/desk/people/{desk.engagement.person_id}/known/?day={FIRST}"
    page = desk.page(day=FIRST)
    assert facts(page)["责任民警"] == [f"吴警官，{FIRST}起"]
    assert "有 1 项决定作出时所知的情况" in page
    assert "责任民警：当时周警官" in page
    assert "更正岗位记录" in page


def test_a_correction_without_reason_or_twice_is_refused_where_it_is_filled_in(desk: Desk) -> None:
    desk.placed(desk.officers[0], FIRST)
    assert correct(desk, reason=" ").status_code == 422
    assert correct(desk, ends=FIRST - timedelta(1)).status_code == 422
    assert correct(desk, starts="").status_code == 422
    assert correct(desk).status_code == 302
    again = correct(desk)
    assert again.status_code == 422
    assert "没有需要更正的" in again.content.decode()


def test_only_personnel_of_the_own_bureau_open_the_correction(desk: Desk) -> None:
    url = f"/desk/people/{desk.engagement.person_id}/correct/"
    assert client_with(YANTING, "hr_officer").get(url).status_code == 404
    assert client_with(SANTAI, "organ_leader").get(url).status_code == 403
    assert client_with(MIANYANG, "hr_officer").get(url).status_code == 403
    assert "更正岗位记录" in desk.client.get(f"/desk/people/{desk.engagement.person_id}/").content.decode()
    theirs = client_with(MIANYANG, "hr_officer").get(f"/desk/people/{desk.engagement.person_id}/").content.decode()
    assert "更正岗位记录" not in theirs
