"""层级 of one person: what a batch found of them, objections to their name, and their tab."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.management.tiers.batches import (
    candidate_enter,
    candidate_leave_out,
    objection_answer,
    objection_open,
    objection_record,
)
from fujing.management.tiers.facts import Entered, scheme_of
from fujing.management.tiers.policies import can_manage_tiers_of, can_read_tier_objection
from fujing.management.tiers.queries import candidate_for, holdings_of, objection_for, past_facts_of, scheme_in_force
from fujing.management.tiers.services import holding_record, past_fact_record
from fujing.management.tiers.states import OPEN, BatchState, Past
from fujing.registry.models import Person
from fujing.registry.queries import engagement_for, engagement_now
from fujing.web import values
from fujing.web.acts import ReasonForm, perform
from fujing.web.audience import OFFICERS, PERSONNEL
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField
from fujing.web.desk.management.objecting import ObjectionForm, objection_page
from fujing.web.desk.management.tiers import LOOK
from fujing.web.desk.wings import Tab
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page
from fujing.web.numbers import NumberField
from fujing.web.requests import Request

NO, YES = "no", "yes"


class EnterForm(forms.Form):
    target = forms.ChoiceField(label="申报层级", required=False, help_text="可以晋升到几个层级的才选")
    score = NumberField(
        label="得分", min_value=0, max_value=1000, max_digits=7, decimal_places=3, required=False,
        help_text="方案按得分排序的才填",
    )  # fmt: skip
    further = forms.ChoiceField(
        label="方案中由人判断的其他条件", choices=[("", "尚未核实"), (YES, "都具备"), (NO, "不具备")], required=False
    )


class HoldingForm(forms.Form):
    tier = forms.ChoiceField(label="层级")
    since = DateField(label="任现层级日期")
    document_number = forms.CharField(label="评定文号", max_length=60)
    upload = forms.FileField(label="评定文件", help_text=PAPER)


class PastForm(forms.Form):
    kind = forms.ChoiceField(label="事项", choices=Past.choices)
    on = DateField(label="日期", help_text="年度考核填该年 12 月 31 日，表彰奖励填授予日期")
    word = forms.CharField(label="等次或者荣誉名称", max_length=60)
    document_number = forms.CharField(label="文号", max_length=60)
    upload = forms.FileField(label="文件", help_text=PAPER)


FORMS = {"enter": "已登记并重新核对。", "leave_out": "已移出名单。", "object": "已登记异议，答复以后才能决定。"}


@door(*LOOK)
def candidate(request: Request, pk: int) -> HttpResponse:
    """What a batch found of one person and why, and what an officer says of them."""
    actor = request.actor
    row = candidate_for(actor, pk)
    may = can_manage_tiers_of(actor, row.organ_code)
    state = row.batch.state
    act = values.choice(request.POST, "act", FORMS, "")
    forms_: dict[str, forms.Form] = {}
    if may and state == BatchState.DRAFTED:
        initial = {"target": row.target, "score": row.score, "further": {None: "", True: YES, False: NO}[row.further]}
        form = EnterForm(request.POST if act == "enter" else None, initial=initial)
        tiers = [(key, each["name"]) for version in row.batch.scheme.rules for key, each in version["tiers"].items()]
        form.fields["target"].choices = [("", "不填"), *dict(tiers).items()]  # type: ignore[attr-defined]
        forms_["enter"] = form
    if may and row.chosen and state in OPEN:
        forms_["leave_out"] = ReasonForm(request.POST if act == "leave_out" else None)
    if may and row.chosen and state == BatchState.PUBLICISED:
        forms_["object"] = ObjectionForm(request.POST if act == "object" else None, initial={"received_on": today()})
    sent = forms_.get(act)
    if (
        sent is not None
        and sent.is_valid()
        and perform(request, lambda: _done(actor, row, act, sent.cleaned_data), sent)
    ):
        messages.success(request, FORMS[act])
        return redirect("desk:tier_candidate", pk)
    context = {
        "title": f"{row.name}：{row.get_status_display()}",
        "row": row,
        "forms": {"enter": None, "leave_out": None, "object": None} | forms_,
    }
    return render(request, "management/tiers/candidate.html", context, status=422 if sent and sent.errors else 200)


def _done(actor: Actor, row: Any, act: str, data: dict[str, Any]) -> Any:
    if act == "enter":
        further = {"": None, YES: True, NO: False}[data["further"]]
        return candidate_enter(actor=actor, candidate=row, entered=Entered(data["target"], data["score"], further))
    if act == "leave_out":
        return candidate_leave_out(actor=actor, candidate=row, reason=data["reason"])
    return objection_record(actor=actor, candidate=row, **data)


@door(*LOOK)
def objection(request: Request, pk: int) -> HttpResponse:
    """One objection: read for a reason, and answered."""
    actor = request.actor
    row = objection_for(actor, pk)
    may = can_manage_tiers_of(actor, row.organ_code)
    waits = row.upheld is None and row.batch.state == BatchState.PUBLICISED and may
    reads = can_read_tier_objection(actor, row.organ_code)
    return objection_page(
        request,
        row,
        title=f"对{row.candidate.name}的异议",
        about=(row.batch.title, reverse("desk:tier_batch", args=[row.batch_id])),
        provision="23.p1",
        opening=(lambda reason: objection_open(actor=actor, objection=row, reason=reason)) if reads else None,
        answering=(lambda **answer: objection_answer(actor=actor, objection=row, **answer)) if waits else None,
        follows="移出名单",
    )


@door(*PERSONNEL)
def record_tier(request: Request, pk: int) -> HttpResponse:
    """Record the tier that somebody was given before this system."""
    engagement = engagement_for(request.actor, pk)
    scheme = scheme_in_force(engagement.organ_code)
    form = HoldingForm(values.sent(request), request.FILES or None)
    tiers = scheme_of(scheme.text).versions[-1].tiers if scheme else ()
    form.fields["tier"].choices = [(each.code, each.name) for each in tiers]  # type: ignore[attr-defined]
    return _record(request, form, engagement, "登记原有层级", holding_record)


@door(*PERSONNEL)
def record_past(request: Request, pk: int) -> HttpResponse:
    """Record a year's grade or an honour from before this system."""
    engagement = engagement_for(request.actor, pk)
    form = PastForm(values.sent(request), request.FILES or None)
    return _record(request, form, engagement, "登记以前的考核和表彰", past_fact_record)


def _record(request: Request, form: forms.Form, engagement: Any, title: str, service: Any) -> HttpResponse:
    back = reverse("desk:person", args=[engagement.person_id]) + "?tab=tiers"
    if request.method == "POST" and form.is_valid():
        made = perform(request, lambda: service(actor=request.actor, engagement=engagement, **form.cleaned_data), form)
        if made:
            messages.success(request, "已登记。")
            return redirect(back)
    return form_page(request, form, title=f"{engagement.person.name}：{title}", submit="登记", back=back)


HELD = (
    Column("name", "层级"),
    Column("since", "任职起算", kind="date", empty="待核实"),
    Column("until", "终止", lambda row: row.span.upper, kind="date", empty="现任"),
    Column("source", "来源", lambda row: row.get_source_display()),
    Column("document_number", "文号", empty="没有"),
)
PAST = (
    Column("kind", "事项", lambda row: row.get_kind_display()),
    Column("on", "日期", kind="date"),
    Column("word", "等次或者名称"),
    Column("document_number", "文号"),
)


def _tab(actor: Actor, person: Person) -> dict[str, Any]:
    engagement = engagement_now(person)
    return {
        "held": table_of(HELD, holdings_of(person), "层级", empty="没有在册的层级。"),
        "past": table_of(PAST, past_facts_of(person), "以前的考核和表彰", empty="没有登记。"),
        "engagement": engagement,
        "may": engagement is not None and can_manage_tiers_of(actor, person.organ_code),
    }


TIERS_TAB = Tab("tiers", "层级", OFFICERS, "management/tabs/tiers.html", _tab)
