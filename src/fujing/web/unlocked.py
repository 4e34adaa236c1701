"""A reader's unlocked key between two pages: half in the browser, half in the session, and whole in neither.

The browser keeps a secret in a cookie of its own; the session, which is a row of the database, keeps the private key
under that secret. Either alone opens nothing. After half an hour, or with the sign-out, it is locked again.
"""

from __future__ import annotations

import base64
import os
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from fujing.kernel.boxes import KEY, Sealed, locked, unlocked
from fujing.web.requests import Request

PATH = "/desk/complaints/"
COOKIE = "complaint_key"
KEPT = 30 * 60
"""Seconds."""


def unlock(request: Request, response: HttpResponse, private: bytes) -> HttpResponse:
    """Keep the key for this browser and session."""
    secret = os.urandom(KEY)
    box = base64.b64encode(locked(secret, private, _about(request))).decode()
    request.session[COOKIE] = {"box": box, "until": time.time() + KEPT}
    response.set_cookie(
        COOKIE,
        base64.urlsafe_b64encode(secret).decode(),
        max_age=KEPT,
        path=PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def private_of(request: Request) -> bytes | None:
    """The reader's private key while it is unlocked here."""
    kept = request.session.get(COOKIE)
    if not kept or kept["until"] < time.time():
        return None
    try:
        secret = base64.urlsafe_b64decode(request.COOKIES.get(COOKIE, ""))
        return unlocked(secret, base64.b64decode(kept["box"]), _about(request))
    except (Sealed, ValueError):
        return None


def with_key(view: Callable[..., Any]) -> Callable[..., Any]:
    """Gives the view the unlocked key after the request; without one, the way to the lock."""

    @wraps(view)
    def entered(request: Request, **ids: int) -> Any:
        private = private_of(request)
        if private is None:
            messages.info(request, "请先解锁。")
            return redirect("desk:complaint_key")
        return view(request, private, **ids)

    return entered


def lock(request: Request, response: HttpResponse) -> HttpResponse:
    """Forget it."""
    request.session.pop(COOKIE, None)
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
    return response


def _about(request: Request) -> str:
    return f"complaint session {request.actor.account_id}"
