"""A line in the log for each request, and sign-in required by default: only what is named here is open."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import structlog
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from fujing.kernel.refusals import Busy, NotAllowed, NotFound, Refusal
from fujing.kernel.slots import place
from fujing.web import sealed
from fujing.web.acts import sentence
from fujing.web.values import DIGITS, number_of

OPEN_NAMESPACES = frozenset({"public", "law"})
OPEN_NAMES = frozenset(
    {"account_login", "account_logout", "home", "healthz", "readyz", "mfa_authenticate", "me:activate"}
)
AGAIN_IN = 10  # seconds
CARDS = "/card/"
DRAIN_BYTES, DRAIN_SECONDS = 300 * 1024 * 1024, 60
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
            # Who complains is in no log, even where they are signed in.
            account = None if request.path.startswith(sealed.COMPLAIN) else actor.account_id
            known = {"request": actor.request_id, "account": account}
            response.headers["X-Request-ID"] = actor.request_id
        taken = round((time.perf_counter() - began) * 1000, 1)
        log.info(
            "request", method=request.method, path=logged(request.path), status=response.status_code, ms=taken, **known
        )
        return response


def logged(path: str) -> str:
    """A path as it is kept: what a card's code holds stands in no log."""
    return f"{CARDS}…" if path.startswith(CARDS) and path != CARDS else path


class BodyLimit:
    """Too much at once is refused before it is read; every refusal waits for what is still being sent.

    A server that answers and closes while the phone is sending resets the connection, and the answer is never seen.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        said = number_of(length)
        in_memory = request.path.startswith(sealed.IN_MEMORY)
        most = sealed.MOST + sealed.BESIDE if in_memory else settings.MAX_BODY
        big = said > most if said is not None else len(length) > DIGITS
        if big:
            response = too_big(sealed.MOST if in_memory else 0)
        elif in_memory and said and said > sealed.LARGE:
            response = self._in_its_turn(request)
        else:
            response = self.get_response(request)
        if response.status_code >= 400:
            _drain(request)
        return response

    def _in_its_turn(self, request: HttpRequest) -> HttpResponse:
        """A large file that stays in memory while it is read: few at once, or the machine has no memory left."""
        try:
            with place("sealed", sealed.AT_ONCE, sealed.WAIT, "其他人正在上传较大的文件。"):
                return self.get_response(request)
        except Busy as full:
            return busy(full.message)


def too_big(one_file: int = 0) -> HttpResponse:
    """The page that says how much is possible, without a look at the database; `one_file`: bytes, if it is one file."""
    most = {"megabytes": (one_file or settings.MAX_BODY) // 1024 // 1024, "one_file": bool(one_file)}
    return render(None, "413.html", most, status=413)


def _drain(request: HttpRequest) -> None:
    """Read and forget the rest of the body, within reason."""
    stream, until, left = getattr(request, "_stream", None), time.monotonic() + DRAIN_SECONDS, DRAIN_BYTES
    with suppress(OSError, ValueError):
        while stream is not None and left > 0 and time.monotonic() < until:
            read = len(stream.read(1024 * 1024))
            left -= read
            if not read:
                return


class PlainValues:
    """Leaves out what no keyboard writes and no database takes: a NUL in the query or a form; in a path it is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            return render(None, "400.html", status=400)
        request.GET = _plain(request.GET)  # type: ignore[assignment]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        request.POST = _plain(request.POST)  # type: ignore[assignment]
        return None


def _plain(query: QueryDict) -> QueryDict:
    if not any("\0" in text for name, values in query.lists() for text in (name, *values)):
        return query
    plain = QueryDict(mutable=True)
    for name, values in query.lists():
        plain.setlist(name.replace("\0", ""), [text.replace("\0", "") for text in values])
    return plain


class Refused:
    """A refusal that no form caught: busy asks to come back, the rest is told with its provision.

    Stands above the transaction, which has been undone by then.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Busy):
            return busy(exception.message)
        if isinstance(exception, NotFound):
            return render(request, "404.html", status=404)
        if isinstance(exception, Refusal):
            status = 403 if isinstance(exception, NotAllowed) else 409
            return render(request, f"{status}.html", {"exception": sentence(exception)}, status=status)
        return None


def busy(message: str = "") -> HttpResponse:
    """Too much is going on just now; nothing was written, and trying again is safe."""
    answer = render(None, "503.html", {"message": message, "seconds": AGAIN_IN}, status=503)
    answer.headers["Retry-After"] = str(AGAIN_IN)
    return answer


class SignInRequired:
    """Sends visitors of closed pages to sign in, and applicants away from the desk with a 404."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or match.namespace in OPEN_NAMESPACES or match.view_name in OPEN_NAMES:
            return None
        if request.actor.account_id is None:  # type: ignore[attr-defined]
            return redirect_to_login(request.get_full_path())
        return None
