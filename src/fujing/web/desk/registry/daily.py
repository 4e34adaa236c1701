"""系统运行: when each daily duty last ran."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fujing.kernel.daily import standings
from fujing.registry.states import ADMINISTRATORS
from fujing.web.desk.common import need


def system(request: HttpRequest) -> HttpResponse:
    need(request, *ADMINISTRATORS)
    return render(request, "registry/system.html", {"standings": standings()})
