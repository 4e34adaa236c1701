"""培训: what I owe of education and training this year, and the classes that I took part in (Article 14.3)."""

from __future__ import annotations

import secrets

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache

from fujing.kernel.actor import Actor
from fujing.kernel.attempts import count_attempt, too_many
from fujing.kernel.clock import today
from fujing.kernel.numbers import bare
from fujing.kernel.refusals import existing
from fujing.law.training.kinds import KINDS, RESULTS
from fujing.management.training.own import lacking_of, own_enrolment, own_standing, own_trainings
from fujing.management.training.signing_in import DIGITS, is_code, is_open, sign_in
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import AUXILIARIES
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.limits import SIGN_IN_CODES, refused, said
from fujing.web.me.rooms import Card, Room
from fujing.web.requests import Request

DEVICE = "fujing_phone"
DEVICE_KEPT = 400 * 24 * 3600
SEEN_FOR = 120
"""Seconds."""


@door(*AUXILIARIES)
def trainings(request: Request) -> HttpResponse:
    """The person's own training: what is owed, and what was taken with the attendance that was recorded."""
    actor, year = request.actor, today().year
    standing = own_standing(actor, year)
    taken = [
        {
            "row": each,
            "signs": is_open(each.course, timezone.now()),
            "kind": KINDS[each.course.kind],
            "result": RESULTS.get(each.mark_result or "", ""),  # type: ignore[attr-defined]
            "hours": bare(each.mark_hours) if each.mark_hours else "",  # type: ignore[attr-defined]
            "score": "" if each.mark_score is None else bare(each.mark_score),  # type: ignore[attr-defined]
        }
        for each in own_trainings(actor)
    ]
    context = {"year": year, "owed": standing.owed if standing else (), "serves": standing is not None, "taken": taken}
    return render(request, "me/trainings.html", context)


class CodeForm(forms.Form):
    code = forms.CharField(
        label="签到码",
        max_length=DIGITS,
        help_text="屏幕上的6位数字，每20秒更换",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


@door(*AUXILIARIES)
@never_cache
def sign_in_page(request: Request, pk: int) -> HttpResponse:
    """Sign in to a class: by the code that was scanned with the address, or typed.

    A code that was right when the page was opened stays so for two minutes, for who still had to sign in to the account.
    """
    actor, now = request.actor, timezone.now()
    row = existing(own_enrolment(actor, pk), "您没有报名这次培训，请向授课人提出。")
    about = f"{actor.account_id} {pk}"
    form = CodeForm(values.sent(request), initial={"code": values.words(request.GET, "code")})
    scanned = is_code(row.course, values.words(request.GET, "code"), now)
    if request.method == "POST" and form.is_valid():
        if not refused(form, wait := too_many(request, SIGN_IN_CODES, about)):
            if _was_there(request, about) or is_code(row.course, form.cleaned_data["code"], now):
                device = request.COOKIES.get(DEVICE, "")
                if not device:
                    form.add_error(
                        None, "浏览器不保存网站数据（例如无痕窗口），不能签到。请换普通窗口，或者由授课人登记。"
                    )
                elif perform(request, lambda: sign_in(actor=actor, course_id=pk, device=device), form):
                    messages.success(request, f"已签到：{row.course.title}。")
                    return redirect("me:trainings")
            else:
                count_attempt(request, SIGN_IN_CODES, about)
                form.add_error("code", "签到码不对，或者已经更换。请输入屏幕上现在的数字。")
        elif wait:
            return said(render(request, "me/sign_in.html", {"form": form, "row": row}), wait)
    context = {"form": form, "row": row, "seen": signing.TimestampSigner(salt=DEVICE).sign(about) if scanned else ""}
    response = form_response(request, "me/sign_in.html", context)
    if DEVICE not in request.COOKIES:
        response.set_cookie(
            DEVICE,
            secrets.token_urlsafe(24),
            max_age=DEVICE_KEPT,
            path="/me/training/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def _was_there(request: Request, about: str) -> bool:
    """Whether this account saw the right code in the last two minutes."""
    try:
        seen = signing.TimestampSigner(salt=DEVICE).unsign(values.words(request.POST, "seen"), max_age=SEEN_FOR)
    except signing.BadSignature:
        return False
    return seen == about


def _card(actor: Actor) -> Card:
    year = today().year
    standing = own_standing(actor, year)
    if standing is None:
        return Card("参加过的培训")
    lacks = lacking_of(standing)
    said = f"{year}年还有 {len(lacks)} 项没有完成" if lacks else f"{year}年没有缺少的教育培训"
    if not standing.planned:
        return Card(said, "由单位安排培训班和报名")
    return Card(said, f"下一次培训 {timezone.localtime(min(standing.planned.values())):%Y-%m-%d %H:%M}")


TRAINING = Room(
    label="培训",
    url="me:trainings",
    patterns=(
        path("training/", trainings, name="trainings"),
        path("training/<id:pk>/sign-in/", sign_in_page, name="course_sign_in"),
    ),
    card=_card,
    provisions=("14.3", "24"),
    place=5,
)
