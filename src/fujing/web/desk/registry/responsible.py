"""指定责任民警: the people of the bureau without unit or officer, picked singly or together (5.p1)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fujing.compliance.oversight.gaps import WITHOUT
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.registry.placing import MOST, officer_assign, officers_of, posts_of
from fujing.registry.roster import Narrowing, dressed, roster_rows
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import PERSONNEL
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField, PostChoice
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.lists import Link, address
from fujing.web.requests import Request

LABELS = {"officer": "没有责任民警", "unit": "没有用人单位"}


class PostOfCategory(PostChoice):
    """A post with its unit and category."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{super().label_from_instance(obj)}（{obj.get_category_display()}）"


class ResponsibleForm(forms.Form):
    officer = OneOf(label="责任民警")
    starts = DateField(label="起始日", help_text="含当日，不能晚于今天")
    post = PostOfCategory(label="用人单位和岗位", required=False, help_text="只用于还没有用人单位的人，其他人岗位不变")

    def __init__(self, organ_code: int, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        among(self, officer=officers_of(organ_code))
        among(self, post=posts_of(organ_code))


PEOPLE = (
    Column("pick", "选择", template="kinds/pick.html", phone="pick"),
    Column("name", "姓名", "person.name", link=lambda row: reverse("desk:person", args=[row.person_id])),
    Column("category", "类别", "get_category_display"),
    Column("unit", "用人单位", "unit_name", empty="未安排"),
    Column("post", "岗位", "post_name"),
    Column("officer", "责任民警", "officer_name", empty="未指定"),
    Column("since", "入职日期", "span.lower", "date"),
)


def _people(actor: Actor, without: str, person: int | None) -> Any:
    """One person of the bureau, or everybody whom the to-do counts."""
    code = actor.organ_code or 0
    if person is not None:
        return roster_rows(actor, Narrowing(organ=code)).filter(organ_code=code, person_id=person)
    return WITHOUT[without](code, code + 10**6 - 1, today())


@door(*PERSONNEL)
def responsible(request: Request) -> HttpResponse:
    actor = request.actor
    without = values.choice(request.GET, "without", LABELS, "officer")
    person = values.number(request.GET, "person")
    form = ResponsibleForm(actor.organ_code or 0, values.sent(request), initial={"starts": today()})
    chosen = [number for each in values.several(request.POST, "chosen") if (number := values.number_of(each))]
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: officer_assign(actor=actor, engagements=chosen, **form.cleaned_data), form)
        if done:
            messages.success(request, f"已为 {len(done)} 人指定责任民警 {form.cleaned_data['officer'].name}。")
            return redirect("desk:person", person) if person else redirect(request.get_full_path())
    found = _people(actor, without, person)
    rows = list(dressed(found.order_by("pk"))[:MOST])
    for row in rows:
        row.picked = row.pk in chosen or person is not None  # type: ignore[attr-defined]
    total = found.count()
    context = {
        "title": "指定责任民警",
        "form": form,
        "table": table_of(PEOPLE, rows, "人员", empty="现在没有这样的人员。"),
        "rows": rows,
        "summary": "" if person else f"{LABELS[without]}，共 {total} 人" + _first(total),
        "tabs": [Link(label, address(request, without=key), key == without, None) for key, label in LABELS.items()],
        "person": person,
        "back": reverse("desk:people"),
    }
    return form_response(request, "registry/responsible.html", context)


def _first(total: int) -> str:
    return f"，先列出 {MOST} 人，办完后列出其余的人" if total > MOST else ""
