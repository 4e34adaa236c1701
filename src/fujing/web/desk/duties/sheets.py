"""排班表: a unit's week as Excel, written out, and read in as drafts after it was shown and confirmed."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fujing.duties.orders.queries import orders_of_week
from fujing.duties.orders.services import week_plan
from fujing.duties.orders.sheets import Read, people_in, plan_read, plan_written, planned_of, sealed_form
from fujing.law.formats.documents import DocumentError, Fault
from fujing.law.formats.duties_template import duties_template
from fujing.registry.roster import reading
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import DUTIES, DUTY_PLANNERS
from fujing.web.columns import Column, table_of
from fujing.web.desk.duties.asked import Asked, asked_for
from fujing.web.doors import door
from fujing.web.previews import confirmed, sealed
from fujing.web.requests import Request
from fujing.web.sheets import EXCEL, download

SALT = "duty-plan"
SHOWN_FAULTS = 200
PREVIEW = (
    Column("when", "起", "planned.said.begins", "moment"),
    Column("until", "止", "planned.said.ends", "moment"),
    Column("people", "人员", lambda row: "、".join(row.names), wrap=True),
    Column("item", "事项", "planned.said.item", empty="未填"),
    Column("text", "内容", "planned.said.text", wrap=True),
    Column("place", "地点", "planned.said.place", wrap=True),
    Column(
        "commander",
        "指挥民警",
        lambda row: row.planned.said.commander.name if row.planned.said.commander else "",
        empty="未写明",
    ),
)
FAULTS = (
    Column("path", "位置", empty="整个文件"),
    Column("value", "现为", wrap=True),
    Column("expected", "应为", wrap=True),
)


class PlanForm(forms.Form):
    file = forms.FileField(label="排班表", help_text="Excel，工作表“派勤”；请假表不读入")


@door(*DUTIES)
def excel(request: Request) -> HttpResponse:
    """The week as the file that units keep."""
    actor = request.actor
    with reading(actor):
        asked = asked_for(request, actor)
        content = plan_written(orders_of_week(actor, asked.unit.code, asked.monday))
    return download(content, f"{asked.said}排班表.xlsx", EXCEL)


@door(*DUTIES)
def template(request: Request) -> HttpResponse:
    """The empty plan to fill in."""
    return download(duties_template(), "排班表.xlsx", EXCEL)


@door(*DUTY_PLANNERS)
def sheet(request: Request) -> HttpResponse:
    """A plan read, shown and confirmed; every order becomes a draft, or none."""
    actor = request.actor
    with reading(actor):
        asked = asked_for(request, actor)
        if values.token(request.POST, "confirmed"):
            return _confirm(request, asked)
        form = PlanForm(values.sent(request), request.FILES or None)
        read: list[Read] | None = None
        faults: list[Fault] = []
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["file"]
            try:
                read = perform(
                    request, lambda: plan_read(actor=actor, unit=asked.unit.code, upload=upload), form, writes=False
                )
            except DocumentError as error:
                faults = error.faults
        context = {
            "title": f"{asked.unit.short_name} 读入排班表",
            "form": form,
            "faults": table_of(FAULTS, faults[:SHOWN_FAULTS], "需要修改的内容") if faults else None,
            "preview": table_of(PREVIEW, read, "将要存为草稿") if read else None,
            "orders": len(read or ()),
            "people": people_in(read or ()),
            "asked": asked,
            "back": asked.url("desk:duties"),
            "confirmed": sealed(SALT, sealed_form(read), unit=asked.unit.code) if read else "",
        }
    return render(request, "duties/sheet.html", context, status=422 if form.errors or faults else 200)


def _confirm(request: Request, asked: Asked) -> HttpResponse:
    actor, unit = request.actor, asked.unit.code
    again = asked.url("desk:duty_sheet")
    rows = confirmed(request, SALT, unit=unit)
    if rows is None:
        return redirect(again)
    made = perform(request, lambda: week_plan(actor=actor, unit=unit, planned=planned_of(rows, unit)))
    if made is None:
        return redirect(again)
    there = len(rows) - len(made)
    rest = f"另有 {there} 张已有同样的派勤，没有重复。" if there else ""
    messages.success(request, f"已存为草稿，共 {len(made)} 张；有问题的列在下面。{rest}")
    first = min((each.begins.date() for each in made), default=asked.monday)
    return redirect(asked.url("desk:duties", week=first))
