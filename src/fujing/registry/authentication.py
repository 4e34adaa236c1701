"""Sign-in under row security: before the password is checked only the named account is visible."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.backends import ModelBackend
from django.db import connection
from django.http import HttpRequest
from django.utils.http import base36_to_int

from fujing.kernel import cipher
from fujing.registry.models import Account

LOGIN_SESSION_KEY = "account_login"
"""Where allauth keeps a sign-in between its first and second step."""


def reveal(setting: str, value: object) -> None:
    """Let the running transaction see one account, by name (`login`) or by id (`account`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [f"fujing.{setting}", str(value)])


def reveal_pending(session: Any) -> int | None:
    """Let the second step see the account that gave the right password and owes its code; gives its id.

    Until the code is there nobody is signed in: the actor stays a visitor, whatever the step itself may read.
    """
    pending = session.get(LOGIN_SESSION_KEY)
    try:
        # allauth writes the number to the base of 36.
        number = base36_to_int(str(pending["user_pk"])) if isinstance(pending, dict) else None
    except (KeyError, ValueError):
        number = None
    if number is None:
        return None
    reveal("account", number)
    name = Account.objects.filter(pk=number).values_list("name", flat=True).first()
    if name:
        reveal("actor", name)
    return number


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


class SecondStepAdapter(DefaultMFAAdapter):
    """The secrets of the second step lie encrypted: whoever reads a dump can't make codes."""

    def encrypt(self, text: str) -> str:
        return b64encode(cipher.encrypt(text)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return cipher.decrypt(b64decode(encrypted_text))
