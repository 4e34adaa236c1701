"""我的考核: my self-report, my grade with what it rests on and where it works, and how to ask for another look (25)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.numbers import bare
from fujing.law.appraisal.grades import follows
from fujing.law.appraisal.scheme import HEADINGS
from fujing.management.appraisal.asking import asked_receive
from fujing.management.appraisal.models import Reconsideration, Sheet
from fujing.management.appraisal.queries import own_asked, own_sheet, own_sheets
from fujing.management.appraisal.sheets import sheet_report
from fujing.management.appraisal.states import AskedBy, Period, RoundState, SheetState
from fujing.registry.own import serving
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request

TOLD = (RoundState.PUBLICISED, RoundState.CLOSED)
"""From publicity on the person reads the grade."""


class ReportForm(forms.Form):
    words = forms.CharField(
        label="我的自评",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="写这一期做了什么、做得怎样：履职情况、工作绩效、遵章守纪、教育培训。提交以后不能改",
    )


class AskForm(forms.Form):
    said = forms.CharField(
        label="申请复核的理由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="写明哪一项、为什么。由没有参与评分、拟定和决定的人答复。只能申请一次",
    )


def _reports(sheet: Sheet) -> bool:
    """Whether the self-report is awaited."""
    return sheet.state == SheetState.SELF and sheet.round.state == RoundState.OPENED


def _may_ask(sheet: Sheet, asked: Reconsideration | None) -> bool:
    until = sheet.round.reconsider_until
    told = sheet.round.state == RoundState.PUBLICISED and bool(sheet.grade)
    return told and asked is None and until is not None and today() <= until


@door(*AUXILIARIES)
def appraisals(request: Request) -> HttpResponse:
    """Every appraisal of mine, with its grade once that is public."""
    rows = [(each, _said(each)) for each in own_sheets(request.actor)]
    return render(request, "me/appraisals.html", {"rows": rows})


def _said(sheet: Sheet) -> str:
    """How far it is, or the grade, in a line."""
    if _reports(sheet):
        return "请填写自评"
    if sheet.state == SheetState.UNGRADED:
        return f"不确定等次：{sheet.due_because}"
    if sheet.round.state not in TOLD:
        return f"{sheet.get_state_display()}，公示以后可以看到等次"
    return sheet.result or f"{sheet.grade}（公示和复核中）"


@door(*AUXILIARIES)
def appraisal(request: Request, pk: int) -> HttpResponse:
    """One of mine: the self-report while it is awaited; the grade, and the request for another look while it may be made."""
    actor = request.actor
    sheet = own_sheet(actor, pk)
    asked = own_asked(actor, sheet)
    reports, asks = _reports(sheet), _may_ask(sheet, asked)
    form = (AskForm if asks else ReportForm)(values.sent(request) if reports or asks else None)
    if form.is_bound and form.is_valid():
        serving(actor)
        done = perform(request, lambda: _sent(actor, sheet, form.cleaned_data), form)
        if done:
            messages.success(request, "已收到。")
            return redirect("me:my_appraisal", pk)
    told = sheet.round.state in TOLD
    grade = sheet.result or (asked.grade if asked and asked.grade else sheet.grade)
    context = {
        "sheet": sheet,
        "said": _said(sheet),
        "form": form,
        "reports": reports,
        "asks": asks,
        "asked": asked,
        "grade": grade if told else "",
        "total": bare(sheet.total) if told and sheet.total is not None else "",
        "because": sheet.grade_because if told else "",
        "follows": follows(grade, annual=sheet.round.period == Period.YEAR) if told and grade else (),
        "facts": [(label, sheet.facts.get(key, ())) for key, label in HEADINGS.items()],
    }
    return form_response(request, "me/appraisal.html", context)


def _sent(actor: Actor, sheet: Sheet, data: dict[str, str]) -> Sheet | Reconsideration:
    if "words" in data:
        return sheet_report(actor=actor, sheet=sheet, words=data["words"])
    return asked_receive(actor=actor, sheet=sheet, kind=AskedBy.PERSON, said=data["said"], asked_on=today())


def _card(actor: Actor) -> Card:
    rows = own_sheets(actor)
    waiting = next((each for each in rows if _reports(each)), None)
    if waiting:
        return Card(waiting.round.title, asks="填写自评")
    if not rows:
        return Card("还没有考核。", "考核开始后，在这里填写自评、看等次、申请复核")
    last = rows[0]
    until = last.round.reconsider_until
    open_ = last.round.state == RoundState.PUBLICISED and until is not None and today() <= until
    return Card(f"{last.round.title}：{_said(last)}", f"不服的，可以在{until}以前申请复核" if open_ else "")


APPRAISAL = Room(
    label="我的考核",
    url="me:appraisals",
    patterns=(
        path("appraisals/", appraisals, name="appraisals"),
        path("appraisals/<id:pk>/", appraisal, name="my_appraisal"),
    ),
    card=_card,
    provisions=("25",),
)
