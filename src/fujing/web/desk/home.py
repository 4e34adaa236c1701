"""工作台: what waits for the actor, oldest kind first, every count a link to its list."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from fujing.compliance.guidance.queries import to_read
from fujing.compliance.oversight.gaps import WITHOUT
from fujing.compliance.rectification.policies import is_overdue
from fujing.compliance.rectification.queries import waiting_notices
from fujing.compliance.rectification.states import ANSWERERS, DRAFTERS, SIGNERS
from fujing.general.budget.queries import waiting_budgets
from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.law.periods import months_later
from fujing.recruitment.campaigns.queries import waiting_consents
from fujing.recruitment.hiring.queries import without_contract
from fujing.recruitment.plans.queries import waiting_tasks
from fujing.registry.models import Organ
from fujing.registry.states import ADMINISTRATORS, OFFICER_ROLES, PARTNER_ROLES
from fujing.web.audience import HR
from fujing.web.desk.common import need
from fujing.web.desk.recruitment.todos import MOST, Todo, recruitment_todos

NOTICE_TODOS = {
    "send": (SIGNERS, "督导整改通知待发出"),
    "receive": (DRAFTERS, "督导整改通知待签收"),
    "answer": (ANSWERERS, "督导整改待答复"),
    "review": (SIGNERS, "整改答复待审核"),
    "overdue": (SIGNERS, "发出的通知逾期未答复"),
    "escalated": (SIGNERS, "下级通知逾期，待催办"),
}


def home(request: HttpRequest) -> HttpResponse:
    actor = need(request, *OFFICER_ROLES, *PARTNER_ROLES, *ADMINISTRATORS)
    organ = Organ.objects.get(pk=actor.organ_code or 0)
    numbers: list[tuple[str, int, str]] = []
    if actor.has(*HR) and organ.manages:
        account = quota_of(organ.code)
        quota, people = reverse("desk:quota"), reverse("desk:people")
        numbers = [
            ("核定额度", account.granted, quota),
            ("本级在职", account.in_service, people),
            ("空余额度", account.free, quota),
        ]
    return render(
        request, "desk/home.html", {"organ": organ, "today": today(), "todos": todos_of(actor), "numbers": numbers}
    )


def todos_of(actor: Actor) -> list[Todo]:
    """What the actor may do now, oldest deadline first; nothing is listed that somebody else must do."""
    todos = [
        *_approvals(actor),
        *recruitment_todos(actor),
        *_contracts(actor),
        *_oversight_todos(actor),
        *_own_gaps(actor),
    ]
    return sorted((each for each in todos if each.count), key=lambda each: each.order)


def _approvals(actor: Actor) -> Iterator[Todo]:
    """Plans, budgets and recruitments that the actor's office is asked about."""
    if actor.has("hr_head", "organ_leader", *PARTNER_ROLES):
        yield Todo(len(list(waiting_tasks(actor))), "用人计划等待办理", reverse("desk:plans"), "第十六条")
    if actor.has("partner_finance"):
        yield Todo(waiting_budgets(actor).count(), "经费预算等待审核", reverse("desk:budgets"), "第八条")
    if actor.has("partner_hrss"):
        for consent in waiting_consents(actor)[:MOST]:
            label = f"{consent.get_purpose_display()}：{consent.document['title']}"
            since = timezone.localdate(consent.asked_at)
            yield Todo(1, label, reverse("desk:consent", args=[consent.pk]), f"{since} 送办", since=since)


def _contracts(actor: Actor) -> Iterator[Todo]:
    """A labour contract is signed within one month of the first day of work (Labour Contract Law 10)."""
    if not actor.has("hr_officer", "hr_head"):
        return
    due = without_contract(actor)
    first = due.first()
    if first is not None:
        url = f"{reverse('desk:people')}?due=none"
        by = months_later(first.span.lower, 1)
        yield Todo(
            due.count(), "已聘用未签劳动合同", url, f"最早 {first.span.lower} 上岗，一个月内签订，第二十二条", by
        )


def _oversight_todos(actor: Actor) -> Iterator[Todo]:
    """Notices and guidance that the actor's organ has to deal with (5.p2)."""
    for kind, rows in waiting_notices(actor, today()).items():
        roles, label = NOTICE_TODOS[kind]
        for notice in rows[:MOST] if actor.has(*roles) else ():
            url = reverse("desk:notice", args=[notice.pk])
            due = None if notice.due_on and notice.due_on < today() and not is_overdue(notice) else notice.due_on
            yield Todo(1, f"{label}：{notice.title}", url, "第五条第二款", due)
    if actor.has(*DRAFTERS):
        url = f"{reverse('desk:guidances')}?state=unsigned"
        yield Todo(to_read(actor).count(), "指导文件待签收", url, "第五条第二款")


def _own_gaps(actor: Actor) -> Iterator[Todo]:
    """People of the bureau itself without unit or officer today (5.p1)."""
    code = actor.organ_code or 0
    if not actor.has("hr_officer", "hr_head") or code % 10**6:
        return
    for name, label in (("unit", "在职人员没有用人单位"), ("officer", "在职人员没有责任民警")):
        url = reverse("desk:oversight_behind", args=[code, name])
        yield Todo(WITHOUT[name](code, code + 10**6 - 1, today()).count(), label, f"{url}?own=1", "第五条第一款")
