"""招聘公告: what the whole province offers, narrowed by state, city and title; the filters are the address."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from fujing.law.jurisdiction import divisions
from fujing.recruitment.selection.queries import CITY, public_campaigns, public_groups
from fujing.web import values
from fujing.web.lists import Link, address, paged
from fujing.web.requests import Request

SHOWN = (("open", "正在报名"), ("notice", "公示中"), ("", "全部"))
PARAMETERS = ("show", "city", "q", "page")
PAGE = 20
LONGEST_SEARCH = 60


def city_name(city: int) -> str:
    """绵阳市 for 5107; the province's own organ is 省直."""
    found = divisions().get(f"{city}00")
    return "省直" if city % 100 == 0 or found is None else found.name


def home(request: Request) -> HttpResponse:
    # Links carry the list's own parameters on and echo no others.
    known = {name: value for name, value in request.GET.items() if name in PARAMETERS}
    request.GET = QueryDict(urlencode(known))  # type: ignore[assignment]
    text = values.words(request.GET, "q", LONGEST_SEARCH)
    show = values.choice(request.GET, "show", dict(SHOWN))
    rows = public_campaigns(text)
    groups = public_groups(rows)
    cities = {f"{city}" for city, *_ in groups}
    city = values.choice(request.GET, "city", cities)
    states, places = _counted(groups, show, city)
    if show:
        rows = rows.filter(**({"open_now": True} if show == "open" else {"publicised": True}))
    if city:
        rows = rows.filter(organ_code__range=(int(city) * CITY, (int(city) + 1) * CITY - 1))
    found, pager = paged(request, rows, PAGE)
    context: dict[str, Any] = {
        "campaigns": found,
        "text": text,
        "show": show,
        "narrowed": bool(text or city or show),
        **pager,
        "shown": [Link(label, address(request, show=key), key == show, states[key]) for key, label in SHOWN],
        "cities": [("", "全省"), *((key, f"{city_name(int(key))}（{places[key]}）") for key in sorted(cities))],
        "city": city,
    }
    return render(request, "public/home.html", context)


def _counted(groups: list[tuple[int, bool, bool, int]], show: str, city: str) -> tuple[Counter[str], Counter[str]]:
    """How many each state and each city has, under the other filter as it is."""
    states: Counter[str] = Counter()
    cities: Counter[str] = Counter()
    for place, open_now, publicised, number in groups:
        are = {"": True, "open": open_now, "notice": publicised}
        if city in ("", f"{place}"):
            states.update({key: number for key, holds in are.items() if holds})
        if are[show]:
            cities[f"{place}"] += number
    return states, cities
