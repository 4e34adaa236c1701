"""One order drawn up or changed, and the same again on other days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from fujing.duties.orders.frame import unfit
from fujing.duties.orders.models import DutyOrder
from fujing.duties.orders.queries import last_of_unit, order_for, people_of_unit
from fujing.duties.orders.services import Said, order_change, order_draft, order_repeat
from fujing.duties.orders.states import MODE_CHOICES, PART_CHOICES
from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE, today
from fujing.law.catalogue import ARTICLES, ITEMS, LABELS
from fujing.law.provisions import cite
from fujing.registry.models import Engagement, bureau_of
from fujing.registry.placing import officers_of
from fujing.registry.roster import reading
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import DUTY_PLANNERS
from fujing.web.choices import OneOf, among
from fujing.web.desk.common import DateField
from fujing.web.desk.duties.asked import asked_for
from fujing.web.desk.duties.orders import ITEM_TEXTS, content_of
from fujing.web.desk.duties.week import DAYS, days_of, short
from fujing.web.doors import door
from fujing.web.form_pages import form_page
from fujing.web.requests import Request
from fujing.web.seen import SeenWhole

SEPARATOR = re.compile(r"[;；,，、\n]")
AHEAD = 13
"""Days after an order's own on which it is offered again."""
ITEM_CHOICES = [
    ("", "请选择"),
    *(
        (
            f"{LABELS[category]}（{cite(article)}）",
            [(item, f"{item} {ITEM_TEXTS[item][:30]}") for item in ITEMS if item.partition(".")[0] == article],
        )
        for category, articles in ARTICLES.items()
        for article in articles
    ),
]


class ClockField(forms.TimeField):
    """A time of the day with the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
        options.setdefault("error_messages", {"invalid": "请填写时刻，如 18:00。"})
        super().__init__(**options)


class OrderForm(forms.Form):
    day = DateField(label="日期", help_text="夜班写开始的那天")
    starts = ClockField(label="起")
    ends = ClockField(label="止", help_text="早于或者等于起的为第二天；最长二十四小时")
    people = forms.MultipleChoiceField(label="派谁", widget=forms.CheckboxSelectMultiple, required=False)
    item = forms.ChoiceField(label="事项", choices=ITEM_CHOICES)
    mode = forms.ChoiceField(label="指挥方式", choices=[("", "请选择"), *MODE_CHOICES])
    part = forms.ChoiceField(label="辅警承担", choices=[("", "请选择"), *PART_CHOICES])
    commander = OneOf(label="指挥民警")
    text = forms.CharField(
        label="内容",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明协助民警做什么，如 协助民警在北街夜间巡逻",
    )
    place = forms.CharField(label="地点", max_length=100)
    basis = forms.CharField(
        label="法律依据",
        max_length=200,
        required=False,
        help_text="事项为 9.4、10.10、11.4（其他工作）的，写明国家规定的名称和文号",
    )
    needs = forms.CharField(label="所需资质", max_length=300, required=False, help_text="几种用顿号分开；不需要的空着")
    vehicle = forms.CharField(label="车船", max_length=60, required=False, help_text="车牌或者船号")
    drivers = forms.MultipleChoiceField(label="由谁驾驶", widget=forms.CheckboxSelectMultiple, required=False)
    equipment = forms.CharField(label="装备", max_length=200, required=False)
    restraint = forms.BooleanField(label="使用约束性警械", required=False)
    emergency = forms.CharField(
        label="紧急情形", max_length=200, required=False, help_text="使用约束性警械的，写明是什么紧急情况"
    )
    groups: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("时间和人员", ("day", "starts", "ends", "people")),
        ("工作和指挥", ("item", "part", "mode", "commander", "text", "place", "basis")),
        ("资质、车船和警械", ("needs", "vehicle", "drivers", "equipment", "restraint", "emergency")),
    )
    folded = ("资质、车船和警械",)
    provisions = {
        "item": ("9", "10", "11"),
        "mode": ("9", "10", "11"),
        "text": ("13",),
        "commander": ("4",),
        "needs": ("12",),
        "drivers": ("27.p1",),
        "restraint": ("27.p2",),
    }

    def __init__(self, unit: int, people: Iterable[tuple[int, str]], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        among(self, commander=officers_of(bureau_of(unit)))
        named = [(str(pk), label) for pk, label in people]
        for name in ("people", "drivers"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = [(pk, label.partition("：")[0]) for pk, label in named] if name == "drivers" else named

    def clean_needs(self) -> tuple[str, ...]:
        """The certificates one by one."""
        words = [word.strip() for word in SEPARATOR.split(self.cleaned_data["needs"])]
        if any(len(word) > 60 for word in words):
            raise forms.ValidationError("每种资质最多 60 个字。")
        return tuple(dict.fromkeys(word for word in words if word))

    def clean(self) -> dict[str, Any]:
        """Whoever drives is sent."""
        data = super().clean() or {}
        if set(data.get("drivers", ())) - set(data.get("people", ())):
            self.add_error("drivers", "驾驶的人也应在派出的人中。")
        return data

    @property
    def said(self) -> Said:
        """What the order is to say."""
        data = dict(self.cleaned_data)
        begins, ends = span_of(data["day"], data["starts"], data["ends"])
        named = {
            name: data[name] for name in data if name not in ("day", "starts", "ends", "people", "drivers", "also")
        }
        return Said(begins=begins, ends=ends, **named)


class NewForm(OrderForm):
    also = forms.MultipleChoiceField(
        label="同样派在",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="同一周的其他日子，时间、人员和工作相同",
    )
    groups = (("时间和人员", (*OrderForm.groups[0][1], "also")), *OrderForm.groups[1:])


class DaysForm(forms.Form):
    days = forms.MultipleChoiceField(label="日期", widget=forms.CheckboxSelectMultiple)


def span_of(day: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """From when until when; an end that isn't after the start is on the next day."""
    begins, over = (datetime.combine(day, each, ZONE) for each in (starts, ends))
    return begins, over if over > begins else over + timedelta(1)


def _named(day: date) -> tuple[str, str]:
    return str(day), f"周{DAYS[day.weekday()]} {day:%m-%d}"


def _people(actor: Actor, unit: int, day: date, sent: Iterable[Engagement] = ()) -> dict[int, tuple[Engagement, str]]:
    """Who may be chosen, each with what stands against sending them on that day."""
    rows = {each.pk: each for each in (*people_of_unit(actor, unit), *sent)}
    why = unfit(rows, [day])
    found = {}
    for pk, each in sorted(rows.items(), key=lambda row: row[0] in why):
        said = f"{each.person.name}（{each.get_category_display() or '类别未填'}）"
        against = "、".join(f"{short(each)}（{cite(each.provision)}）" for each in why.get(pk, ()))
        found[pk] = (each, f"{said}：{against}" if against else said)
    return found


def _choices(people: dict[int, tuple[Engagement, str]]) -> list[tuple[int, str]]:
    return [(pk, label) for pk, (_, label) in people.items()]


def _chosen(form: OrderForm, people: dict[int, tuple[Engagement, str]]) -> tuple[list[Engagement], set[int]]:
    data = form.cleaned_data
    known = {str(pk): who for pk, (who, _) in people.items()}
    return [known[pk] for pk in data["people"]], {known[pk].pk for pk in data["drivers"]}


def said_in(order: DutyOrder) -> dict[str, Any]:
    """An order as the form shows it."""
    names = (
        "item",
        "mode",
        "part",
        "commander",
        "text",
        "place",
        "basis",
        "vehicle",
        "equipment",
        "restraint",
        "emergency",
    )
    sent = list(order.people.all())
    return {
        **{name: getattr(order, name) for name in names},
        "day": order.begins.date(),
        "starts": order.begins.time(),
        "ends": order.ends.time(),
        "needs": "、".join(order.needs),
        "people": [str(each.engagement_id) for each in sent],
        "drivers": [str(each.engagement_id) for each in sent if each.drives],
    }


def _started(actor: Actor, unit: int, day: date, chosen: list[str]) -> dict[str, Any]:
    """A new order begins with the officer, the place and the hours of the unit's last one."""
    start: dict[str, Any] = {"day": day, "starts": time(8), "ends": time(18), "people": chosen}
    if last := last_of_unit(actor, unit):
        kept = said_in(last)
        start |= {name: kept[name] for name in ("starts", "ends", "commander", "place")}
    return start


@door(*DUTY_PLANNERS)
def new(request: Request) -> HttpResponse:
    """An order for one or several people, on one day or several of its week."""
    actor = request.actor
    with reading(actor):
        asked = asked_for(request, actor)
        unit = asked.unit.code
        day = values.day(request.POST, "day") or values.day(request.GET, "day") or today()
        people = _people(actor, unit, day)
        start = _started(actor, unit, day, values.several(request.GET, "who"))
        form = NewForm(unit, _choices(people), values.sent(request), initial=start)
        also = form.fields["also"]
        assert isinstance(also, forms.MultipleChoiceField)
        also.choices = [_named(each) for each in days_of(day - timedelta(day.weekday())) if each != day]
        if request.method == "POST" and form.is_valid():
            made = perform(request, lambda: _drafted(actor, unit, form, people), form)
            if made:
                messages.success(request, _told(made))
                return redirect("desk:duty", made[0].pk)
        return form_page(
            request,
            form,
            title=f"{asked.unit.short_name} 新派勤单",
            intro="先存为草稿，核对没有问题后派出；草稿本人看不到。",
            submit="存为草稿并核对",
            back=f"{reverse('desk:duties')}?unit={unit}&week={day}",
        )


def _drafted(actor: Actor, unit: int, form: OrderForm, people: dict[int, tuple[Engagement, str]]) -> list[DutyOrder]:
    chosen, drivers = _chosen(form, people)
    made = order_draft(actor=actor, unit=unit, said=form.said, people=chosen, drivers=drivers)
    also = [date.fromisoformat(day) for day in form.cleaned_data["also"]]
    return [made, *order_repeat(actor=actor, order=made, days=also)]


def _told(made: list[DutyOrder]) -> str:
    return f"已存为草稿，共 {len(made)} 张。" if len(made) > 1 else "已存为草稿。"


@door(*DUTY_PLANNERS)
def edit(request: Request, pk: int) -> HttpResponse:
    """A draft written anew, by whoever saw it as it stands."""
    actor = request.actor
    with reading(actor):
        row = order_for(actor, pk)
        sent = [each.engagement for each in row.people.all()]
        people = _people(actor, row.unit_id, row.begins.date(), sent)
        form = OrderForm(row.unit_id, _choices(people), values.sent(request), initial=said_in(row))
        seen = SeenWhole(request, content_of(row))
        if request.method == "POST" and form.is_valid():
            chosen, drivers = _chosen(form, people)
            done = perform(
                request,
                lambda: order_change(
                    actor=actor,
                    order=row,
                    said=form.said,
                    people=chosen,
                    drivers=drivers,
                    seen=lambda fresh: seen.check(fresh, content_of(fresh), "请重新打开后修改。"),
                ),
                form,
            )
            if done:
                messages.success(request, "已保存。")
                return redirect("desk:duty", pk)
        back = reverse("desk:duty", args=[pk])
        return form_page(request, form, title=f"修改{row}", intro="派勤以后不再改动", back=back, seen=seen.token)


@door(*DUTY_PLANNERS)
def repeat(request: Request, pk: int) -> HttpResponse:
    """The same on other days: each a draft of its own."""
    actor = request.actor
    with reading(actor):
        row = order_for(actor, pk)
        form = DaysForm(values.sent(request))
        field = form.fields["days"]
        assert isinstance(field, forms.MultipleChoiceField)
        own = row.begins.date()
        field.choices = [_named(own + timedelta(number)) for number in range(1, AHEAD + 1)]
        if request.method == "POST" and form.is_valid():
            days = [date.fromisoformat(day) for day in form.cleaned_data["days"]]
            made = perform(request, lambda: order_repeat(actor=actor, order=row, days=days), form)
            if made is not None:
                there = len(days) - len(made)
                messages.success(
                    request, f"已存为草稿，共 {len(made)} 张。" + (f"另有 {there} 天已有同样的派勤。" if there else "")
                )
                return redirect(f"{reverse('desk:duties')}?unit={row.unit_id}&week={min(days)}")
        return form_page(
            request,
            form,
            title="派在别的日子",
            intro=f"{row}的时间、人员和工作照样派在所选的日子，先存为草稿；已有同样派勤的日子不重复",
            submit="存为草稿",
            back=reverse("desk:duty", args=[pk]),
        )
