"""Every public and applicant address, as somebody else and as nobody, with what people try."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from fujing.kernel.actor import acting
from tests.clients import client_of
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "http:evil.example",
    "javascript:alert(1)",
    "\thttps://evil.example",
]


@pytest.mark.parametrize("target", FOREIGN)
def test_signing_up_and_in_lead_to_no_foreign_host(target: str) -> None:
    form = {
        "name": "李",
        "id_number": made.citizen_number(),
        "phone": "13700001111",
        "password": made.PASSWORD,
        "agree": "on",
    }
    client = Client()
    answer = client.post(reverse("public:sign_up") + "?next=" + target, form)
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]
    answer = client.post(
        reverse("account_login") + "?next=" + target,
        {"login": "13700001111", "password": made.PASSWORD, "next": target},
    )
    assert answer.status_code == 302
    assert "evil" not in answer.headers["Location"]
    assert "javascript" not in answer.headers["Location"]


def test_whoever_came_to_apply_goes_on_there_after_signing_up() -> None:
    url = reverse("public:apply", args=[made.campaign().pk]) + "?post=01"
    client = Client()
    to_sign_in = client.get(url).headers["Location"]
    page = client.get(to_sign_in).content.decode()
    assert "/sign-up/?next=/announcements/" in page
    form = {
        "name": "李",
        "id_number": made.citizen_number(),
        "phone": "13700002222",
        "password": made.PASSWORD,
        "agree": "on",
    }
    answer = client.post(reverse("public:sign_up"), form, query_params={"next": url})
    answer = client.post(answer.headers["Location"], {"login": "13700002222", "password": made.PASSWORD, "next": url})
    assert answer.headers["Location"] == url


@pytest.mark.parametrize(
    "act",
    [
        "statement-x",
        "statement-",
        "statement-999999",
        "check-x",
        "check-written",
        "check-",
        "answer",
        "request",
        "waive",
        "x" * 500,
        "\x00",
    ],
)
def test_an_act_that_is_not_offered_does_nothing(act: str) -> None:
    application, own = made.application(made.campaign())
    answer = client_of(own).post(reverse("public:application", args=[application.pk]), {"act": act, "text": "改"})
    assert answer.status_code in {200, 404}
    with acting(own):
        application.refresh_from_db()
    assert application.state == "submitted"


@pytest.mark.parametrize("about", ["", "x", "0", "-1", "9" * 40, "1 OR 1=1"])
def test_an_objection_about_somebody_who_is_not_in_the_notice_is_refused(about: str) -> None:
    from datetime import timedelta

    from fujing.kernel.clock import today
    from tests.recruitment import ranked

    course = ranked.publicised()
    ranked.over(course, today() + timedelta(days=1))
    url = reverse("public:publicity", args=[course.campaign.pk])
    for value in (about, str(course.applications["安二"].pk)):
        assert Client().post(url, {"about": value, "text": "x"}).status_code == 422


@pytest.mark.parametrize("receipt", ["", "\x00", "A" * 500, "' OR ''='", "％", "1" * 12])
def test_a_made_up_receipt_is_no_error(receipt: str) -> None:
    answer = Client().post(reverse("public:status"), {"receipt": receipt})
    assert answer.status_code in {200, 422}
    assert 'role="status"' not in answer.content.decode()


@pytest.mark.parametrize("name", ["announcement", "apply", "publicity", "application"])
@pytest.mark.parametrize("pk", [0, 99_999_999, 2**63, 10**30])
def test_a_made_up_number_is_not_found(name: str, pk: int) -> None:
    client = client_of(made.applicant())
    assert client.get(reverse(f"public:{name}", args=[7]).replace("7", str(pk))).status_code == 404
