"""Sign-in required by default: only what is named here is open."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

OPEN_NAMESPACES = frozenset({"public", "law"})
OPEN_NAMES = frozenset({"account_login", "account_logout", "home", "healthz", "readyz", "mfa_authenticate"})


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
