"""维权: what happened to me, what the bureau does about it, and whether and how far it is made clear in public (28, 44)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse

from fujing.kernel.actor import Actor
from fujing.law.protection import KINDS, Kind
from fujing.management.protection.clarifying import clarification_agree, clarification_refuse, clarification_retract
from fujing.management.protection.models import Clarification, ProtectionCase
from fujing.management.protection.queries import own_asked, own_clarification, own_protection, own_protections
from fujing.management.protection.services import evidence_add, protection_open, protection_take_back
from fujing.management.protection.states import (
    CLARIFICATION,
    PROTECTION,
    SCOPE_CHOICES,
    Harmed,
    ProtectionState,
    Source,
)
from fujing.registry.own import own_engagement, serving
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, acts_of, perform, take
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_response
from fujing.web.me.rooms import Card, Room
from fujing.web.protecting import ToldForm
from fujing.web.requests import Request

BY_THE_BUREAU = "由管理机关办理。"
OPEN = (ProtectionState.OPENED, ProtectionState.HANDLING)


class EvidenceForm(forms.Form):
    upload = forms.FileField(label="补充材料", help_text=PAPER)
    note = forms.CharField(label="说明", max_length=200, required=False)


def _agree_form(row: Clarification) -> type[forms.Form]:
    class AgreeForm(forms.Form):
        agreed_scope = forms.TypedChoiceField(
            label="我同意公开的范围",
            choices=[each for each in SCOPE_CHOICES if each[0] <= row.scope],
            coerce=int,
            widget=forms.RadioSelect,
            help_text="只在这个范围内公开，不会更宽",
        )

    return AgreeForm


def _shown(row: Clarification) -> Touched:
    return Touched(f"{row.get_form_display()}，拟公开的范围：{row.get_scope_display()}。“{row.text}”")


CASE = Deeds(
    PROTECTION,
    {"take_back": Deed(lambda actor, row, data: protection_take_back(actor=actor, case=row))},
    elsewhere=dict.fromkeys(("accept", "decline", "conclude"), BY_THE_BUREAU),
    why_not=lambda actor, row, move: "" if row.source == Source.SELF else "由单位提出的，由单位办理。",
)
CONSENT = Deeds(
    CLARIFICATION,
    {
        "agree": Deed(
            lambda actor, row, data: clarification_agree(actor=actor, clarification=row, **data), _agree_form, _shown
        ),
        "refuse": Deed(lambda actor, row, data: clarification_refuse(actor=actor, clarification=row)),
        "retract": Deed(lambda actor, row, data: clarification_retract(actor=actor, clarification=row)),
    },
    elsewhere=dict.fromkeys(("agree_paper", "refuse_paper", "retract_paper", "drop", "publish"), BY_THE_BUREAU),
)


@door(*AUXILIARIES)
def protections(request: Request) -> HttpResponse:
    """All of one's own, and the way to say that something happened."""
    actor = request.actor
    engagement = own_engagement(actor)
    serves = engagement is not None and engagement.span.upper is None
    return render(request, "me/protections.html", {"rows": own_protections(actor), "serves": serves})


@door(*AUXILIARIES)
def protect(request: Request) -> HttpResponse:
    """Say what happened."""
    actor = request.actor
    engagement = serving(actor)
    form = ToldForm(engagement.person_id, values.sent(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["upload"]
        made = perform(
            request, lambda: protection_open(actor=actor, engagement=engagement, told=form.said, upload=upload), form
        )
        if made:
            messages.success(request, "已提出，办到哪一步在这里看。")
            return redirect("me:protection", made.pk)
    return form_response(request, "me/protect.html", {"form": form})


@door(*AUXILIARIES)
def protection(request: Request, pk: int) -> HttpResponseBase:
    """One of one's own: every measure with its day and who did it, every referral with what came of it, the conclusion."""
    actor = request.actor
    row = own_protection(actor, pk)
    back = reverse("me:protection", args=[pk])
    if "verb" in request.POST:
        return take(request, actor, row, CASE, back=back, subject=row.get_kind_display(), base="me/base.html")
    adds = row.state in OPEN
    form = EvidenceForm(values.sent(request), request.FILES or None)
    if adds and request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: evidence_add(actor=actor, case=row, **data), form):
            messages.success(request, "已补充材料。")
            return redirect(back)
    return form_response(request, "me/protection.html", _context(actor, row) | {"form": form, "adds": adds})


def _context(actor: Actor, row: ProtectionCase) -> dict[str, Any]:
    return {
        "row": row,
        "provision": KINDS[Kind(row.kind)][1],
        "harmed": "、".join(str(Harmed(each).label) for each in row.harmed),
        "measures": row.measures.order_by("taken_on", "pk"),
        "referrals": row.referrals.order_by("pk"),
        "clarifications": row.clarifications.exclude(state="dropped").order_by("pk"),
        "papers": row.evidences.order_by("pk"),
        "acts_now": acts_of(actor, row, CASE)[0],
    }


@door(*AUXILIARIES)
def clarification(request: Request, pk: int) -> HttpResponseBase:
    """What would be said in public about it, and whether and how far one agrees."""
    actor = request.actor
    row = own_clarification(actor, pk)
    if "verb" in request.POST:
        back = reverse("me:clarification", args=[pk])
        return take(request, actor, row, CONSENT, back=back, subject="公开澄清", base="me/base.html")
    return render(request, "me/clarification.html", {"row": row, "acts_now": acts_of(actor, row, CONSENT)[0]})


def _card(actor: Actor) -> Card:
    asked = own_asked(actor)
    return Card("履职受到妨害、侵害或者不实投诉的，在这里提出", asks="公开澄清以前，需要您表示意见" if asked else "")


PROTECTION_ROOM = Room(
    "维权",
    "me:protections",
    patterns=(
        path("protection/", protections, name="protections"),
        path("protection/new/", protect, name="protect"),
        path("protection/<id:pk>/", protection, name="protection"),
        path("protection/clarifications/<id:pk>/", clarification, name="clarification"),
    ),
    card=_card,
    provisions=("28.p1", "28.p2", "44"),
)
