"""辞职: a person's own written notice, entered at the desk: what follows is shown before it is received."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.readings import readings_of
from fujing.kernel.transitions import Transition
from fujing.law.leaving.ways import BY_PERSON, WAYS
from fujing.management.leaving.models import Resignation
from fujing.management.leaving.papers import acknowledgement
from fujing.management.leaving.queries import Follows, current_departure, follows, resignation_for, resignations_for
from fujing.management.leaving.resignations import (
    resignation_confirm,
    resignation_open,
    resignation_receive,
    resignation_weigh,
    resignation_withdraw,
)
from fujing.management.leaving.states import RESIGNATION, ResignationState
from fujing.management.leaving.told import answers_of
from fujing.registry.queries import engagement_for
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import PERSONNEL
from fujing.web.columns import Column
from fujing.web.desk.common import DateField, of_own_bureau, read_for_a_reason, state_column, timeline_of
from fujing.web.desk.management.leaving import LEAVING
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_response
from fujing.web.lists import list_of, list_response, narrowed
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed


class NoticeForm(forms.Form):
    """What the written notice says, and when it came."""

    way = forms.ChoiceField(
        label="情形", choices=[(key, WAYS[key].label) for key in BY_PERSON], widget=forms.RadioSelect
    )
    dated = DateField(label="通知的落款日期")
    received_on = DateField(label="收到日期", help_text="书面通知交到本机关的日期，提前通知的天数从这一天算起")
    wished = DateField(label="本人提出的最后工作日", required=False, help_text="没有写明的不填，按提前通知的天数计算")
    reason = forms.CharField(
        label="本人写明的理由",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="照原文填写，加密保存；因单位过错解除的必填",
    )
    needed = frozenset({"reason"})  # by one of the ways
    provisions = {"way": ("14.6",), "received_on": ("39",)}


class ReceiveForm(NoticeForm):
    """The same with the scan, once what follows was seen."""

    upload = forms.FileField(label="书面通知的扫描件", help_text=PAPER)


SAID = tuple(NoticeForm.base_fields)


class WithdrawForm(forms.Form):
    withdrawn_on = DateField(label="撤回日期", help_text="本人书面撤回交到本机关的日期")
    upload = forms.FileField(label="书面撤回的扫描件", help_text=PAPER)


def _person(row: Resignation) -> Touched:
    return Touched(f"{row.engagement.person.name}，{row.get_way_display()}，最后工作日 {row.last_day}。")


def _why_not(actor: Actor, row: Resignation, move: Transition) -> str:
    if move.verb == "withdraw" and row.received_on >= row.last_day:
        return "通知当日生效，没有撤回的期间。"
    if move.verb == "confirm" and (there := current_departure(row.engagement)):
        return f"正在办理“{there.get_way_display()}”，请先撤回。"
    return ""


DEEDS = Deeds(
    RESIGNATION,
    {
        "confirm": Deed(
            lambda actor, row, data: resignation_confirm(actor=actor, resignation=row),
            None,
            _person,
            lambda done: reverse("desk:departure", args=[done.departure_id]),
        ),
        "withdraw": Deed(
            lambda actor, row, data: resignation_withdraw(actor=actor, resignation=row, **data),
            lambda row: WithdrawForm,
            _person,
        ),
    },
    elsewhere={"take_back": "由本人在本人服务办理。"},
    whose=of_own_bureau,
    why_not=_why_not,
)
COLUMNS = (
    Column("name", "姓名", "engagement.person.name", link=lambda row: reverse("desk:resignation", args=[row.pk])),
    Column("way", "情形", "get_way_display", wrap=True),
    state_column(),
    Column("received_on", "收到日期", kind="date", sort="received_on"),
    Column("last_day", "最后工作日", kind="date", sort="last_day"),
    Column("received_by", "登记人"),
)


@door(*LEAVING)
def resignations(request: Request) -> HttpResponse:
    """People's own notices, by how far they are."""
    actor = request.actor
    found, steps = narrowed(request, resignations_for(actor), "state", ResignationState.choices)
    context = list_of(request, COLUMNS, found, "本人辞职", filters=[("步骤", steps)], empty="还没有收到书面通知。")
    context["summary"] = "本人的书面通知收到即登记，从收到之日起计算最后工作日；从人员档案的“办理离职”登记。"
    return list_response(request, context)


@door(*PERSONNEL)
def resign(request: Request, pk: int) -> HttpResponse:
    """A notice in two looks: what it says, then what follows from it, with the scan and the receipt."""
    actor = request.actor
    engagement = engagement_for(actor, pk)
    sending = values.words(request.POST, "act") == "receive"
    posted = request.method == "POST"
    start = {"way": values.choice(request.GET, "way", dict.fromkeys(BY_PERSON), "resigned"), "received_on": today()}
    form = NoticeForm(request.POST if posted else None, initial=start)
    weighed: Follows | None = None
    full: ReceiveForm | None = None
    if posted and form.is_valid():
        weighed = perform(
            request,
            lambda: resignation_weigh(actor=actor, engagement=engagement, **form.cleaned_data),
            form,
            writes=False,
        )
    if weighed:
        full = ReceiveForm(request.POST, request.FILES) if sending else ReceiveForm(initial=form.cleaned_data)
        for name in SAID:
            full.fields[name].widget = full.fields[name].hidden_widget()
        if sending and full.is_valid():
            data = full.cleaned_data
            done = perform(request, lambda: resignation_receive(actor=actor, engagement=engagement, **data), full)
            if done:
                messages.success(request, f"已收到，回执码 {done.receipt}。请打印回执交本人。")
                return redirect("desk:resignation", done.pk)
    context = {
        "title": f"登记{engagement.person.name}的辞职",
        "form": full or form,
        "facts": said_of(form.cleaned_data) if weighed else [],
        "answers": answers_of(weighed) if weighed else [],
        "follows": weighed,
        "back": reverse("desk:leave", args=[pk]),
    }
    wrong = bool(form.errors or (full and full.errors))
    return render(request, "management/resign.html", context, status=422 if wrong else 200)


def said_of(data: dict[str, Any]) -> list[tuple[str, str]]:
    """What the notice says, as it is about to be received."""
    said = [
        ("情形", WAYS[data["way"]].label),
        ("落款日期", f"{data['dated']}"),
        ("收到日期", f"{data['received_on']}"),
        ("本人提出的最后工作日", f"{data['wished'] or ''}"),
        ("本人写明的理由", data["reason"]),
    ]
    return [(label, value) for label, value in said if value]


@door(*LEAVING)
def resignation(request: Request, pk: int) -> HttpResponseBase:
    """One notice: its receipt, what follows, and what it says for a reason."""
    actor = request.actor
    row = resignation_for(actor, pk)
    person = row.engagement.person
    if "verb" in request.POST:
        back = reverse("desk:resignation", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=f"{person.name}的辞职")
    act, form, opened = read_for_a_reason(
        request, lambda reason: resignation_open(actor=actor, resignation=row, reason=reason)
    )
    if opened and act == "file":
        return file_response(row.file)
    context = {
        "title": f"{person.name}辞职",
        "row": row,
        "facts": _facts(row),
        "answers": answers_of(follows(row.engagement, row.way, row.received_on, row.last_day)),
        "form": form,
        "opened": opened,
        "reads": readings_of(row),
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return form_response(request, "management/resignation.html", context)


def _facts(row: Resignation) -> list[tuple[str, str]]:
    said = [
        ("情形", row.get_way_display()),
        ("依据", WAYS[row.way].statute),
        ("落款日期", f"{row.dated}"),
        ("收到日期", f"{row.received_on}"),
        ("最后工作日", f"{row.last_day}（收到后{row.notice_days}日）" if row.notice_days else f"{row.last_day}"),
        ("登记", "本人登录本人服务提交" if row.own else f"{row.received_by}"),
        ("办理", row.settled_by),
        ("本人撤回", f"{row.withdrawn_on}" if row.withdrawn_on else ""),
    ]
    return [(label, value) for label, value in said if value]


@door(*LEAVING)
def resignation_paper(request: Request, pk: int) -> HttpResponse:
    """The acknowledgement, as a paper for the person."""
    row = resignation_for(request.actor, pk)
    return printed(acknowledgement(row, request.get_host() + reverse("public:status")), paper_kind(request))
