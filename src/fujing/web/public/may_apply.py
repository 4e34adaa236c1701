"""能不能报: a few answers before sign-up, and each post says yes, no or what is open. Nothing is stored."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse

from fujing.kernel.clock import today
from fujing.law.screening import asked_columns
from fujing.law.screening.self_check import KINDS, self_check
from fujing.recruitment.campaigns.queries import published_campaign, registration_open
from fujing.registry.states import Sex
from fujing.web import values
from fujing.web.form_pages import form_response
from fujing.web.public.forms import EDUCATIONS, BodyForm, yes_no
from fujing.web.requests import Request


class MayApplyForm(BodyForm):
    """What the announcement asks that a person knows by heart; an empty answer is open, never a yes."""

    birth_date = forms.DateField(
        label="出生日期",
        widget=forms.DateInput(attrs={"type": "date", "autocomplete": "bday"}, format="%Y-%m-%d"),
        error_messages={"invalid": "请填写有效日期，如 1998-03-15。"},
    )
    sex = forms.ChoiceField(label="性别", choices=[("", "请选择"), *Sex.choices], required=False)
    education = forms.ChoiceField(label="学历", choices=EDUCATIONS, help_text="已经取得毕业证书的最高学历")
    veteran = yes_no("是否退役士兵")
    field_order = ("birth_date", "sex", "education")

    def __init__(self, *args: Any, asked: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in asked]:
            del self.fields[name]

    def facts(self) -> dict[str, Any]:
        """The answers by column; what was left empty is None."""
        said = {name: self.cleaned_data[name] for name in KINDS if name in self.cleaned_data}
        return {
            name: float(value) if isinstance(value, Decimal) else None if value == "" else value
            for name, value in said.items()
        }


ALWAYS = {"birth_date", "education"}


def may_apply(request: Request, pk: int) -> HttpResponse:
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
    return form_response(request, "public/may_apply.html", context)
