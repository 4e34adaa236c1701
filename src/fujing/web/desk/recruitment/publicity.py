"""公示: the notices of a campaign and the objections to them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.campaigns.states import CAMPAIGN
from fujing.recruitment.selection.models import Objection
from fujing.recruitment.selection.publicity import objection_decide, publicity_start
from fujing.recruitment.selection.queries import (
    candidates_of,
    latest_ranking,
    notices_of,
    objection_in,
    objections_of,
    publicity_pending,
)
from fujing.recruitment.selection.states import OBJECTION, CandidateStatus
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, acts_of, of_the_organ, take
from fujing.web.audience import HR
from fujing.web.doors import door
from fujing.web.requests import Request


class PublicityForm(forms.Form):
    days = forms.IntegerField(label="公示天数", min_value=1, max_value=60, required=False)
    unit = forms.ChoiceField(
        label="按", choices=[("working", "工作日"), ("calendar", "自然日")], required=False, initial="working"
    )

    def clean_unit(self) -> str:
        return str(self.cleaned_data["unit"] or "working")


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label="核查情况和答复", widget=forms.Textarea(attrs={"rows": 3}), help_text="提出人凭回执看到"
    )


def states_days(campaign: Campaign) -> str:
    """How long the announcement says that names are public, in words; empty if it doesn't."""
    stage = next((each for each in campaign.announcement.stages or () if each.kind == "publicity"), None)
    if stage is None or not stage.days:
        return ""
    return f"{stage.days} 个{'自然日' if stage.unit == 'calendar' else '工作日'}"


@door(*HR)
def publicity(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    campaign = campaign_for(actor, pk)
    back = reverse("desk:publicity", args=[pk])
    if "objection" in request.POST:
        objection = objection_in(campaign, values.number(request.POST, "objection", 0))
        return take(
            request,
            actor,
            objection,
            DEEDS,
            back=back,
            subject=f"对{objection.about}的公示异议",
            carried=("objection",),
        )
    if request.method == "POST":
        return take(request, actor, campaign, STARTING, back=back, subject=campaign.title, verb="publicise")
    notices = notices_of(campaign)
    objections = list(objections_of(campaign))
    for row in objections:
        row.acts = acts_of(actor, row, DEEDS)[0]  # type: ignore[attr-defined]
    own = actor.organ_code == campaign.organ_code
    context = {
        "campaign": campaign,
        "states_days": states_days(campaign),
        "notices": [(each, publicity_pending(each, "聘用")) for each in notices],
        "objections": objections,
        "waiting": sum(each.state == "open" for each in objections),
        "may_start": own
        and not notices
        and any(m.verb == "publicise" for m in CAMPAIGN.open_to(actor, campaign.state)),
    }
    return render(request, "recruitment/publicity.html", context)


def _answered(verb: str) -> Any:
    return lambda actor, objection, data: objection_decide(actor=actor, objection=objection, verb=verb, **data)


def _about(objection: Objection) -> Touched:
    return Touched(f"{objection.about}（报名序号 {objection.application_id}）。")


DEEDS = Deeds(
    OBJECTION,
    {verb: Deed(_answered(verb), lambda objection: AnswerForm, _about) for verb in ("dismiss", "uphold")},
    whose=of_the_organ,
)


def _days(campaign: Campaign) -> type[forms.Form]:
    """How many days, where the announcement doesn't say."""
    return forms.Form if states_days(campaign) else PublicityForm


def _to_be_hired(campaign: Campaign) -> Touched:
    ranking = latest_ranking(campaign)
    rows = candidates_of(ranking).filter(status=CandidateStatus.HIRE) if ranking else []
    names = tuple(row.application.name for row in rows)
    return Touched(f"拟聘用 {len(names)} 人。", names if len(names) <= 10 else ())


STARTING = Deeds(
    CAMPAIGN,
    {
        "publicise": Deed(
            lambda actor, campaign, data: publicity_start(actor=actor, campaign=campaign, **data), _days, _to_be_hired
        )
    },
    elsewhere={move.verb: "在招聘项目页面办理。" for move in CAMPAIGN.transitions if move.verb != "publicise"},
    whose=of_the_organ,
)
