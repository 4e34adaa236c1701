"""The Measures article by article, each provision beside what carries it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from fujing.law.provisions import Provision, UnknownProvision, measures
from fujing.law.register import register


def _row(provision: Provision) -> dict[str, Any]:
    return {"provision": provision, "entry": register()[provision.address]}


def index(request: HttpRequest) -> HttpResponse:
    """The whole text; `q` keeps the provisions that contain the words."""
    text = request.GET.get("q", "").strip()
    found = [each for each in measures().provisions.values() if text in each.text or text in each.citation]
    chapters = [
        {"title": f"第{number}章 {measures().chapters[number]}", "rows": [_row(each) for each in rows]}
        for number, rows in groupby(found, key=lambda each: each.chapter)
    ]
    carried = sum(1 for entry in register().entries if entry.carried_by)
    context = {
        "chapters": chapters,
        "measures": measures(),
        "q": text,
        "carried": carried,
        "total": register().provisions,
    }
    return render(request, "law_site/index.html", context)


def provision(request: HttpRequest, address: str) -> HttpResponse:
    """One provision with its register entry."""
    try:
        found = measures()[address]
    except UnknownProvision as error:
        raise Http404(str(error)) from error
    article = [each for each in measures().provisions.values() if each.article == found.article]
    return render(
        request, "law_site/provision.html", {**_row(found), "article": article, "measures": measures()}
    )
