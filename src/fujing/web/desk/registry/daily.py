"""系统运行: when each daily duty last ran."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from fujing.kernel.daily import standings
from fujing.registry.states import ADMINISTRATORS
from fujing.web.doors import door
from fujing.web.requests import Request


@door(*ADMINISTRATORS)
def system(request: Request) -> HttpResponse:
    return render(request, "registry/system.html", {"standings": standings()})
