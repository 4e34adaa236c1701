"""The Measures article by article, each provision beside what carries it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.law.provisions import (
    Provision,
    UnknownProvision,
    address_of,
    chinese_number,
    cite,
    measures,
    provisions_matching,
)
from fujing.law.register import Kind, State, register
from fujing.web import values
from fujing.web.audience import DESK, sees
from fujing.web.lists import filter_links, narrowed_by
from fujing.web.requests import Request


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
    at_desk = sees(actor, DESK)
    return {"layout": "desk/base.html" if at_desk else "public/base.html", "measures": measures()}


def index(request: Request) -> HttpResponse:
    """The whole text; `q` searches, `kind` and `state` filter; each filter's number is the length of its list."""
    text = values.words(request.GET, "q")
    kind, state = values.words(request.GET, "kind"), values.words(request.GET, "state")
    entries = register()
    found = provisions_matching(text)
    of_kind = [each for each in found if kind not in {*Kind} or kind in entries[each.address].kinds]
    of_state = [each for each in found if state not in {*State} or state == entries[each.address].state]
    shown = [each for each in of_kind if each in of_state]
    kinds: Counter[str] = Counter(each for provision in of_state for each in entries[provision.address].kinds)
    states: Counter[str] = Counter(entries[provision.address].state for provision in of_kind)
    by_kind = filter_links(request, "kind", [(each.value, each.label) for each in Kind], kinds)
    # One provision may be alive in several ways: all of them are fewer than the sum over the kinds.
    by_kind[0] = by_kind[0]._replace(matches=len(of_state))
    by_state = filter_links(request, "state", [(each.value, each.label) for each in State], states)
    context = {
        "articles": _articles(shown),
        "words": text.split(),
        "q": text,
        "kind": kind,
        "chosen_state": state,
        "kinds": by_kind,
        "states": by_state,
        "active": narrowed_by([("方式", by_kind), ("落实", by_state)]),
        "shown": len(shown),
        "total": entries.provisions,
        "counts": [(f"{reverse('law:index')}?state={each.value}", each.label, entries.counts[each]) for each in State],
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
