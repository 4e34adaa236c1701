"""告知和陈述: what the person was told before a dismissal, and what they said, as officers record and deciders read it."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.kernel.readings import readings_of
from fujing.kernel.transitions import Transition
from fujing.management.leaving.gates import OPEN_TO_HEARING
from fujing.management.leaving.hearings import hearing_answer, hearing_open, hearing_tell
from fujing.management.leaving.models import Hearing
from fujing.management.leaving.papers import telling
from fujing.management.leaving.queries import departure_for, hearing_for, over
from fujing.management.leaving.states import HEARING
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, act_context, perform, take
from fujing.web.audience import PERSONNEL
from fujing.web.desk.common import DateField, of_own_bureau, read_for_a_reason, timeline_of
from fujing.web.desk.management.leaving import LEAVING
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page, form_response
from fujing.web.requests import Request
from fujing.web.sheets import paper_kind, printed


class TellForm(forms.Form):
    told_on = DateField(label="告知日期", help_text="告知书交到本人的日期")
    answer_until = DateField(label="陈述期限（含当日）", help_text="期限届满或者本人陈述以前，不能决定")
    upload = forms.FileField(label="本人签收的告知书", help_text=PAPER)
    provisions = {"answer_until": ("20.7",)}


class AnswerForm(forms.Form):
    answered_on = DateField(label="陈述日期")
    answer = forms.CharField(
        label="本人的陈述",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="照原话填写，不改写、不概括；加密保存",
    )
    upload = forms.FileField(label="本人签名的陈述", help_text=PAPER)


def _person(row: Hearing) -> Touched:
    return Touched(f"{row.departure.engagement.person.name}，{row.get_way_display()}，{row.told_on}告知。")


def _why_not(actor: Actor, row: Hearing, move: Transition) -> str:
    return "" if row.departure.state in OPEN_TO_HEARING else "已经决定，决定以后的意见登记为材料。"


DEEDS = Deeds(
    HEARING,
    {
        "answer": Deed(
            lambda actor, row, data: hearing_answer(actor=actor, hearing=row, **data), lambda row: AnswerForm, _person
        )
    },
    elsewhere={"say": "由本人在本人服务办理。"},
    whose=of_own_bureau,
    why_not=_why_not,
)


@door(*PERSONNEL)
def tell(request: Request, pk: int) -> HttpResponse:
    """Record that the person was told, and until when they may answer."""
    actor = request.actor
    row = departure_for(actor, pk)
    start = {"told_on": today(), "answer_until": today() + timedelta(5)}
    form = TellForm(values.sent(request), request.FILES or None, initial=start)
    if request.method == "POST" and form.is_valid():
        done = perform(request, lambda: hearing_tell(actor=actor, departure=row, **form.cleaned_data), form)
        if done:
            messages.success(request, f"已登记告知，{done.answer_until}以前登记本人的陈述。")
            return redirect("desk:hearing", done.pk)
    return form_page(
        request,
        form,
        title=f"登记告知{row.engagement.person.name}",
        intro=f"拟以“{row.get_way_display()}”解除，决定以前听取本人的陈述和申辩",
        submit="登记",
        back=reverse("desk:departure", args=[pk]),
    )


@door(*LEAVING)
def hearing(request: Request, pk: int) -> HttpResponseBase:
    """One hearing: the term, the answer for a reason, and the papers."""
    actor = request.actor
    row = hearing_for(actor, pk)
    person = row.departure.engagement.person
    if "verb" in request.POST:
        back = reverse("desk:hearing", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=f"{person.name}的陈述和申辩")
    act, form, opened = read_for_a_reason(request, lambda reason: hearing_open(actor=actor, hearing=row, reason=reason))
    if opened and act in {"told", "signed"}:
        file = row.told_file if act == "told" else row.answer_file
        if file is None:
            raise Http404("没有这份文件")
        return file_response(file)
    context = {
        "title": f"{person.name}的陈述和申辩",
        "row": row,
        "form": form,
        "opened": opened,
        "over": over(row),
        "reads": readings_of(row),
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return form_response(request, "management/hearing.html", context)


@door(*LEAVING)
def telling_paper(request: Request, pk: int) -> HttpResponse:
    """What the person is told, as a paper to fill in and hand over."""
    return printed(telling(departure_for(request.actor, pk)), paper_kind(request))
