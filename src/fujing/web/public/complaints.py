"""投诉举报: written without sign-in and sealed before it is stored; read and answered with the receipt code alone."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from fujing.kernel.attempts import count_attempt, too_many
from fujing.management.complaints.models import Report
from fujing.management.complaints.queries import messages_of
from fujing.management.complaints.receipts import by_code, report_file, reporter_say
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.complaining import FilesField, ReportForm
from fujing.web.form_pages import form_response
from fujing.web.limits import COMPLAINTS, RECEIPTS, refused, said
from fujing.web.requests import Request


class CodeForm(forms.Form):
    code = forms.CharField(
        label="回执码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text="20位字母和数字，提交时给出",
    )


class SayForm(forms.Form):
    text = forms.CharField(
        label="补充或者回答", max_length=5000, required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    uploads = FilesField(label="照片、截图或者 PDF", required=False, help_text="最多 3 个，附带信息会去掉")


@never_cache
def complain(request: Request) -> HttpResponse:
    """Write a report; its code is shown once, on the answer itself."""
    kind = values.choice(request.GET, "kind", Report.Kind.values, Report.Kind.COMPLAINT)
    sent = request.method == "POST"
    form = ReportForm(values.sent(request), request.FILES if sent else None, initial={"kind": kind})
    if sent and form.is_valid():
        if refused(form, wait := too_many(request, COMPLAINTS)) and wait:
            return said(render(request, "public/complain.html", {"form": form}), wait)
        story, uploads = form.story(), form.cleaned_data["uploads"]
        code = perform(request, lambda: report_file(actor=request.actor, story=story, uploads=uploads), form)
        if code:
            count_attempt(request, COMPLAINTS)
            return render(request, "public/complained.html", {"code": code})
    return form_response(request, "public/complain.html", {"form": form})


@never_cache
def complaint(request: Request) -> HttpResponse:
    """The dialogue, for whoever has the code. The code travels in the form and is kept nowhere."""
    form = CodeForm(values.sent(request))
    context: dict[str, object] = {"form": form, "row": None, "unknown": False}
    if request.method != "POST" or not form.is_valid():
        return form_response(request, "public/complaint.html", context)
    if refused(form, wait := too_many(request, RECEIPTS)) and wait:
        return said(render(request, "public/complaint.html", context), wait)
    saying = "say" in request.POST
    say = SayForm(request.POST if saying else None, request.FILES if saying else None)
    with by_code(form.cleaned_data["code"]) as known:
        if known is None:
            count_attempt(request, RECEIPTS)
            return form_response(request, "public/complaint.html", context | {"unknown": True})
        if saying and say.is_valid():
            data = say.cleaned_data
            done = perform(request, lambda: reporter_say(known=known, **data), say)
            say = SayForm() if done else say
        context |= {"row": known.report, "said": messages_of(known.report, known.keys), "say": say}
        context["code"] = form.cleaned_data["code"]
        return render(request, "public/complaint.html", context, status=422 if say.errors else 200)
