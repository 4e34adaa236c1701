"""考务: sittings of a campaign, their rooms, invigilators and drawn places."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.transitions import Transition
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.exams.attendance import absent_mark, invigilator_drop, invigilator_name
from fujing.recruitment.exams.models import Room, Sitting
from fujing.recruitment.exams.policies import can_arrange
from fujing.recruitment.exams.queries import (
    attendance_counts,
    exam_stages,
    invigilators_of,
    nameable,
    rooms_of,
    seats_of,
    sitting_for,
    sittings_of,
)
from fujing.recruitment.exams.services import Hall, rooms_add, seats_assign, sitting_arrange, sitting_move
from fujing.recruitment.exams.states import SITTING, Attendance, SittingState
from fujing.registry.search import whom
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, of_the_organ, perform, take
from fujing.web.audience import HR
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import state_column
from fujing.web.desk.moments import MomentField
from fujing.web.doors import door
from fujing.web.lists import filter_links, list_of, list_response, narrowed_by, paged
from fujing.web.requests import Request

REST = 200
"""Up to so many are named one by one before they are recorded as absent together."""


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
            if name.strip() and 0 < (places := values.number_of(capacity) or 0) <= 10_000:
                halls.append(Hall(name.strip(), places))
            elif line.strip():
                wrong.append(f"第 {number} 行“{line.strip()}”应为名称、空格、座位数。")
        names = [hall.name for hall in halls]
        wrong += [f"考场“{name}”重复。" for name in sorted({n for n in names if names.count(n) > 1})]
        if wrong:
            raise forms.ValidationError(wrong)
        return halls


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


class Officer(OneOf):
    """An account with its roles' organ, as people tell two of one name apart."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.username}）"


class InvigilatorForm(forms.Form):
    account = Officer(label="监考人")
    room = OneOf(label="考场", required=False, empty_label="全部考场")

    def __init__(self, *args: Any, sitting: Sitting, **options: Any) -> None:
        super().__init__(*args, **options)
        among(self, account=nameable(sitting))
        among(self, room=sitting.rooms.order_by("pk"))


SITTINGS = (
    Column(
        "stage", "环节", lambda row: STAGE_LABELS[row.stage], link=lambda row: reverse("desk:sitting", args=[row.pk])
    ),
    Column("starts_at", "开始", kind="moment"),
    Column("ends_at", "结束", kind="moment"),
    Column("place", "地点"),
    Column("seated", "编排", kind="integer"),
    Column("absent", "缺考", kind="integer"),
    state_column(),
)


SEATS = (
    Column("room", "考场", "room.name"),
    Column("number", "座位", kind="integer"),
    Column("ticket", "准考证号"),
    Column("name", "姓名", "application.name", link=lambda row: reverse("desk:seat", args=[row.sitting_id, row.pk])),
    Column("position", "岗位", "application.position.name"),
    Column("attendance", "到考情况", template="recruitment/exams/seat_marks.html"),
)


@door(*HR)
def listing(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    campaign = campaign_for(actor, pk)
    sittings = list(sittings_of(campaign))
    taken = {sitting.stage for sitting in sittings}
    left = [kind for kind in exam_stages(campaign) if kind not in taken]
    form = SittingForm(values.sent(request), stages=left)
    if request.method == "POST" and form.is_valid():
        made = perform(request, lambda: sitting_arrange(actor=actor, campaign=campaign, **form.cleaned_data), form)
        if made:
            return redirect("desk:sitting", made.pk)
    empty = "还没有考试安排。报名截止后，按公告的环节安排时间、地点和考场。"
    context = list_of(request, SITTINGS, sittings, "考务", empty=empty) | {
        "campaign": campaign,
        "form": form,
        "may_arrange": bool(left) and campaign.state == "closed" and can_arrange(actor, campaign.organ_code),
    }
    return list_response(request, context, "recruitment/exams/sittings.html", status=422 if form.errors else 200)


def _seats(request: Request, sitting: Sitting, rooms: list[Room], *, marking: bool) -> dict[str, Any]:
    """One page of the seats, narrowed by room, by attendance and by name or ticket; `marking`: with the acts."""
    rows, found = seats_of(sitting), values.words(request.GET, "q")
    counts = attendance_counts(sitting)
    seated = {str(room.pk): room.seated for room in rooms}  # type: ignore[attr-defined]
    if found:
        rows = rows.filter(whom(request.actor, found, at="application__") | Q(ticket=found))
    if (kind := values.words(request.GET, "attendance")) in Attendance.values:
        rows = rows.filter(attendance=kind)
    if (room := values.number(request.GET, "room")) in {each.pk for each in rooms}:
        rows = rows.filter(room=room)
    seats, pager = paged(request, rows)
    for seat in seats:
        seat.marking = marking
    filters = [
        ("考场", filter_links(request, "room", [(str(room.pk), room.name) for room in rooms], seated)),
        ("到考情况", filter_links(request, "attendance", Attendance.choices, counts)),
    ]
    table = table_of(SEATS, seats, "座位", empty="没有符合条件的人。")
    active = narrowed_by(filters)
    return {"seats": table, "q": found, "counts": counts, "filters": filters, "active": active, **pager}


def _sitting_act(request: Request, actor: Actor, sitting: Sitting, act: str, form: forms.Form | None) -> str | None:
    """One act on a sitting; what to say when it is done."""
    if act == "assign":
        done: object = perform(request, lambda: seats_assign(actor=actor, sitting=sitting))
        return f"已编排 {done} 人。" if done else None
    if act == "absent":
        done = perform(request, lambda: absent_mark(actor=actor, sitting=sitting))
        return f"已把未登记的 {done} 人记为缺考。" if done else None
    if act == "drop":
        named = invigilators_of(sitting).filter(pk=values.number(request.POST, "invigilator", 0)).first()
        if named is None:
            raise Http404("没有这名监考人")
        done = perform(request, lambda: invigilator_drop(actor=actor, invigilator=named))
    elif form is None:
        raise Http404("没有这个步骤")
    elif not form.is_valid():
        return None
    elif act == "rooms":
        halls = form.cleaned_data["rooms"]
        done = perform(request, lambda: rooms_add(actor=actor, sitting=sitting, rooms=halls), form)
    else:
        data = form.cleaned_data
        done = perform(request, lambda: invigilator_name(actor=actor, sitting=sitting, **data), form)
    return "已办理。" if done else None


@door(*HR)
def detail(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    sitting = sitting_for(actor, pk)
    act = values.words(request.POST, "act")
    rooms = list(rooms_of(sitting))
    sent: dict[str, forms.Form] = {
        "rooms": RoomsForm(request.POST if act == "rooms" else None),
        "invigilator": InvigilatorForm(request.POST if act == "invigilator" else None, sitting=sitting),
    }
    if "verb" in request.POST:
        subject = f"{sitting.campaign.title}{STAGE_LABELS[sitting.stage]}"
        return take(request, actor, sitting, DEEDS, back=reverse("desk:sitting", args=[pk]), subject=subject)
    if request.method == "POST":
        said = _sitting_act(request, actor, sitting, act, sent.get(act))
        if said:
            messages.success(request, said)
        if act not in sent or said:
            return redirect("desk:sitting", pk)
    may = can_arrange(actor, sitting.organ_code)
    marking = may and sitting.state == SittingState.RELEASED
    page = _seats(request, sitting, rooms, marking=marking)
    seated, unmarked = sum(page["counts"].values()), page["counts"].get(Attendance.EXPECTED, 0)
    context = {
        **page,
        "sitting": sitting,
        "label": STAGE_LABELS[sitting.stage],
        "forms": sent,
        "rooms": rooms,
        "places": sum(room.capacity for room in rooms),
        "seated": seated,
        "unmarked": unmarked,
        **act_context(actor, sitting, DEEDS),
        "arranging": may and sitting.state == SittingState.ARRANGED,
        "marking": marking,
        "naming": may and sitting.state in {SittingState.ARRANGED, SittingState.RELEASED},
        "begun": sitting.starts_at <= timezone.now(),
        "invigilators": list(invigilators_of(sitting)),
        "rest": _rest(sitting) if may and 0 < unmarked <= REST else [],
    }
    failed = any(form.errors for form in sent.values())
    return render(request, "recruitment/exams/sitting.html", context, status=422 if failed else 200)


def _rest(sitting: Sitting) -> list[str]:
    """Who was not marked, by name."""
    rows = seats_of(sitting).filter(attendance=Attendance.EXPECTED)
    return [f"{row.application.name}（{row.room.name} {row.number} 号）" for row in rows]


def _why_not(actor: Actor, sitting: Sitting, move: Transition) -> str:
    """What the page knows beside the table: whose sitting it is, who has a seat, who was marked."""
    counts = attendance_counts(sitting)
    unmarked = counts.get(Attendance.EXPECTED, 0)
    if move.verb == "release" and not sum(counts.values()):
        return "先编排座位，才能发放准考证。"
    if move.verb == "hold" and unmarked:
        return f"还有 {unmarked} 人没有登记到考情况，登记完才能结束。"
    return ""


def _seated(sitting: Sitting) -> Touched:
    counts = attendance_counts(sitting)
    told = "、".join(f"{label} {counts[value]} 人" for value, label in Attendance.choices if counts.get(value))
    return Touched(f"{sum(counts.values())} 名考生（{told}）。")


def _moving(verb: str) -> Any:
    return lambda actor, sitting, data: sitting_move(actor=actor, sitting=sitting, verb=verb)


DEEDS = Deeds(
    SITTING,
    {verb: Deed(_moving(verb), touches=_seated) for verb in ("release", "hold", "close")},
    whose=of_the_organ,
    why_not=_why_not,
)
