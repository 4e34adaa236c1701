"""Every page kind with sample data, for system administrators and while debugging."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render

from fujing.web.audience import SYSTEM_ADMIN, sees
from fujing.web.developers.samples import KINDS
from fujing.web.doors import CLOSED
from fujing.web.requests import Request


def _admit(request: Request) -> None:
    if not settings.DEBUG and not sees(request.actor, SYSTEM_ADMIN):
        raise PermissionDenied(CLOSED)


def contents(request: Request) -> HttpResponse:
    """The kinds, each a link to its sample."""
    _admit(request)
    return render(request, "developers/contents.html", {"kinds": KINDS})


def page(request: Request, kind: str) -> HttpResponse:
    """One kind. Its forms lead nowhere: what is sent is checked and shown again."""
    _admit(request)
    if kind not in KINDS:
        raise Http404
    sample = KINDS[kind]
    return render(request, f"developers/{kind}.html", {"title": sample.label, **sample.context(request), "note": ""})
