"""我的档案: where I serve and under whom, my contract, and what is written of me."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path

from fujing.kernel.actor import Actor
from fujing.registry.own import own_codes, own_contracts, own_engagement, own_organ_of, own_person, own_places
from fujing.web.audience import AUXILIARIES
from fujing.web.columns import last_day
from fujing.web.doors import door
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request


@door(*AUXILIARIES)
def file(request: Request) -> HttpResponse:
    """The person's own file."""
    actor = request.actor
    person = own_person(actor)
    context = {"person": person, "organ": own_organ_of(person), "codes": own_codes(actor)}
    return render(request, "me/file.html", context)


def _card(actor: Actor) -> Card:
    place = next(iter(own_places(actor)), None)
    contract = next(iter(own_contracts(actor)), None)
    engagement = own_engagement(actor)
    if engagement is None or engagement.span.upper is not None:
        return Card("您已不在职，仍可查看自己的档案。")
    officer = place.officer.name if place and place.officer else "未指定"
    ends = last_day(contract.span.upper) if contract else None
    said = f"{place.unit.short_name} · {place.post.name}，责任民警{officer}" if place else "还没有登记用人单位和岗位"
    until = "合同未登记" if contract is None else f"合同到{ends}" if ends else "无固定期限合同"
    return Card(said, until)


FILE = Room(
    label="我的档案",
    url="me:file",
    patterns=(path("file/", file, name="file"),),
    card=_card,
    provisions=("5.p1",),
    place=9,
)
