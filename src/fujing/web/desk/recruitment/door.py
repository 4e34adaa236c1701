"""At the door of an exam: the seat that a ticket's code opens, its photo, and the list to sign."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.files import file_response
from fujing.kernel.papers import Grid, Heading, Paper, Text, pdf
from fujing.kernel.refusals import NotAllowed
from fujing.law.formats.scores import STAGE_LABELS
from fujing.recruitment.exams.attendance import attendance_mark
from fujing.recruitment.exams.models import Seat
from fujing.recruitment.exams.policies import can_arrange
from fujing.recruitment.exams.queries import seat_for, seats_of, sitting_for, stands_at
from fujing.recruitment.exams.states import ATTENDANCE, USUAL, Attendance, SittingState
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR, sees
from fujing.web.doors import door
from fujing.web.requests import Request
from fujing.web.sheets import download


class MarkForm(forms.Form):
    """Came or didn't; a correction says why."""

    reason = forms.CharField(label="更正理由", max_length=200, required=False)


class MisconductForm(MarkForm):
    """What happened, and the two who saw it."""

    happened = forms.CharField(label="违纪经过", widget=forms.Textarea(attrs={"rows": 3}))
    first = forms.CharField(label="监考人一", max_length=60)
    second = forms.CharField(label="监考人二", max_length=60)
    field_order = ("happened", "first", "second", "reason")


def _opened(request: Request, pk: int, seat: int) -> tuple[Actor, Seat]:
    """The seat for who may stand at its door, else 403 with the reason."""
    actor = request.actor
    try:
        return actor, seat_for(actor, pk, seat)
    except NotAllowed as refused:
        raise PermissionDenied(refused.message) from refused


def mark(request: Request, pk: int, seat: int) -> HttpResponse:
    """One seat at the door: photo, masked number, and whether they came."""
    actor, found = _opened(request, pk, seat)
    kind = values.words(request.POST, "attendance")
    cheated = kind == Attendance.MISCONDUCT
    witnesses = dict(zip(("first", "second"), found.witnesses, strict=False))  # type: ignore[attr-defined]
    plain = MarkForm(request.POST if kind and not cheated else None)
    misconduct = MisconductForm(request.POST if cheated else None, initial=witnesses, auto_id="misconduct_%s")
    if (found.attendance, Attendance.MISCONDUCT) in USUAL:
        del misconduct.fields["reason"]
    form = misconduct if cheated else plain
    of_the_organ = can_arrange(actor, found.organ_code)
    if kind and form.is_valid():
        done = perform(
            request, lambda: attendance_mark(actor=actor, seat=found, attendance=kind, **form.cleaned_data), form
        )
        if done:
            messages.success(request, f"{found.application.name}：{done.get_attendance_display()}。")
            return redirect("desk:sitting", pk) if of_the_organ else redirect("desk:seat", pk, seat)
    state = found.sitting.state
    marking = (of_the_organ and state in {SittingState.RELEASED, SittingState.HELD}) or (
        state == SittingState.RELEASED and stands_at(actor, found)
    )
    moves = ATTENDANCE.open_to(actor, found.attendance) if marking else []
    context = {
        "sitting": found.sitting,
        "seat": found,
        "label": STAGE_LABELS[found.sitting.stage],
        "plain": plain,
        "misconduct": misconduct,
        "moves": [move for move in moves if move.target != Attendance.MISCONDUCT],
        "of_the_organ": sees(actor, HR),
        "catches": any(move.target == Attendance.MISCONDUCT for move in moves),
        "correcting": found.attendance != Attendance.EXPECTED,
    }
    return render(request, "recruitment/exams/seat.html", context, status=422 if form.errors else 200)


def photo(request: Request, pk: int, seat: int) -> HttpResponseBase:
    """The applicant's photo, for who stands at the door."""
    _, found = _opened(request, pk, seat)
    if found.photo is None:  # type: ignore[attr-defined]
        raise Http404("没有照片")
    return file_response(found.photo.file, inline=True)  # type: ignore[attr-defined]


@door(*HR)
def door_list(request: Request, pk: int) -> HttpResponse:
    """A table per room with a column to sign in, as PDF."""
    sitting = sitting_for(request.actor, pk)
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
