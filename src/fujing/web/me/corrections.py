"""更正: one thing of the own file that is wrong, with its proof; who answers, and what became of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse

from fujing.law.education import EDUCATION_LABEL
from fujing.management.corrections.queries import YES_NO, in_words, own_correction
from fujing.management.corrections.services import correction_ask, correction_take_back
from fujing.management.corrections.states import CORRECTABLE, CORRECTION
from fujing.registry.own import serving
from fujing.registry.states import Role
from fujing.web.acts import Deed, Deeds, acts_of, perform, take
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_response
from fujing.web.requests import Request

CHOICES = {"education": EDUCATION_LABEL, "veteran": YES_NO}


class CorrectionForm(forms.Form):
    """What it should be; of the choices where there are some."""

    wished = forms.CharField(label="应当是", max_length=1000)
    said = forms.CharField(
        label="说明", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text="可以不写"
    )

    def __init__(self, field: str, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = CORRECTABLE[field]
        if field in CHOICES:
            choices = [("", "请选择"), *CHOICES[field].items()]
            self.fields["wished"] = forms.ChoiceField(label=f"{found.label}应当是", choices=choices)
        elif field == "other":
            self.fields["wished"].label = "哪里错了，应当是什么"
            self.fields["wished"].widget = forms.Textarea(attrs={"rows": 4})
        else:
            self.fields["wished"].label = f"{found.label}应当是"
        if found.proof:
            self.fields["upload"] = forms.FileField(label=found.proof, help_text=PAPER)


OWN = Deeds(
    CORRECTION,
    {"take_back": Deed(lambda actor, row, data: correction_take_back(actor=actor, correction=row))},
    elsewhere=dict.fromkeys(("confirm", "decline"), "由管理机关办理。"),
)


@door(*AUXILIARIES)
def ask(request: Request, field: str) -> HttpResponse:
    """Ask for one thing to be corrected."""
    actor = request.actor
    if field not in CORRECTABLE:
        raise Http404("没有这一项")
    engagement = serving(actor)
    sent = request.method == "POST"
    form = CorrectionForm(field, request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        data = form.cleaned_data
        done = perform(request, lambda: correction_ask(actor=actor, engagement=engagement, field=field, **data), form)
        if done:
            messages.success(request, "已提交，核对以后在这里答复。")
            return redirect("me:correction", done.pk)
    found = CORRECTABLE[field]
    who = "、".join(str(Role(role).label) for role in found.roles)
    return form_response(request, "me/correct.html", {"form": form, "label": found.label, "who": who})


@door(*AUXILIARIES)
def correction(request: Request, pk: int) -> HttpResponseBase:
    """One request of one's own, and its answer."""
    actor = request.actor
    row = own_correction(actor, pk)
    if "verb" in request.POST:
        back = reverse("me:correction", args=[pk])
        return take(request, actor, row, OWN, back=back, subject="更正申请", base="me/base.html")
    context = {"row": row, "wished": in_words(row), "acts_now": acts_of(actor, row, OWN)[0]}
    return render(request, "me/correction.html", context)


PATTERNS = (
    path("file/correct/<str:field>/", ask, name="correct"),
    path("file/corrections/<id:pk>/", correction, name="correction"),
)
