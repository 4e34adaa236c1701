"""年度要求: how many hours of each kind a bureau asks of everybody in a year."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.law.training.kinds import KINDS, SPECIAL
from fujing.management.training.models import Requirement
from fujing.management.training.policies import can_plan_trainings
from fujing.management.training.queries import requirement_for, requirements_of
from fujing.management.training.services import requirement_remove, requirement_set
from fujing.registry.roster import choices_of, scope_of
from fujing.registry.states import Category
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import TRAINERS
from fujing.web.choices import Suggesting, suggest
from fujing.web.columns import Column
from fujing.web.desk.management.training import TRAINING, kind_of, year_of, years_offered
from fujing.web.doors import door
from fujing.web.form_pages import form_page, form_response
from fujing.web.lists import list_of, list_response, year_links
from fujing.web.numbers import NumberField
from fujing.web.requests import Request

NEWCOMERS = [("", "没有写明"), ("yes", "当年参加"), ("no", "当年不要求")]
ANSWERS = {"yes": True, "no": False}
SAID = {ANSWERS.get(value): label for value, label in NEWCOMERS}


class RequirementForm(forms.Form):
    """What one kind takes in a year."""

    hours = NumberField(label="每人学时", min_value=0.5, max_value=1000, max_digits=5, decimal_places=1)
    newcomers = forms.TypedChoiceField(
        label="年中入职的人",
        choices=NEWCOMERS,
        coerce=ANSWERS.get,
        empty_value=None,
        required=False,
        help_text="没有写明的，年中入职的人当年是否应当完成待核实",
    )
    category = forms.ChoiceField(label="人员类别", choices=[("", "全部"), *Category.choices], required=False)
    post = forms.CharField(
        label="岗位", max_length=60, required=False, widget=Suggesting, help_text="专项培训只对一个岗位要求的填写"
    )
    basis = forms.CharField(label="依据", max_length=200, help_text="文件名称和文号，或者年度培训计划")
    units = {"hours": "学时"}


class NewForm(RequirementForm):
    """The same of a kind that wasn't asked before; a 专项培训 with its name."""

    field_order = ("year", "kind", "topic")
    year = forms.TypedChoiceField(label="年度", coerce=int)
    kind = forms.ChoiceField(label="种类", choices=list(KINDS.items()))
    topic = forms.CharField(label="专项名称", max_length=60, required=False, help_text="专项培训填写，如 警械使用")
    provisions = {"kind": ("24",)}


REQUIREMENTS = (
    Column("kind", "种类", kind_of),
    Column("hours", "每人学时", kind="decimal"),
    Column("newcomers", "年中入职的人", lambda row: SAID[row.newcomers]),
    Column("category", "人员类别", lambda row: row.get_category_display(), empty="全部"),
    Column("post", "岗位", empty="全部"),
    Column("basis", "依据", wrap=True),
    Column("made_by", "登记人"),
)


def _page_of(row: Requirement) -> str:
    return reverse("desk:requirement", args=[row.pk])


@door(*TRAINING)
def requirements(request: Request) -> HttpResponse:
    """What the own bureau asks in a year."""
    actor, year = request.actor, year_of(request)
    rows = list(requirements_of(actor.organ_code or 0, year))
    plans = can_plan_trainings(actor)
    first = replace(REQUIREMENTS[0], link=_page_of) if plans else REQUIREMENTS[0]
    context = list_of(request, (first, *REQUIREMENTS[1:]), rows, "年度培训要求", empty=f"还没有登记{year}年的要求。")
    context |= {
        "filters": [year_links(request, years_offered(), year)],
        "folded": True,
        "summary": f"{year}年，共 {len(rows)} 项",
        "may_plan": plans,
    }
    return list_response(request, context, "management/training/requirements.html")


@door(*TRAINERS)
def requirement_new(request: Request) -> HttpResponse:
    """Ask a further kind, or the same one otherwise."""
    actor = request.actor
    form = NewForm(values.sent(request))
    this = today().year
    form.fields["year"].choices = [(year, f"{year}") for year in (this, this + 1)]  # type: ignore[attr-defined]
    _helped(form, actor)
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: requirement_set(actor=actor, **form.cleaned_data), form)
        if done:
            messages.success(request, f"已登记{kind_of(done)}的要求。")
            return redirect(f"{reverse('desk:requirements')}?year={done.year}")
    return form_page(request, form, title="登记年度培训要求", back=reverse("desk:requirements"))


@door(*TRAINERS)
def requirement(request: Request, pk: int) -> HttpResponse:
    """Change what is asked while the year lasts, or ask it no more."""
    actor = request.actor
    row = requirement_for(actor, pk)
    back = f"{reverse('desk:requirements')}?year={row.year}"
    if values.choice(request.POST, "act", {"remove"}):
        if perform(request, lambda: requirement_remove(actor=actor, requirement=row)):
            messages.success(request, f"已删除{kind_of(row)}的要求。")
        return redirect(back)
    form = RequirementForm(values.sent(request), initial=_stated(row))
    _helped(form, actor)
    if row.kind != SPECIAL:
        del form.fields["category"], form.fields["post"]
    if request.method == "POST" and form.is_valid():
        given = {"year": row.year, "kind": row.kind, "topic": row.topic, **form.cleaned_data}
        if perform(request, lambda: requirement_set(actor=actor, **given), form):
            messages.success(request, "已保存。")
            return redirect(back)
    context = {
        "title": f"{row.year}年{kind_of(row)}的要求",
        "intro": "已经结束的年度不再改动",
        "form": form,
        "submit": "保存",
        "back": back,
        "removable": row.year >= today().year,
    }
    return form_response(request, "management/training/requirement.html", context)


def _helped(form: forms.Form, actor: Actor) -> None:
    """The posts of the bureau beside the field."""
    suggest(form, post=[name for name, _ in choices_of(scope_of(actor, actor.organ_code)).get("post", [])])


def _stated(row: Requirement) -> dict[str, Any]:
    """What is asked, as its form shows it."""
    said = {True: "yes", False: "no", None: ""}[row.newcomers]
    return {"hours": row.hours, "newcomers": said, "category": row.category, "post": row.post, "basis": row.basis}
