"""开通: a code from the organ and the last digits of the citizen number open a sign-in, or open it again."""

from __future__ import annotations

import re

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.attempts import count_attempt, too_many
from fujing.registry.activation.services import (
    AGAIN,
    NOT_NOW,
    VALID,
    Proof,
    activation_join,
    activation_try,
    activation_use,
    plain,
)
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.limits import ACTIVATIONS, refused, said
from fujing.web.passwords import NewPasswordForm
from fujing.web.requests import Request


class CodeForm(forms.Form):
    """What is on the slip, and what only its owner knows."""

    code = forms.CharField(
        label="开通码",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text="12位字母和数字，印在单位发的开通单上",
    )
    tail = forms.CharField(
        label="公民身份号码后四位",
        max_length=4,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_code(self) -> str:
        return plain(self.cleaned_data["code"])

    def clean_tail(self) -> str:
        tail = str(self.cleaned_data["tail"]).upper()
        if not re.fullmatch(r"\d{3}[\dX]", tail):
            raise forms.ValidationError("请填身份证号码的最后四位，最后一位可以是 X。")
        return tail


class OpenForm(CodeForm, NewPasswordForm):
    """The same for whoever isn't signed in: the account is made, or gets a new password and number."""

    phone = forms.CharField(
        label="手机号",
        max_length=11,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text="以后用它登录",
    )
    field_order = ("code", "tail", "phone", "password")

    def clean_phone(self) -> str:
        return values.phone_of(self.cleaned_data["phone"])


def activate(request: Request) -> HttpResponse:
    """Open the sign-in; whoever is signed in already lets their account read the file too."""
    actor = request.actor
    signed_in = actor.account_id is not None
    start = {"code": values.words(request.GET, "code")}
    form = (CodeForm if signed_in else OpenForm)(values.sent(request), initial=start)
    context = {"form": form, "signed_in": signed_in, "days": VALID.days, "again": round(AGAIN.total_seconds() / 3600)}
    if request.method == "POST" and form.is_valid():
        if refused(form, wait := too_many(request, ACTIVATIONS)) and wait:
            return said(render(request, "me/activate.html", context), wait)
        data = form.cleaned_data
        proof = activation_try(code=data["code"], tail=data["tail"])
        if proof is None:
            count_attempt(request, ACTIVATIONS)
            form.add_error(None, NOT_NOW)
        elif signed_in and _joined(request, proof, form):
            messages.success(request, "已开通，您的账号从现在起可以使用本人服务。")
            return redirect("me:home")
        elif not signed_in and _opened(request, proof, form):
            messages.success(request, "已开通，请用手机号和刚设的密码登录。")
            return redirect(f"{reverse('account_login')}?next={reverse('me:home')}")
    return render(request, "me/activate.html", context, status=422 if form.errors else 200)


def _joined(request: Request, proof: Proof, form: forms.Form) -> bool:
    code = form.cleaned_data["code"]
    done = perform(request, lambda: activation_join(actor=request.actor, proof=proof, code=code), form)
    return done is not None


def _opened(request: Request, proof: Proof, form: forms.Form) -> bool:
    data = form.cleaned_data
    done = perform(
        request,
        lambda: activation_use(
            actor=request.actor, proof=proof, code=data["code"], phone=data["phone"], password=data["password"]
        ),
        form,
    )
    return done is not None
