"""工作台: what waits for the actor, oldest kind first, every count a link to its list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fujing.compliance.guidance.queries import to_read
from fujing.compliance.oversight.gaps import WITHOUT
from fujing.compliance.rectification.models import Notice
from fujing.compliance.rectification.policies import is_overdue
from fujing.compliance.rectification.queries import waiting_notices
from fujing.compliance.rectification.states import ANSWERERS, DRAFTERS, SIGNERS
from fujing.general.budget.queries import waiting_budgets
from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.recruitment.applications.models import Application, BackgroundCheck
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import waiting_consents
from fujing.recruitment.hiring.queries import without_contract
from fujing.recruitment.plans.queries import waiting_tasks
from fujing.recruitment.selection.models import Objection
from fujing.registry.models import Organ
from fujing.registry.states import ADMINISTRATORS, OFFICER_ROLES, PARTNER_ROLES
from fujing.web.desk.common import need
from fujing.web.navigation import HR

MOST = 20
NOTICE_TODOS = {
    "send": (SIGNERS, "督导整改通知待发出"),
    "receive": (DRAFTERS, "督导整改通知待签收"),
    "answer": (ANSWERERS, "督导整改待答复"),
    "review": (SIGNERS, "整改答复待审核"),
    "overdue": (SIGNERS, "发出的通知逾期未答复"),
    "escalated": (SIGNERS, "下级通知逾期，待催办"),
}
Todo = tuple[int, str, str, str]


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
    if actor.has("partner_finance"):
        add(waiting_budgets(actor).count(), "经费预算等待审核", reverse("desk:budgets"), "第八条")
    if actor.has("partner_hrss"):
        for consent in waiting_consents(actor)[:MOST]:
            label = f"{consent.get_purpose_display()}：{consent.document['title']}"
            add(
                1,
                label,
                reverse("desk:consent", args=[consent.pk]),
                f"{timezone.localdate(consent.asked_at)} 送办",
            )
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
    for count, label, url, note in [*_oversight_todos(actor), *_own_gaps(actor)]:
        add(count, label, url, note)
    return todos


def _oversight_todos(actor: Actor) -> Iterator[Todo]:
    """Notices and guidance that the actor's organ has to deal with (5.p2)."""
    for kind, rows in waiting_notices(actor, today()).items():
        roles, label = NOTICE_TODOS[kind]
        for notice in rows[:MOST] if actor.has(*roles) else ():
            yield 1, f"{label}：{notice.title}", reverse("desk:notice", args=[notice.pk]), due_note(notice)
    if not actor.has(*DRAFTERS):
        return
    unsigned = to_read(actor).count()
    yield unsigned, "指导文件待签收", f"{reverse('desk:guidances')}?state=unsigned", "第五条第二款"


def due_note(notice: Notice) -> str:
    """The deadline, and for how many days it has been over."""
    if notice.due_on is None:
        return "第五条第二款"
    late = f"，已逾期 {(today() - notice.due_on).days} 日" if is_overdue(notice) else ""
    return f"期限 {notice.due_on}{late}"


def _own_gaps(actor: Actor) -> Iterator[Todo]:
    """People of the bureau itself without unit or officer today (5.p1)."""
    code = actor.organ_code or 0
    if not actor.has("hr_officer", "hr_head") or code % 10**6:
        return
    for name, label in (("unit", "在职人员没有用人单位"), ("officer", "在职人员没有责任民警")):
        url = reverse("desk:oversight_behind", args=[code, name])
        yield WITHOUT[name](code, code + 10**6 - 1, today()).count(), label, f"{url}?own=1", "第五条第一款"
