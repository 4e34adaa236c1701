"""工作台: what waits for the actor, oldest deadline first, every count a link to its list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.registry.queries import own_organ
from fujing.web.audience import DESK, HR, sees
from fujing.web.desk.chapters import WINGS
from fujing.web.desk.registry.undated import undated_number
from fujing.web.desk.wings import Line
from fujing.web.doors import door
from fujing.web.requests import Request


@door(*DESK)
def home(request: Request) -> HttpResponse:
    actor = request.actor
    organ = own_organ(actor)
    numbers: list[tuple[str, int, str]] = []
    if sees(actor, HR) and organ.manages:
        account = quota_of(organ.code)
        quota, people = reverse("desk:quota"), reverse("desk:people")
        numbers = [
            ("核定额度", account.granted, quota),
            ("本级在职", account.in_service, people),
            ("空余额度", account.free, quota),
            *((f"{each['label']}，未计入", each["value"], each["url"]) for each in undated_number(organ, own=True)),
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
