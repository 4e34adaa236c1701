"""公示: the notices of a campaign and the objections to them."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fujing.kernel.actor import Actor
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.campaigns.states import CAMPAIGN
from fujing.recruitment.selection.models import Objection
from fujing.recruitment.selection.publicity import objection_decide, publicity_start
from fujing.recruitment.selection.queries import notices_of, objections_of, publicity_pending
from fujing.web.acts import perform
from fujing.web.audience import HR
from fujing.web.desk.common import need


class PublicityForm(forms.Form):
    days = forms.IntegerField(label="公示天数", min_value=1, max_value=60, required=False)
    unit = forms.ChoiceField(
        label="按", choices=[("working", "工作日"), ("calendar", "自然日")], required=False, initial="working"
    )

    def clean_unit(self) -> str:
        return str(self.cleaned_data["unit"] or "working")


class AnswerForm(forms.Form):
    answer = forms.CharField(label="核查情况和答复", widget=forms.Textarea(attrs={"rows": 3}))


def states_days(campaign: Campaign) -> str:
    """How long the announcement says that names are public, in words; empty if it doesn't."""
    stage = next((each for each in campaign.announcement.stages or () if each.kind == "publicity"), None)
    if stage is None or not stage.days:
        return ""
    return f"{stage.days} 个{'自然日' if stage.unit == 'calendar' else '工作日'}"


def publicity(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *HR)
    campaign = campaign_for(actor, pk)
    act = request.POST.get("act", "")
    form = PublicityForm(request.POST if act == "start" else None)
    answer = AnswerForm(request.POST if act == "answer" else None)
    if act == "start" and form.is_valid():
        data = form.cleaned_data
        done: object = perform(request, lambda: publicity_start(actor=actor, campaign=campaign, **data), form)
    else:
        done = act == "answer" and answer.is_valid() and _answer(request, actor, campaign, answer)
    if done:
        messages.success(request, "已办理。")
        return redirect("desk:publicity", pk)
    notices = notices_of(campaign)
    objections = list(objections_of(campaign))
    own = actor.organ_code == campaign.organ_code
    context = {
        "campaign": campaign,
        "form": form,
        "answer": answer,
        "states_days": states_days(campaign),
        "answering": int(request.POST.get("objection", 0)) if answer.errors else 0,
        "notices": [(each, publicity_pending(each, "聘用")) for each in notices],
        "objections": objections,
        "waiting": sum(each.state == "open" for each in objections),
        "may_start": own
        and not notices
        and any(m.verb == "publicise" for m in CAMPAIGN.open_to(actor, campaign.state)),
        "may_answer": own and actor.has("hr_head", "discipline"),
    }
    return render(request, "recruitment/publicity.html", context, status=422 if form.errors or answer.errors else 200)


def _answer(request: HttpRequest, actor: Actor, campaign: Campaign, form: AnswerForm) -> object:
    objection = Objection.objects.filter(pk=request.POST.get("objection") or 0, notice__campaign=campaign).first()
    if objection is None:
        raise Http404("没有这条异议")
    verb, text = request.POST.get("verb", ""), form.cleaned_data["answer"]
    return perform(request, lambda: objection_decide(actor=actor, objection=objection, verb=verb, answer=text), form)
