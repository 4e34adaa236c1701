"""招聘 in a dossier: how the person came, from plan to hire."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.recruitment.hiring.queries import hires_of
from fujing.registry.models import Person
from fujing.web.audience import HR
from fujing.web.columns import Column, table_of
from fujing.web.desk.wings import Tab

CAME = (
    Column("started", "上岗日期", "engagement.span.lower", "date"),
    Column(
        "plan",
        "用人计划",
        "application.campaign.plan",
        link=lambda row: reverse("desk:plan", args=[row.application.campaign.plan_id]),
    ),
    Column(
        "campaign",
        "招聘项目",
        "application.campaign.title",
        wrap=True,
        link=lambda row: reverse("desk:campaign", args=[row.application.campaign_id]),
    ),
    Column("position", "报考岗位", "application.position"),
    Column(
        "application",
        "报名",
        lambda row: f"第 {row.application_id} 号",
        link=lambda row: reverse("desk:application", args=[row.application_id]),
    ),
    Column("decided_by", "决定人"),
)


def _came(actor: Actor, person: Person) -> dict[str, Any]:
    return {"table": table_of(CAME, hires_of(person), "招聘经过", empty="没有招聘记录，不是通过本系统招聘的。")}


RECRUITMENT_TABS = (Tab("recruitment", "招聘", frozenset(HR), "recruitment/dossier_tab.html", _came),)
