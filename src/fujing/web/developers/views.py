"""Every page kind with sample data, for system administrators and while debugging."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fujing.web.desk.common import need
from fujing.web.developers.samples import KINDS


def _admit(request: HttpRequest) -> None:
    if not settings.DEBUG:
        need(request, "system_admin")


def contents(request: HttpRequest) -> HttpResponse:
    """The kinds, each a link to its sample."""
    _admit(request)
    return render(request, "developers/contents.html", {"kinds": KINDS})


def page(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind. Its forms lead nowhere: what is sent is checked and shown again."""
    _admit(request)
    if kind not in KINDS:
        raise Http404
    sample = KINDS[kind]
    return render(request, f"developers/{kind}.html", {"title": sample.label, **sample.context(request), "note": ""})
