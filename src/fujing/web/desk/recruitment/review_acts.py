"""What the page of an application carries out: the verdicts of the review, and taking one back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.transitions import Transition
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.queries import WANTED, findings_of
from fujing.recruitment.applications.review import application_review, unverified, verdict_correct
from fujing.recruitment.applications.states import APPLICATION, ApplicationState
from fujing.recruitment.hiring.following import followed_by
from fujing.web.acts import Deed, Deeds, Touched, of_the_organ
from fujing.web.desk.common import DateField
from fujing.web.numbers import NumberField

VERDICTS = ("qualify", "return", "reject")
"""In the order of the keys 1, 2 and 3."""


class ReviewForm(forms.Form):
    """Reasons that the applicant reads; what is missing and until when, for a return."""

    note = forms.CharField(
        label="审查意见",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不合格或退回补充时必填，报名人会看到",
    )
    missing = forms.MultipleChoiceField(
        label="需补充", required=False, choices=list(WANTED.items()), widget=forms.CheckboxSelectMultiple
    )
    until = DateField(label="补充截止日（含当日）", required=False)


class RejectForm(forms.Form):
    note = forms.CharField(
        label="不合格的理由", widget=forms.Textarea(attrs={"rows": 3}), help_text="报名人会看到", max_length=2000
    )


class CorrectForm(forms.Form):
    reason = forms.CharField(
        label="更正的理由", widget=forms.Textarea(attrs={"rows": 3}), help_text="报名人会看到", max_length=500
    )


class VerifyForm(forms.Form):
    """What an officer saw of one open condition, and where."""

    source = forms.CharField(label="来源", max_length=100, help_text="如 户口簿原件、学信网、本人书面说明")
    seen = forms.CharField(label="看到的内容", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class BonusForm(forms.Form):
    """Points that the review verifies, and on what proof; without a number they are taken back."""

    points = NumberField(label="核定的加分", min_value=0, max_value=100, decimal_places=6, required=False)
    proof = forms.CharField(label="依据", max_length=300, help_text="看到的证明材料；收回加分的写理由")
    units = {"points": "分"}
    provisions = {"points": ("19",)}


def _why_not(actor: Actor, application: Application, move: Transition) -> str:
    if move.verb == "qualify":
        still = unverified(application, findings_of(application))
        return f"还有 {len(still)} 项待核实，逐项写明看到的材料和来源后办理。" if still else ""
    until = application.complete_until
    if move.source == ApplicationState.RETURNED and until is not None and until >= today():
        return f"补充期到 {until} 届满，现在不能作出结论。"
    return followed_by(application) if move.verb == "correct" else ""


def _review(verb: str) -> Any:
    return lambda actor, application, data: application_review(actor=actor, application=application, verb=verb, **data)


def _of_one(application: Application) -> Touched:
    return Touched(f"{application.name}，报考 {application.position}。")


DEEDS = Deeds(
    APPLICATION,
    {
        "qualify": Deed(_review("qualify"), lambda row: ReviewForm),
        "return": Deed(_review("return"), lambda row: ReviewForm),
        "reject": Deed(_review("reject"), lambda row: RejectForm, _of_one),
        "correct": Deed(
            lambda actor, row, data: verdict_correct(actor=actor, application=row, **data),
            lambda row: CorrectForm,
            _of_one,
            then=lambda row: reverse("desk:application", args=[row.pk]),
        ),
    },
    elsewhere=dict.fromkeys(("submit", "reopen", "withdraw", "again"), "由报名人本人办理。"),
    whose=of_the_organ,
    why_not=_why_not,
)
