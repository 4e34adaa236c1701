"""What is done in a protection case: measures, referrals, the correction, clarifications; and the bureau's own terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.files import file_response
from fujing.kernel.transitions import Transition
from fujing.management.protection.clarifying import (
    clarification_drop,
    clarification_propose,
    clarification_publish,
    consent_record,
)
from fujing.management.protection.models import Clarification
from fujing.management.protection.policies import can_handle_part
from fujing.management.protection.queries import clarification_for, protection_for, referral_for, staff_of, terms_for
from fujing.management.protection.services import (
    accused_name,
    correction_record,
    evidence_add,
    measure_record,
    referral_end,
    referral_record,
    term_set,
)
from fujing.management.protection.states import CLARIFICATION, ClarificationState
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import PROTECTING
from fujing.web.choices import among
from fujing.web.columns import Column
from fujing.web.desk.common import timeline_of
from fujing.web.desk.management.protection_forms import (
    AccusedForm,
    CorrectionForm,
    EvidenceForm,
    MeasureForm,
    OutcomeForm,
    PaperForm,
    ProposeForm,
    ReferralForm,
    TermForm,
    agree_form,
    first_day,
    publish_form,
)
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import list_of, list_response
from fujing.web.requests import Request

PARTS: dict[str, tuple[str, type[forms.Form], Callable[..., Any], str]] = {
    "evidence": ("补充材料", EvidenceForm, evidence_add, "已补充材料。"),
    "accused": ("登记涉及的本机关人员", AccusedForm, accused_name, "已登记涉及人员。"),
    "measure": ("登记措施", MeasureForm, measure_record, "已登记措施，本人看得到。"),
    "referral": ("登记移送", ReferralForm, referral_record, "已登记移送，处理结果以后登记。"),
    "correction": ("登记纠正", CorrectionForm, correction_record, "已登记纠正。"),
    "clarification": (
        "拟澄清，送本人表示意见",
        ProposeForm,
        clarification_propose,
        "已送本人表示意见，本人同意以后才能公开。",
    ),
}


@door(*PROTECTING)
def protection_add(request: Request, pk: int, part: str) -> HttpResponse:
    """Add one thing to a case."""
    actor = request.actor
    if part not in PARTS:
        raise Http404("没有这一项")
    title, kind, service, done = PARTS[part]
    row = protection_for(actor, pk)
    form = kind(values.sent(request), request.FILES or None, initial=first_day())
    if part == "accused":
        among(form, accused=staff_of(row.organ_code))
    back = reverse("desk:protection", args=[pk])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: service(actor=actor, case=row, **data), form):
            messages.success(request, done)
            return redirect(back)
    return form_page(request, form, title=f"{row.engagement.person.name}：{title}", submit=title, back=back)


@door(*PROTECTING)
def referral(request: Request, pk: int) -> HttpResponse:
    """What came of a referral."""
    actor = request.actor
    row = referral_for(actor, pk)
    form = OutcomeForm(values.sent(request), initial=first_day())
    back = reverse("desk:protection", args=[row.case_id])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: referral_end(actor=actor, referral=row, **data), form):
            messages.success(request, "已登记处理结果，本人看得到。")
            return redirect(back)
    return form_page(
        request,
        form,
        title=f"{row.case.engagement.person.name}：移送的处理结果",
        intro=f"{row.referred_on} 移送{row.body}，{row.receipt}"
        + (f"，{row.get_outcome_display()}" if row.outcome else ""),
        submit="登记处理结果",
        back=back,
    )


def _touched(row: Clarification) -> Touched:
    return Touched(f"{row.case.engagement.person.name}，{row.get_form_display()}，{row.get_scope_display()}。")


def _whose(actor: Actor, row: Clarification, move: Transition) -> str:
    return "" if can_handle_part(actor, row) else "由管理此人的公安机关、与本案无关的人办理。"


def _on_paper(verb: str, form: Callable[[Any], type[forms.Form]]) -> Deed:
    return Deed(
        lambda actor, row, data: consent_record(actor=actor, clarification=row, verb=verb, **data), form, _touched
    )


DEEDS = Deeds(
    CLARIFICATION,
    {
        "publish": Deed(
            lambda actor, row, data: clarification_publish(actor=actor, clarification=row, **data),
            publish_form,
            _touched,
        ),
        "agree_paper": _on_paper("agree_paper", agree_form),
        "refuse_paper": _on_paper("refuse_paper", lambda row: PaperForm),
        "retract_paper": _on_paper("retract_paper", lambda row: PaperForm),
        "drop": Deed(lambda actor, row, data: clarification_drop(actor=actor, clarification=row), None, _touched),
    },
    elsewhere=dict.fromkeys(("agree", "refuse", "retract"), "由本人在本人服务表示；书面表示的，登记书面意见。"),
    whose=_whose,
)


@door(*PROTECTING)
def clarification(request: Request, pk: int) -> HttpResponseBase:
    """One clarification: what would be said, how far, what the person says to it, and its publication."""
    actor = request.actor
    row = clarification_for(actor, pk)
    person = row.case.engagement.person
    if "verb" in request.POST:
        back = reverse("desk:clarification", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=f"{person.name}的澄清")
    context = {
        "title": f"{person.name}：澄清事实",
        "row": row,
        "waits": row.state == ClarificationState.PROPOSED,
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return render(request, "management/protection/clarification.html", context)


@door(*PROTECTING)
def clarification_paper(request: Request, pk: int) -> HttpResponseBase:
    """What the person said on paper."""
    row = clarification_for(request.actor, pk)
    if row.consent_paper is None:
        raise Http404("本人没有书面意见")
    return file_response(row.consent_paper)


TERMS = (
    Column("step", "步骤", "get_step_display"),
    Column("days", "期限", lambda row: f"{row.days}{row.get_unit_display()}"),
    Column("starts", "起用", kind="date", sort="starts"),
    Column("basis", "依据", wrap=True),
    Column("made_by", "录入人"),
)


@door(*PROTECTING)
def terms(request: Request) -> HttpResponse:
    """The bureau's own terms, and one more: the Measures state no number of days."""
    actor = request.actor
    form = TermForm(values.sent(request), initial=first_day())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: term_set(actor=actor, **data), form):
            messages.success(request, "已录入期限。")
            return redirect("desk:protection_terms")
    context = list_of(
        request, TERMS, terms_for(actor), "维权期限", empty="没有录入期限。没有期限的，不算逾期，也不算按期。"
    )
    context["form"] = form
    return list_response(request, context, "management/protection/terms.html", status=422 if form.errors else 200)
