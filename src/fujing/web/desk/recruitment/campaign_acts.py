"""What the page of a recruitment carries out, and whom each step touches."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.refusals import Refusal
from fujing.kernel.transitions import Transition
from fujing.recruitment.applications.queries import application_states, drafts_of, standing_applications
from fujing.recruitment.applications.registration import (
    no_reopening,
    no_withdrawal,
    publication_withdraw,
    registration_close,
    registration_reopen,
)
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.campaigns.consents import campaign_revise, consents_ask
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.readiness import check_ready, purposes_of, violations_if_consented
from fujing.recruitment.campaigns.services import campaign_cancel, campaign_publish
from fujing.recruitment.campaigns.states import CAMPAIGN, CampaignState
from fujing.recruitment.hiring.queries import hired_number
from fujing.recruitment.selection.publicity import campaign_finish
from fujing.web.acts import Deed, Deeds, Touched, of_the_organ, sentence

FEW = 10
"""Up to so many are named one by one."""


class CancelForm(forms.Form):
    reason = forms.CharField(
        label="取消理由", widget=forms.Textarea(attrs={"rows": 3}), help_text="已报名的人会看到", max_length=1000
    )


def _closing(campaign: Campaign) -> type[forms.Form]:
    """Why, when the announced time is not over."""
    ends = campaign.registration_to
    if ends is None or ends < timezone.now():
        return forms.Form
    early = forms.CharField(
        label="提前截止的理由",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        help_text=f"公告写明的截止时间是 {timezone.localtime(ends):%Y-%m-%d %H:%M}",
    )
    return type("EarlyCloseForm", (forms.Form,), {"reason": early})


def applied(campaign: Campaign) -> Touched:
    """Everybody who handed an application in, by name where they are few."""
    rows = standing_applications(campaign)
    number = rows.count()
    names = tuple(rows.values_list("name", flat=True)) if number <= FEW else ()
    return Touched(f"已有 {number} 人报名。" if number else "还没有人报名。", names)


def _told_why(campaign: Campaign) -> Touched:
    found = applied(campaign)
    said = found.said.rstrip("。")
    if campaign.published_at is None:
        return Touched("公告没有发布，没有人报名。")
    number_known = said.startswith("已有")
    told = f"{said}，他们会看到理由。" if number_known else found.said
    return Touched(f"{told}报名资料自取消之日起保存 {campaign.retention_months} 个月。", found.names)


def _closed_on(campaign: Campaign) -> Touched:
    states = application_states(campaign)
    drafts = states[ApplicationState.DRAFT]
    waiting = sum(states.values()) - drafts - states[ApplicationState.WITHDRAWN]
    said = f"已提交 {waiting} 人；填了没有提交的 {drafts} 人，截止后不能再提交。"
    names: tuple[str, ...] = ()
    if 0 < drafts <= FEW:
        names = tuple(drafts_of(campaign).values_list("name", flat=True))
    return Touched(said, names)


def _published(campaign: Campaign) -> Touched:
    headcount = sum(campaign.positions.values_list("headcount", flat=True))
    opens, ends = campaign.registration_from, campaign.registration_to
    window = (
        f"，报名 {timezone.localtime(opens):%Y-%m-%d %H:%M} 至 {timezone.localtime(ends):%Y-%m-%d %H:%M}"
        if opens and ends
        else ""
    )
    return Touched(
        f"招聘 {headcount} 人{window}。", tuple(str(post) for post in campaign.positions.order_by("code")[:FEW])
    )


def _finished(campaign: Campaign) -> Touched:
    hired = hired_number(campaign)
    headcount = sum(campaign.positions.values_list("headcount", flat=True))
    return Touched(f"招聘 {headcount} 人，已聘用 {hired} 人；没有聘用的名额不再递补。")


def _why_not(actor: Actor, campaign: Campaign, move: Transition) -> str:
    """What the page knows beside the table: whose campaign it is, whether 人社 is asked, what the check found."""
    purposes = purposes_of(campaign.document)
    if move.verb == "publish" and campaign.state == CampaignState.DRAFT and purposes:
        return "须先经同级人社部门同意。"
    if move.verb == "ask" and not purposes:
        return "公告不需要人社部门同意，可以直接发布。"
    if move.verb in {"publish", "ask"} and (violated := violations_if_consented(campaign.document)):
        return f"有 {len(violated)} 处不符合，改正后才能{move.label}。"
    if move.verb in {"publish", "ask"}:
        return _unready(campaign)
    if move.verb == "unpublish":
        return no_withdrawal(campaign)
    return no_reopening(campaign) if move.verb == "reopen" else ""


def _unready(campaign: Campaign) -> str:
    """What the service would refuse beside that: weights, places, the plan, the times, the entrustment."""
    try:
        check_ready(campaign)
    except Refusal as refusal:
        return sentence(refusal)
    return ""


def _row(call: Any) -> Any:
    """A service that takes nothing but the campaign."""
    return lambda actor, campaign, data: call(actor=actor, campaign=campaign)


def _reasoned(call: Any) -> Any:
    """A service that also takes the reason."""
    return lambda actor, campaign, data: call(actor=actor, campaign=campaign, reason=data.get("reason", ""))


DEEDS = Deeds(
    CAMPAIGN,
    {
        "publish": Deed(_row(campaign_publish), touches=_published),
        "ask": Deed(_row(consents_ask)),
        "revise": Deed(_row(campaign_revise)),
        "close": Deed(_reasoned(registration_close), _closing, _closed_on),
        "reopen": Deed(_reasoned(registration_reopen), touches=applied),
        "unpublish": Deed(_row(publication_withdraw), touches=applied),
        "cancel": Deed(_reasoned(campaign_cancel), lambda campaign: CancelForm, _told_why),
        "finish": Deed(_row(campaign_finish), touches=_finished),
    },
    elsewhere={"agree": "由人社部门在会商页面答复。", "return": "由人社部门在会商页面答复。"},
    links={"publicise": lambda campaign: reverse("desk:publicity", args=[campaign.pk])},
    whose=of_the_organ,
    why_not=_why_not,
)
