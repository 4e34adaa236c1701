"""Refusals speak to whom they reach; a receipt can be kept; an objection names nobody by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.recruitment.selection.models import Objection
from tests import factories
from tests.clients import client_of, client_with
from tests.recruitment import ranked
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
NOWHERE = "/announcements/999999/"
DESK_WORDS = ("查人请用", "安全管理员调整角色")


def test_a_visitor_is_not_told_to_search_people() -> None:
    page = Client().get(NOWHERE)
    text = page.content.decode()
    assert page.status_code == 404
    assert not any(words in text for words in DESK_WORDS)
    assert reverse("public:status") in text


def test_an_applicant_at_another_s_application_is_led_to_their_own() -> None:
    application, _ = made.application(made.campaign())
    page = client_of(made.applicant()).get(reverse("public:application", args=[application.pk]))
    text = page.content.decode()
    assert page.status_code == 404
    assert "我的报名" in text
    assert not any(words in text for words in DESK_WORDS)


def test_an_officer_is_told_how_people_are_found() -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(factories.SANTAI)
    assert "查人请用" in client_with(factories.SANTAI, "hr_officer").get("/desk/people/999999/").content.decode()


def test_a_refused_paper_of_a_visitor_asks_to_sign_in() -> None:
    page = Client().post(reverse("public:paper", args=[made.campaign().pk]))
    assert page.status_code == 403
    assert not any(words in page.content.decode() for words in DESK_WORDS)


def test_the_receipt_page_is_one_s_own_and_comes_with_the_submission() -> None:
    application, own = made.application(made.campaign())
    url = reverse("public:own_receipt", args=[application.pk])
    text = client_of(own).get(url).content.decode()
    assert application.receipt in text
    assert application.campaign.title in text
    assert reverse("public:status") in text
    assert client_of(made.applicant()).get(url).status_code == 404
    assert Client().get(url).status_code == 302
    draft, other = made.application(made.campaign(factories.YANTING), "draft")
    assert client_of(other).get(reverse("public:own_receipt", args=[draft.pk])).status_code == 404


def test_a_total_of_eighty_is_made_public_as_80() -> None:
    course = ranked.publicised(names=("安一",), top=(80, 80))
    ranked.over(course, today() + timedelta(days=1))
    page = Client().get(reverse("public:publicity", args=[course.campaign.pk])).content.decode()
    assert "第 1 名，总成绩 80<" in page


def test_an_objection_means_nobody_until_somebody_is_chosen() -> None:
    course = ranked.publicised(names=("安一", "安二"))
    ranked.over(course, today() + timedelta(days=1))
    url = reverse("public:publicity", args=[course.campaign.pk])
    client = Client()
    page = client.get(url)
    assert page.context["form"]["about"].field.choices[0] == ("", "请选择")
    assert client.post(url, {"text": "请核实", "about": ""}).status_code == 422
    assert client.get(reverse("public:receipt")).status_code == 404
    about = page.context["form"]["about"].field.choices[1][0]
    assert client.post(url, {"text": "请核实", "about": about}).status_code == 302
    assert reverse("public:receipt") in client.get(url).content.decode()
    kept = client.get(reverse("public:receipt"))
    with acting(course.head):
        (objection,) = Objection.objects.all()
    assert objection.receipt in kept.content.decode()
    # Another visitor's browser has no such page, and looking again files nothing.
    assert Client().get(reverse("public:receipt")).status_code == 404
    client.get(reverse("public:receipt"))
    with acting(course.head):
        assert Objection.objects.count() == 1


def test_an_officer_without_a_role_yet_is_told_who_gives_one() -> None:
    with acting(factories.PROVINCIAL):
        factories.bureau(factories.SANTAI)
    page = client_with(factories.SANTAI).get("/desk/")
    assert page.status_code == 403
    assert "请本机关的安全管理员授予角色" in page.content.decode()
    assert "我的报名" not in page.content.decode()
