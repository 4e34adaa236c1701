"""One search box: provisions, and whatever the wings find."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from fujing.law.provisions import provisions_matching
from fujing.registry.states import OFFICER_ROLES
from fujing.web import values
from fujing.web.desk.chapters import WINGS
from fujing.web.doors import door
from fujing.web.requests import Request

FEW = 8
"""Provisions shown beside what the wings find."""


@door(*OFFICER_ROLES)
def search(request: Request) -> HttpResponse:
    actor = request.actor
    text = values.words(request.GET, "q")
    found = [wing.search(actor, text) for wing in WINGS if wing.search] if text else []
    context = {
        "q": text,
        "search_text": text,
        "provisions": provisions_matching(text)[:FEW] if text else [],
        "found": [each for each in found if each],
    }
    return render(request, "desk/search.html", context)
