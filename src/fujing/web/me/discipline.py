"""违反义务的处理: what one is said to have done, one's statement and the decision, and asking that it be looked at again."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.transitions import Transition
from fujing.law.discipline.cases import DUTIES
from fujing.law.provisions import cite
from fujing.management.discipline.models import Matter
from fujing.management.discipline.own import (
    may_ask,
    may_state,
    own_asking,
    own_hearing,
    own_matter,
    own_matters,
    own_statement,
    told_paper,
)
from fujing.management.discipline.queries import asking_of
from fujing.management.discipline.states import MATTER
from fujing.web.acts import Deed, Deeds, Touched, acts_of, take
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request

BY_ORGAN = "由单位办理。"


class StatementForm(forms.Form):
    answer = forms.CharField(
        label="我的陈述和申辩",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写明事实、理由和您的要求；提交以后不能改，任何人都不能改",
    )


class AskingForm(forms.Form):
    text = forms.CharField(
        label="申请复核的理由",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写明哪里与事实不符、您的要求；提交以后不能改",
    )


def _said(row: Matter) -> Touched:
    return Touched(f"{cite(row.duty)}，{row.happened_on}。")


def _why_not(actor: Actor, row: Matter, move: Transition) -> str:
    if move.verb == "ask" and not may_ask(row):
        return f"申请复核的期限到 {row.ask_until} 届满。"
    return ""


DEEDS = Deeds(
    MATTER,
    {
        "say": Deed(
            lambda actor, row, data: own_statement(actor=actor, matter=row, **data), lambda row: StatementForm, _said
        ),
        "ask": Deed(
            lambda actor, row, data: own_asking(actor=actor, matter=row, **data), lambda row: AskingForm, _said
        ),
    },
    elsewhere={move.verb: BY_ORGAN for move in MATTER.transitions if move.verb not in ("say", "ask")},
    why_not=_why_not,
)


@door(*AUXILIARIES)
def breaches(request: Request) -> HttpResponse:
    """All that one was told of."""
    return render(request, "me/breaches.html", {"rows": own_matters(request.actor)})


@door(*AUXILIARIES)
def breach(request: Request, pk: int) -> HttpResponseBase:
    """One of them: facts, evidence, the own words, the decision, and what one may do now."""
    actor = request.actor
    row = own_matter(actor, pk)
    if "verb" in request.POST:
        back = reverse("me:breach", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject="违反义务的处理", base="me/base.html")
    context = {
        "row": row,
        "duty": DUTIES[row.duty],
        "proofs": row.proofs.order_by("pk"),
        "hearing": own_hearing(row),
        "asking": asking_of(row, whole=True),
        "acts_now": acts_of(actor, row, DEEDS)[0],
    }
    return render(request, "me/breach.html", context)


@door(*AUXILIARIES)
def told(request: Request, pk: int) -> HttpResponseBase:
    """The paper by which the person was told."""
    actor = request.actor
    return file_response(told_paper(actor, own_matter(actor, pk)))


def _card(actor: Actor) -> Card | None:
    rows = own_matters(actor)
    waiting = [hearing for row in rows if may_state(row) and (hearing := own_hearing(row))]
    if waiting:
        first = min(each.answer_until for each in waiting)
        due = first if first >= today() else None
        return Card("看事实和材料目录，提交陈述和申辩", asks="单位认为您违反义务，请您陈述", due=due)
    if rows:
        return Card(f"{rows[0].get_state_display()}", "看决定，申请复核")
    return None


BREACHES = Room(
    label="违反义务的处理",
    url="me:breaches",
    patterns=(
        path("breaches/", breaches, name="breaches"),
        path("breaches/<id:pk>/", breach, name="breach"),
        path("breaches/<id:pk>/told/", told, name="breach_told"),
    ),
    card=_card,
)
