"""核实 beside a check's findings: what stands of each, and the form by which an officer notes what was verified."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl
from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fujing.compliance.verification.identity import about_key, facts_key
from fujing.compliance.verification.policies import can_verify
from fujing.compliance.verification.queries import noted, standing_in
from fujing.compliance.verification.services import Found, Subject, verification_note
from fujing.compliance.verification.states import Result
from fujing.kernel.clock import today
from fujing.kernel.sealed_uploads import SealedUpload
from fujing.law.findings import Outcome
from fujing.law.roster.told import index_of, table, with_sentences
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.desk.common import DateField
from fujing.web.desk.registry.roster_check import card_of, of_upload
from fujing.web.form_pages import form_response
from fujing.web.requests import Request
from fujing.web.values import number_of


class FoundForm(forms.Form):
    """What an officer found out."""

    result = forms.ChoiceField(
        label="核实结果",
        choices=Result.choices,
        widget=forms.RadioSelect,
        help_text="属实：查明符合要求，有据可查；不属实：查明不符合要求，应当整改。",
    )
    source = forms.CharField(label="核实依据", max_length=200, help_text="如 劳动合同原件、层级评定表第3页")
    checked_on = DateField(label="核实日期", initial=today)
    reason = forms.CharField(label="核实情况", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_checked_on(self) -> date:
        day: date = self.cleaned_data["checked_on"]
        if day > today():
            raise forms.ValidationError("核实日期不能晚于今天。")
        return day

    @staticmethod
    def of(data: dict[str, Any]) -> Found:
        """What was filled in."""
        return Found(**{name: data[name] for name in Found.__slots__})


@of_upload
def verify(request: Request, sealed: SealedUpload, head: dict[str, Any], row: int) -> HttpResponse:
    actor = request.actor
    finding = _finding(sealed, row)
    subject = _subject(sealed, head, finding)
    if finding["outcome"] != Outcome.UNDETERMINED or not can_verify(actor, subject.organ_code):
        raise Http404("没有可以核实的这一项")
    about, facts = about_key(subject.rule, subject.subject), facts_key(subject.rule, subject.facts, subject.day)
    before = standing_in([subject.organ_code]).get(about)
    said = noted(before, facts) if before else None
    if said and said.holds:
        return redirect("desk:verification", said.pk)
    form = FoundForm(values.sent(request))
    seen = (about + facts).hex()
    if request.method == "POST" and values.token(request.POST, "seen") != seen:
        # Another file was checked meanwhile: the same place is another finding there.
        messages.error(request, "核对结果已经换成另一份，没有记载。请从新的结果里再选。")
        return redirect("desk:roster_check_findings")
    if request.method == "POST" and form.is_valid():
        made = perform(
            request, lambda: verification_note(actor=actor, of=subject, found=form.of(form.cleaned_data)), form
        )
        if made:
            messages.success(request, "已记载核实。核对结论不变，旁边注明核实人和日期。")
            return redirect("desk:verification", made.pk)
    context = {
        "title": f"核实：{subject.name}",
        "card": card_of(finding),
        "said": said,
        "form": form,
        "seen": seen,
        "submit": "记载核实",
        "back": reverse("desk:roster_check_person", args=[finding["row"]])
        if finding["row"]
        else reverse("desk:roster_check_findings"),
    }
    return form_response(request, "registry/roster_check_verify.html", context)


def _finding(sealed: SealedUpload, place: int) -> dict[str, Any]:
    found = index_of(sealed.part)
    if place >= found.height:
        raise Http404("没有这一项")
    finding = found.row(place, named=True)
    with_sentences(sealed.part, [finding])
    return finding


def _subject(sealed: SealedUpload, head: dict[str, Any], finding: dict[str, Any]) -> Subject:
    """The finding as a note keeps it, of the bureau that its row or its organ names."""
    if finding["row"] is None:
        code = finding["subject"]
        name = next((organ["name"] for organ in head["organs"] if organ["code"] == code and organ["name"]), code)
    else:
        person = table(sealed.part("people")).row(by_predicate=pl.col("row") == finding["row"], named=True)
        code, name = person.get("organ_code"), person.get("name") or f"行{finding['row']}"
    return Subject(
        number_of(code or "") or 0,
        finding["subject"],
        name,
        finding["rule"],
        finding["provision"],
        finding["outcome"],
        finding["message"],
        json.loads(finding["facts"]),
        date.fromisoformat(head["as_of"]),
    )
