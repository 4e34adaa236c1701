"""工作台: what waits for the actor, oldest kind first, every count a link to its list."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.recruitment.applications.models import Application, BackgroundCheck
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.hiring.queries import without_contract
from fujing.recruitment.plans.queries import waiting_tasks
from fujing.recruitment.selection.models import Objection
from fujing.registry.models import Organ
from fujing.registry.states import ADMINISTRATORS, OFFICER_ROLES, PARTNER_ROLES
from fujing.web.desk.common import need
from fujing.web.navigation import HR


def home(request: HttpRequest) -> HttpResponse:
    actor = need(request, *OFFICER_ROLES, *PARTNER_ROLES, *ADMINISTRATORS)
    organ = Organ.objects.get(pk=actor.organ_code or 0)
    numbers: list[tuple[str, int, str]] = []
    if actor.has(*HR) and organ.manages:
        account = quota_of(organ.code)
        quota, people = reverse("desk:quota"), reverse("desk:people")
        numbers = [
            ("核定额度", account.granted, quota),
            ("在职", account.in_service, people),
            ("空余额度", account.free, quota),
        ]
    return render(
        request,
        "desk/home.html",
        {"organ": organ, "today": today(), "todos": todos_of(actor), "numbers": numbers},
    )


def todos_of(actor: Actor) -> list[dict[str, Any]]:
    """Counts of what the actor may do now; nothing is listed that somebody else must do."""
    todos: list[dict[str, Any]] = []

    def add(count: int, label: str, url: str, note: str = "") -> None:
        if count:
            todos.append({"count": count, "label": label, "url": url, "note": note})

    plans = list(waiting_tasks(actor))
    if actor.has("hr_head", "organ_leader", *PARTNER_ROLES):
        add(len(plans), "用人计划等待办理", reverse("desk:plans"), "第十六条")
    if actor.has("hr_officer", "hr_head"):
        for campaign in Campaign.objects.filter(
            organ_code=actor.organ_code or 0, state__in=["published", "closed"]
        )[:20]:
            waiting = Application.objects.filter(campaign=campaign, state="submitted").count()
            add(
                waiting,
                f"{campaign.title}：待资格审查",
                reverse("desk:applications", args=[campaign.pk]),
                "第二十一条",
            )
    if actor.has("hr_officer", "police_officer", "discipline"):
        mine = BackgroundCheck.objects.filter(state="open")
        named = (
            mine.filter(first_checker=actor.account_id or 0)
            | mine.filter(second_checker=actor.account_id or 0)
        ).exclude(findings__checker=actor.account_id or 0)
        for check in named.select_related("application")[:20]:
            add(
                1,
                f"考察：{check.application.name}",
                reverse("desk:background", args=[check.application_id]),
                "第二十条",
            )
    if actor.has("hr_head", "discipline"):
        for objection in Objection.objects.filter(state="open").select_related("notice")[:20]:
            add(
                1,
                "公示异议待核查",
                reverse("desk:publicity", args=[objection.notice.campaign_id]),
                "第二十一条",
            )
    if actor.has("hr_officer", "hr_head"):
        due = list(without_contract(actor)[:20])
        add(
            len(due),
            "已聘用未签劳动合同",
            reverse("desk:contract", args=[due[0].pk]) if due else "",
            "一个月内签订，第二十二条",
        )
    return todos
