"""All URLs, by audience."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from fujing.registry.models import Organ


def home(request: HttpRequest) -> HttpResponse:
    """Where a sign-in lands: applicants on their applications, everybody else at the desk."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.account_id is None:
        return redirect("public:home")
    return redirect("public:mine" if actor.has("applicant") else "desk:home")


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"ok": True})


def readyz(request: HttpRequest) -> HttpResponse:
    """The process and its database answer."""
    return JsonResponse({"ok": True, "organs": Organ.objects.exists()})


def server_error(request: HttpRequest) -> HttpResponse:
    """What failed has a number, under which the log has the reason."""
    actor = getattr(request, "actor", None)
    return render(None, "500.html", {"number": actor.request_id if actor else ""}, status=500)


handler500 = server_error
urlpatterns = [
    path("", include("fujing.web.public.urls")),
    path("home/", home, name="home"),
    path("desk/", include("fujing.web.desk.urls")),
    path("law/", include("fujing.web.law_site.urls")),
    path("developers/", include("fujing.web.developers.urls")),
    path("accounts/", include("allauth.urls")),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
]
