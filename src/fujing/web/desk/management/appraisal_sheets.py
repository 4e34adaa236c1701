"""考核表: one person's sheet with what is on record beside each heading, scoring it, and what follows from the grade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.transitions import Transition
from fujing.law.appraisal.grades import POOR, follows
from fujing.law.appraisal.proposing import may_have
from fujing.law.appraisal.scheme import HEADINGS
from fujing.management.appraisal.asking import asked_change, asked_keep, asked_receive
from fujing.management.appraisal.models import Opinion, Reconsideration, Sheet
from fujing.management.appraisal.papers import appraisal_form
from fujing.management.appraisal.policies import (
    can_answer,
    can_lead_unit,
    can_receive,
    can_report,
    can_run_round,
    can_score,
)
from fujing.management.appraisal.queries import asked_for, asked_of, latest_opinions, sheet_for, to_score
from fujing.management.appraisal.sheets import (
    MOST_ABSENT,
    Scored,
    sheet_exempt,
    sheet_grade,
    sheet_include,
    sheet_report,
    sheet_return,
    sheet_score,
    sheet_settle,
)
from fujing.management.appraisal.states import ASKED, SHEET, AskedBy, Period, RoundState, SheetState, Step
from fujing.web import values
from fujing.web.acts import Deed, Deeds, ReasonForm, Touched, act_context, perform, take
from fujing.web.audience import APPRAISING, HR, PERSONNEL, sees
from fujing.web.columns import Column, table_of, unlinked
from fujing.web.desk.common import DateField, of_own_bureau, state_column, timeline_of
from fujing.web.desk.management.appraisals import points
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page, form_response
from fujing.web.numbers import NumberField
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed


class ReportForm(forms.Form):
    words = forms.CharField(
        label="本人自评",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="照本人的原话填写；有签名的纸质自评，可以只上传扫描件",
    )
    upload = forms.FileField(label="自评的扫描件", required=False, help_text=PAPER)
    missing = forms.BooleanField(label="本人没有提交自评", required=False)
    provisions = {"words": ("25",)}


class ScoreForm(forms.Form):
    """Points by heading and words; each heading stands beside what is on record of it."""

    duty, performance, conduct, education = (
        NumberField(label=label, min_value=0, max_value=100, max_digits=5, decimal_places=2)
        for label in HEADINGS.values()
    )
    absent_days = forms.IntegerField(
        label="考核期内缺勤",
        min_value=0,
        max_value=MOST_ABSENT,
        required=False,
        help_text="没有缺勤的填 0；不清楚的不填，是否参加考核待核实。法定休假不算缺勤",
    )
    words = forms.CharField(label="评语", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def scored(self) -> Scored:
        """What the form says, as the service takes it."""
        data = self.cleaned_data
        return Scored({key: data[key] for key in HEADINGS}, data["words"], data.get("absent_days"))


class AskForm(forms.Form):
    kind = forms.ChoiceField(label="类别", choices=AskedBy.choices, widget=forms.RadioSelect)
    asked_on = DateField(label="提出日期", help_text="书面申请或者异议交到本机关的日期")
    said = forms.CharField(
        label="理由", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text="照原文填写"
    )
    upload = forms.FileField(label="书面材料的扫描件", required=False, help_text=PAPER)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="核查情况和答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text="交提出人"
    )


def _whose(actor: Actor, row: Sheet, move: Transition) -> str:
    if move.verb == "assess":
        return "" if can_score(actor, row) else _scorer(row)
    if move.verb == "report":
        return "" if can_report(actor, row) else "由本人、责任民警、用人单位或者经办登记。"
    if move.verb == "return" and row.state == SheetState.UNIT:
        return "" if can_lead_unit(actor, row) else "由此人的用人单位负责人办理。"
    return of_own_bureau(actor, row, move)


def _scorer(row: Sheet) -> str:
    if row.state == SheetState.UNIT:
        return f"由{row.unit.short_name}的负责人评分。" if row.unit else "没有用人单位，请经办先安排岗位，再更新。"
    return f"由责任民警{row.officer.name}评分。" if row.officer else "没有责任民警，请经办先指定，再更新。"


def _why_not(actor: Actor, row: Sheet, move: Transition) -> str:
    return "" if row.round.state == RoundState.OPENED else f"考核批次为“{row.round.get_state_display()}”。"


def _person(row: Sheet) -> Touched:
    return Touched(f"{row.name}，{row.round.title}。")


DEEDS = Deeds(
    SHEET,
    {
        "return": Deed(lambda actor, row, data: sheet_return(actor=actor, sheet=row, **data), None, _person),
        "exempt": Deed(lambda actor, row, data: sheet_exempt(actor=actor, sheet=row, **data), None, _person),
        "include": Deed(lambda actor, row, data: sheet_include(actor=actor, sheet=row, **data), None, _person),
    },
    links={
        "report": lambda row: reverse("desk:appraisal_report", args=[row.pk]),
        "assess": lambda row: reverse("desk:appraisal_score", args=[row.pk]),
    },
    elsewhere={"grade": "批次办结时确定。"},
    whose=_whose,
    why_not=_why_not,
)


@dataclass(frozen=True, slots=True)
class Line:
    """One heading of a sheet: its weight, what is on record and what isn't, and both scores."""

    key: str
    label: str
    weight: int
    known: list[str]
    unknown: list[str]
    officer: str
    unit: str
    field: Any = None


def lines_of(row: Sheet, opinions: dict[str, Opinion | None], form: forms.Form | None = None) -> list[Line]:
    """The four headings, each with its facts beside it."""
    return [
        Line(
            key,
            label,
            row.round.rules.weights[key],
            [each["said"] for each in row.facts.get(key, ()) if each["known"]],
            [each["said"] for each in row.facts.get(key, ()) if not each["known"]],
            _points(opinions[Step.OFFICER], key),
            _points(opinions[Step.UNIT], key),
            form[key] if form else None,
        )
        for key, label in HEADINGS.items()
    ]


def _points(opinion: Opinion | None, key: str) -> str:
    return points(getattr(opinion, key)) if opinion else ""


def _opinions(row: Sheet) -> dict[str, Opinion | None]:
    found = latest_opinions([row.pk])
    return {step: found.get((row.pk, step)) for step in Step.values}


LINES = (
    Column("label", "内容"),
    Column("weight", "权重", kind="integer", unit="%"),
    Column("known", "本期记载", lambda row: "；".join(row.known), wrap=True, empty="没有"),
    Column("unknown", "系统不知道的", lambda row: "；".join(row.unknown), wrap=True),
    Column("officer", "责任民警", unit="分"),
    Column("unit", "用人单位", unit="分"),
)
QUESTIONED = (
    Column("kind", "类别", "get_kind_display", link=lambda row: reverse("desk:appraisal_asked", args=[row.pk])),
    state_column(),
    Column("asked_on", "提出日期", kind="date"),
    Column("grade", "改定的等次", empty="没有改定"),
    Column("answered_by", "答复人"),
)


@door(*APPRAISING)
def appraisal_sheet(request: Request, pk: int) -> HttpResponse:
    """One sheet: the headings with facts and scores, the grade with its reason, and what follows from it."""
    actor = request.actor
    row = sheet_for(actor, pk)
    if "verb" in request.POST:
        back = reverse("desk:appraisal_sheet", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=f"{row.name}，{row.round.title}")
    opinions, questioned = _opinions(row), asked_of([row])
    changed = [each.grade for each in questioned if each.grade]
    grade = row.result or (changed[-1] if changed else row.grade)
    runs = can_run_round(actor, row)
    annual = row.round.period == Period.YEAR
    context = {
        "title": f"{row.name}的考核",
        "row": row,
        "grade": grade,
        "total": points(row.total),
        "lines": table_of(LINES, lines_of(row, opinions), "四项内容"),
        "opinions": [each for each in opinions.values() if each],
        "follows": follows(grade, annual=annual),
        "poor": grade in POOR,
        "asked": table_of(QUESTIONED if sees(actor, HR) else unlinked(QUESTIONED), questioned, "复核和异议")
        if questioned
        else None,
        "may_open": runs,
        "may_settle": runs
        and row.state == SheetState.SCORED
        and row.due is None
        and row.round.state == RoundState.OPENED,
        "may_grade": runs and row.state == SheetState.SCORED and row.round.state == RoundState.PROPOSED,
        "may_ask": row.round.state == RoundState.PUBLICISED and bool(row.grade) and can_receive(actor, row),
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return render(request, "management/appraisal_sheet.html", context)


@door(*APPRAISING)
def appraisal_report(request: Request, pk: int) -> HttpResponse:
    """Enter somebody's self-report, in their own words or as a scan."""
    actor = request.actor
    row = sheet_for(actor, pk)
    form = ReportForm(values.sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: sheet_report(actor=actor, sheet=row, **form.cleaned_data), form)
        if done:
            messages.success(request, "已登记自评，由责任民警评分。")
            return redirect("desk:appraisal_sheet", pk)
    return form_page(
        request,
        form,
        title=f"登记{row.name}的自评",
        intro=f"{row.round.title}：对照履职情况、工作绩效、遵章守纪、教育培训四项",
        submit="登记",
        back=reverse("desk:appraisal_sheet", args=[pk]),
    )


@door(*APPRAISING)
def appraisal_score(request: Request, pk: int) -> HttpResponse:
    """Score one person, each heading beside what is on record; the next one who waits opens by itself."""
    actor = request.actor
    row = sheet_for(actor, pk)
    form = ScoreForm(values.sent(request))
    if row.state != SheetState.OFFICER:
        del form.fields["absent_days"]
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: sheet_score(actor=actor, sheet=row, scored=form.scored()), form)
        if done:
            following = to_score(actor, row.round).exclude(pk=pk).first()
            left = f"接着评{following.name}。" if following else "没有等您评分的考核表了。"
            messages.success(request, f"已评{row.name}。{left}")
            if following:
                return redirect("desk:appraisal_score", following.pk)
            return redirect("desk:appraisal", row.round_id)
    opinions = _opinions(row)
    context = {
        "title": f"给{row.name}评分",
        "row": row,
        "form": form,
        "lines": lines_of(row, opinions, form),
        "officer": opinions[Step.OFFICER] if row.state == SheetState.UNIT else None,
        "mine": can_score(actor, row) and row.state in (SheetState.OFFICER, SheetState.UNIT),
        "scorer": _scorer(row),
        "absent": form["absent_days"] if "absent_days" in form.fields else None,
    }
    return form_response(request, "management/appraisal_score.html", context)


@door(*PERSONNEL)
def appraisal_settle(request: Request, pk: int) -> HttpResponse:
    """Say that somebody takes part, after it was found out."""
    actor = request.actor
    row = sheet_for(actor, pk)
    form = ReasonForm(values.sent(request))
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: sheet_settle(actor=actor, sheet=row, **form.cleaned_data), form)
        if done:
            messages.success(request, f"已核实{row.name}参加考核。")
            return redirect("desk:appraisal_sheet", pk)
    return form_page(
        request,
        form,
        title=f"核实{row.name}是否参加考核",
        intro=f"{row.due_because}。核实后参加的在此写明依据；不参加的返回，办理“不确定等次”",
        submit="核实：参加考核",
        back=reverse("desk:appraisal_sheet", args=[pk]),
    )


@door(*PERSONNEL)
def appraisal_grade(request: Request, pk: int) -> HttpResponse:
    """Propose another grade that the points allow."""
    actor = request.actor
    row = sheet_for(actor, pk)
    names = [
        each.name
        for each in row.round.rules.grades
        if row.total is not None and may_have(row.round.rules, row.total, each.name)
    ]
    form = _grade_form(names)(values.sent(request), initial={"grade": row.grade})
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: sheet_grade(actor=actor, sheet=row, **form.cleaned_data), form)
        if done:
            messages.success(request, f"已拟定{row.name}的等次。")
            return redirect("desk:appraisal_sheet", pk)
    return form_page(
        request,
        form,
        title=f"拟定{row.name}的等次",
        intro=f"{points(row.total) or '没有总'}分。{row.grade_because}。只能拟定分数达到的等次，写明理由",
        submit="拟定",
        back=reverse("desk:appraisal_sheet", args=[pk]),
    )


def _grade_form(names: list[str], *, answering: bool = False) -> type[forms.Form]:
    """A grade of these, with its reason or as an answer."""

    class GradeForm(AnswerForm if answering else forms.Form):  # type: ignore[misc]
        grade = forms.ChoiceField(label="等次", choices=[(name, name) for name in names], widget=forms.RadioSelect)

    if not answering:
        GradeForm.base_fields["reason"] = forms.CharField(
            label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="留在记录里，公示后可以查"
        )
    return GradeForm


@door(*PERSONNEL)
def appraisal_ask(request: Request, pk: int) -> HttpResponse:
    """Record that a result is questioned."""
    actor = request.actor
    row = sheet_for(actor, pk)
    form = AskForm(values.sent(request), request.FILES or None, initial={"asked_on": today(), "kind": AskedBy.PERSON})
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: asked_receive(actor=actor, sheet=row, **form.cleaned_data), form)
        if done:
            messages.success(request, "已登记，由没有参与评分、拟定和决定的人答复。")
            return redirect("desk:appraisal_asked", done.pk)
    return form_page(
        request,
        form,
        title=f"登记对{row.name}考核结果的复核或者异议",
        intro=f"公示到{row.round.publicity_to}，本人申请复核到{row.round.reconsider_until}（含当日）",
        submit="登记",
        back=reverse("desk:appraisal_sheet", args=[pk]),
    )


def _about(row: Reconsideration) -> Touched:
    return Touched(f"{row.sheet.name}，{row.sheet.round.title}，现为{row.sheet.grade}。")


def _others(row: Reconsideration) -> type[forms.Form]:
    return _grade_form(
        [each.name for each in row.sheet.round.rules.grades if each.name != row.sheet.grade], answering=True
    )


ANSWERING = Deeds(
    ASKED,
    {
        "keep": Deed(
            lambda actor, row, data: asked_keep(actor=actor, asked=row, **data), lambda row: AnswerForm, _about
        ),
        "change": Deed(lambda actor, row, data: asked_change(actor=actor, asked=row, **data), _others, _about),
    },
    whose=lambda actor, row, move: (
        of_own_bureau(actor, row, move) or ("" if can_answer(actor, row) else "由没有参与评分、拟定和决定的人答复。")
    ),
)


@door(*HR)
def appraisal_asked(request: Request, pk: int) -> HttpResponseBase:
    """One request or objection, and its answer."""
    actor = request.actor
    row = asked_for(actor, pk)
    if "verb" in request.POST:
        back = reverse("desk:appraisal_asked", args=[pk])
        return take(request, actor, row, ANSWERING, back=back, subject=f"{row.sheet.name}的{row.get_kind_display()}")
    if values.words(request.GET, "as") == "file":
        if row.file is None:
            raise Http404("没有这份材料")
        return file_response(row.file)
    context = {
        "title": f"{row.sheet.name}：{row.get_kind_display()}",
        "row": row,
        "facts": [
            ("考核", row.sheet.round.title),
            ("现在的等次", f"{row.sheet.grade}（{row.sheet.grade_because}）"),
            ("提出日期", f"{row.asked_on}，{row.received_by}登记"),
            ("理由", row.said),
            *(
                [
                    ("答复", f"{row.get_state_display()}{row.grade and f'为{row.grade}'}"),
                    ("核查情况", row.answer),
                    ("答复人", f"{row.answered_by}，{row.answered_on}"),
                ]
                if row.answer
                else []
            ),
        ],
        "timeline": timeline_of([row]),
        **act_context(actor, row, ANSWERING),
    }
    return render(request, "management/appraisal_asked.html", context)


@door(*APPRAISING)
def appraisal_file(request: Request, pk: int) -> HttpResponseBase:
    """The scan of somebody's self-report."""
    row = sheet_for(request.actor, pk)
    if row.self_file is None:
        raise Http404("没有自评的扫描件")
    return file_response(row.self_file)


@door(*APPRAISING)
def appraisal_paper(request: Request, pk: int) -> HttpResponse:
    """The form of one person, as a paper."""
    row = sheet_for(request.actor, pk)
    found = _opinions(row)
    return printed(appraisal_form(row, found[Step.OFFICER], found[Step.UNIT]), paper_kind(request))
