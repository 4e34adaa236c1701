"""One transaction a request, run as its actor; GET and HEAD are read-only in the database itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from fujing.kernel.actor import Actor, acting, become
from fujing.kernel.readings import noting, write
from fujing.registry.authentication import reveal_pending
from fujing.registry.queries import account_with_roles, actor_of

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OUTSIDE = ("/static/", "/healthz", "/metrics")
# The library notes when the recovery codes were first looked at.
WRITES_WHEN_READ = ("/accounts/2fa/recovery-codes/",)
SECOND_STEP = "/accounts/2fa/authenticate/"


class ActorMiddleware:
    """Sets `request.actor` and the territory of the transaction around everything below it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(OUTSIDE):
            return self.get_response(request)
        signed_in = request.session.get(SESSION_KEY)
        visitor = Actor(name="访客", account_id=int(signed_in) if signed_in else None)
        read_only = request.method in SAFE and not request.path.startswith(WRITES_WHEN_READ)
        with noting() as noted, acting(visitor, read_only=read_only):
            actor = self.recognise(request, visitor.account_id) if signed_in else None
            request.actor = actor or replace(visitor, account_id=None)  # type: ignore[attr-defined]
            if signed_in:
                become(request.actor)  # type: ignore[attr-defined]
            if request.path == SECOND_STEP and not signed_in:
                reveal_pending(request.session)
            response = self.get_response(request)
            if getattr(request, "failed", False) or response.status_code >= 500:
                transaction.set_rollback(True)
        write(noted)
        return response

    def recognise(self, request: HttpRequest, account_id: int | None) -> Actor | None:
        """The signed-in account with its roles of today, or None when it was closed or its password changed."""
        account = account_with_roles(account_id) if account_id else None
        kept = request.session.get(HASH_SESSION_KEY, "")
        if account is None or not constant_time_compare(kept, account.get_session_auth_hash()):
            return None
        account.backend = request.session[BACKEND_SESSION_KEY]  # type: ignore[attr-defined]
        request._cached_user = account  # type: ignore[attr-defined]
        return actor_of(account)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Whatever a view wrote before it failed is undone."""
        request.failed = True  # type: ignore[attr-defined]
