"""What applicants do with their own application, examination and background check, each confirmed on a page."""

from __future__ import annotations

from typing import Any

from django import forms

from fujing.kernel.actor import Actor
from fujing.kernel.transitions import Transition
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.services import (
    application_again,
    application_reopen,
    application_withdraw,
    no_taking_back,
)
from fujing.recruitment.applications.states import APPLICATION, ApplicationState
from fujing.recruitment.background.services import check_answer
from fujing.recruitment.background.states import CHECK
from fujing.recruitment.campaigns.queries import registration_open
from fujing.recruitment.medical.services import reexam_ask
from fujing.recruitment.medical.states import MEDICAL
from fujing.web.acts import Deed, Deeds, Touched


class StatementForm(forms.Form):
    text = forms.CharField(label="陈述内容", widget=forms.Textarea(attrs={"rows": 4}))


def _given_up(application: Application) -> Touched:
    """What is lost, by how far it is."""
    if registration_open(application.campaign):
        return Touched("您的报名。报名时间内可以重新报名，重新排队审查。")
    said = "您已通过资格审查，" if application.state == ApplicationState.QUALIFIED else ""
    return Touched(f"{said}报名时间已过，放弃后不能再报名本公告；在拟聘用名单中的，名额由他人递补。")


def _why_not(actor: Actor, application: Application, move: Transition) -> str:
    if application.campaign.state == "cancelled":
        return "招聘已取消。"
    if move.verb == "reopen":
        return no_taking_back(application)
    if move.verb == "again" and not registration_open(application.campaign):
        return "现在不在报名时间内，不能重新报名。"
    return ""


def _own(call: Any) -> Any:
    return lambda actor, application, data: call(actor=actor, application=application)


def _asked(verb: str) -> Any:
    return lambda actor, exam, data: reexam_ask(actor=actor, exam=exam, verb=verb)


APPLYING = Deeds(
    APPLICATION,
    {
        "reopen": Deed(_own(application_reopen)),
        "withdraw": Deed(_own(application_withdraw), touches=_given_up),
        "again": Deed(_own(application_again)),
    },
    elsewhere={
        "submit": "在报名表核对后提交。",
        **dict.fromkeys(("qualify", "return", "reject", "correct"), "由招聘机关办理。"),
    },
    why_not=_why_not,
)
EXAMINED = Deeds(MEDICAL, {"request": Deed(_asked("request")), "waive": Deed(_asked("waive"))})
CHECKED = Deeds(
    CHECK,
    {
        "answer": Deed(
            lambda actor, check, data: check_answer(actor=actor, check=check, text=data["text"]),
            lambda check: StatementForm,
        )
    },
)
