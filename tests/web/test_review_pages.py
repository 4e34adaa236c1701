"""The review on the desk: filters as links, the next by itself, several at once after a look at the list."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.states import ApplicationState
from tests.clients import client_of
from tests.markup import flat
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> Actor:
    return made.head()


@pytest.fixture
def queue(head: Actor) -> list[Application]:
    """Five who wait, one of whom breaks a rule and one of whom lacks a fact."""
    to = made.campaign()
    people = [made.application(to, by=made.applicant(name=f"排队{number}"))[0] for number in range(5)]
    with acting(head):
        Application.objects.filter(pk=people[1].pk).update(education="junior_middle")
        Application.objects.filter(pk=people[3].pk).update(nationality="")
    return people


def numbers(html: str) -> list[tuple[str, int]]:
    """Every filter link with the count that it promises."""
    return [
        (url.replace("&amp;", "&"), int(count))
        for url, count in re.findall(r'<a href="(\?[^"]*)"[^>]*>[^<]*(?:<b>|\s)(\d+)(?:</b>)?</a>', html)
    ]


def test_every_filters_count_is_the_number_of_rows_behind_it(head: Actor, queue: list[Application]) -> None:
    client, url = client_of(head), reverse("desk:applications", args=[queue[0].campaign_id])
    client.post(url)
    for start in ("", "?result=ineligible", "?state=submitted&post=01"):
        links = numbers(flat(client.get(url + start)))
        assert len(links) > 5
        for address, count in links:
            assert client.get(url + address).content.decode().count("data-row") == count, address


def test_a_screening_on_the_page_is_said_and_filtered(head: Actor, queue: list[Application]) -> None:
    client, url = client_of(head), reverse("desk:applications", args=[queue[0].campaign_id])
    said = client.post(url, follow=True).content.decode()
    assert "已逐人核对：符合 3，待核实 1，不符合 1。" in said
    assert "排队1" in client.get(url + "?rule=recruitment.education").content.decode()
    assert "排队0" not in client.get(url + "?rule=recruitment.education").content.decode()


def test_after_a_verdict_the_next_under_the_same_filter_opens(head: Actor, queue: list[Application]) -> None:
    client = client_of(head)
    client.post(reverse("desk:applications", args=[queue[0].campaign_id]))
    page = reverse("desk:application", args=[queue[0].pk]) + "?result=eligible"
    answer = client.post(page, {"verb": "qualify"})
    assert answer.headers["Location"] == reverse("desk:application", args=[queue[2].pk]) + "?result=eligible"


def test_a_return_without_what_is_missing_is_refused_at_its_fields(head: Actor, queue: list[Application]) -> None:
    client, page = client_of(head), reverse("desk:application", args=[queue[0].pk])
    answer = client.post(page, {"verb": "return", "note": "请补充材料"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) >= {"missing", "until"}
    assert "请补充材料" in answer.content.decode()


def test_the_applicant_reads_exactly_what_is_asked_and_until_when(head: Actor) -> None:
    application, own = made.application(made.campaign())
    until = today() + timedelta(days=2)
    form = {"verb": "return", "note": "请补充材料", "missing": ["diploma", "major"], "until": f"{until}"}
    client_of(head).post(reverse("desk:application", args=[application.pk]), form)
    client = client_of(own)
    for page in ("public:application", "public:apply"):
        pk = application.pk if page == "public:application" else application.campaign_id
        text = client.get(reverse(page, args=[pk])).content.decode()
        assert "学历证书、专业" in text
        assert f"{until:%Y-%m-%d}" in text


def test_the_list_of_those_without_question_is_shown_before_anything_happens(
    head: Actor, queue: list[Application]
) -> None:
    client, url = client_of(head), reverse("desk:applications_qualify", args=[queue[0].campaign_id])
    client.post(reverse("desk:applications", args=[queue[0].campaign_id]))
    html = flat(client.get(url))
    tokens = re.findall(r'name="seen" value="([^"]+)"', html)
    assert len(tokens) == 3
    assert "排队1" not in html
    assert "排队3" not in html
    assert client.post(url, {"seen": tokens[:2]}).status_code == 302
    with acting(head):
        qualified = Application.objects.filter(state=ApplicationState.QUALIFIED)
        assert set(qualified.values_list("name", flat=True)) == {"排队0", "排队2"}


def test_a_list_that_went_stale_does_nothing_and_says_so(head: Actor, queue: list[Application]) -> None:
    client, url = client_of(head), reverse("desk:applications_qualify", args=[queue[0].campaign_id])
    client.post(reverse("desk:applications", args=[queue[0].campaign_id]))
    tokens = re.findall(r'name="seen" value="([^"]+)"', flat(client.get(url)))
    client.post(reverse("desk:application", args=[queue[0].pk]), {"verb": "qualify"})
    assert "没有办理任何一人" in client.post(url, {"seen": tokens}).content.decode()
    with acting(head):
        assert Application.objects.filter(state=ApplicationState.QUALIFIED).count() == 1


@pytest.mark.parametrize("token", ["", "x@y", "1@", "@2026-01-01"])
def test_a_mangled_list_is_not_found(head: Actor, queue: list[Application], token: str) -> None:
    url = reverse("desk:applications_qualify", args=[queue[0].campaign_id])
    assert client_of(head).post(url, {"seen": [token]}).status_code == 404
