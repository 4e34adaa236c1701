"""All URLs, by audience."""

import sys

from allauth.account import views as account
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path
from django.views.generic import RedirectView

from fujing.kernel.daily import standings
from fujing.registry.queries import ready
from fujing.web.audience import APPLICANTS, AUXILIARIES, DESK, sees
from fujing.web.limits import second_step, sign_in
from fujing.web.middleware import busy, too_big
from fujing.web.requests import Request
from fujing.web.sealed import drop


def home(request: Request) -> HttpResponse:
    """Where a sign-in lands: who serves in self-service, applicants on their applications, who works here at the desk."""
    actor = request.actor
    for room, roles in (("me:home", AUXILIARIES), ("public:mine", APPLICANTS), ("desk:home", DESK)):
        if sees(actor, roles):
            return redirect(room)
    return redirect("public:home")


def sign_out(request: Request) -> HttpResponse:
    """The library's page; who leaves by it leaves no upload behind."""
    actor, response = request.actor, account.logout(request)
    return drop(response, actor) if request.method == "POST" else response


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"ok": True})


def readyz(request: HttpRequest) -> HttpResponse:
    """The process and its database answer; with it, when each daily duty last ran."""
    daily = {each.duty.name: {"last": each.last, "missed": each.missed} for each in standings()}
    return JsonResponse({"ok": True, "organs": ready(), "daily": daily})


TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was sent could not be read; too much of it is said as such."""
    if isinstance(exception, TOO_BIG):
        return too_big()
    return render(None, "400.html", status=400)


def unavailable(error: BaseException | None) -> bool:
    """Whether there is no connection to the database just now: the pool is empty, the server down or starting."""
    if not isinstance(error, OperationalError | InterfaceError):
        return False
    state = getattr(error.__cause__, "sqlstate", None) or ""
    # 08 connection, 53 too few resources, 57P server going down or coming up; none at all: no server answered.
    return not state or state.startswith(("08", "53", "57P"))


def server_error(request: HttpRequest) -> HttpResponse:
    """What failed has a number, under which the log has the reason. A database that is away for a moment is no fault."""
    if unavailable(sys.exc_info()[1]):
        return busy()
    actor = getattr(request, "actor", None)
    return render(None, "500.html", {"number": actor.request_id if actor else ""}, status=500)


FORGOTTEN = "account_reset_password"
"""The name under which the library looks for the way back from a forgotten password."""
handler400 = bad_request
handler500 = server_error
urlpatterns = [
    path("", include("fujing.web.public.urls")),
    path("home/", home, name="home"),
    path("desk/", include("fujing.web.desk.urls")),
    path("me/", include("fujing.web.me.urls")),
    path("law/", include("fujing.web.law_site.urls")),
    path("developers/", include("fujing.web.developers.urls")),
    path("accounts/login/", sign_in, name="account_login"),
    path("accounts/2fa/authenticate/", second_step, name="mfa_authenticate"),
    # Of the library only what is used: nobody here has an e-mail address or signs up by it.
    path("accounts/logout/", sign_out, name="account_logout"),
    path("accounts/reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("accounts/password/change/", account.password_change, name="account_change_password"),
    path("accounts/password/forgotten/", RedirectView.as_view(pattern_name="public:recover"), name=FORGOTTEN),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
