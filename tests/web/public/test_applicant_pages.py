"""The public site as its visitors and applicants use it, and what it never shows them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.papers import chinese_date
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.services import application_attach
from fujing.recruitment.background.services import check_tell
from fujing.recruitment.campaigns.services import campaign_cancel
from tests import factories
from tests.clients import client_of
from tests.factories import SANTAI, YANTING
from tests.pictures import picture
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
FORM = {**made.FACTS, "act": "submit"}


def test_a_visitor_signs_up_signs_in_and_applies_on_the_phone() -> None:
    to = made.campaign()
    client, number = Client(), made.citizen_number()
    page = client.post(
        reverse("public:sign_up"),
        {"name": "李小明", "id_number": number, "phone": "13900007777", "password": made.PASSWORD, "agree": "on"},
    )
    assert page.status_code == 302
    page = client.post(reverse("account_login"), {"login": "13900007777", "password": made.PASSWORD})
    assert page.status_code == 302
    position = to.positions.values_list("pk", flat=True)
    with acting(made.head()):
        form = {**FORM, "position": position.get()}
    page = client.post(reverse("public:apply", args=[to.pk]), form, follow=True)
    assert "还没有提交" in page.content.decode()
    page = client.post(reverse("public:apply_check", args=[to.pk]), {"act": "submit"}, follow=True)
    assert "已收到，等待资格审查" in page.content.decode()
    assert number not in page.content.decode()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("510722199802300011", "不是有效日期"),
        ("5107221998", "应为18位"),
        (made.citizen_number(date(2015, 1, 1)), "未满17周岁"),
    ],
)
def test_a_wrong_number_is_named_beside_its_field(number: str, sentence: str) -> None:
    form = {"name": "李", "id_number": number, "phone": "13900008888", "password": made.PASSWORD, "agree": "on"}
    page = Client().post(reverse("public:sign_up"), form)
    assert page.status_code == 422
    assert sentence in page.context["form"].errors["id_number"][0]


def test_a_known_number_is_refused_with_a_sentence() -> None:
    number = made.citizen_number()
    made.applicant(number)
    form = {"name": "李", "id_number": number, "phone": "13900009999", "password": made.PASSWORD, "agree": "on"}
    page = Client().post(reverse("public:sign_up"), form)
    assert page.status_code == 422
    assert "手机号或公民身份号码已注册" in page.content.decode()


def test_a_violation_is_explained_and_what_was_typed_is_kept() -> None:
    to = made.campaign()
    client = client_of(made.applicant(made.citizen_number(date(1980, 5, 5))))
    with acting(made.head()):
        form = {**FORM, "position": to.positions.get().pk, "major": "刑事侦查"}
    page = client.post(reverse("public:apply", args=[to.pk]), form)
    text = page.content.decode()
    assert page.status_code == 422
    assert "超过35周岁上限" in text
    assert "刑事侦查" in text
    with acting(factories.PROVINCIAL):
        assert Application.objects.get().major == "刑事侦查"


def test_a_draft_is_kept_by_saving() -> None:
    to = made.campaign()
    actor = made.applicant()
    client = client_of(actor)
    with acting(made.head()):
        position = to.positions.get().pk
    page = client.post(
        reverse("public:apply", args=[to.pk]), {"position": position, "major": "法学", "act": "save"}, follow=True
    )
    assert "法学" in page.content.decode()
    assert "已保存，还没有提交" in page.content.decode()


def urls_of(application: Application, file: int) -> list[str]:
    return [
        reverse("public:application", args=[application.pk]),
        reverse("public:attachment", args=[application.pk, file]),
        reverse("desk:application", args=[application.pk]),
        reverse("desk:attachment", args=[application.pk, file]),
        reverse("desk:background", args=[application.pk]),
        reverse("desk:applications", args=[application.campaign_id]),
    ]


@pytest.fixture
def theirs() -> tuple[Application, Actor, int]:
    draft, actor = made.application(made.campaign(), "draft")
    upload = SimpleUploadedFile("a.png", picture())
    with acting(actor):
        file = application_attach(actor=actor, application=draft, kind="photo", upload=upload).pk
    application, _ = made.application(draft.campaign, by=actor)
    return application, actor, file


@pytest.mark.parametrize("who", ["visitor", "applicant", "other county"])
@pytest.mark.parametrize("act", ["", "withdraw", "answer", "qualify"])
def test_nobody_else_reaches_an_application_by_any_address(
    theirs: tuple[Application, Actor, int], who: str, act: str
) -> None:
    application, own, file = theirs
    client = Client()
    if who == "applicant":
        client = client_of(made.applicant())
    if who == "other county":
        client = client_of(made.head(YANTING))
    for url in urls_of(application, file):
        page = client.post(url, {"act": act, "verb": act}) if act else client.get(url)
        expected = {"visitor": {302, 403}, "applicant": {403, 404}, "other county": {404}}[who]
        assert page.status_code in expected, url
        assert application.receipt not in page.content.decode()
    with acting(own):
        assert Application.objects.get().state == "submitted"


def test_the_own_applicant_and_the_own_bureau_reach_it(theirs: tuple[Application, Actor, int]) -> None:
    application, own, file = theirs
    urls = urls_of(application, file)
    for client, reached in ((client_of(own), urls[:2]), (client_of(made.head(SANTAI)), urls[2:])):
        for url in reached:
            page = client.get(url)
            for close in page._resource_closers:  # page.close() would also close the test's connection
                close()
            assert page.status_code == 200, url


def test_an_applicant_is_told_the_ground_and_answers_on_the_page() -> None:
    application, own = made.application(made.campaign(), "qualified")
    check, _ = made.background(application, ("20.3",))
    client, url = client_of(own), reverse("public:application", args=[application.pk])
    assert "考察告知" not in client.get(url).content.decode()
    with acting(made.head()) as head:
        check_tell(actor=head, check=check, answer_until=today() + timedelta(days=5))
    text = client.get(url).content.decode()
    assert "第二十条第（三）项" in text
    assert "派出所证明" not in text
    asked = client.post(url, {"act": "answer", "text": "已改正"}).content.decode()
    assert "已改正" in asked
    assert "办理后不能撤销" in asked
    assert client.post(url, {"verb": "answer", "text": "已改正", "confirmed": "1"}).status_code == 302
    assert "您的陈述已收到" in client.get(url).content.decode()


@pytest.mark.parametrize("state", ["draft", "submitted", "qualified", "returned"])
def test_who_applied_to_a_cancelled_recruitment_reads_when_and_why_and_has_nothing_to_do(state: str) -> None:
    application, own = made.application(made.campaign(), state)
    client = client_of(own)
    with acting(made.head()) as head:
        campaign_cancel(actor=head, campaign=application.campaign, reason="用人计划调整。")
    for url in (reverse("public:application", args=[application.pk]), reverse("public:mine")):
        text = client.get(url).content.decode()
        assert f"本次招聘已于{chinese_date(today())}取消：用人计划调整。报名不再办理" in text
    text = client.get(reverse("public:application", args=[application.pk])).content.decode()
    assert "继续填写" not in text
    assert 'value="withdraw"' not in text
    text = Client().get(reverse("public:announcement", args=[application.campaign_id])).content.decode()
    assert "不再接受报名" in text
    assert "我要报名" not in text
    assert application.campaign.title not in Client().get(reverse("public:home")).content.decode()


def test_a_shared_phone_is_left_with_one_tap() -> None:
    client = client_of(made.applicant())
    assert "退出" in client.get(reverse("public:mine")).content.decode()
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(reverse("public:mine")).status_code == 302


def test_a_receipt_shows_the_state_without_a_name() -> None:
    application, _ = made.application(made.campaign())
    page = Client().post(reverse("public:status"), {"receipt": application.receipt})
    text = page.content.decode()
    assert "待资格审查" in text
    assert application.name not in text


def test_findings_are_read_on_the_desk_only_by_post_with_a_reason() -> None:
    application, _ = made.application(made.campaign(), "qualified")
    made.background(application, ("20.3",))
    client, url = client_of(made.head()), reverse("desk:background", args=[application.pk])
    assert "派出所证明" not in client.get(url).content.decode()
    assert "派出所证明" not in client.post(url, {"act": "read", "reason": ""}).content.decode()
    assert "派出所证明" in client.post(url, {"act": "read", "reason": "作结论"}).content.decode()
    assert "作结论" in client.get(url).content.decode()


def test_a_checker_with_an_interest_withdraws_and_the_head_names_another() -> None:
    application, _ = made.application(made.campaign(), "qualified")
    check, (first, _) = made.background(application)
    url = reverse("desk:background", args=[application.pk])
    assert "我有利害关系" not in client_of(first).get(url).content.decode()
    assert client_of(first).post(url, {"act": "withdraw"}).status_code == 302
    with acting(factories.PROVINCIAL):
        third = factories.officer(SANTAI, "police_officer", name="接替人")
    head = client_of(made.head())
    assert "指定接替的考察人" in head.get(url).content.decode()
    assert head.post(url, {"act": "replace", "checker": third.account_id}).status_code == 302
    with acting(made.head()):
        check.refresh_from_db()
    assert check.first_name == "接替人"


@pytest.mark.parametrize("name", ["home", "announcement", "mine", "application", "queue", "detail"])
def test_pages_ask_the_database_at_most_twelve_times(name: str) -> None:
    to = made.campaign()
    application, own = made.application(to)
    for _ in range(3):
        made.application(to)
    desk = name in {"queue", "detail"}
    client = client_of(made.head() if desk else own)
    url = {
        "home": reverse("public:home"),
        "announcement": reverse("public:announcement", args=[to.pk]),
        "mine": reverse("public:mine"),
        "application": reverse("public:application", args=[application.pk]),
        "queue": reverse("desk:applications", args=[to.pk]),
        "detail": reverse("desk:application", args=[application.pk]),
    }[name]
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    asked = [each["sql"] for each in queries if each["sql"].startswith("SELECT") and "set_config" not in each["sql"]]
    assert len(asked) <= 12, asked
