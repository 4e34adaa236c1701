"""证件核验: what a work card answers to anybody who scans its code, or types its number and the name on it (Article 26).

Nothing is asked of the visitor, nothing is kept of them, and no answer is kept by a browser or a proxy. A code that was
never made, a forged one and that of a card that was stopped, lost or handed in get the same page.
"""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from fujing.kernel.attempts import count_attempt, too_many
from fujing.management.outfit.queries import MOST_TYPED, Shown, card_shown, card_shown_by_number
from fujing.web import values
from fujing.web.form_pages import form_response
from fujing.web.limits import CARDS, refused, said
from fujing.web.requests import Request


class CardForm(forms.Form):
    number = forms.CharField(label="工作证编号", max_length=MOST_TYPED, help_text="证件上印的编号")
    name = forms.CharField(label="姓名", max_length=MOST_TYPED, help_text="证件上印的姓名")


def _kept_nowhere(response: HttpResponse) -> HttpResponse:
    """No copy in a cache, and no address of ours told to anybody."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _answer(found: Shown | None) -> dict[str, object]:
    return {"found": found, "answered_at": timezone.localtime()}


def card(request: Request, opaque: str) -> HttpResponse:
    """What a scanned code answers."""
    return _kept_nowhere(render(request, "public/card.html", _answer(card_shown(opaque))))


# Without a token: it would be a cookie for each visitor, and the question changes nothing.
@csrf_exempt
def find(request: Request) -> HttpResponse:
    """What a number answers to whoever also knows the name; misses are limited by network."""
    form = CardForm(values.sent(request))
    if request.method == "POST" and form.is_valid():
        if refused(form, wait := too_many(request, CARDS)) and wait:
            return _kept_nowhere(said(render(request, "public/card_find.html", {"form": form}), wait))
        found = card_shown_by_number(form.cleaned_data["number"], form.cleaned_data["name"])
        if found is None:
            count_attempt(request, CARDS)
        return _kept_nowhere(render(request, "public/card.html", _answer(found)))
    return _kept_nowhere(form_response(request, "public/card_find.html", {"form": form}))
