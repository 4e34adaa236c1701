"""A line in the log for each request, and sign-in required by default: only what is named here is open."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

OPEN_NAMESPACES = frozenset({"public", "law"})
OPEN_NAMES = frozenset({"account_login", "account_logout", "home", "healthz", "readyz", "mfa_authenticate"})
log = structlog.get_logger("fujing.requests")


class RequestLog:
    """Method, path, status and milliseconds; no query string, since people are searched for by name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        known = {}
        if actor := getattr(request, "actor", None):
            known = {"request": actor.request_id, "account": actor.account_id}
            response.headers["X-Request-ID"] = actor.request_id
        taken = round((time.perf_counter() - began) * 1000, 1)
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=taken,
            **known,
        )
        return response


class SignInRequired:
    """Sends visitors of closed pages to sign in, and applicants away from the desk with a 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.namespace in OPEN_NAMESPACES or match.view_name in OPEN_NAMES:
            return None
        if request.actor.account_id is None:  # type: ignore[attr-defined]
            return redirect_to_login(request.get_full_path())
        return None
