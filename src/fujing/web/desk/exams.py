"""考务: sittings of a campaign, drawn places, door lists and who came."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from fujing.kernel.papers import Grid, Heading, Paper, Text, pdf
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.exams.models import Seat, Sitting
from fujing.recruitment.exams.queries import exam_stages, seats_of, sitting_for, sittings_of
from fujing.recruitment.exams.services import (
    Hall,
    attendance_mark,
    rooms_add,
    seats_assign,
    sitting_arrange,
    sitting_move,
)
from fujing.recruitment.exams.states import SITTING, Attendance
from fujing.web.acts import perform
from fujing.web.desk.common import need
from fujing.web.desk.sheets import download
from fujing.web.navigation import HR

MAKERS = ("hr_officer", "hr_head")


class HallsField(forms.CharField):
    """One room a line: its name, a space, how many it takes."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        options.setdefault("help_text", "每行一个考场：名称、空格、座位数，如“第一考场 30”")
        super().__init__(**options)

    def clean(self, value: Any) -> list[Hall]:
        halls, wrong = [], []
        for number, line in enumerate(super().clean(value).splitlines(), start=1):
            name, _, capacity = line.strip().rpartition(" ")
            if name.strip() and capacity.isdecimal() and 0 < int(capacity) <= 10_000:
                halls.append(Hall(name.strip(), int(capacity)))
            elif line.strip():
                wrong.append(f"第 {number} 行“{line.strip()}”应为名称、空格、座位数。")
        names = [hall.name for hall in halls]
        wrong += [f"考场“{name}”重复。" for name in sorted({n for n in names if names.count(n) > 1})]
        if wrong:
            raise forms.ValidationError(wrong)
        return halls


class MomentField(forms.DateTimeField):
    """A day and minute with the browser's own picker."""

    def __init__(self, **options: Any) -> None:
        picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=picker, error_messages={"invalid": "请填写有效时间。"}, **options)


class SittingForm(forms.Form):
    stage = forms.ChoiceField(label="环节")
    starts_at = MomentField(label="开始时间")
    ends_at = MomentField(label="结束时间")
    place = forms.CharField(label="地点", max_length=200)
    bring = forms.CharField(label="携带物品", max_length=300, required=False)
    rooms = HallsField(label="考场")

    def __init__(self, *args: Any, stages: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["stage"].choices = [(kind, STAGE_LABELS[kind]) for kind in stages]  # type: ignore[attr-defined]


class RoomsForm(forms.Form):
    rooms = HallsField(label="增加考场")


class MisconductForm(forms.Form):
    happened = forms.CharField(label="违纪经过", widget=forms.Textarea(attrs={"rows": 3}))
    first = forms.CharField(label="监考人一", max_length=60)
    second = forms.CharField(label="监考人二", max_length=60)


def listing(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *HR)
    campaign = campaign_for(actor, pk)
    sittings = list(sittings_of(campaign))
    for sitting in sittings:
        sitting.stage_label = STAGE_LABELS[sitting.stage]  # type: ignore[attr-defined]
    taken = {sitting.stage for sitting in sittings}
    left = [kind for kind in exam_stages(campaign) if kind not in taken]
    form = SittingForm(request.POST or None, stages=left)
    if request.method == "POST" and form.is_valid():
        made = perform(
            request, lambda: sitting_arrange(actor=actor, campaign=campaign, **form.cleaned_data), form
        )
        if made:
            return redirect("desk:sitting", made.pk)
    context = {
        "campaign": campaign, "sittings": sittings, "form": form,
        "may_arrange": bool(left) and campaign.state == "closed" and actor.has(*MAKERS),
    }  # fmt: skip
    return render(request, "desk/exams/sittings.html", context, status=422 if form.errors else 200)


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *HR)
    sitting = sitting_for(actor, pk)
    act = request.POST.get("act", "")
    form = RoomsForm(request.POST if act == "rooms" else None)
    if request.method == "POST":
        done: object = None
        if act == "assign":
            done = perform(request, lambda: seats_assign(actor=actor, sitting=sitting))
        elif act == "rooms":
            if form.is_valid():
                done = perform(
                    request,
                    lambda: rooms_add(actor=actor, sitting=sitting, rooms=form.cleaned_data["rooms"]),
                    form,
                )
        else:
            done = perform(request, lambda: sitting_move(actor=actor, sitting=sitting, verb=act))
        if done:
            messages.success(request, f"已编排 {done} 人。" if act == "assign" else "已办理。")
        if not form.errors:
            return redirect("desk:sitting", pk)
    seats = list(seats_of(sitting))
    rooms = list(sitting.rooms.order_by("pk"))
    context = {
        "sitting": sitting, "label": STAGE_LABELS[sitting.stage], "form": form, "seats": seats,
        "rooms": rooms, "places": sum(room.capacity for room in rooms),
        "counts": [(label, sum(seat.attendance == kind for seat in seats)) for kind, label in Attendance.choices],
        "moves": SITTING.open_to(actor, sitting.state), "arranging": sitting.state == "arranged" and actor.has(*MAKERS),
        "marking": sitting.state == "released" and actor.has(*MAKERS),
    }  # fmt: skip
    return render(request, "desk/exams/sitting.html", context, status=422 if form.errors else 200)


def _seat_of(sitting: Sitting, number: int) -> Seat:
    seat = seats_of(sitting).filter(pk=number).first()
    if seat is None:
        raise Http404("没有这个座位")
    return seat


def mark(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """One seat at the door: photo, masked number, and whether they came."""
    actor = need(request, *HR)
    sitting = sitting_for(actor, pk)
    found = _seat_of(sitting, seat)
    kind = request.POST.get("attendance", "")
    form = MisconductForm(request.POST if kind == Attendance.MISCONDUCT else None)
    if request.method == "POST" and (kind != Attendance.MISCONDUCT or form.is_valid()):
        said = form.cleaned_data if kind == Attendance.MISCONDUCT else {}
        if perform(request, lambda: attendance_mark(actor=actor, seat=found, attendance=kind, **said), form):
            messages.success(request, f"{found.application.name}：{found.get_attendance_display()}。")
            return redirect("desk:sitting", pk)
    context = {
        "sitting": sitting, "seat": found, "label": STAGE_LABELS[sitting.stage], "form": form,
        "photo": found.application.attachments.filter(kind="photo").order_by("-pk").first(),
        "marking": sitting.state == "released" and actor.has(*MAKERS),
    }  # fmt: skip
    return render(request, "desk/exams/seat.html", context, status=422 if form.errors else 200)


def door_list(request: HttpRequest, pk: int) -> HttpResponse:
    """A table per room with a column to sign in, as PDF."""
    sitting = sitting_for(need(request, *HR), pk)
    blocks: list[Text | Heading | Grid] = [
        Text(
            f"{timezone.localtime(sitting.starts_at):%Y-%m-%d %H:%M}至"
            f"{timezone.localtime(sitting.ends_at):%H:%M}，{sitting.place}。"
        )
    ]
    seats = list(seats_of(sitting))
    if not seats:
        raise Http404("还没有编排座位")
    for room in sitting.rooms.order_by("pk"):
        rows = tuple(
            (str(seat.number), seat.ticket, seat.application.name, seat.application.position.name, "")
            for seat in seats
            if seat.room_id == room.pk
        )
        if rows:
            header = ("座位", "准考证号", "姓名", "岗位", "签名")
            blocks += [Heading(f"{room.name}（{len(rows)}人）"), Grid(header, rows, (2, 5, 4, 6, 5))]
    title = f"{STAGE_LABELS[sitting.stage]}考生签到表"
    made = Paper(title, tuple(blocks), code=f"考试 {sitting.pk}", draft=sitting.state == "arranged")
    return download(pdf(made), f"{title}.pdf", "application/pdf")
