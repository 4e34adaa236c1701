"""The Measures article by article, each provision beside what carries it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from fujing.law.provisions import (
    Provision,
    UnknownProvision,
    address_of,
    chinese_number,
    cite,
    measures,
    provisions_matching,
)
from fujing.law.register import Kind, register
from fujing.registry.states import ADMINISTRATORS, OFFICER_ROLES, PARTNER_ROLES
from fujing.web.lists import filter_links
from fujing.web.requests import Request

CARRIED = [("yes", "已落实"), ("no", "未落实")]


def _carried(provision: Provision) -> str:
    """Purely declaratory provisions are neither carried nor missing."""
    entry = register()[provision.address]
    if entry.carried_by:
        return "yes"
    return "" if entry.kinds == (Kind.DECLARATORY,) else "no"


def _articles(provisions: Iterable[Provision]) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "chapter": rows[0].chapter,
            "title": f"第{chinese_number(rows[0].chapter)}章 {measures().chapters[rows[0].chapter]}",
            "rows": [{"provision": each, "entry": register()[each.address]} for each in rows],
        }
        for number, group in groupby(provisions, key=lambda each: each.article)
        for rows in [list(group)]
    ]


def _layout(request: Request) -> dict[str, Any]:
    """Those who work at the desk keep its navigation."""
    actor = request.actor
    at_desk = actor.has(*OFFICER_ROLES, *PARTNER_ROLES, *ADMINISTRATORS)
    return {"layout": "desk/base.html" if at_desk else "public/base.html", "measures": measures()}


def index(request: Request) -> HttpResponse:
    """The whole text; `q` searches, `kind` and `carried` filter."""
    text = request.GET.get("q", "").strip()
    kind, carried = request.GET.get("kind", ""), request.GET.get("carried", "")
    found = provisions_matching(text)
    of_kind = [each for each in found if kind not in {*Kind} or kind in register()[each.address].kinds]
    shown = [each for each in of_kind if carried not in dict(CARRIED) or _carried(each) == carried]
    context = {
        "articles": _articles(shown),
        "words": text.split(),
        "q": text,
        "kind": kind,
        "chosen_carried": carried,
        "kinds": filter_links(request, "kind", [(each.value, each.label) for each in Kind]),
        "carried": filter_links(request, "carried", CARRIED),
        "shown": len(shown),
        "total": register().provisions,
        "by_code": sum(1 for entry in register().entries if entry.carried_by),
        "chapters": list(measures().chapters.items()),
    }
    return render(request, "law_site/index.html", _layout(request) | context)


def provision(request: Request, address: str) -> HttpResponse:
    """One provision inside its article. A citation in words leads to the address."""
    try:
        addresses = address_of(address)
    except UnknownProvision as error:
        raise Http404(str(error)) from error
    if addresses != [address]:
        return redirect("law:provision", addresses[0])
    every = list(measures().provisions)
    place = every.index(address)
    article = measures()[address].article
    context = {
        "chosen": address,
        "citation": cite(address),
        "articles": _articles(each for each in measures().provisions.values() if each.article == article),
        "words": [],
        "before": every[place - 1] if place else None,
        "after": every[place + 1] if place + 1 < len(every) else None,
    }
    return render(request, "law_site/provision.html", _layout(request) | context)
