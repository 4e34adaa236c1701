"""Browsers of the tests, signed in without the sign-in page."""

from __future__ import annotations

from django.test import Client

from fujing.kernel.actor import Actor, acting
from fujing.registry.models import Account
from tests import factories

BACKEND = "fujing.registry.authentication.AccountBackend"


def client_of(who: Actor | Account) -> Client:
    """Somebody's browser. It signs in as that account alone, so it needs no right that the account lacks."""
    pk = who.pk if isinstance(who, Account) else who.account_id
    client = Client()
    with acting(Actor(name="登录", account_id=pk)):
        client.force_login(Account.objects.get(pk=pk), backend=BACKEND)
    return client


def client_with(organ_code: int | None, *roles: str) -> Client:
    """The browser of a new account with these roles in an organ."""
    with acting(factories.PROVINCIAL):
        return client_of(factories.account(organ_code, *roles))
