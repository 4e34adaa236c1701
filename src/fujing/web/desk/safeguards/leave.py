"""请假: what waits, one request with what may be done, who is away in a month, and asking for somebody from a paper."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE, today
from fujing.kernel.files import file_response
from fujing.kernel.numbers import bare
from fujing.kernel.readings import readings_of
from fujing.kernel.refusals import existing
from fujing.kernel.transitions import Transition
from fujing.law.leave.kinds import GROUNDS, KINDS
from fujing.registry.models import Person
from fujing.registry.queries import engagement_for, engagement_now
from fujing.safeguards.leave.models import LeaveRequest
from fujing.safeguards.leave.policies import can_keep_leave_of, can_read_leave
from fujing.safeguards.leave.queries import (
    away_between,
    request_for,
    requests_for,
    requests_of,
    sent_meanwhile,
    years_of,
)
from fujing.safeguards.leave.services import (
    leave_advise,
    leave_approve,
    leave_ask,
    leave_cancel,
    leave_end,
    leave_open,
    leave_recall,
    leave_refuse,
)
from fujing.safeguards.leave.states import LEAVE, LeaveState
from fujing.safeguards.leave.todos import over
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import LEADERS, OFFICERS, PERSONNEL, UNITS
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField, read_for_a_reason, state_column, timeline_of
from fujing.web.desk.wings import Tab
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.leave_forms import LeaveForm
from fujing.web.lists import filter_links, list_of, list_response, narrowed
from fujing.web.requests import Request

LOOK = PERSONNEL | LEADERS | UNITS
FIRST_YEAR, LAST_YEAR = 2021, 2099


class AdviceForm(forms.Form):
    agreed = forms.TypedChoiceField(
        label="单位意见",
        choices=[("yes", "同意"), ("no", "不同意")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    advice = forms.CharField(label="说明", max_length=300, required=False, help_text="不同意的必须写明理由")
    needed = frozenset({"advice"})


class ApproveForm(forms.Form):
    """The document where the days are open; of personal leave whether it is paid."""

    basis = forms.CharField(label="所依据的文件", max_length=200, required=False, help_text="天数待核实的必须写明")
    needed = frozenset({"basis"})


class PersonalForm(forms.Form):
    paid = forms.TypedChoiceField(
        label="是否带薪",
        choices=[("no", "不带薪"), ("yes", "按本单位规定带薪")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class RefuseForm(forms.Form):
    ground = forms.ChoiceField(label="情形", choices=list(GROUNDS.items()), widget=forms.RadioSelect)
    answer = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}), help_text="告知本人"
    )
    offered_from = DateField(label="另行安排的第一天", required=False, help_text="时间另行安排的必须写明")
    offered_until = DateField(label="另行安排的最后一天（含当日）", required=False)
    needed = frozenset({"offered_from", "offered_until"})


class RecallForm(forms.Form):
    back_at = forms.DateTimeField(
        label="返岗时间",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text="上午起写 00:00，下午起写 12:00；病假、事假可以写到分",
        error_messages={"invalid": "请填写日期和时间，如 2026-12-02 12:00。"},
    )
    reason = forms.CharField(label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def _refuse_form(row: LeaveRequest) -> type[forms.Form]:
    """Only the grounds of the kind may be chosen."""

    class Form(RefuseForm):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            self.fields["ground"].choices = [(key, GROUNDS[key]) for key in KINDS[row.kind].grounds]  # type: ignore[attr-defined]

    return Form


def _touched(row: LeaveRequest) -> Touched:
    return Touched(
        f"{row.name}，{row.get_kind_display()} {bare(row.days)} 天，"
        f"{row.begins:%Y-%m-%d %H:%M} 至 {row.ends:%Y-%m-%d %H:%M}。"
    )


def _whose(actor: Actor, row: LeaveRequest, move: Transition) -> str:
    if move.verb == "advise" and row.unit_id is not None:
        return "" if actor.organ_code == row.unit_id else "由此人的用人单位负责人提出意见。"
    return "" if actor.organ_code == row.organ_code else "由管理此人的公安机关办理。"


def _why_not(actor: Actor, row: LeaveRequest, move: Transition) -> str:
    if move.verb == "advise" and actor.account_id == row.asked_by_id:
        return "代为申请的人不能提出单位意见。"
    if move.verb in ("approve", "refuse") and actor.account_id in (row.asked_by_id, row.advised_by_id):
        return "申请或者提出意见的人不能批准，由另一名负责人办理。"
    return ""


DEEDS = Deeds(
    LEAVE,
    {
        "advise": Deed(
            lambda actor, row, data: leave_advise(actor=actor, request=row, **data), lambda row: AdviceForm, _touched
        ),
        "approve": Deed(
            lambda actor, row, data: leave_approve(actor=actor, request=row, **data),
            lambda row: PersonalForm if row.kind == "personal" else ApproveForm,
            _touched,
        ),
        "refuse": Deed(lambda actor, row, data: leave_refuse(actor=actor, request=row, **data), _refuse_form, _touched),
        "cancel": Deed(lambda actor, row, data: leave_cancel(actor=actor, request=row), None, _touched),
        "recall": Deed(
            lambda actor, row, data: leave_recall(actor=actor, request=row, **data), lambda row: RecallForm, _touched
        ),
        "end": Deed(lambda actor, row, data: leave_end(actor=actor, request=row), None, _touched),
    },
    whose=_whose,
    why_not=_why_not,
)
COLUMNS = (
    Column("name", "姓名", sort="name", link=lambda row: reverse("desk:leave_request", args=[row.pk])),
    Column("kind", "假期", lambda row: row.get_kind_display()),
    state_column(),
    Column("begins", "从", lambda row: f"{row.begins:%Y-%m-%d %H:%M}", sort="span"),
    Column("ends", "至", lambda row: f"{row.ends:%Y-%m-%d %H:%M}"),
    Column("days", "天数", lambda row: bare(row.days)),
    Column("unit", "用人单位", lambda row: row.unit.short_name if row.unit else "", empty="没有登记", phone="folded"),
    Column("asked_by", "申请人", phone="folded"),
)


@door(*LOOK)
def leaves(request: Request) -> HttpResponse:
    """All of the territory or of the unit, by how far they are."""
    found, steps = narrowed(request, requests_for(request.actor), "state", LeaveState.choices)
    due = values.choice(request.GET, "due", {"over"}, "")
    found = over(found) if due else found
    links = [("步骤", steps), ("提醒", filter_links(request, "due", [("over", "待销假")]))]
    context = list_of(request, COLUMNS, found, "请假", filters=links, empty="还没有人请假。")
    context["summary"] = "本人在手机上申请，或者从人员档案的“假期”代为申请；用人单位提出意见以后批准。"
    return list_response(request, context)


@door(*LOOK)
def away(request: Request) -> HttpResponse:
    """Who is away in a month, approved or asked for."""
    now = today()
    year = values.number(request.GET, "year", now.year, least=FIRST_YEAR, most=LAST_YEAR)
    month = values.number(request.GET, "month", now.month, least=1, most=12)
    first = date(year, month, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    found = away_between(request.actor, first, last)
    links = [("月份", filter_links(request, "month", [(f"{number}", f"{number}月") for number in range(1, 13)]))]
    context = list_of(request, COLUMNS, found, "请假安排", filters=links, empty="这个月没有人请假。")
    context["summary"] = f"{first}至{last}，已批准和已申请的都在内。"
    return list_response(request, context)


@door(*PERSONNEL)
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask for somebody, from the paper that they handed in."""
    actor = request.actor
    engagement = engagement_for(actor, pk)
    form = LeaveForm(values.sent(request), request.FILES or None, initial={"kind": "annual"})
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["upload"]
        made = perform(
            request, lambda: leave_ask(actor=actor, engagement=engagement, asked=form.asked(), upload=upload), form
        )
        if made:
            messages.success(request, "已代为申请，待单位提出意见。")
            return redirect("desk:leave_request", made.pk)
    return form_page(
        request,
        form,
        title=f"代{engagement.person.name}申请请假",
        intro="按本人的书面申请填写；代为申请的人不能提出意见，也不能批准。",
        submit="申请",
        back=reverse("desk:person", args=[engagement.person_id]) + "?tab=leave",
    )


@door(*LOOK)
def leave(request: Request, pk: int) -> HttpResponseBase:
    """One request: what is asked, what the unit says, the orders meanwhile, and what may be done now."""
    actor = request.actor
    row = request_for(actor, pk)
    if "verb" in request.POST:
        back = reverse("desk:leave_request", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=f"{row}")
    reading, opened = None, None
    if can_read_leave(actor, row.organ_code):
        _, reading, opened = read_for_a_reason(
            request, lambda reason: leave_open(actor=actor, request=row, reason=reason)
        )
    context = {
        "title": f"{row}",
        "form": reading,
        "opened": opened,
        "reads": readings_of(row),
        "row": row,
        "days": bare(row.days),
        "calendar_days": bare(row.calendar_days),
        "working_days": "" if row.working_days is None else bare(row.working_days),
        "duties": [
            f"{each.span.lower.astimezone(ZONE):%Y-%m-%d %H:%M} 至 {each.span.upper.astimezone(ZONE):%H:%M}"
            for each in sent_meanwhile(row)[:20]
        ],
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    wrong = reading is not None and reading.errors
    return render(request, "safeguards/leave_request.html", context, status=422 if wrong else 200)


@door(*LOOK)
def leave_paper(request: Request, pk: int) -> HttpResponseBase:
    """What was handed in with a request."""
    row = request_for(request.actor, pk)
    if not can_read_leave(request.actor, row.organ_code):
        raise PermissionDenied("材料由管理此人的公安机关查阅。")
    return file_response(existing(row.paper, "没有材料"))


def _tab(actor: Actor, person: Person) -> dict[str, Any]:
    engagement = engagement_now(person)
    return {
        "table": table_of(COLUMNS[:6], requests_of(engagement), "请假", empty="没有请过假。"),
        "years": list(years_of(engagement)) if engagement else [],
        "engagement": engagement,
        "may_keep": engagement is not None and can_keep_leave_of(actor, person.organ_code),
    }


LEAVE_TAB = Tab("leave", "假期", OFFICERS, "safeguards/tabs/leave.html", _tab)
