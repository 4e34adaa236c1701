"""聘用: from the hire list to the first day."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.recruitment.applications.queries import application_for, applications_found
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.hiring.lists import Listed, hire_list
from fujing.recruitment.hiring.policies import can_decline, can_hire
from fujing.recruitment.hiring.queries import declaration_of
from fujing.recruitment.hiring.services import hire, hire_decline, publicity_supplement
from fujing.recruitment.hiring.states import HIRE, HireState
from fujing.recruitment.selection.queries import notices_of, publicity_pending
from fujing.registry.placing import officers_of
from fujing.registry.queries import posts_of_category
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR, LEADERS, PERSONNEL
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import DateField, PostChoice
from fujing.web.desk.recruitment.publicity import PublicityForm, states_days
from fujing.web.doors import door
from fujing.web.form_pages import PAPER, form_page, form_response
from fujing.web.requests import Request
from fujing.web.templatetags.fujing import COLOURS


class HireForm(forms.Form):
    start_on = DateField(label="上岗日期")
    post = PostChoice(label="用人单位和岗位")
    officer = OneOf(label="责任民警", required=False)


class DeclineForm(forms.Form):
    on = DateField(label="放弃日期")
    reason = forms.CharField(label="放弃原因", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    proof = forms.FileField(label="放弃声明", required=False, help_text=PAPER)


@dataclass(frozen=True, slots=True)
class HireRow:
    """One candidate of the hire list with what the actor may do."""

    listed: Listed
    campaign: int
    names: dict[str, str]
    may_hire: bool
    may_decline: bool

    @property
    def status(self) -> tuple[str, str]:
        """Where the candidate stands, in words and in its colour."""
        row = self.listed
        if row.hire and (row.hired or row.hire.state == HireState.DECLINED):
            return row.hire.get_state_display(), COLOURS[row.hire.state]
        if row.place.status == "hire":
            replaced = self.names.get(row.place.replaces or "", "")
            return f"聘用名单，递补 {replaced}" if row.place.replaces else "聘用名单", "green"
        if row.reserve:
            return f"递补名单第 {row.reserve} 位", "amber"
        return ("同分待定", "amber") if row.place.status == "tie" else ("未列入", "gray")

    @property
    def now(self) -> str:
        """What happens next."""
        row = self.listed
        if row.hired and row.hire and row.hire.engagement:
            return f"{row.hire.engagement.span.lower} 上岗"
        if row.place.status == "hire":
            return row.waits or "可以聘用"
        return "有名额空出时递补" if row.reserve else ""

    @property
    def acts(self) -> frozenset[str]:
        """What stands at the end of the line."""
        row = self.listed
        if row.hired:
            return frozenset({"person"})
        if row.place.status != "hire":
            return frozenset()
        wanted = {
            "exam": row.needs_exam and not row.exam,
            "check": not row.check,
            "hire": bool(row.check) and self.may_hire and not row.waits,
            "paper": True,
            "decline": self.may_decline,
        }
        return frozenset(name for name, wants in wanted.items() if wants)


HIRES = (
    Column("rank", "名次", "listed.place.rank", "integer"),
    Column(
        "name",
        "姓名",
        "listed.application.name",
        link=lambda row: reverse("desk:application", args=[row.listed.application.pk]),
    ),
    Column("total", "总成绩", "listed.candidate.total", "score"),
    Column("status", "结果", lambda row: row.status[0], colour=lambda row: row.status[1]),
    Column("now", "现在", wrap=True),
    Column("steps", "理由", template="recruitment/hire_steps.html"),
    Column("acts", "办理", template="recruitment/hire_acts.html"),
)


@door(*HR)
def hires(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    campaign = campaign_for(actor, pk)
    form = PublicityForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: publicity_supplement(actor=actor, campaign=campaign, **data), form):
            messages.success(request, "已公示递补人员。")
            return redirect("desk:publicity", pk)
    posts = hire_list(campaign)
    may_hire, may_decline = can_hire(actor, campaign.organ_code), can_decline(actor, campaign.organ_code)
    names = {str(each.application.pk): each.application.name for post in posts for each in post.listed}
    text = values.words(request.GET, "q")
    supplement = [each for post in posts for each in post.listed if each.to_publicise]
    found = applications_found(actor, campaign, text) if text else None
    shown = [
        post.shown if found is None else [each for each in post.listed if each.application.pk in found]
        for post in posts
    ]
    tables = [
        table_of(
            HIRES,
            [HireRow(each, campaign.pk, names, may_hire, may_decline) for each in rows],
            f"{post.position}聘用名单",
        )
        for post, rows in zip(posts, shown, strict=True)
    ]
    context = {
        "campaign": campaign,
        "posts": posts,
        "lists": list(zip(posts, tables, strict=True)),
        "form": form,
        "states_days": states_days(campaign),
        "pending": publicity_pending(next(iter(notices_of(campaign)), None), "聘用"),
        "supplement": len(supplement),
        "supplement_said": "、".join(
            f"{each.application.name}（{each.candidate.position}，第 {each.place.rank} 名）" for each in supplement
        ),
        "asks_days": bool(form.errors) or not states_days(campaign),
        "may_hire": may_hire,
        "q": text,
    }
    return form_response(request, "recruitment/hires.html", context)


@door(*PERSONNEL)
def decline(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    application = application_for(actor, pk)
    form = DeclineForm(values.sent(request), request.FILES or None, initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: hire_decline(actor=actor, application=application, **data), form):
            messages.success(request, f"已记录{application.name}放弃聘用，名额按递补规则办理。")
            return redirect("desk:hires", application.campaign_id)
    post = next(iter(hire_list(application.campaign, application.position)), None)
    reserve = [each for each in post.listed if each.reserve == 1] if post else []
    follows = f"由递补名单第 1 位{reserve[0].application.name}递补" if reserve else "没有可以递补的人员，名额将空缺"
    return form_page(
        request,
        form,
        title=f"{application.name}放弃聘用",
        submit="记录放弃",
        intro=f"{application.position} · {HIRE.from_state('proposed')[1].follows}办理后不能撤销 · {follows}",
        back=reverse("desk:hires", args=[application.campaign_id]),
    )


@door(*PERSONNEL)
def decline_proof(request: Request, pk: int) -> HttpResponseBase:
    """The declaration of somebody who gave up."""
    application = application_for(request.actor, pk)
    return file_response(declaration_of(application))


@door(*LEADERS)
def hire_form(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    application = application_for(actor, pk)
    form = HireForm(values.sent(request), initial={"start_on": today()})
    posts = posts_of_category(application.organ_code, application.position.category)
    among(form, post=posts, officer=officers_of(application.organ_code))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        made = perform(
            request, lambda: hire(actor=actor, application=application, unit=data["post"].unit, **data), form
        )
        if made:
            messages.success(request, f"已聘用{application.name}，请在一个月内签订劳动合同。")
            return redirect("desk:contract", made.pk)
    return form_page(
        request,
        form,
        title=f"聘用{application.name}",
        submit="聘用",
        intro=f"{application.position} · {HIRE.from_state('proposed')[0].follows}办理后不能撤销",
        back=reverse("desk:hires", args=[application.campaign_id]),
    )
