"""What anonymous visitors may do how often, and the answer to a flood: 429 with the time when to try again."""

from __future__ import annotations

from allauth.account.views import login
from allauth.mfa.base.views import authenticate
from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from fujing.kernel.attempts import Limit, Wait, count_attempt, too_many
from fujing.registry.authentication import LOGIN_SESSION_KEY
from fujing.web import browsers, values
from fujing.web.requests import Request

# Only codes that are not known count: on the day of the results a school looks up two thousand real ones.
RECEIPTS = Limit("receipt", 100, 10, "查询不存在的回执码")
# One network and one notice; a notice has no limit of its own, or a flood would silence everybody else's objection.
OBJECTIONS = Limit("objection", 20, 60, "对同一公示提出异议")
SIGN_UPS = Limit("sign_up", 3000, 60, "注册")
REFUSED_SIGN_UPS = Limit("sign_up_refused", 300, 60, "注册未通过")
# Beside the lock of one account (django-axes): many accounts tried from one network.
FAILED_SIGN_INS = Limit("sign_in", 600, 30, "密码输错")
# A number says nothing without its name; only pairs that show no valid card count.
COMPLAINTS = Limit("complaint", 30, 60, "提交投诉举报")
CARDS = Limit("card", 30, 10, "核验没有结果的工作证")
# Whatever the answer, it is the same; so each is counted, and a school's office may still help forty pupils an hour.
RECOVERIES = Limit("recovery", 40, 60, "申请找回账号")
RECOVERY_CODES = Limit("recovery_code", 30, 30, "口令输错")
ACTIVATIONS = Limit("activation", 60, 30, "开通码输错")
# The second step of one account, from wherever the password came.
FAILED_CODES = Limit("second_step", 10, 30, "验证码输错", "同一账号")
# Six digits of which two are right at a time: nobody guesses them in twenty tries.
SIGN_IN_CODES = Limit("sign_in_code", 20, 10, "签到码输错", "同一账号")


def said(response: HttpResponse, wait: Wait) -> HttpResponse:
    """The response as a 429 that says in seconds what its sentence says in words."""
    response.status_code = 429
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def refused(form: forms.Form, wait: Wait | None) -> bool:
    """Whether the form has to wait; it then says so and keeps what was typed."""
    if wait is None:
        return False
    form.add_error(None, wait.sentence)
    return True


def sign_in(request: Request) -> HttpResponse:
    """The sign-in page, with a limit on wrong passwords from one network over all accounts."""
    if request.method != "POST":
        return login(request)
    if wait := too_many(request, FAILED_SIGN_INS):
        return said(render(request, "account/too_many.html", {"sentence": wait.sentence}), wait)
    response: HttpResponse = login(request)
    username = values.words(request.POST, "login")
    if response.status_code == 200:  # the form again: not signed in
        count_attempt(request, FAILED_SIGN_INS)
        browsers.failed(request, username)
    elif response.status_code == 302:
        browsers.remember(request, response, username)
    return response


def second_step(request: Request) -> HttpResponse:
    """The page that asks for the code of the second step, with a limit on wrong codes of one account."""
    about = (request.session.get(LOGIN_SESSION_KEY) or {}).get("user_pk", "")
    if request.method != "POST":
        return authenticate(request)
    if wait := too_many(request, FAILED_CODES, about):
        return said(render(request, "account/too_many.html", {"sentence": wait.sentence}), wait)
    response: HttpResponse = authenticate(request)
    if response.status_code == 200:  # the form again: a wrong code
        count_attempt(request, FAILED_CODES, about)
    return response
