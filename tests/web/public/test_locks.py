"""Wrong passwords lock an account on the network that they came from, and nobody out of their own phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.registry.models import Account
from fujing.web import browsers
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
SCHOOL, HOME = "203.0.113.7", "198.51.100.9"


@pytest.fixture
def number() -> str:
    own = made.applicant()
    with acting(own):
        return str(Account.objects.get(pk=own.account_id).username)


def tried(client: Client, number: str, password: str = "wrong-wrong", times: int = 1) -> Any:
    for _ in range(times):
        answer = client.post(LOGIN, {"login": number, "password": password})
    return answer


def test_eight_wrong_tries_lock_the_account_on_that_network_only(number: str) -> None:
    locked = tried(Client(REMOTE_ADDR=SCHOOL), number, times=8)
    assert locked.status_code == 429
    assert reverse("public:recover") in locked.content.decode()
    assert tried(Client(REMOTE_ADDR=SCHOOL), number, made.PASSWORD).status_code == 429
    assert tried(Client(REMOTE_ADDR=HOME), number, made.PASSWORD).status_code == 302


def test_a_stranger_behind_the_same_address_does_not_lock_the_owner_s_phone(number: str) -> None:
    phone = Client(REMOTE_ADDR=SCHOOL)
    assert tried(phone, number, made.PASSWORD).status_code == 302
    assert phone.post("/accounts/logout/").status_code == 302
    for _ in range(2):
        assert tried(Client(REMOTE_ADDR=SCHOOL), number, times=8).status_code == 429
    assert tried(phone, number, made.PASSWORD).status_code == 302


def test_another_account_on_the_same_network_is_not_locked(number: str) -> None:
    assert tried(Client(REMOTE_ADDR=SCHOOL), number, times=8).status_code == 429
    other = made.applicant()
    with acting(other):
        name = Account.objects.get(pk=other.account_id).username
    assert tried(Client(REMOTE_ADDR=SCHOOL), name, made.PASSWORD).status_code == 302


def test_a_known_phone_has_eight_tries_of_its_own_and_then_the_common_ones(number: str) -> None:
    phone = Client(REMOTE_ADDR=SCHOOL)
    tried(phone, number, made.PASSWORD)
    phone.post("/accounts/logout/")
    assert tried(phone, number, times=8).status_code == 200
    assert tried(phone, number, times=8).status_code == 429
    assert tried(phone, number, made.PASSWORD).status_code == 429


def test_a_made_up_or_another_s_cookie_helps_nobody(number: str) -> None:
    thief = Client(REMOTE_ADDR=SCHOOL)
    own = made.applicant()
    with acting(own):
        name = str(Account.objects.get(pk=own.account_id).username)
    assert tried(thief, name, made.PASSWORD).status_code == 302
    thief.post("/accounts/logout/")
    assert tried(thief, number, times=8).status_code == 429
    forger = Client(REMOTE_ADDR=SCHOOL)
    forger.cookies[browsers.COOKIE] = "eyJpZCI6IngiLCJtYXJrcyI6W119:forged"
    assert tried(forger, number, made.PASSWORD).status_code == 429
    assert tried(forger, number, made.PASSWORD).status_code == 429
