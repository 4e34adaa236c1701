"""辞职, 陈述和申辩: a notice of one's own with its date reckoned before it is sent, and the answer before a dismissal."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.transitions import Transition
from fujing.law.leaving.ways import BY_PERSON, CLEARANCE, WAYS
from fujing.management.leaving.models import Hearing, Resignation
from fujing.management.leaving.own import (
    may_answer,
    own_hearing,
    own_hearings,
    own_notice_send,
    own_notice_take_back,
    own_notice_weigh,
    own_resignation,
    own_resignations,
    own_statement,
    told_paper,
)
from fujing.management.leaving.queries import Follows, resignation_status
from fujing.management.leaving.states import HEARING, RESIGNATION, ResignationState
from fujing.management.leaving.told import UNDECIDED, answers_of, next_of_resignation
from fujing.registry.own import serving
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, acts_of, perform, take
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request

ANSWERED_BY_ORGAN = "由单位办理。"


class NoticeForm(forms.Form):
    """What the person says; the days are reckoned."""

    way = forms.ChoiceField(
        label="情形", choices=[(key, WAYS[key].label) for key in BY_PERSON], widget=forms.RadioSelect
    )
    wished = forms.DateField(
        label="想工作到哪一天",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="可以不填，按提前通知的天数计算；可以更晚，不能更早",
    )
    reason = forms.CharField(
        label="理由",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="可以不写，加密保存；因单位过错解除的必须写明",
    )
    needed = frozenset({"reason"})  # by one of the ways
    provisions = {"way": ("14.6",), "wished": ("39",)}


class StatementForm(forms.Form):
    answer = forms.CharField(
        label="我的陈述和申辩",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="写明事实、理由和您的要求；提交以后不能改，任何人都不能改",
    )


def _leaves(row: Resignation) -> Touched:
    return Touched(f"您{row.received_on}提交的辞职，最后工作日 {row.last_day}。")


def _why_not(actor: Actor, row: Resignation, move: Transition) -> str:
    if move.verb == "take_back" and today() >= row.last_day:
        return f"最后工作日（{row.last_day}）已到，不能撤回。"
    return ""


NOTICE = Deeds(
    RESIGNATION,
    {"take_back": Deed(lambda actor, row, data: own_notice_take_back(actor=actor, resignation=row), None, _leaves)},
    elsewhere=dict.fromkeys(("confirm", "withdraw"), ANSWERED_BY_ORGAN),
    why_not=_why_not,
)
STATEMENT = Deeds(
    HEARING,
    {
        "say": Deed(
            lambda actor, row, data: own_statement(actor=actor, hearing=row, answer=data["answer"]),
            lambda row: StatementForm,
            lambda row: Touched(f"单位拟以“{row.get_way_display()}”与您解除劳动合同，{row.told_on}告知。"),
        )
    },
    elsewhere={"answer": ANSWERED_BY_ORGAN},
    why_not=lambda actor, row, move: "" if may_answer(row) else "已经决定，不能再陈述；有异议的，可以依法申请仲裁。",
)


@door(*AUXILIARIES)
def resign(request: Request) -> HttpResponse:
    """Give notice in two looks: what is said, then what follows from it, and the button that sends it."""
    actor = request.actor
    engagement = serving(actor)
    posted, sending = request.method == "POST", values.words(request.POST, "act") == "send"
    form = NoticeForm(values.sent(request), initial={"way": "resigned"})
    weighed: Follows | None = None
    if posted and form.is_valid():
        data = form.cleaned_data
        weighed = perform(
            request, lambda: own_notice_weigh(actor=actor, engagement=engagement, **data), form, writes=False
        )
        if weighed and sending:
            done = perform(request, lambda: own_notice_send(actor=actor, engagement=engagement, **data), form)
            if done:
                messages.success(request, f"已提交，单位从今天起算收到。回执码 {done.receipt}。")
                return redirect("me:resignation", done.pk)
    if weighed:
        for field in form.fields.values():
            field.widget = field.hidden_widget()
    context = {
        "form": form,
        "follows": weighed,
        "answers": answers_of(weighed) if weighed else [],
        "said": form.cleaned_data if weighed else {},
        "way": WAYS[form.cleaned_data["way"]].label if weighed else "",
        "waiting": next((each for each in own_resignations(actor) if each.state == ResignationState.RECEIVED), None),
    }
    return render(request, "me/resign.html", context, status=422 if form.errors else 200)


@door(*AUXILIARIES)
def resignation(request: Request, pk: int) -> HttpResponseBase:
    """One notice of one's own: its receipt, how far it is, and the way to take it back."""
    actor = request.actor
    row = own_resignation(actor, pk)
    if "verb" in request.POST:
        back = reverse("me:resignation", args=[pk])
        return take(request, actor, row, NOTICE, back=back, subject="我的辞职", base="me/base.html")
    status = resignation_status(row.receipt)
    assert status is not None
    context = {
        "row": row,
        "next": next_of_resignation(status),
        "left_open": status.left_open,
        "to_hand_back": list(CLEARANCE.values()) if status.departure in UNDECIDED else [],
        "acts_now": acts_of(actor, row, NOTICE)[0],
    }
    return render(request, "me/resignation.html", context)


@door(*AUXILIARIES)
def hearing(request: Request, pk: int) -> HttpResponseBase:
    """What the organ means to do and why, until when one may answer, and the answer, word for word."""
    actor = request.actor
    row = own_hearing(actor, pk)
    if "verb" in request.POST:
        back = reverse("me:hearing", args=[pk])
        return take(request, actor, row, STATEMENT, back=back, subject="陈述和申辩", base="me/base.html")
    context = {"row": row, "ground": WAYS[row.way], "acts_now": acts_of(actor, row, STATEMENT)[0]}
    return render(request, "me/hearing.html", context)


@door(*AUXILIARIES)
def told(request: Request, pk: int) -> HttpResponseBase:
    """The paper by which the person was told."""
    actor = request.actor
    return file_response(told_paper(actor, own_hearing(actor, pk)))


def asked(rows: list[Hearing]) -> list[Hearing]:
    """Those that the person may still answer, the first due first."""
    return sorted((each for each in rows if may_answer(each)), key=lambda each: each.answer_until)


def _card(actor: Actor) -> Card:
    if waiting := asked(own_hearings(actor)):
        first = waiting[0]
        due = first.answer_until if first.answer_until >= today() else None
        return Card("陈述和申辩、辞职、七项权利怎样行使", asks="单位拟解除劳动合同，请您陈述", due=due)
    for each in own_resignations(actor)[:1]:
        if each.state != ResignationState.WITHDRAWN:
            return Card(f"辞职{each.get_state_display()}，最后工作日 {each.last_day}", "七项权利怎样行使")
    return Card("七项权利各在哪里行使，怎样辞职", "第十四条")


RIGHTS = Room(
    label="我的权利",
    url="me:rights",
    patterns=(
        path("resign/", resign, name="resign"),
        path("resignations/<id:pk>/", resignation, name="resignation"),
        path("hearings/<id:pk>/", hearing, name="hearing"),
        path("hearings/<id:pk>/told/", told, name="hearing_told"),
    ),
    card=_card,
    provisions=("14.6",),
    place=8,
)
