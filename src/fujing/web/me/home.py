"""首页: who I am here, what I am asked, and a card for each room."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from fujing.registry.own import own_engagement, own_organ_of, own_person
from fujing.web.audience import AUXILIARIES
from fujing.web.columns import last_day
from fujing.web.doors import door
from fujing.web.me.chapters import ROOMS
from fujing.web.me.rooms import shown
from fujing.web.requests import Request


@door(*AUXILIARIES)
def home(request: Request) -> HttpResponse:
    """The first page."""
    actor = request.actor
    person, engagement = own_person(actor), own_engagement(actor)
    context = {
        "person": person,
        "organ": own_organ_of(person),
        "category": engagement.get_category_display() if engagement else "",
        "left_on": last_day(engagement.span.upper) if engagement else None,
        "cards": shown(actor, ROOMS),
    }
    return render(request, "me/home.html", context)
