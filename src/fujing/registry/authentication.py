"""Sign-in under row security: before the password is checked only the named account is visible."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.http import HttpRequest

from fujing.registry.models import Account


def reveal(setting: str, value: object) -> None:
    """Let the running transaction see one account, by name (`login`) or by id (`account`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [f"fujing.{setting}", str(value)])


class AccountBackend(ModelBackend):
    """Password check against the one account that carries the name."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Any:
        if username is None or password is None:
            return None
        reveal("login", username)
        account = Account.objects.filter(username=username).first()
        if account is None:
            Account().set_password(password)  # as slow as a wrong password
            return None
        if not account.check_password(password) or not account.is_active:
            return None
        reveal("account", account.pk)
        reveal("actor", account.name)
        return account

    def get_user(self, user_id: int) -> Account | None:
        return Account.objects.filter(pk=user_id, is_active=True).first()


class AccountAdapter(DefaultAccountAdapter):
    """allauth without self-made staff accounts: applicants sign up on the public site, officers are appointed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
