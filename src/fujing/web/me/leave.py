"""请假: the own balance and how it was reckoned, what was asked for, and asking (Article 36)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.numbers import bare
from fujing.registry.own import own_engagement, serving
from fujing.safeguards.leave.models import LeaveRequest
from fujing.safeguards.leave.queries import own_entries, own_request, own_requests, own_years
from fujing.safeguards.leave.services import leave_ask, leave_cancel
from fujing.safeguards.leave.states import LEAVE, LeaveState
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, acts_of, perform, take
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.leave_forms import LeaveForm
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request

BY_UNIT = "由单位办理。"
OWN = Deeds(
    LEAVE,
    {
        "cancel": Deed(
            lambda actor, row, data: leave_cancel(actor=actor, request=row),
            None,
            lambda row: Touched(f"您 {row.begins:%Y-%m-%d} 起的{row.get_kind_display()}，{bare(row.days)} 天。"),
        )
    },
    elsewhere=dict.fromkeys(("advise", "approve", "refuse", "recall", "end"), BY_UNIT),
)


@door(*AUXILIARIES)
def leaves(request: Request) -> HttpResponse:
    """The balance of each year with its lines, and all requests."""
    actor = request.actor
    years = own_years(actor)
    engagement = own_engagement(actor)
    context = {
        "years": years,
        "entries": own_entries(actor, years[0].year) if years else [],
        "rows": own_requests(actor),
        "serves": engagement is not None and engagement.span.upper is None,
        "year": today().year,
    }
    return render(request, "me/leaves.html", context)


@door(*AUXILIARIES)
def ask(request: Request) -> HttpResponse:
    """Ask for leave; what can't be had says why at its field."""
    actor = request.actor
    engagement = serving(actor)
    form = LeaveForm(values.sent(request), request.FILES or None, initial={"kind": "annual"})
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["upload"]
        made = perform(
            request, lambda: leave_ask(actor=actor, engagement=engagement, asked=form.asked(), upload=upload), form
        )
        if made:
            messages.success(request, f"已提交{made.get_kind_display()} {bare(made.days)} 天，待单位提出意见。")
            return redirect("me:own_leave", made.pk)
    return form_response(request, "me/leave_ask.html", {"form": form})


@door(*AUXILIARIES)
def leave(request: Request, pk: int) -> HttpResponseBase:
    """One request of one's own: how far it is, and the way to take it back."""
    actor = request.actor
    row = own_request(actor, pk)
    if "verb" in request.POST:
        back = reverse("me:own_leave", args=[pk])
        return take(request, actor, row, OWN, back=back, subject="我的请假", base="me/base.html")
    context = {"row": row, "days": bare(row.days), "acts_now": acts_of(actor, row, OWN)[0]}
    return render(request, "me/leave.html", context)


def _card(actor: Actor) -> Card:
    rows = own_requests(actor)
    open_ = next((each for each in rows if each.state in (LeaveState.ASKED, LeaveState.ADVISED)), None)
    note = _said(open_) if open_ else "法定假期，余额和申请"
    years = own_years(actor)
    if not years:
        return Card("年休假还没有核定，申请时按规定核定", note)
    return Card(f"{years[0].year}年年休假余额 {bare(years[0].balance)} 天", note)


def _said(row: LeaveRequest) -> str:
    return f"{row.begins:%m月%d日}起的{row.get_kind_display()}：{row.get_state_display()}"


LEAVES = Room(
    label="请假",
    url="me:own_leaves",
    patterns=(
        path("leave/", leaves, name="own_leaves"),
        path("leave/ask/", ask, name="own_leave_ask"),
        path("leave/<id:pk>/", leave, name="own_leave"),
    ),
    card=_card,
    provisions=("36",),
)
