"""年休假: the accounts of a year, one account with its lines, its correction and its end, and what papers prove."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.clock import today
from fujing.kernel.numbers import bare
from fujing.registry.queries import engagement_for
from fujing.safeguards.leave.ledger import leave_correct, year_settle, years_grant
from fujing.safeguards.leave.policies import can_correct_leave, can_keep_leave_of
from fujing.safeguards.leave.queries import entries_of, year_for, years_for
from fujing.safeguards.leave.services import work_record
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HEADS, LEADERS, PERSONNEL
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import list_of, list_response, year_links
from fujing.web.numbers import NumberField
from fujing.web.requests import Request

LOOK = PERSONNEL | LEADERS


class RecordForm(forms.Form):
    since = DateField(label="累计工作起算日", required=False, help_text="扣除间断以后折算的日期；不知道的不填")
    continuous = forms.TypedChoiceField(
        label="入职前是否已连续工作满12个月",
        choices=[("", "不知道"), ("yes", "是"), ("no", "否")],
        required=False,
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    source = forms.CharField(label="依据的材料", max_length=300, help_text="例如：社会保险缴费记录，档案")
    needed = frozenset({"since"})


class CorrectForm(forms.Form):
    days = NumberField(
        label="更正的天数",
        min_value=Decimal("-30"),
        max_value=Decimal("30"),
        max_digits=6,
        decimal_places=3,
        help_text="减少的写负数",
    )
    reason = forms.CharField(label="理由和依据", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SettleForm(forms.Form):
    carried = NumberField(
        label="转入下一年度（天）", min_value=Decimal(0), max_value=Decimal(30), max_digits=6, decimal_places=3
    )
    waived = NumberField(
        label="本人书面提出不休（天）", min_value=Decimal(0), max_value=Decimal(30), max_digits=6, decimal_places=3
    )
    reason = forms.CharField(label="情况说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


COLUMNS = (
    Column("name", "姓名", "engagement.person.name", link=lambda row: reverse("desk:leave_year", args=[row.pk])),
    Column("balance", "余额（天）", lambda row: bare(row.balance), sort="balance"),
    Column("open_days", "待核实（天）", lambda row: bare(row.open_days) if row.open_days else "", empty="无"),
    Column("needs", "还要查明", wrap=True, empty="无"),
    Column("because", "核定依据", wrap=True, phone="folded"),
)
ENTRIES = (
    Column("made_at", "日期", lambda row: f"{row.made_at:%Y-%m-%d}"),
    Column("kind", "事项", lambda row: row.get_kind_display()),
    Column("days", "天数", lambda row: bare(row.days)),
    Column("reason", "事由", wrap=True),
    Column("made_by", "办理人"),
)


@door(*LOOK)
def years(request: Request) -> HttpResponse:
    """The accounts of a year; personnel reckon it for everybody."""
    actor = request.actor
    offered = range(today().year + 1, max(2021, today().year - 3) - 1, -1)
    year = values.number(request.GET, "year", today().year, least=offered[-1], most=offered[0])
    if request.method == "POST":
        done = perform(request, lambda: years_grant(actor=actor, year=year))
        if done is not None:
            messages.success(request, f"已核定 {done} 人 {year} 年的年休假。")
        return redirect(f"{reverse('desk:leave_years')}?year={year}")
    found = years_for(actor, year)
    context = list_of(
        request, COLUMNS, found, "年休假", filters=[year_links(request, offered, year)], empty="这一年度还没有核定。"
    )
    context["summary"] = f"{year}年。只核定确定的天数；累计工作年限没有登记的，其余待核实。"
    context["may_keep"] = can_keep_leave_of(actor, actor.organ_code or 0)
    return list_response(request, context | {"year": year}, "safeguards/leave_years.html")


@door(*LOOK)
def year(request: Request, pk: int) -> HttpResponse:
    """One account: its lines, and what may be done with it."""
    actor = request.actor
    row = year_for(actor, pk)
    context = {
        "title": f"{row.engagement.person.name}：{row}",
        "row": row,
        "table": table_of(ENTRIES, entries_of(row), "台账", empty="没有台账。"),
        "may_correct": can_correct_leave(actor, row.organ_code),
        "may_keep": can_keep_leave_of(actor, row.organ_code),
        "over": today().year > row.year and row.balance > 0,
    }
    return render(request, "safeguards/leave_year.html", context)


@door(*HEADS)
def correct(request: Request, pk: int) -> HttpResponse:
    """Correct a balance, for a reason."""
    actor = request.actor
    row = year_for(actor, pk)
    form = CorrectForm(values.sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: leave_correct(actor=actor, account=row, **data), form):
            messages.success(request, "已更正。")
            return redirect("desk:leave_year", pk)
    title = f"更正{row.engagement.person.name}的{row}"
    intro = f"现在余额 {bare(row.balance)} 天。更正另记一行，原来的不改。"
    return form_page(request, form, title=title, intro=intro, submit="更正", back=reverse("desk:leave_year", args=[pk]))


@door(*HEADS)
def settle(request: Request, pk: int) -> HttpResponse:
    """End a year: what goes on, what was given up, what is owed."""
    actor = request.actor
    row = year_for(actor, pk)
    form = SettleForm(values.sent(request), initial={"carried": 0, "waived": 0})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: year_settle(actor=actor, account=row, **data), form):
            messages.success(request, "已结转。")
            return redirect("desk:leave_year", pk)
    title = f"结转{row.engagement.person.name}的{row}"
    intro = f"余额 {bare(row.balance)} 天。没有转入下一年度、本人也没有书面提出不休的，记为应休未休，待按规定支付。"
    return form_page(request, form, title=title, intro=intro, submit="结转", back=reverse("desk:leave_year", args=[pk]))


@door(*PERSONNEL)
def record(request: Request, pk: int) -> HttpResponse:
    """Record what papers prove of somebody's work before."""
    actor = request.actor
    engagement = engagement_for(actor, pk)
    back = reverse("desk:person", args=[engagement.person_id]) + "?tab=leave"
    form = RecordForm(values.sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: work_record(actor=actor, engagement=engagement, **data), form):
            messages.success(request, "已登记，今年的年休假已重新核定。")
            return redirect(back)
    title = f"登记{engagement.person.name}的累计工作年限"
    intro = "年休假按累计工作年限，包括在其他单位的工作。"
    return form_page(request, form, title=title, intro=intro, submit="登记", back=back)
