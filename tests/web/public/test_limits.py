"""Floods are answered with 429 and a time, a rush from one school is not; too much and too little are answered politely."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import psycopg_pool
import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.kernel.attempts import Limit, address_of
from fujing.kernel.clock import today
from fujing.recruitment.selection.models import Objection
from fujing.web import limits, middleware
from fujing.web.public import receipts, views
from fujing.web.urls import unavailable
from tests.clients import client_of
from tests.recruitment import ranked
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every limit at two."""
    for module, name in (
        (receipts, "RECEIPTS"),
        (views, "OBJECTIONS"),
        (views, "SIGN_UPS"),
        (views, "REFUSED_SIGN_UPS"),
        (limits, "FAILED_SIGN_INS"),
    ):
        known: Limit = getattr(module, name)
        monkeypatch.setattr(module, name, Limit(known.kind, 2, known.minutes, known.what))


def polite(answer: Any, what: str) -> None:
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3601
    assert f"{what}已达2次，请在" in answer.content.decode()


def test_guessed_receipts_are_slowed_down_and_known_ones_never(two: None) -> None:
    application, _ = made.application(made.campaign())
    url = reverse("public:status")
    for _ in range(4):
        assert "待资格审查" in Client().post(url, {"receipt": application.receipt}).content.decode()
    for _ in range(2):
        assert Client().post(url, {"receipt": "AAAAAAAAAAAA"}).status_code == 200
    polite(Client().post(url, {"receipt": "AAAAAAAAAAAA"}), "查询不存在的回执码")
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post(url, {"receipt": "AAAAAAAAAAAA"}).status_code == 200


def test_a_flood_of_objections_stops_and_silences_nobody_else(two: None) -> None:
    course = ranked.publicised()
    ranked.over(course, today() + timedelta(days=1))
    url = reverse("public:publicity", args=[course.campaign.pk])
    form = {"about": course.applications["安一"].pk, "text": "很长的异议内容"}
    assert [Client().post(url, form).status_code for _ in range(2)] == [302, 302]
    answer = Client().post(url, form)
    polite(answer, "对同一公示提出异议")
    assert "很长的异议内容" in answer.content.decode()
    assert Client(REMOTE_ADDR="203.0.113.9").post(url, form).status_code == 302
    with acting(course.head):
        assert Objection.objects.count() == 3


def sign_up(number: str, phone: str) -> Any:
    form = {"name": "李", "id_number": number, "phone": phone, "password": made.PASSWORD, "agree": "on"}
    return Client().post(reverse("public:sign_up"), form)


def test_probing_for_known_numbers_is_slowed_down(two: None) -> None:
    number = made.citizen_number()
    made.applicant(number)
    assert [sign_up(number, f"1370000000{i}").status_code for i in range(2)] == [422, 422]
    polite(sign_up(number, "13700000003"), "注册未通过")


def test_many_accounts_tried_from_one_network_are_slowed_down(two: None) -> None:
    url = reverse("account_login")
    for serial in range(2):
        assert Client().post(url, {"login": f"1370000000{serial}", "password": "wrong-wrong"}).status_code == 200
    polite(Client().post(url, {"login": "13700000009", "password": "wrong-wrong"}), "密码输错")
    assert Client().get(url).status_code == 200


def test_the_limits_leave_room_for_a_school_behind_one_address() -> None:
    assert limits.SIGN_UPS.most >= 2000
    assert limits.FAILED_SIGN_INS.most >= 2000 * 0.1
    assert limits.REFUSED_SIGN_UPS.most >= 2000 * 0.1


def test_old_attempts_count_no_longer() -> None:
    with connection.cursor() as cursor:
        for another, expected in ((True, 1), (True, 2), (False, 2)):
            cursor.execute("SELECT number FROM kernel_attempts('k', 'x', interval '1 hour', %s)", [another])
            assert cursor.fetchone() == (expected,)
        cursor.execute("SELECT number FROM kernel_attempts('k', 'x', interval '0 hours', false)")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT number FROM kernel_attempts('k', 'other', interval '1 hour', false)")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM kernel_attempt")
        assert cursor.fetchone() == (0,), "the application role reads the table"


@pytest.mark.parametrize(
    ("proxies", "peer", "header", "seen"),
    [
        (0, "203.0.113.9", "1.2.3.4", "203.0.113.9"),
        (1, "10.0.0.1", "1.2.3.4, 198.51.100.7", "198.51.100.7"),
        (2, "10.0.0.1", "1.2.3.4, 198.51.100.7, 10.0.0.2", "198.51.100.7"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (1, "10.0.0.1", "forged", ""),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
    ],
)
def test_nobody_chooses_the_address_they_are_counted_under(
    monkeypatch: pytest.MonkeyPatch, proxies: int, peer: str, header: str, seen: str
) -> None:
    monkeypatch.setattr(settings, "PROXIES", proxies)
    headers = {"HTTP_X_FORWARDED_FOR": header} if header else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=peer, **headers)) == seen


def test_too_large_a_body_is_a_page_and_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "MAX_BODY", 100)
    request = RequestFactory().post("/", b"x" * 5000, content_type="text/plain")
    answer = middleware.BodyLimit(lambda _: pytest.fail("the body was taken"))(request)
    assert answer.status_code == 413
    assert "上传的内容太大" in answer.content.decode()
    assert request._stream.read() == b""


def test_too_much_text_is_a_page_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "DATA_UPLOAD_MAX_MEMORY_SIZE", 1000)
    own = made.applicant()
    answer = client_of(own).post(reverse("public:apply", args=[made.campaign().pk]), {"major": "法" * 2000})
    assert answer.status_code == 413
    assert "没有写入任何内容" in answer.content.decode()


def lost(error: psycopg.Error) -> OperationalError:
    wrapped = OperationalError(str(error))
    wrapped.__cause__ = error
    return wrapped


def test_a_database_that_is_away_for_seconds_is_a_polite_503(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client(raise_request_exception=False)

    def away(*_: object, **__: object) -> None:
        raise lost(psycopg_pool.PoolTimeout("couldn't get a connection after 10.00 sec"))

    monkeypatch.setattr("fujing.registry.middleware.acting", away)
    answer = client.get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert "系统正忙，请稍后再试" in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (lost(psycopg_pool.PoolTimeout("")), True),
        (lost(psycopg.OperationalError("connection refused")), True),
        (lost(psycopg.errors.AdminShutdown("")), True),
        (lost(psycopg.errors.CannotConnectNow("")), True),
        (lost(psycopg.errors.TooManyConnections("")), True),
        (lost(psycopg.errors.LockNotAvailable("")), False),
        (lost(psycopg.errors.QueryCanceled("")), False),
        (ValueError("a fault of ours"), False),
        (None, False),
    ],
)
def test_only_a_missing_database_is_called_busy(error: Exception | None, away: bool) -> None:
    assert unavailable(error) is away
