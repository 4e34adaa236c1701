"""派勤: what I am ordered to, when, where, and under whose command (Article 4)."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from fujing.duties.orders.queries import own_duties
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request

SHOWN = timedelta(28)
"""How far back orders that are over stand on the page."""


@door(*AUXILIARIES)
def duties(request: Request) -> HttpResponse:
    """The person's own orders: those to come, the next first, and those of the last four weeks, the latest first."""
    rows = own_duties(request.actor, today() - SHOWN)
    coming = [each for each in rows if each.ends.date() >= today() and each.state != "ended"]
    over = [each for each in reversed(rows) if each not in coming]
    return render(request, "me/duties.html", {"coming": coming, "over": over, "days": SHOWN.days})


def _card(actor: Actor) -> Card:
    rows = [each for each in own_duties(actor, today()) if each.state != "ended"]
    if not rows:
        return Card("没有将要执行的派勤")
    first = rows[0]
    return Card(f"{first.begins:%m月%d日 %H:%M} 至 {first.ends:%H:%M}，{first.place}", f"今天起共 {len(rows)} 次派勤")


DUTIES = Room(
    label="派勤", url="me:duties", patterns=(path("duties/", duties, name="duties"),), card=_card, provisions=("4",)
)
