"""我的权利: the seven rights of Article 14, each with the room where it is exercised, or who answers until there is one."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.law.provisions import measures
from fujing.management.leaving.own import own_hearings, own_resignations
from fujing.registry.own import own_engagement, own_organ_of, own_person
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.me.chapters import ROOMS
from fujing.web.requests import Request

UNTIL_THEN = {
    "14.1": "本系统还不显示应配和已配的装备。缺少的，向使用单位领取；单位不配发的，向管理机关提出。",
    "14.2": "本系统还不显示工资条和参保月份。向管理机关财务查问；欠发、漏缴的，可以向劳动保障监察投诉。",
    "14.3": "本系统还不显示培训记录。向使用单位和管理机关查问。",
}
"""What is true as long as no room carries the right."""


@dataclass(frozen=True, slots=True)
class Right:
    """One right in the Measures' words, where it is exercised, and otherwise what to do."""

    address: str
    text: str
    places: tuple[tuple[str, str], ...]
    otherwise: str = ""


def rights_of(serving: bool) -> list[Right]:
    """The seven rights with their places; giving notice is there for who serves."""
    own = {
        "14.6": ((("提交辞职", reverse("me:resign")),) if serving else ()),
        "14.7": (("合同约定的，看我的档案", reverse("me:file")),),
    }
    found = []
    for number in range(1, 8):
        address = f"14.{number}"
        rooms = tuple((each.label, reverse(each.url)) for each in ROOMS if address in each.provisions)
        places = own.get(address, rooms)
        found.append(Right(address, measures().provisions[address].text, places, UNTIL_THEN.get(address, "")))
    return found


@door(*AUXILIARIES)
def rights(request: Request) -> HttpResponse:
    """All of them on one page, with what is under way above."""
    actor = request.actor
    engagement = own_engagement(actor)
    serving = engagement is not None and engagement.span.upper is None
    context = {
        "rights": rights_of(serving),
        "serving": serving,
        "organ": own_organ_of(own_person(actor)),
        "hearings": own_hearings(actor),
        "resignations": own_resignations(actor),
    }
    return render(request, "me/rights.html", context)
