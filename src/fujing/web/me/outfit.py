"""证装: my work card, what I am owed of uniform, insignia and equipment, and what I signed for (Article 14.1)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from fujing.kernel.actor import Actor
from fujing.law.outfit.owed import PROVISIONS
from fujing.management.outfit.own import own_cards, own_dues, own_holdings, own_pieces
from fujing.management.outfit.states import HELD, CardState
from fujing.web.audience import AUXILIARIES
from fujing.web.columns import last_day
from fujing.web.doors import door
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request


@door(*AUXILIARIES)
def outfit(request: Request) -> HttpResponse:
    """The person's own card and outfit."""
    actor = request.actor
    context = {
        "cards": [(each, last_day(each.span.upper)) for each in own_cards(actor)],
        "dues": [(each, PROVISIONS[each.item.kind]) for each in own_dues(actor)],
        "holdings": [(each, last_day(each.worn_from)) for each in own_holdings(actor)],
    }
    return render(request, "me/outfit.html", context)


def _card(actor: Actor) -> Card:
    cards, pieces = own_cards(actor), own_pieces(actor)
    held = next((each for each in cards if each.state in HELD), None)
    if held is None:
        said = "工作证待发放" if any(each.state == CardState.REQUESTED for each in cards) else "没有有效的工作证"
    elif held.state == CardState.SUSPENDED:
        said = "工作证已停用"
    else:
        said = f"工作证有效期至{last_day(held.span.upper)}"
    return Card(said, f"领用服装、标识、装备 {pieces} 件" if pieces else "还没有领用的物品")


OUTFIT = Room(
    label="证装",
    url="me:outfit",
    patterns=(path("outfit/", outfit, name="outfit"),),
    card=_card,
    provisions=("14.1", "26", "27.p1"),
    place=6,
)
