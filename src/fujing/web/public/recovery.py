"""找回账号: asking by receipt, stopping it while signed in, setting a new password and number when the time has come."""

from __future__ import annotations

import time

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fujing.kernel.attempts import count_attempt, too_many
from fujing.recruitment.recovery.services import (
    OPEN_FOR,
    WAIT,
    WAIT_FOR_A_NUMBER,
    plain,
    recovery_ask,
    recovery_stop,
    recovery_use,
)
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.form_pages import form_response
from fujing.web.limits import RECOVERIES, RECOVERY_CODES, refused, said
from fujing.web.passwords import NewPasswordForm
from fujing.web.public.forms import ReceiptForm, SignUpForm, phone_of
from fujing.web.public.views import applicant_of, to_sign_in
from fujing.web.requests import Request

# Seconds. Writing a request takes longer than finding nobody: the answer's time says as little as its words.
AT_LEAST = 0.2


class AskForm(ReceiptForm):
    """What only the person knows of one of their applications, and the number that they want to sign in with."""

    name = forms.CharField(label="姓名", max_length=60)
    id_number = forms.CharField(
        label="公民身份号码", max_length=18, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phone = forms.CharField(
        label="以后登录用的手机号",
        max_length=11,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text="可以是原来的，也可以是新的",
    )
    field_order = ("name", "id_number", "receipt", "phone")

    def clean_phone(self) -> str:
        return phone_of(self.cleaned_data["phone"])


class UseForm(NewPasswordForm):
    code = forms.CharField(
        label="口令",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text="16位字母和数字，申请时给出",
    )
    phone = SignUpForm.base_fields["phone"]
    field_order = ("code", "phone", "password")

    def clean_phone(self) -> str:
        return phone_of(self.cleaned_data["phone"])

    def clean_code(self) -> str:
        return plain(self.cleaned_data["code"])


def waits() -> dict[str, int]:
    """The times that the pages name, in hours and days."""
    return {
        "hours": round(WAIT.total_seconds() / 3600),
        "longer": round(WAIT_FOR_A_NUMBER.total_seconds() / 3600),
        "days": OPEN_FOR.days,
    }


def ask(request: Request) -> HttpResponse:
    """The same page with a code, whether or not anything matched."""
    form = AskForm(values.sent(request))
    actor = request.actor
    if request.method == "POST" and form.is_valid():
        if refused(form, wait := too_many(request, RECOVERIES)) and wait:
            return said(render(request, "public/recover.html", {"form": form, **waits()}), wait)
        count_attempt(request, RECOVERIES)
        began = time.monotonic()
        code = recovery_ask(actor=actor, **form.cleaned_data)
        time.sleep(max(0, AT_LEAST - (time.monotonic() - began)))
        return render(request, "public/recover_asked.html", {"code": code, **waits()})
    status = 422 if form.errors else 200
    return render(request, "public/recover.html", {"form": form, **waits()}, status=status)


def use(request: Request) -> HttpResponse:
    form = UseForm(values.sent(request))
    actor = request.actor
    if request.method == "POST" and form.is_valid():
        if refused(form, wait := too_many(request, RECOVERY_CODES)) and wait:
            return said(render(request, "public/recover_use.html", {"form": form}), wait)
        if perform(request, lambda: recovery_use(actor=actor, **form.cleaned_data), form):
            messages.success(request, "密码和手机号已重设，原来的登录已全部退出。请用这个手机号登录。")
            return redirect("account_login")
        count_attempt(request, RECOVERY_CODES)
    return form_response(request, "public/recover_use.html", {"form": form})


def stop(request: Request, pk: int) -> HttpResponse:
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    if request.method == "POST":
        stopped = perform(request, lambda: recovery_stop(actor=actor, request_id=pk))
        if stopped:
            messages.success(request, "已撤回，对方的口令作废。密码可能被人知道的，请凭回执码自己重设一次。")
    return redirect("public:mine")
