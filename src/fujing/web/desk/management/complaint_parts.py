"""What hangs on a report: a hearing that an officer records, the identity that two people open; and 意见建议."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from fujing.management.complaints.policies import can_answer_suggestion
from fujing.management.complaints.queries import hearing_for, names_of_people, partners_of, release_for, report_for
from fujing.management.complaints.services import hearing_record, identity_open, identity_release
from fujing.management.complaints.states import HEARD_OUT, SUGGESTION, SuggestionState
from fujing.management.complaints.suggestions import suggestion_answer, suggestion_for, suggestions_for
from fujing.web import values
from fujing.web.acts import Deed, Deeds, act_context, perform, take
from fujing.web.audience import DISCIPLINE, PERSONNEL
from fujing.web.columns import Column
from fujing.web.desk.common import of_own_bureau, state_column
from fujing.web.doors import door
from fujing.web.lists import list_of, list_response, narrowed
from fujing.web.requests import Request
from fujing.web.unlocked import with_key


class RecordForm(forms.Form):
    text = forms.CharField(
        label="记录",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="陈述照原话；不作陈述的写明时间、在场人和本人的表示",
    )


HEARINGS = Deeds(
    HEARD_OUT,
    {
        "record": Deed(
            lambda actor, row, data: hearing_record(actor=actor, hearing=row, refused=False, **data),
            lambda row: RecordForm,
        ),
        "refuse": Deed(
            lambda actor, row, data: hearing_record(actor=actor, hearing=row, refused=True, **data),
            lambda row: RecordForm,
        ),
    },
    elsewhere={"state": "由本人在本人服务提交。"},
)


@door(*DISCIPLINE)
@never_cache
def hearing(request: Request, pk: int) -> HttpResponseBase:
    """One hearing: what was told, and recording what was said or that nothing is."""
    actor, row = request.actor, hearing_for(request.actor, pk)
    back = reverse("desk:complaint", args=[row.report_id])
    if "verb" in request.POST:
        return take(request, actor, row, HEARINGS, back=back, subject="陈述和申辩")
    who = names_of_people([row.person_id]).get(row.person_id, "")
    context = {"title": f"{who}的陈述和申辩", "row": row, "back": back, **act_context(actor, row, HEARINGS)}
    return render(request, "management/complaint_hearing.html", context)


class ReleaseForm(forms.Form):
    second = forms.TypedChoiceField(label="与谁共同开启", coerce=int)
    reason = forms.CharField(label="理由", max_length=300, help_text="您同意后，由对方开启；您自己看不到")

    def __init__(self, data: Any, partners: dict[int, str]) -> None:
        super().__init__(data)
        second = self.fields["second"]
        assert isinstance(second, forms.ChoiceField)
        second.choices = list(partners.items())


class OpenForm(forms.Form):
    reason = forms.CharField(label="理由", max_length=300)


@door(*DISCIPLINE)
@never_cache
@with_key
def identity(request: Request, private: bytes, pk: int) -> HttpResponse:
    """Consent that another opens the reporter's identity, or open what another consented to."""
    actor, row = request.actor, report_for(request.actor, pk)
    release, act = release_for(actor, row), values.words(request.POST, "act")
    names = partners_of(actor, row)
    giving = ReleaseForm(request.POST if act == "release" else None, names)
    opening = OpenForm(request.POST if act == "open" else None)
    found = None
    if giving.is_bound and giving.is_valid():
        data = giving.cleaned_data
        if perform(request, lambda: identity_release(actor=actor, report=row, private=private, **data), giving):
            messages.success(request, "已同意，由对方写明理由后开启。")
            return redirect("desk:complaint", row.pk)
    if release is not None and opening.is_bound and opening.is_valid():
        reason = opening.cleaned_data["reason"]
        found = perform(
            request, lambda: identity_open(actor=actor, release=release, private=private, reason=reason), opening
        )
    context = {
        "title": f"第 {row.pk} 号反映人的身份",
        "row": row,
        "giving": giving if names else None,
        "opening": opening if release is not None and found is None else None,
        "release": release,
        "found": " ".join(filter(None, (found["name"], found["phone"]))) if found else "",
    }
    wrong = giving.errors or opening.errors
    return render(request, "management/complaint_identity.html", context, status=422 if wrong else 200)


class AnswerForm(forms.Form):
    answer = forms.CharField(label="答复", max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))


SUGGESTIONS = Deeds(
    SUGGESTION,
    {
        "answer": Deed(
            lambda actor, row, data: suggestion_answer(actor=actor, suggestion=row, **data), lambda row: AnswerForm
        )
    },
    whose=of_own_bureau,
)
COLUMNS = (
    Column("pk", "编号", lambda row: f"第 {row.pk} 条", link=lambda row: reverse("desk:suggestion", args=[row.pk])),
    state_column(),
    Column("made_at", "提出", lambda row: row.made_at.date(), kind="date"),
    Column("answered_on", "答复", kind="date", empty="未答复"),
    Column("answered_by", "答复人", empty="未答复", phone="folded"),
)


@door(*PERSONNEL)
def suggestions(request: Request) -> HttpResponse:
    """All of the territory, by whether they are answered."""
    found, steps = narrowed(request, suggestions_for(request.actor), "state", SuggestionState.choices)
    context = list_of(request, COLUMNS, found, "意见建议", filters=[("步骤", steps)], empty="没有人提过意见建议。")
    context["summary"] = "辅警在本人服务提出，答复后本人看到。"
    return list_response(request, context)


@door(*PERSONNEL)
def suggestion(request: Request, pk: int) -> HttpResponseBase:
    """One suggestion and its answer."""
    actor, row = request.actor, suggestion_for(request.actor, pk)
    back = reverse("desk:suggestion", args=[pk])
    if "verb" in request.POST:
        return take(request, actor, row, SUGGESTIONS, back=back, subject=f"第 {row.pk} 条意见建议")
    who = names_of_people([row.person_id]).get(row.person_id, "")
    context = {
        "title": f"第 {row.pk} 条意见建议",
        "row": row,
        "who": who,
        "answers": can_answer_suggestion(actor, row),
        **act_context(actor, row, SUGGESTIONS),
    }
    return render(request, "management/suggestion.html", context)
