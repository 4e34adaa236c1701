"""能不能报: a few answers before sign-up, and each post says yes, no or what is open. Nothing is stored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fujing.kernel.clock import today
from fujing.law.screening import asked_columns
from fujing.law.screening.self_check import KINDS, self_check
from fujing.recruitment.campaigns.queries import published_campaign, registration_open
from fujing.registry.states import Sex
from fujing.web import values
from fujing.web.public.forms import EDUCATIONS, YES_NO


class MayApplyForm(forms.Form):
    """What the announcement asks that a person knows by heart; an empty answer is open, never a yes."""

    birth_date = forms.DateField(
        label="出生日期",
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请填写有效日期，如 1998-03-15。"},
    )
    sex = forms.ChoiceField(label="性别", choices=[("", "请选择"), *Sex.choices], required=False)
    education = forms.ChoiceField(label="学历", choices=EDUCATIONS, help_text="已经取得毕业证书的最高学历")
    household = forms.CharField(
        label="户籍所在地", max_length=100, required=False, help_text="写到县（市、区），如四川省绵阳市三台县"
    )
    height_cm = forms.DecimalField(
        label="身高（厘米）", min_value=100, max_value=230, max_digits=5, decimal_places=1, required=False
    )
    weight_kg = forms.DecimalField(
        label="体重（公斤）", min_value=20, max_value=300, max_digits=4, decimal_places=1, required=False
    )
    naked_vision = forms.DecimalField(
        label="裸眼视力",
        min_value=3,
        max_value=6,
        max_digits=3,
        decimal_places=1,
        required=False,
        help_text="五分记录，如 4.8",
    )
    corrected_vision = forms.DecimalField(
        label="矫正视力",
        min_value=3,
        max_value=6,
        max_digits=3,
        decimal_places=1,
        required=False,
        help_text="戴镜后的视力，五分记录，如 5.0",
    )
    veteran = forms.TypedChoiceField(
        label="是否退役士兵", choices=YES_NO, required=False, empty_value=None, coerce=lambda value: value == "true"
    )

    def __init__(self, *args: Any, asked: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """The answers by column; what was left empty is None."""
        said = {name: self.cleaned_data[name] for name in KINDS if name in self.cleaned_data}
        return {
            name: None if value in {"", None} else (float(value) if name in NUMBERS else value)
            for name, value in said.items()
        }


NUMBERS = {"height_cm", "weight_kg", "naked_vision", "corrected_vision"}
ALWAYS = {"birth_date", "education"}


def may_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked by POST, so that nobody's birth date stands in an address; only the answer is shown."""
    campaign = published_campaign(pk)
    form = MayApplyForm(values.sent(request), asked=asked_columns(campaign.announcement) | ALWAYS)
    answers = []
    if request.method == "POST" and form.is_valid():
        answers = self_check(campaign.announcement, form.facts(), today=today())
    context = {
        "campaign": campaign,
        "form": form,
        "answers": answers,
        "open": registration_open(campaign),
        "none": bool(answers) and all(each.outcome == "ineligible" for each in answers),
    }
    return render(request, "public/may_apply.html", context, status=422 if form.errors else 200)
