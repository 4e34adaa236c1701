"""工作台: what waits for the actor, oldest deadline first, every count a link to its list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.registry.models import Organ
from fujing.registry.states import ADMINISTRATORS, OFFICER_ROLES, PARTNER_ROLES
from fujing.web.audience import HR
from fujing.web.desk.chapters import WINGS
from fujing.web.desk.common import need
from fujing.web.desk.wings import Line


def home(request: HttpRequest) -> HttpResponse:
    actor = need(request, *OFFICER_ROLES, *PARTNER_ROLES, *ADMINISTRATORS)
    organ = Organ.objects.get(pk=actor.organ_code or 0)
    numbers: list[tuple[str, int, str]] = []
    if actor.has(*HR) and organ.manages:
        account = quota_of(organ.code)
        quota, people = reverse("desk:quota"), reverse("desk:people")
        numbers = [
            ("核定额度", account.granted, quota),
            ("本级在职", account.in_service, people),
            ("空余额度", account.free, quota),
        ]
    return render(
        request, "desk/home.html", {"organ": organ, "today": today(), "todos": todos_of(actor), "numbers": numbers}
    )


def todos_of(actor: Actor) -> list[Line]:
    """What the actor may do now, oldest deadline first; nothing is listed that somebody else must do."""
    found = [
        Line(todo, wing.place(todo)) for wing in WINGS if wing.waiting for todo in wing.waiting(actor) if todo.count
    ]
    return sorted(found, key=lambda line: line.order)
