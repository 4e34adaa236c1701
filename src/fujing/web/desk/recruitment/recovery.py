"""找回账号: a code for an applicant who came to the desk with the identity card."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse

from fujing.recruitment.applications.queries import application_for
from fujing.recruitment.recovery.services import recovery_at_desk
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import PERSONNEL
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.requests import Request
from fujing.web.values import phone_of


class DeskForm(forms.Form):
    """Nothing is ticked beforehand: the card has to have been looked at."""

    seen = forms.BooleanField(
        label="本人到场，已当面核对居民身份证", error_messages={"required": "请先当面核对居民身份证。"}
    )
    phone = forms.CharField(
        label="本人以后登录用的手机号", max_length=11, widget=forms.TextInput(attrs={"type": "tel"})
    )
    reason = forms.CharField(label="事由", max_length=200, help_text="如：忘记密码，手机号已换")

    def clean_phone(self) -> str:
        return phone_of(self.cleaned_data["phone"])


@door(*PERSONNEL)
def recovery(request: Request, pk: int) -> HttpResponse:
    """The code is shown once, in the answer itself."""
    actor = request.actor
    application = application_for(actor, pk)
    form = DeskForm(values.sent(request))
    code = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        code = perform(
            request,
            lambda: recovery_at_desk(actor=actor, application=application, reason=data["reason"], phone=data["phone"]),
            form,
        )
    context = {"application": application, "form": form, "code": code}
    return form_response(request, "recruitment/recovery.html", context)
