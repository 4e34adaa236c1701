"""The list of announcements: filters in the address, counts that equal the lists behind them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.recruitment.campaigns.models import Campaign
from tests.factories import MIANYANG, SANTAI, YANTING
from tests.recruitment import ranked
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
QINGYANG = 510105000000


def page(**filters: str):
    return Client().get(reverse("public:home"), filters)


def listed(**filters: str) -> list[str]:
    return [row.title for row in page(**filters).context["campaigns"]]


def named(code: int, title: str, *, closed: bool = False) -> Campaign:
    campaign = made.campaign(code)
    with acting(made.head(code)):
        yesterday = timezone.now() - timedelta(hours=1)
        changes = {"registration_to": yesterday} if closed else {}
        Campaign.objects.filter(pk=campaign.pk).update(title=title, **changes)
    return campaign


@pytest.fixture
def four(db: None) -> None:
    named(SANTAI, "三台县招聘")
    named(YANTING, "盐亭县招聘", closed=True)
    named(QINGYANG, "青羊区招聘")
    course = ranked.publicised()
    ranked.over(course, today() + timedelta(days=2))


def test_every_count_equals_the_list_behind_it(four: None) -> None:
    for filters in ({}, {"city": "5101"}, {"q": "招聘"}, {"show": "open", "q": "三台"}, {"show": "notice"}):
        context = page(**filters).context
        for link in context["shown"]:
            behind = Client().get(reverse("public:home") + link.url).context["campaigns"]
            assert len(behind) == link.matches, link
        for key, label in context["cities"][1:]:
            behind = listed(**{**filters, "city": key})
            assert f"（{len(behind)}）" in label


def test_open_publicised_city_and_title_narrow_the_list(four: None) -> None:
    assert set(listed(show="open")) == {"三台县招聘", "青羊区招聘"}
    assert listed(show="notice") == [f"{SANTAI}公开招聘警务辅助人员公告"]
    assert listed(city="5101") == ["青羊区招聘"]
    assert listed(q="盐亭") == ["盐亭县招聘"]
    assert listed(q="招聘 盐亭") == ["盐亭县招聘"]
    assert len(listed()) == 4
    assert set(listed()[:2]) == {"三台县招聘", "青羊区招聘"}


def test_the_city_is_named_and_the_address_keeps_every_filter(four: None) -> None:
    answer = page(show="open", city="5107", q="三台")
    assert "绵阳市（1）" in answer.content.decode()
    assert all("city=5107" in link.url and "q=" in link.url for link in answer.context["shown"])
    assert f'value="{SANTAI}"' not in answer.content.decode()
    assert re.search(r'<input type="hidden" name="show" value="open">', answer.content.decode())


@pytest.mark.parametrize("filters", [{"city": "x"}, {"show": "x"}, {"page": "x"}, {"q": "\x00"}, {"city": "9" * 40}])
def test_a_made_up_filter_is_no_error(four: None, filters: dict[str, str]) -> None:
    assert len(listed(**filters)) == 4


def test_links_echo_no_parameter_that_is_not_the_lists(four: None) -> None:
    assert "evil" not in page(show="open", evil="evil").content.decode()


def test_an_empty_list_says_what_to_do(four: None) -> None:
    text = page(q="没有这个县").content.decode()
    assert "没有符合条件的公告" in text
    assert "看全部公告" in text


def test_without_any_announcement_the_page_leads_on(db: None) -> None:
    assert "现在没有招聘公告" in page().content.decode()


def test_a_long_list_has_pages_and_few_queries(db: None) -> None:
    campaign = made.campaign(MIANYANG)
    with acting(made.head(MIANYANG)):
        row = Campaign.objects.get(pk=campaign.pk)
        for number in range(24):
            row.pk, row.state, row.title = None, "draft", f"第{number:02d}号公告"
            row.drafted_by_id = row.published_by_id = None
            row._state.adding = True
            row.save()
        Campaign.objects.filter(state="draft").update(state="published")
    first = page(show="open")
    with CaptureQueriesContext(connection) as queries:
        again = page(show="open")
    assert len([each for each in queries if "SELECT" in each["sql"][:8]]) <= 4
    assert len(first.context["campaigns"]) == len(again.context["campaigns"]) == 20
    assert 'rel="next"' in first.content.decode()
    second = Client().get(reverse("public:home") + first.context["next_url"])
    both = {row.pk for row in first.context["campaigns"]} | {row.pk for row in second.context["campaigns"]}
    assert len(both) == 25
