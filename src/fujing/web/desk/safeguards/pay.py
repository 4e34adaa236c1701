"""薪酬: the months, a run with what it pays and why, its slips, and the files for bank, tax and insurance (Article 33)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.readings import readings_of, value_seen
from fujing.kernel.transitions import Transition
from fujing.law.pay.late import EMPLOYER, PERSON
from fujing.safeguards.payroll.models import PayRun, PaySlip
from fujing.safeguards.payroll.policies import can_prepare_pay
from fujing.safeguards.payroll.queries import paid_out, run_for, runs_for, slip_for, slips_of
from fujing.safeguards.payroll.services import (
    last_locked,
    run_approve,
    run_draft,
    run_lock,
    run_return,
    run_submit,
    run_withdraw,
)
from fujing.safeguards.payroll.states import RUN, Outcome, RunState
from fujing.safeguards.payroll.told import compared, floor_of, names_in
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import PAY, PAYROLL
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import of_own_bureau, state_column, timeline_of
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.lists import list_of, list_response, narrowed
from fujing.web.requests import Request
from fujing.web.sheets import table_excel
from fujing.web.slips import slip_context


def yuan(path: str) -> Callable[[Any], Decimal]:
    """A column's amount in 元 of a field in 分."""
    return lambda row: Decimal(getattr(row, path)) / 100


def money(key: str, label: str, **more: Any) -> Column:
    """A column of a field in 分."""
    return Column(key, f"{label}（元）", yuan(key), kind="money", **more)


def _touched(row: PayRun) -> Touched:
    said = f"{row.month:%Y年%m月}，{row.people} 人，发放 {Decimal(row.paid) / 100:,.2f} 元"
    return Touched(f"{said}；其中 {row.undetermined} 人待核实，没有发放。" if row.undetermined else f"{said}。")


def _why_not(actor: Actor, row: PayRun, move: Transition) -> str:
    if move.verb == "approve" and actor.account_id == row.made_by_id:
        return "核算人不能审批自己的核算。"
    return ""


DEEDS = Deeds(
    RUN,
    {
        "submit": Deed(lambda actor, row, data: run_submit(actor=actor, run=row), None, _touched),
        "withdraw": Deed(lambda actor, row, data: run_withdraw(actor=actor, run=row, **data), None, _touched),
        "approve": Deed(lambda actor, row, data: run_approve(actor=actor, run=row), None, _touched),
        "return": Deed(lambda actor, row, data: run_return(actor=actor, run=row, **data), None, _touched),
        "lock": Deed(lambda actor, row, data: run_lock(actor=actor, run=row), None, _touched),
    },
    whose=of_own_bureau,
    why_not=_why_not,
)
RUNS = (
    Column("month", "月份", lambda row: f"{row.month:%Y-%m}", link=lambda row: reverse("desk:pay_run", args=[row.pk])),
    state_column(),
    Column("people", "人数", kind="integer"),
    Column("undetermined", "待核实", kind="integer"),
    money("gross", "应发"),
    money("paid", "发放"),
    money("cost", "用人成本", phone="folded"),
    Column("made_by", "核算人", phone="folded"),
    Column("decided_by", "审批人", empty="未审批", phone="folded"),
)
SLIPS = (
    Column("name", "姓名", link=lambda row: reverse("desk:pay_slip", args=[row.pk]), sort="name"),
    state_column("结论", "outcome"),
    money("gross", "应发", sort="gross"),
    money("contributions", "个人缴费"),
    money("tax", "个人所得税"),
    money("recovery", "追偿"),
    money("brought", "上次结转待扣"),
    money("paid", "发放", sort="paid"),
    Column("change", "与上次相比（元）", lambda row: Decimal(row.beside.change) / 100, kind="money"),
    Column("reasons", "原因", lambda row: row.beside.reasons, wrap=True, empty="没有变化"),
    Column("odd", "留意", lambda row: row.beside.odd, wrap=True, empty="没有"),
)


NUMBERS = (
    Column("label", "项目", lambda row: row["label"]),
    Column("now", "本次", lambda row: row["now"], kind="money"),
    Column("then", "上次", lambda row: row["then"], kind="money", empty="没有"),
    Column("change", "相差", lambda row: row["change"], kind="money", empty="没有"),
)


class MonthForm(forms.Form):
    month = forms.DateField(
        label="月份",
        input_formats=["%Y-%m", "%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "month"}, format="%Y-%m"),
        help_text="已经发放的月份不再核算，差额在下一个月补发或者扣回",
        error_messages={"invalid": "请填写月份，如 2026-05。"},
    )


@door(*PAY)
def pay_runs(request: Request) -> HttpResponse:
    """The bureau's months, the latest first."""
    found, steps = narrowed(request, runs_for(request.actor), "state", RunState.choices)
    context = list_of(request, RUNS, found, "月度薪酬", filters=[("状态", steps)], empty="还没有核算过薪酬。")
    context["may_prepare"] = can_prepare_pay(request.actor)
    return list_response(request, context, "safeguards/pay_runs.html")


@door(*PAYROLL)
def pay_draft(request: Request) -> HttpResponse:
    """Reckon a month by what is known now."""
    actor = request.actor
    last = last_locked(actor.organ_code or 0)
    after = last.month if last else None
    first = date(after.year + after.month // 12, after.month % 12 + 1, 1) if after else today().replace(day=1)
    form = MonthForm(values.sent(request), initial={"month": min(first, today().replace(day=1))})
    if request.method == "POST" and form.is_valid():
        month = form.cleaned_data["month"].replace(day=1)
        made = perform(request, lambda: run_draft(actor=actor, month=month), form)
        if made:
            messages.success(request, f"已核算 {made.people} 人，其中 {made.undetermined} 人待核实。")
            return redirect("desk:pay_run", made.pk)
    return form_page(
        request,
        form,
        title="核算一个月",
        intro="按现在已经填报的事实核算这个月，并补足以前各月因迟到的事实产生的差额",
        submit="核算",
        back=reverse("desk:pay_runs"),
    )


def _dressed(run: PayRun) -> Callable[[list[PaySlip]], None]:
    def dress(rows: list[PaySlip]) -> None:
        beside = compared(run, rows)
        for row in rows:
            row.beside = beside[row.person_id]  # type: ignore[attr-defined]

    return dress


def _seen(actor: Actor, run: PayRun, what: str) -> None:
    value_seen(actor=actor, row=run, what=f"{run.month:%Y年%m月}{what}", reason="办理薪酬", organ_code=run.organ_code)


@door(*PAY)
def pay_run(request: Request, pk: int) -> HttpResponse:
    """One run: its sums beside the last one's, Article 33, what looks odd, and what may be done now."""
    actor = request.actor
    row = run_for(actor, pk)
    back = reverse("desk:pay_run", args=[pk])
    if "verb" in request.POST:
        return take(request, actor, row, DEEDS, back=back, subject=f"{row.month:%Y年%m月}薪酬")
    slips = list(slips_of(row)[:2000])
    _dressed(row)(slips)
    odd = [each for each in slips if each.beside.odd]  # type: ignore[attr-defined]
    floor = floor_of(row)
    _seen(actor, row, "薪酬合计")
    labels = {"gross": "应发（元）", "paid": "发放（元）", "employer": "单位缴费（元）", "cost": "用人成本（元）"}
    context = {
        "title": f"{row.month:%Y年%m月}薪酬",
        "row": row,
        "numbers": table_of(NUMBERS, [_beside(label, key, row) for key, label in labels.items()], "合计"),
        "floor": floor,
        "odd": table_of((*SLIPS[:2], SLIPS[7], SLIPS[8], SLIPS[10]), odd, "需要留意的", empty="没有需要留意的工资单。"),
        "timeline": timeline_of([row]),
        "reads": readings_of(row, 10),
        **act_context(actor, row, DEEDS),
    }
    return render(request, "safeguards/pay_run.html", context)


def _beside(label: str, key: str, row: PayRun) -> dict[str, Any]:
    now = Decimal(getattr(row, key)) / 100
    then = Decimal(getattr(row.previous, key)) / 100 if row.previous else None
    return {"label": label, "now": now, "then": then, "change": None if then is None else now - then}


@door(*PAY)
def pay_slips(request: Request, pk: int) -> HttpResponse:
    """Everybody's slip of a run, beside their last one, with the reasons."""
    row = run_for(request.actor, pk)
    found, outcomes = narrowed(request, slips_of(row), "outcome", Outcome.choices)
    context = list_of(
        request, SLIPS, found, f"{row.month:%Y年%m月}工资单", dress=_dressed(row), filters=[("结论", outcomes)]
    )
    _seen(request.actor, row, "工资单")
    return list_response(request, context)


@door(*PAY)
def pay_slip(request: Request, pk: int) -> HttpResponse:
    """One slip: what it pays of which month, and every figure explained."""
    slip = slip_for(request.actor, pk)
    value_seen(
        actor=request.actor,
        row=slip,
        what=f"{slip.run.month:%Y年%m月}工资单",
        reason="办理薪酬",
        organ_code=slip.organ_code,
        person_id=slip.person_id,
    )
    return render(
        request,
        "safeguards/pay_slip.html",
        slip_context(slip) | {"title": f"{slip.name}：{slip.run.month:%Y年%m月}工资单", "reads": readings_of(slip, 10)},
    )


def _file(request: Request, pk: int, what: str, columns: tuple[Column, ...]) -> HttpResponse:
    row = run_for(request.actor, pk)
    if row.state not in (RunState.APPROVED, RunState.LOCKED):
        raise Http404("审批以后才有这份表")
    slips = paid_out(row)
    _seen(request.actor, row, what)
    name = f"{row.month:%Y年%m月}{what}"
    return table_excel(name, table_of(columns, slips, name))


NAME = Column("name", "姓名")
NUMBER = Column("id_number", "证件号码", "person.id_number")


def _of(code: str, label: str) -> Column:
    return Column(code, f"{label}（元）", lambda row: Decimal(row.by_code.get(code, 0)) / 100, kind="money")


@door(*PAY)
def pay_bank(request: Request, pk: int) -> HttpResponse:
    """Who is paid how much; the account is filled in by who knows it."""
    columns = (NAME, NUMBER, Column("account", "账号", lambda row: ""), money("paid", "金额"))
    return _file(request, pk, "银行发放表", columns)


@door(*PAY)
def pay_tax(request: Request, pk: int) -> HttpResponse:
    """What was withheld of whose income in this run."""
    row = run_for(request.actor, pk)
    paid = [_of(code, label) for code, label in names_in(row).items() if code.startswith(PERSON)]
    columns = (NAME, NUMBER, money("gross", "本期收入"), *paid, money("tax", "本期扣缴税额"))
    return _file(request, pk, "个人所得税申报表", columns)


@door(*PAY)
def pay_insurance(request: Request, pk: int) -> HttpResponse:
    """What both parties pay to each insurance and the housing fund."""
    row = run_for(request.actor, pk)
    paid = [_of(code, label) for code, label in names_in(row).items() if code.startswith((PERSON, EMPLOYER))]
    columns = (NAME, NUMBER, *paid, money("contributions", "个人合计"), money("employer", "单位合计"))
    return _file(request, pk, "社会保险和公积金缴费表", columns)
