"""招聘项目: list, announcement by form or file, dossier with what the check says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.recruitment.applications.queries import application_states
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.policies import can_announce, can_revise
from fujing.recruitment.campaigns.queries import campaign_for, campaigns_for, campaigns_matching, waiting_days
from fujing.recruitment.campaigns.readiness import purposes_of
from fujing.recruitment.campaigns.services import campaign_draft
from fujing.recruitment.campaigns.states import PROVISION_OF, CampaignState
from fujing.recruitment.plans.queries import approved_plans
from fujing.registry.queries import own_organ
from fujing.web import values
from fujing.web.acts import act_context, perform, take
from fujing.web.audience import HR, PERSONNEL, RECRUITING, sees
from fujing.web.choices import OneOf, among
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import state_column, timeline_of
from fujing.web.desk.recruitment.announcement.files import read_upload
from fujing.web.desk.recruitment.announcement.guide import lacking, parts_of
from fujing.web.desk.recruitment.announcement.live import of_first_draft
from fujing.web.desk.recruitment.announcement.start import AnnouncementForm, Positions, document_from, first_draft
from fujing.web.desk.recruitment.campaign_acts import DEEDS
from fujing.web.desk.recruitment.campaign_route import route_of
from fujing.web.desk.recruitment.todos import PLACES, campaign_page_todos
from fujing.web.desk.wings import Found, Line, place_of
from fujing.web.doors import door, opens
from fujing.web.form_pages import form_page
from fujing.web.lists import filter_links, list_of, list_response
from fujing.web.requests import Request


class UploadForm(forms.Form):
    plan = OneOf(label="用人计划", empty_label="请选择已批准的计划")
    file = forms.FileField(label="公告文件（YAML 或 JSON）")


def _plans(actor: Actor) -> Any:
    return approved_plans(actor.organ_code or 0)


FEW = 8
"""Recruitments shown by the search box."""


def campaigns_found(actor: Actor, text: str) -> Found | None:
    """The recruitments whose title the search box finds."""
    rows = list(campaigns_matching(actor, text)[:FEW]) if sees(actor, HR) else []
    return Found("recruitment/found.html", {"campaigns": rows}) if rows else None


COLUMNS = (
    Column("title", "标题", wrap=True, link=lambda row: reverse("desk:campaign", args=[row.pk])),
    Column("headcount", "人数", lambda row: row.headcount or 0, "integer", sort="-headcount"),
    state_column(),
    Column("registration_to", "报名截止", kind="moment", sort="-registration_to"),
)


@door(*RECRUITING)
def listing(request: Request) -> HttpResponse:
    actor = request.actor
    chosen = values.words(request.GET, "state")
    context = list_of(
        request,
        COLUMNS,
        campaigns_for(actor).filter(**({"state": chosen} if chosen in CampaignState.values else {})),
        "招聘项目",
        filters=[("状态", filter_links(request, "state", CampaignState.choices))],
        empty="还没有招聘项目。先有批准的用人计划，再拟定公告。",
    )
    context["may_draft"] = can_announce(actor)
    return list_response(request, context, "recruitment/campaigns.html")


@door(*PERSONNEL)
def new(request: Request) -> HttpResponse:
    """A first draft on one page, with the posts of the chosen plan; what it doesn't ask is revised part by part."""
    actor = request.actor
    plans, chosen = _plans(actor), values.number(request.GET, "plan")
    plan = plans.first() if chosen is None else plans.filter(pk=chosen).first()
    answers, rows = first_draft(own_organ(actor), plan, timezone.localtime())
    form = AnnouncementForm(values.sent(request), initial=answers)
    among(form, plan=plans)
    positions = Positions(values.sent(request), prefix="positions", initial=rows)
    if request.method == "POST" and all([form.is_valid(), positions.is_valid()]):
        data = form.cleaned_data
        posts = [row.cleaned_data for row in positions if not row.cleaned_data.get("DELETE")]
        saved = perform(
            request,
            lambda: campaign_draft(
                actor=actor,
                document=document_from(data, posts),
                plan=data["plan"],
                retention_months=data["retention_months"],
            ),
            form,
        )
        if saved:
            return redirect("desk:announcement", saved.pk)
    sums = of_first_draft(Campaign(plan=plan))
    context = {"form": form, "positions": positions, "plans": plans, "plan": plan, "sums": sums}
    return render(request, "recruitment/campaign_form.html", context, status=422 if request.method == "POST" else 200)


@door(*PERSONNEL)
def upload(request: Request) -> HttpResponse:
    actor = request.actor
    form = UploadForm(values.sent(request), request.FILES or None)
    among(form, plan=_plans(actor))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        saved = perform(
            request, lambda: campaign_draft(actor=actor, document=read_upload(data["file"]), plan=data["plan"]), form
        )
        if saved:
            return redirect("desk:campaign", saved.pk)
    return form_page(
        request, form, title="用文件拟定公告", intro="格式见使用说明；有任何一处读不出都不会保存。", submit="读取并核对"
    )


POSTS = (
    Column("name", "岗位"),
    Column("code", "代码"),
    Column("category", "类别", "get_category_display"),
    Column("headcount", "人数", kind="integer"),
    Column("line", "计划岗位", empty="没有对应名额", wrap=True),
)
SHEETS = {
    "报名审核": "applications",
    "考务": "sittings",
    "成绩": "scores",
    "排名": "ranking",
    "体检": "medical",
    "公示": "publicity",
    "聘用": "hires",
}


def sheets_of(campaign: Campaign) -> list[tuple[str, str]]:
    """The sheets of a recruitment, each with its address."""
    return [(label, reverse(f"desk:{name}", args=[campaign.pk])) for label, name in SHEETS.items()]


@door(*RECRUITING)
def detail(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    campaign = campaign_for(actor, pk)
    if request.method == "POST":
        back = reverse("desk:campaign", args=[campaign.pk])
        return take(request, actor, campaign, DEEDS, back=back, subject=campaign.title)
    purposes = purposes_of(campaign.document)
    parts = parts_of(campaign)
    states = application_states(campaign)
    del states[ApplicationState.DRAFT]
    todos = [
        Line(replace(each, matter=""), place_of(each, PLACES))
        for each in campaign_page_todos(actor)
        if each.campaign == pk and each.count
    ]
    context = {
        "campaign": campaign,
        "announcement": campaign.announcement,
        **act_context(actor, campaign, DEEDS),
        "findings": [(part, found) for part in parts.values() for found in part.findings],
        "sheets": [(label, url) for label, url in sheets_of(campaign) if opens(actor, url)],
        "route": route_of(actor, campaign),
        "satisfied": [found for found in campaign.findings if found["outcome"] == "satisfied"],
        "todos": sorted(todos, key=lambda each: each.order),
        "positions": table_of(POSTS, campaign.positions.select_related("line"), "岗位"),
        "applied": sum(states.values()),
        "waiting": states["submitted"],
        "timeline": timeline_of([campaign]),
        "purposes": [(purpose.label, PROVISION_OF[purpose]) for purpose in purposes],
        "consents": [(row, waiting_days(row)) for row in campaign.consents.order_by("-id")],
        "entrustment": getattr(campaign, "entrustment", None),
        "entrusts": (campaign.document.get("organiser") or {}).get("mode") == "entrusted",
        "lacking": lacking(campaign) if campaign.state == "draft" else [],
        "may_edit": can_revise(actor, campaign),
    }
    return render(request, "recruitment/campaign.html", context)
