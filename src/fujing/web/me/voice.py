"""意见申诉: suggestions with their answer (14.4), the sealed way of appeals and accusations (14.5), and the own statement."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path

from fujing.kernel.actor import Actor
from fujing.management.complaints.statements import own_hearing, own_hearings, statement_give
from fujing.management.complaints.states import HearingState
from fujing.management.complaints.suggestions import own_suggestions, suggestion_make
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request


class SuggestionForm(forms.Form):
    text = forms.CharField(label="对本单位工作的意见建议", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))


class StatementForm(forms.Form):
    text = forms.CharField(
        label="我的陈述和申辩",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="提交后封存，只有调查人员能看，您自己也不能再打开，请先留一份底稿",
    )


@door(*AUXILIARIES)
def voice(request: Request) -> HttpResponse:
    """Suggest something, see the answers, and find the way of appeals and accusations."""
    actor = request.actor
    form = SuggestionForm(values.sent(request))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if perform(request, lambda: suggestion_make(actor=actor, text=text), form):
            messages.success(request, "已提出，答复后在这里看到。")
            return redirect("me:voice")
    context = {"form": form, "rows": own_suggestions(actor), "hearings": own_hearings(actor)}
    return form_response(request, "me/voice.html", context)


@door(*AUXILIARIES)
def statement(request: Request, pk: int) -> HttpResponse:
    """What the actor is to answer to, and their statement: once, sealed as it is sent."""
    actor = request.actor
    row = own_hearing(actor, pk)
    form = StatementForm(values.sent(request))
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        if perform(request, lambda: statement_give(actor=actor, hearing=row, text=text), form):
            messages.success(request, "已提交并封存。")
            return redirect("me:statement", row.pk)
    return form_response(request, "me/statement.html", {"form": form, "row": row})


def _card(actor: Actor) -> Card | None:
    waiting = own_hearings(actor).filter(state=HearingState.ASKED).count()
    return Card("提意见建议，申诉、控告", asks="有事项需要您陈述和申辩" if waiting else "")


VOICE = Room(
    "意见申诉",
    "me:voice",
    patterns=(path("voice/", voice, name="voice"), path("statements/<id:pk>/", statement, name="statement")),
    card=_card,
    provisions=("14.4", "14.5"),
)
