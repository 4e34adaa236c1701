"""What an act costs: every query of its request, session, roles, territory and transaction included."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.recruitment.applications.models import Application
from fujing.registry.models import Post
from tests import world
from tests.clients import client_of
from tests.recruitment.applications import made
from tests.recruitment.ranked import publicised
from tests.web.public.test_applying import picture, stored
from tests.web.test_exam_queries import campaign_of

pytestmark = pytest.mark.django_db
MOST = 20
FACTS = {"education": "bachelor", "household": "四川省绵阳市三台县", "certificates": "无", "major": "法学"}


def cost(client: Client, url: str, data: dict[str, Any] | None = None, *, status: int = 302) -> int:
    """Queries of a POST, or of a GET without data."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(url) if data is None else client.post(url, data)
    assert answer.status_code == status, answer.content.decode()[:2000]
    # A test's own transaction goes on after a POST: its actor is written back, where a site's request just ends.
    return len(queries) - (data is not None)


def test_an_application_is_written_gets_its_papers_and_is_submitted_with_at_most_twenty_queries_each() -> None:
    to, own = made.campaign(), made.applicant()
    client, form = client_of(own), reverse("public:apply", args=[to.pk])
    with acting(own):
        post = to.positions.get().pk
    first, again = (cost(client, form, {"position": post, "act": "submit", **FACTS}) for _ in range(2))
    paper = cost(client, reverse("public:paper", args=[to.pk]), {"kind": "photo", "file": picture()}, status=200)
    submitted = cost(client, reverse("public:apply_check", args=[to.pk]), {"act": "submit"})
    assert stored(own).state == "submitted"
    assert max(first, again, paper) <= MOST, (first, again, paper)
    assert submitted <= 13


def test_a_verdict_costs_at_most_twenty_queries() -> None:
    to = made.campaign()
    (one, _), _ = made.application(to), made.application(to)
    head = made.head()
    assert cost(client_of(head), reverse("desk:application", args=[one.pk]), {"verb": "qualify"}) <= MOST
    with acting(head):
        assert Application.objects.get(pk=one.pk).state == "qualified"


def test_a_hire_and_the_publicity_before_it_cost_the_same_for_one_as_for_four() -> None:
    found = []
    for names in (["安一"], ["安一", "安二", "安三", "安四"]):
        course = publicised(len(names), names)
        with acting(course.head):
            post = Post.objects.filter(organ_code=course.campaign.organ_code).latest("pk")
        shown = cost(Client(), reverse("public:publicity", args=[course.campaign.pk]), status=200)
        form = {"start_on": f"{today()}", "post": post.pk, "unit": post.unit_id, "confirmed": "1"}
        hired = cost(client_of(course.head), reverse("desk:hire", args=[course.applications["安一"].pk]), form)
        found.append((shown, hired))
    assert found[0] == found[1]
    shown, hired = found[1]
    assert shown <= 7
    assert hired <= 44


def test_an_import_of_scores_costs_the_same_for_three_as_for_thirty() -> None:
    found = []
    for size in (3, 30):
        course = campaign_of(size)
        rows = {each.pk: (("笔试", 80), ("面试", 70)) for each in course.applications.values()}
        form = {"file": world.score_sheet(rows), "reason": "复核更正"}
        found.append(cost(client_of(course.head), reverse("desk:scores", args=[course.campaign.pk]), form))
    assert found[0] == found[1]
    assert found[1] <= MOST
