"""成绩公布和复核: telling each applicant their own results, and answering who asks for a re-check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.law.formats.scores import EXAMS, STAGE_LABELS
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.selection.models import ScoreCheck
from fujing.recruitment.selection.policies import can_score
from fujing.recruitment.selection.queries import released, score_checks_of, scores_of
from fujing.recruitment.selection.results import score_check_answer, scores_release
from fujing.recruitment.selection.states import SCORE_CHECK
from fujing.web import values
from fujing.web.acts import Deed, Deeds, Touched, acts_of, of_the_organ, perform, take
from fujing.web.audience import HR
from fujing.web.desk.common import DateField
from fujing.web.doors import door
from fujing.web.requests import Request


class ReleaseForm(forms.Form):
    check_until = DateField(label="申请复核截止日（含当日）")


class CheckForm(forms.Form):
    answer = forms.CharField(label="复核情况", widget=forms.Textarea(attrs={"rows": 3}))


@door(*HR)
def results(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    campaign = campaign_for(actor, pk)
    act, of = values.words(request.POST, "act"), values.words(request.POST, "of")
    if "verb" in request.POST:
        found = score_checks_of(campaign).filter(pk=values.number(request.POST, "of", 0)).first()
        if found is None:
            raise Http404("没有这一项")
        back, subject = reverse("desk:results", args=[pk]), f"{found.application.name}的成绩复核"
        return take(request, actor, found, DEEDS, back=back, subject=subject, carried=("of",))
    told = released(campaign)
    entered = dict(scores_of(campaign).order_by().values_list("stage").annotate(Count("application", distinct=True)))
    checks = list(score_checks_of(campaign))
    stages: list[str] = [stage.kind for stage in campaign.announcement.stages or () if stage.kind in EXAMS]
    release = {
        stage: ReleaseForm(request.POST if (act, of) == ("release", stage) else None, auto_id=f"{stage}_%s")
        for stage in stages
    }
    form = release.get(of) if act == "release" else None
    if act and form is None:
        raise Http404("没有这一项")
    done: Any = None
    if act == "release" and form and form.is_valid():
        day = form.cleaned_data["check_until"]
        done = perform(request, lambda: scores_release(actor=actor, campaign=campaign, stage=of, check_until=day), form)
    if done:
        messages.success(request, "已办理。")
        return redirect("desk:results", pk)
    own = can_score(actor, campaign.organ_code)
    for row in checks:
        row.stage_label = STAGE_LABELS[row.stage]  # type: ignore[attr-defined]
        row.acts = acts_of(actor, row, DEEDS)[0]  # type: ignore[attr-defined]
    context = {
        "campaign": campaign,
        "may_release": own and campaign.state == "closed",
        "stages": [
            (stage, STAGE_LABELS[stage], entered.get(stage, 0), told.get(stage), release[stage]) for stage in stages
        ],
        "checks": checks,
        "waiting": sum(row.state == "open" for row in checks),
    }
    return render(request, "recruitment/results.html", context, status=422 if form and form.errors else 200)


def _answered(verb: str) -> Any:
    return lambda actor, check, data: score_check_answer(actor=actor, check=check, verb=verb, **data)


def _asked(check: ScoreCheck) -> Touched:
    return Touched(f"{check.application.name}，{STAGE_LABELS[check.stage]}：{check.text}")


DEEDS = Deeds(
    SCORE_CHECK,
    {verb: Deed(_answered(verb), lambda check: CheckForm, _asked) for verb in ("confirm", "correct")},
    whose=of_the_organ,
)
