"""更正申请: what people find wrong in their own file, as officers check and answer it."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.files import file_response
from fujing.kernel.readings import readings_of
from fujing.kernel.refusals import Refusal
from fujing.kernel.transitions import Transition
from fujing.management.corrections.models import Correction
from fujing.management.corrections.policies import check_settle_correction
from fujing.management.corrections.queries import correction_for, corrections_for, in_words
from fujing.management.corrections.services import correction_confirm, correction_decline, correction_open
from fujing.management.corrections.states import CORRECTABLE, CORRECTION, CorrectionState
from fujing.web.acts import Deed, Deeds, Touched, act_context, take
from fujing.web.audience import PERSONNEL
from fujing.web.columns import Column
from fujing.web.desk.common import read_for_a_reason, state_column, timeline_of
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.lists import list_of, list_response, narrowed
from fujing.web.requests import Request


class ConfirmForm(forms.Form):
    answer = forms.CharField(
        label="答复",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="本人看得到；更正其他内容的，写明在哪里、怎样更正",
    )


class DeclineForm(forms.Form):
    answer = forms.CharField(
        label="理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text="本人看得到"
    )


def _person(row: Correction) -> Touched:
    return Touched(f"{row.engagement.person.name}申请更正{row.get_field_display()}。")


def _whose(actor: Actor, row: Correction, move: Transition) -> str:
    try:
        check_settle_correction(actor, row)
    except Refusal as refusal:
        return refusal.message
    return ""


DEEDS = Deeds(
    CORRECTION,
    {
        "confirm": Deed(
            lambda actor, row, data: correction_confirm(actor=actor, correction=row, **data),
            lambda row: ConfirmForm,
            _person,
        ),
        "decline": Deed(
            lambda actor, row, data: correction_decline(actor=actor, correction=row, **data),
            lambda row: DeclineForm,
            _person,
        ),
    },
    elsewhere={"take_back": "由本人在本人服务办理。"},
    whose=_whose,
)
COLUMNS = (
    Column("name", "姓名", "engagement.person.name", link=lambda row: reverse("desk:correction", args=[row.pk])),
    Column("field", "更正内容", "get_field_display"),
    state_column(),
    Column("asked_at", "申请时间", kind="moment", sort="asked_at"),
    Column("settled_by", "办理人"),
    Column("settled_on", "办理日期", kind="date"),
)


@door(*PERSONNEL)
def corrections(request: Request) -> HttpResponse:
    """People's requests, by how far they are."""
    actor = request.actor
    found, steps = narrowed(request, corrections_for(actor), "state", CorrectionState.choices)
    context = list_of(request, COLUMNS, found, "更正申请", filters=[("步骤", steps)], empty="还没有人申请更正档案。")
    context["summary"] = "本人在本人服务申请，附证明材料；核对无误的，档案随之更正。"
    return list_response(request, context)


@door(*PERSONNEL)
def correction(request: Request, pk: int) -> HttpResponseBase:
    """One request: who confirms it and by what; what it says for a reason."""
    actor = request.actor
    row = correction_for(actor, pk)
    person = row.engagement.person
    if "verb" in request.POST:
        back = reverse("desk:correction", args=[pk])
        return take(request, actor, row, DEEDS, back=back, subject=f"{person.name}申请更正{row.get_field_display()}")
    act, form, opened = read_for_a_reason(
        request, lambda reason: correction_open(actor=actor, correction=row, reason=reason)
    )
    if opened and act == "file":
        if row.file is None:
            raise Http404("没有附材料")
        return file_response(row.file)
    context = {
        "title": f"{person.name}申请更正{row.get_field_display()}",
        "row": row,
        "proof": CORRECTABLE[row.field].proof,
        "wished": in_words(row) if opened else "",
        "form": form,
        "opened": opened,
        "reads": readings_of(row),
        "timeline": timeline_of([row]),
        **act_context(actor, row, DEEDS),
    }
    return form_response(request, "management/correction.html", context)
