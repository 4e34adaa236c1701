"""我的层级: what I hold, what a batch found of me and why, and from when the next step is possible (Article 23)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from fujing.kernel.actor import Actor
from fujing.management.tiers.outlook import own_outlook
from fujing.management.tiers.queries import own_candidacies, own_tiers
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request


@door(*AUXILIARIES)
def tiers(request: Request) -> HttpResponse:
    """My tier, its course, and what is to come."""
    actor = request.actor
    outlook = own_outlook(actor)
    context = {
        "held": own_tiers(actor),
        "candidacies": own_candidacies(actor),
        "outlook": outlook,
        "findings": [each.model_dump(mode="json") for each in outlook.findings] if outlook else [],
    }
    return render(request, "me/tiers.html", context)


def _card(actor: Actor) -> Card:
    now = next((each for each in own_tiers(actor) if not each.ended_how), None)
    if now is None:
        return Card("没有在册的层级。", "层级怎样评定、下一步要什么条件")
    since = f"自 {now.since} 起" if now.since else "任现层级日期待核实"
    return Card(f"{now.name}，{since}", "晋升条件和理由")


TIERS = Room(
    label="我的层级",
    url="me:tiers",
    patterns=(path("tiers/", tiers, name="tiers"),),
    card=_card,
    provisions=("23.p1", "23.p2"),
)
