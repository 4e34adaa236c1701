"""Signing in with a second step: code, recovery code, wrong codes counted; nobody is in before it."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import connection
from django.test import Client

from fujing.kernel.actor import acting
from fujing.registry.models import Account
from fujing.web import limits
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
STEP = "/accounts/2fa/authenticate/"


def code_of(secret: str, *, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


@pytest.fixture(autouse=True)
def strict_templates() -> None:
    """The pages of the library that asks for the code ask their own variables whether they exist."""


@pytest.fixture
def officer() -> Account:
    with acting(factories.PROVINCIAL):
        factories.bureau(factories.SANTAI)
        # A number of two digits to the base of 36, as nearly all are.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('registry_account', 'id')) FROM generate_series(1, 40)"
            )
        return factories.account(factories.SANTAI, "hr_officer")


def login(account: Account) -> tuple[Client, str]:
    client = Client()
    answer = client.post("/accounts/login/", {"login": account.username, "password": PASSWORD})
    return client, answer.headers.get("Location", "")


@pytest.fixture
def secured(officer: Account) -> tuple[Account, str, list[str]]:
    """An account that turned on codes by the pages, with its secret and its recovery codes."""
    client, _ = login(officer)
    # Changing the second step asks for the password once more.
    again = client.get("/accounts/2fa/totp/activate/").headers["Location"]
    assert client.post(again, {"password": PASSWORD}).status_code == 302
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    secret = page.context["form"].secret
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    codes = client.get("/accounts/2fa/recovery-codes/").context["unused_codes"]
    return officer, secret, list(codes)


def test_the_code_opens_the_desk_and_nothing_opens_before_it(secured: tuple[Account, str, list[str]]) -> None:
    account, secret, _ = secured
    client, place = login(account)
    assert place == STEP
    assert client.get("/desk/").status_code == 302
    page = client.get(STEP)
    assert page.status_code == 200
    assert page.context["actor"].account_id is None
    answer = client.post(STEP, {"code": code_of(secret, ahead=1)})
    assert answer.status_code == 302
    assert client.get("/desk/").status_code == 200


def test_a_recovery_code_opens_once(secured: tuple[Account, str, list[str]]) -> None:
    account, _, codes = secured
    client, _ = login(account)
    assert client.post(STEP, {"code": codes[0]}).status_code == 302
    assert client.get("/desk/").status_code == 200
    again, _ = login(account)
    assert again.post(STEP, {"code": codes[0]}).status_code == 200
    assert again.get("/desk/").status_code == 302


def test_wrong_codes_are_counted_for_the_account_and_then_wait(
    secured: tuple[Account, str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    known = limits.FAILED_CODES
    monkeypatch.setattr(limits, "FAILED_CODES", limits.Limit(known.kind, 2, known.minutes, known.what))
    account, secret, _ = secured
    client, _ = login(account)
    for _ in range(2):
        assert client.post(STEP, {"code": "000000"}).status_code == 200
    assert client.post(STEP, {"code": code_of(secret, ahead=1)}).status_code == 429
    assert client.get("/desk/").status_code == 302


def test_the_step_without_a_password_before_it_shows_nothing(secured: tuple[Account, str, list[str]]) -> None:
    assert Client().get(STEP).status_code == 302
    client = Client()
    session = client.session
    session["account_login"] = {"user_pk": "1 OR 1=1"}
    session.save()
    assert client.get(STEP).status_code == 302


def test_the_secret_does_not_lie_in_the_database_as_it_is(secured: tuple[Account, str, list[str]]) -> None:
    account, secret, codes = secured
    stored = str(list(Authenticator.objects.filter(user=account).values_list("data", flat=True)))
    assert secret not in stored
    assert not any(code in stored for code in codes)
