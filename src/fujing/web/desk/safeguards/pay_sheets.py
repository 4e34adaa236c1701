"""What pay rests on: the scheme with its paper, and the facts of people and months from Excel."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.transitions import Transition
from fujing.law.formats.documents import DocumentError
from fujing.law.formats.pay_template import example_scheme
from fujing.safeguards.payroll.facts import facts_read, facts_say, known_sheet
from fujing.safeguards.payroll.models import PayScheme
from fujing.safeguards.payroll.policies import can_prepare_pay
from fujing.safeguards.payroll.queries import scheme_for, schemes_for
from fujing.safeguards.payroll.services import scheme_decide, scheme_enter
from fujing.safeguards.payroll.states import SCHEME, SchemeState
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import PAY, PAYROLL
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField, of_own_bureau, state_column, timeline_of
from fujing.web.desk.safeguards.pay import MonthForm
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page
from fujing.web.lists import list_of, list_response, narrowed
from fujing.web.previews import confirmed, sealed
from fujing.web.requests import Request
from fujing.web.sheets import EXCEL, FAULTS, download

SALT = "pay-facts"
DATES = ("since", "month", "hired_on", "left_on")


def _why_not(actor: Actor, row: PayScheme, move: Transition) -> str:
    return "录入人不能核准自己录入的方案。" if actor.account_id == row.made_by_id else ""


def _decide(verb: str) -> Any:
    return lambda actor, row, data: scheme_decide(actor=actor, scheme=row, verb=verb, **data)


DEEDS = Deeds(
    SCHEME,
    {
        verb: Deed(_decide(verb), None, lambda row: Touched(f"{row.document_number}，{row.effective} 起施行。"))
        for verb in ("approve", "refuse")
    },
    whose=of_own_bureau,
    why_not=_why_not,
)
SCHEMES = (
    Column(
        "version", "方案", lambda row: f"第{row.version}版", link=lambda row: reverse("desk:pay_scheme", args=[row.pk])
    ),
    state_column(),
    Column("effective", "施行日期", kind="date"),
    Column("document_number", "文号"),
    Column("made_by", "录入人", phone="folded"),
    Column("decided_by", "核准人", empty="未核准", phone="folded"),
)
PEOPLE = (
    Column("name", "姓名"),
    Column("tier", "层级", empty="不详"),
    Column("post_grade", "岗位等级", empty="不详"),
    Column("appraisal", "上年度考核", empty="不详"),
    Column("social_base", "社保基数（元）", kind="money", empty="不详"),
    Column("housing_base", "公积金基数（元）", kind="money", empty="不详"),
    Column("special_deductions", "专项附加扣除（元）", kind="money", empty="没有"),
    Column("hired_on", "入职日期", kind="date", empty="不详"),
    Column("left_on", "离职日期", kind="date", empty="在职"),
)
MONTHS = (
    Column("name", "姓名"),
    Column("month", "月份", lambda row: f"{row.month:%Y-%m}"),
    Column("night_shifts", "夜班", kind="decimal"),
    Column("duty_days", "值班", kind="decimal"),
    Column("overtime_weekday", "平日加班小时", kind="decimal"),
    Column("overtime_restday", "休息日加班小时", kind="decimal"),
    Column("overtime_holiday", "节假日加班小时", kind="decimal"),
    Column("personal_leave_days", "事假天数", kind="decimal"),
    Column("sick_leave_days", "病假天数", kind="decimal"),
    Column("back_pay", "补发（元）", kind="money"),
    Column("recovery_due", "追偿（元）", kind="money"),
)


class FactsForm(MonthForm):
    """From which month on what the sheet says of people holds."""

    source = forms.CharField(label="来源", max_length=200, help_text="例如：各所队五月考勤表，辅警办汇总")
    file = forms.FileField(label="工资核算表", help_text="下载的表填好后上传；“人员”“月份”两张工作表")
    field_order = ("month", "source", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].label = "人员事实自哪个月起"
        self.fields["month"].help_text = "层级、基数等从这个月起按本表；月份表按表中写的月份"


class SchemeForm(forms.Form):
    text = forms.CharField(
        label="方案",
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 24, "spellcheck": "false"}),
        help_text="公开的方案格式，按示例修改",
    )
    document_number = forms.CharField(label="文号", max_length=60)
    document_date = DateField(label="文件日期")
    upload = forms.FileField(label="文件扫描件", help_text=PAPER)


class Shown:
    """A row of the preview by its keys."""

    def __init__(self, row: dict[str, Any], names: dict[int, str]) -> None:
        self.__dict__.update(row, name=names.get(row["id"], ""))


@door(*PAYROLL)
def pay_facts(request: Request) -> HttpResponse:
    """A workbook is read and shown; what is confirmed is said."""
    actor = request.actor
    if values.token(request.POST, "confirmed"):
        return _confirm(request)
    form = FactsForm(values.sent(request), request.FILES or None, initial={"month": today().replace(day=1)})
    people: list[dict[str, Any]] = []
    months: list[dict[str, Any]] = []
    faults, names = None, dict[int, str]()
    if request.method == "POST" and form.is_valid():
        since = form.cleaned_data["month"].replace(day=1)
        try:
            people, months, names = facts_read(actor=actor, upload=form.cleaned_data["file"], since=since)
        except DocumentError as error:
            found = [Fault(each.path or each.file, each.value, each.expected) for each in error.faults]
            faults = table_of(FAULTS, found, "需要修改的内容")
        else:
            if not people and not months:
                form.add_error("file", "表中的内容都已经填报过，没有变化。")
    said = [
        list(map(_packed, people)),
        list(map(_packed, months)),
        form.cleaned_data["source"] if form.is_valid() else "",
    ]
    context = {
        "title": "填报薪酬事实",
        "form": form,
        "faults": faults,
        "people": len(people),
        "months": table_of(MONTHS, [Shown(row, names) for row in months], "月份") if months else None,
        "preview": table_of(PEOPLE, [Shown(row, names) for row in people], "人员", empty="人员没有变化。")
        if people or months
        else None,
        "confirmed": sealed(SALT, said, organ=actor.organ_code) if people or months else "",
    }
    return render(request, "safeguards/pay_facts.html", context, status=422 if form.errors or faults else 200)


class Fault:
    """One reason why the sheet can't be used."""

    def __init__(self, place: str, value: str, expected: str) -> None:
        self.place, self.value, self.expected = place, value, expected


def _packed(row: dict[str, Any]) -> dict[str, Any]:
    """A row as the signed page carries it."""
    return {key: str(value) if isinstance(value, date | Decimal) else value for key, value in row.items()}


def _unpacked(row: dict[str, Any]) -> dict[str, Any]:
    return {key: date.fromisoformat(value) if key in DATES and value else value for key, value in row.items()}


def _confirm(request: Request) -> HttpResponse:
    actor = request.actor
    said = confirmed(request, SALT, organ=actor.organ_code)
    if said is None:
        return redirect("desk:pay_facts")
    people, months, source = [list(map(_unpacked, rows)) for rows in said[:2]] + [said[2]]
    if perform(request, lambda: facts_say(actor=actor, source=source, people=people, months=months)) is None:
        return redirect("desk:pay_facts")
    messages.success(request, f"已填报：人员 {len(people)} 行，月份 {len(months)} 行。")
    return redirect("desk:pay_runs")


@door(*PAYROLL)
def pay_template(request: Request) -> HttpResponse:
    """The workbook with everybody as they are known now, to be changed and to be filled in."""
    return download(known_sheet(actor=request.actor, month=today().replace(day=1)), "工资核算表.xlsx", EXCEL)


@door(*PAY)
def pay_schemes(request: Request) -> HttpResponse:
    """The bureau's schemes."""
    found, steps = narrowed(request, schemes_for(request.actor), "state", SchemeState.choices)
    context = list_of(request, SCHEMES, found, "薪酬方案", filters=[("状态", steps)], empty="还没有录入薪酬方案。")
    context["may_prepare"] = can_prepare_pay(request.actor)
    return list_response(request, context, "safeguards/pay_schemes.html")


@door(*PAYROLL)
def pay_scheme_new(request: Request) -> HttpResponse:
    """Enter a scheme with its paper."""
    actor = request.actor
    latest = schemes_for(actor).first()
    text = latest.text if latest else example_scheme().replace("510722000000", str(actor.organ_code))
    form = SchemeForm(values.sent(request), request.FILES or None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        made = perform(request, lambda: scheme_enter(actor=actor, **form.cleaned_data), form)
        if made:
            messages.success(request, "已录入，由另一人核准后施行。")
            return redirect("desk:pay_scheme", made.pk)
    return form_page(request, form, title="录入薪酬方案", submit="录入", back=reverse("desk:pay_schemes"))


@door(*PAY)
def pay_scheme(request: Request, pk: int) -> HttpResponse:
    """One scheme, word for word, and its approval."""
    actor = request.actor
    row = scheme_for(actor, pk)
    if "verb" in request.POST:
        back = reverse("desk:pay_scheme", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=f"薪酬方案第{row.version}版")
    context = {"title": f"薪酬方案第{row.version}版", "row": row, "timeline": timeline_of([row])}
    return render(request, "safeguards/pay_scheme.html", context | act_context(actor, row, DEEDS))


@door(*PAY)
def pay_scheme_scan(request: Request, pk: int) -> HttpResponseBase:
    """The paper that it rests on."""
    return file_response(scheme_for(request.actor, pk).scan)
