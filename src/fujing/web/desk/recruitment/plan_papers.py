"""A plan on paper and in Excel, and the scans of what was decided on paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase

from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import within
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.recruitment.plans.models import HeadcountPlan
from fujing.recruitment.plans.papers import UNSENT, request_facts, request_of, sheet_of
from fujing.recruitment.plans.queries import asked_organ, plan_for, reading, requests_of, tasks_of, whole_route
from fujing.recruitment.plans.sheets import LINE_COLUMNS
from fujing.recruitment.plans.states import PlanState
from fujing.registry.models import territory_of
from fujing.registry.moving_in.queries import undated_people
from fujing.registry.queries import organ_at
from fujing.registry.states import Level
from fujing.web import values
from fujing.web.audience import HR, PARTNERS, PERSONNEL
from fujing.web.doors import door
from fujing.web.requests import Request
from fujing.web.sheets import excel, excel_template, paper_kind, printed


@door(*HR, *PARTNERS)
def paper(request: Request, pk: int) -> HttpResponse:
    """The request (`kind=request`) or the approval sheet (`kind=sheet`), `as` docx or pdf."""
    actor = request.actor
    plan = plan_for(actor, pk)
    kind, suffix = values.words(request.GET, "kind") or "request", paper_kind(request)
    if kind not in {"request", "sheet"}:
        raise Http404("没有这种文件")
    with reading(actor, plan):
        rounds = requests_of(plan)
        asked = values.words(request.GET, "round")
        sent = next((each for each in rounds if str(each.round) == asked), None) if asked else None
        if asked and sent is None:
            raise Http404("没有这次报送")
        # What is with its author prints what it would send now, everything else what was sent; what was answered
        # stands on the sheet beside the answers.
        if sent is None and rounds and (kind == "sheet" or plan.state not in UNSENT):
            sent = rounds[-1]
        facts = sent.facts if sent else _facts_now(plan)
        last = rounds[-1].round if rounds else 0
        made = request_of(plan, facts, sent, last) if kind == "request" else sheet_of(plan, facts, tasks_of(plan))
    if sent and not sent.intact:
        raise Http404("报送内容与摘要不符")
    return printed(made, suffix)


def _facts_now(plan: HeadcountPlan) -> dict[str, Any]:
    organ = organ_at(plan.organ_code)
    provincial = plan.level == Level.PROVINCE
    first = asked_organ(plan, PlanState.ESTABLISHMENT) if provincial else organ.parent
    undated = undated_people(organ.code, organ.code, today()).count()
    return request_facts(plan, organ.name, first.name if first else "", quota_of(organ.code), undated)


@door(*HR, *PARTNERS)
def lines_export(request: Request, pk: int) -> HttpResponse:
    """The lines of one plan, in the columns that can be read in again."""
    plan = plan_for(request.actor, pk)
    rows = [
        (line.post_name, line.get_category_display(), line.count, line.yearly_cost, line.reason)
        for line in plan.lines.all()
    ]
    return excel(f"{plan.year}年用人计划岗位", LINE_COLUMNS, rows)


@door(*PERSONNEL)
def template(request: Request) -> HttpResponse:
    return excel_template("用人计划岗位表", LINE_COLUMNS)


@door(*HR, *PARTNERS)
def scan(request: Request, pk: int, file: int) -> HttpResponseBase:
    """The scan behind a paper decision, for whoever sees the decision."""
    actor = request.actor
    plan = plan_for(actor, pk)
    asked = [task.pk for task in whole_route(actor, plan) if task.scan_id == file]
    if not asked:
        raise Http404("没有这份扫描件")
    with within(actor, *territory_of(plan.organ_code)):
        return file_response(plan.tasks.select_related("scan").get(pk=asked[0]).scan)  # type: ignore[arg-type]
