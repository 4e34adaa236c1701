"""A plan on paper and in Excel, and the scans of what was decided on paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from fujing.kernel.actor import within
from fujing.kernel.files import file_response
from fujing.recruitment.plans.papers import request_of, sheet_of
from fujing.recruitment.plans.queries import figures_of, plan_for, whole_route
from fujing.recruitment.plans.sheets import LINE_COLUMNS
from fujing.registry.models import Organ, territory_of
from fujing.web.audience import HR, PARTNERS
from fujing.web.desk.common import need
from fujing.web.desk.sheets import PRINTERS, download, excel, excel_template


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The request (`kind=request`) or the approval sheet (`kind=sheet`), `as` docx or pdf."""
    actor = need(request, *HR, *PARTNERS)
    plan = plan_for(actor, pk)
    kind, suffix = request.GET.get("kind", "request"), request.GET.get("as", "pdf")
    if kind not in {"request", "sheet"} or suffix not in PRINTERS:
        raise Http404("没有这种文件")
    organ = Organ.objects.get(pk=plan.organ_code)
    route = whole_route(actor, plan)
    if kind == "request":
        first = route[0].assigned_name if route else (organ.parent.name if organ.parent else "")
        made = request_of(plan, organ, first, figures_of(actor, plan), route)
    else:
        made = sheet_of(plan, organ, route)
    printer, content_type = PRINTERS[suffix]
    return download(printer(made), f"{made.title}.{suffix}", content_type)


def lines_export(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines of one plan, in the columns that can be read in again."""
    plan = plan_for(need(request, *HR, *PARTNERS), pk)
    rows = [
        (line.post_name, line.get_category_display(), line.count, line.yearly_cost, line.reason)
        for line in plan.lines.all()
    ]
    return excel(f"{plan.year}年用人计划岗位", LINE_COLUMNS, rows)


def template(request: HttpRequest) -> HttpResponse:
    need(request, "hr_officer", "hr_head")
    return excel_template("用人计划岗位表", LINE_COLUMNS)


def scan(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """The scan behind a paper decision, for whoever sees the decision."""
    actor = need(request, *HR, *PARTNERS)
    plan = plan_for(actor, pk)
    asked = [task.pk for task in whole_route(actor, plan) if task.scan_id == file]
    if not asked:
        raise Http404("没有这份扫描件")
    with within(actor, *territory_of(plan.organ_code)):
        return file_response(plan.tasks.select_related("scan").get(pk=asked[0]).scan)  # type: ignore[arg-type]
