"""Browsers that an account was signed in from: wrong passwords typed elsewhere don't lock the owner out of them.

The lock counts by account and network. A school or a town's mobile network is one address, so a stranger behind it could
lock an account there; whoever was signed in on this very browser has tries of their own. The cookie opens nothing.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpResponse

from fujing.kernel import cipher
from fujing.kernel.attempts import Limit, count_attempt, too_many
from fujing.web import values
from fujing.web.requests import Request

COOKIE = "fujing_browser"
SALT = "fujing.browsers"
AGE = 400 * 24 * 3600
# A family's phone has a few accounts.
MOST = 6
FAILED_HERE = Limit("known_browser", 8, 30, "密码输错")


def _mark(username: str) -> str:
    return cipher.blind(username)[:8].hex()


def _held(request: Request) -> dict[str, Any]:
    try:
        found = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
    except signing.BadSignature:
        return {"id": secrets.token_hex(8), "marks": []}
    return dict(found)


def _about(request: Request, username: str) -> str | None:
    """What counts this account's tries on this browser, or None when it was never signed in here."""
    held = _held(request)
    return f"{held['id']} {_mark(username)}" if username and _mark(username) in held["marks"] else None


def known(request: Request, credentials: dict[str, Any] | None = None) -> bool:
    """For django-axes: whether the account was signed in from this browser and its tries here are not used up."""
    about = _about(request, str((credentials or {}).get("username") or values.words(request.POST, "login")))
    return about is not None and too_many(request, FAILED_HERE, about) is None


def failed(request: Request, username: str) -> None:
    """One wrong password more, if the browser is known."""
    if about := _about(request, username):
        count_attempt(request, FAILED_HERE, about)


def remember(request: Request, response: HttpResponse, username: str) -> None:
    """Let the browser carry that the account's password was right here."""
    held = _held(request)
    marks = [_mark(username), *(each for each in held["marks"] if each != _mark(username))][:MOST]
    value = signing.dumps({"id": held["id"], "marks": marks}, salt=SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=AGE,
        path="/accounts/login/",
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
