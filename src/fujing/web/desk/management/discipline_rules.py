"""处理规定: the organ's own rules on breaches of duty, entered from their document and checked by another."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.files import file_response
from fujing.kernel.refusals import existing
from fujing.kernel.transitions import Transition
from fujing.management.discipline.models import Scheme
from fujing.management.discipline.policies import can_enter_scheme
from fujing.management.discipline.queries import scheme_for, schemes_for
from fujing.management.discipline.schemes import (
    measure_add,
    measure_remove,
    scheme_confirm,
    scheme_end,
    scheme_enter,
    scheme_withdraw,
)
from fujing.management.discipline.states import SCHEME, SchemeState
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField, of_own_bureau, state_column, timeline_of
from fujing.web.desk.management.discipline import HANDLING, READING
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page
from fujing.web.lists import list_of, list_response, narrowed
from fujing.web.requests import Request


class SchemeForm(forms.Form):
    title = forms.CharField(label="文件名称", max_length=100)
    document_number = forms.CharField(label="文号", max_length=60)
    effective_from = DateField(label="施行日期")
    ask_days = forms.IntegerField(
        label="申请复核的期限（日）",
        min_value=1,
        max_value=365,
        required=False,
        help_text="决定之后几日内可以申请复核；文件没有写明的不填",
    )
    upload = forms.FileField(label="文件原文", help_text=PAPER)


class MeasureForm(forms.Form):
    rank = forms.IntegerField(label="由轻到重的次序", min_value=1, max_value=99)
    name = forms.CharField(label="处理种类", max_length=40, help_text="照文件填写")
    clause = forms.CharField(label="所在条款", max_length=60, help_text="例如：第五条第一款")
    months = forms.IntegerField(
        label="影响期（月）",
        min_value=0,
        max_value=120,
        required=False,
        help_text="没有影响期的填 0；文件没有写明的不填",
    )


class EndForm(forms.Form):
    effective_until = DateField(label="施行的最后一日（含当日）")


def _scheme(row: Scheme) -> Touched:
    return Touched(f"{row}，{row.effective_from} 起施行。")


def _why_not(actor: Actor, row: Scheme, move: Transition) -> str:
    if move.verb == "confirm" and row.entered_by_id == actor.account_id:
        return "录入人不能核对自己录入的处理规定。"
    if move.verb == "confirm" and not row.measures.exists():
        return "没有录入处理种类。"
    return ""


DEEDS = Deeds(
    SCHEME,
    {
        "confirm": Deed(lambda actor, row, data: scheme_confirm(actor=actor, scheme=row), None, _scheme),
        "withdraw": Deed(lambda actor, row, data: scheme_withdraw(actor=actor, scheme=row, **data), None, _scheme),
        "end": Deed(lambda actor, row, data: scheme_end(actor=actor, scheme=row, **data), lambda row: EndForm, _scheme),
    },
    whose=of_own_bureau,
    why_not=_why_not,
)
COLUMNS = (
    Column("title", "文件名称", wrap=True, link=lambda row: reverse("desk:discipline_rule", args=[row.pk])),
    Column("document_number", "文号"),
    state_column(),
    Column("effective_from", "施行日期", kind="date", sort="effective_from"),
    Column("effective_until", "施行的最后一日", kind="date", empty="施行中"),
    Column("entered_by", "录入人", phone="folded"),
    Column("confirmed_by", "核对人", empty="未核对", phone="folded"),
)
MEASURES = (
    Column("rank", "次序", kind="integer"),
    Column("name", "处理种类"),
    Column("clause", "所在条款"),
    Column("months", "影响期（月）", kind="integer", empty="文件没有写明"),
)
REMOVABLE = (*MEASURES, Column("act", "办理", template="management/measure.html"))


@door(*READING)
def rules(request: Request) -> HttpResponse:
    """The own bureau's documents."""
    actor = request.actor
    found, steps = narrowed(request, schemes_for(actor), "state", SchemeState.choices)
    empty = "还没有录入本机关的处理规定；没有录入的，处理种类待核实。"
    context = list_of(request, COLUMNS, found, "处理规定", filters=[("步骤", steps)], empty=empty)
    context["summary"] = "办法没有列出处理种类，以本机关施行的规定为准，录入后由另一人核对。"
    context["enters"] = can_enter_scheme(actor)
    return list_response(request, context, "management/discipline_rules.html")


@door(*HANDLING)
def rule_new(request: Request) -> HttpResponse:
    """Begin to enter a document."""
    actor = request.actor
    form = SchemeForm(values.sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = perform(request, lambda: scheme_enter(actor=actor, **form.cleaned_data), form)
        if made:
            messages.success(request, "已录入，请逐条录入处理种类。")
            return redirect("desk:discipline_rule", made.pk)
    return form_page(
        request,
        form,
        title="录入处理规定",
        intro="照文件录入，由另一人对照原文核对以后才能依据",
        submit="录入",
        back=reverse("desk:discipline_rules"),
    )


@door(*READING)
def rule(request: Request, pk: int) -> HttpResponseBase:
    """One document with its measures, and what may be done now."""
    actor = request.actor
    row = scheme_for(actor, pk)
    back = reverse("desk:discipline_rule", args=[pk])
    if "verb" in request.POST:
        return take(request, actor, row, DEEDS, back=back, subject=str(row))
    entering = row.state == SchemeState.ENTERED and can_enter_scheme(actor)
    measures = row.measures.order_by("rank")
    if entering and "remove" in request.POST:
        gone = existing(measures.filter(pk=values.number(request.POST, "remove", 0)).first(), "没有这个处理种类")
        if perform(request, lambda: measure_remove(actor=actor, measure=gone)):
            messages.success(request, "已撤下。")
        return redirect(back)
    form = MeasureForm(values.sent(request)) if entering else None
    if form is not None and request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: measure_add(actor=actor, scheme=row, **data), form):
            messages.success(request, "已录入。")
            return redirect(back)
    context = {
        "title": row.title,
        "row": row,
        "form": form,
        "measures": table_of(REMOVABLE if entering else MEASURES, measures, "处理种类", empty="还没有录入处理种类。"),
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return render(request, "management/discipline_rule.html", context, status=422 if form and form.errors else 200)


@door(*READING)
def rule_file(request: Request, pk: int) -> HttpResponseBase:
    """The document itself."""
    return file_response(scheme_for(request.actor, pk).file)
