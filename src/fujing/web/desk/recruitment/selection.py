"""成绩 and 排名: score sheets in and out, the ranking."""

from __future__ import annotations

import io

import xlsxwriter
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from fujing.law.formats.scores import EXAMS, STAGE_LABELS
from fujing.law.ranking.posts import FINALS
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.selection.models import Candidate
from fujing.recruitment.selection.queries import (
    candidates_of,
    corrections_of,
    latest_ranking,
    placed_by_post,
    ranked_applications,
    ranked_rows,
    scores_by_stage,
    scores_changed_since,
    scores_of,
)
from fujing.recruitment.selection.services import ranking_compute, scores_import
from fujing.recruitment.selection.states import CandidateStatus
from fujing.web.acts import perform
from fujing.web.audience import HR
from fujing.web.desk.common import need
from fujing.web.lists import Link, address, filter_links, paged

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ScoreForm(forms.Form):
    file = forms.FileField(label="成绩表（XLSX 或 CSV）")
    reason = forms.CharField(
        label="更正理由", max_length=200, required=False, help_text="成绩表更改已录入的成绩时必填，留在更正记录中"
    )


def sheet_response(
    name: str, header: list[str], rows: list[list[object]], *, choices: dict[int, list[str]] | None = None
) -> HttpResponse:
    """An Excel file of these rows, with drop-downs on some columns."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("数据")
    bold, text = book.add_format({"bold": True, "bg_color": "#EEF1F5"}), book.add_format({"num_format": "@"})
    sheet.write_row(0, 0, header, bold)
    sheet.set_column(0, len(header) - 1, 16, text)
    sheet.freeze_panes(1, 0)
    for index, row in enumerate(rows, start=1):
        sheet.write_row(index, 0, row)
    for column, words in (choices or {}).items():
        sheet.data_validation(1, column, max(len(rows), 1), column, {"validate": "list", "source": words})
    book.close()
    response = HttpResponse(buffer.getvalue(), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def scores(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *HR)
    campaign = campaign_for(actor, pk)
    form = ScoreForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload, reason = form.cleaned_data["file"], form.cleaned_data["reason"]
        counts = perform(
            request, lambda: scores_import(actor=actor, campaign=campaign, upload=upload, reason=reason), form
        )
        if counts is not None:
            messages.success(
                request, f"已导入：新增 {counts['added']} 条，更改 {counts['changed']} 条，未变 {counts['same']} 条。"
            )
            return redirect("desk:scores", pk)
    wanted = scores_of(campaign).defer("application__id_number", "application__phone")
    if (stage := request.GET.get("stage", "")) in STAGE_LABELS:
        wanted = wanted.filter(stage=stage)
    if found := request.GET.get("q", "").strip():
        wanted = wanted.filter(application__name__startswith=found)
    rows, pager = paged(request, wanted)
    corrections, counts = corrections_of(campaign), scores_by_stage(campaign)
    kinds = [(kind, label) for kind, label in STAGE_LABELS.items() if kind in counts]
    for row in (*rows, *(each.score for each in corrections)):
        row.stage_label = STAGE_LABELS.get(row.stage, row.stage)  # type: ignore[attr-defined]
    context = {
        "campaign": campaign,
        "form": form,
        "scores": rows,
        "corrections": corrections,
        "people": ranked_rows(campaign).count(),
        "filters": filter_links(request, "stage", kinds, counts),
        "q": found,
        **pager,
        "may_enter": campaign.state == "closed" and actor.has("hr_officer", "hr_head"),
    }
    return render(request, "recruitment/scores.html", context, status=422 if form.errors else 200)


def template(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *HR)
    campaign = campaign_for(actor, pk)
    rows: list[list[object]] = []
    for application in ranked_applications(campaign):
        for stage in campaign.announcement.stages or ():
            wanted = stage.positions is None or application.position.code in stage.positions
            if stage.kind in EXAMS and wanted and application.state == "qualified":
                items = [paper.name for paper in stage.papers] or [""]
                rows += [[str(application.pk), STAGE_LABELS[stage.kind], item, ""] for item in items]
    return sheet_response(f"scores-{campaign.pk}", ["报名序号", "环节", "科目", "成绩"], rows)


def _campaign_with_ranking(request: HttpRequest, pk: int) -> Campaign:
    return campaign_for(need(request, *HR), pk)


def ranking(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = _campaign_with_ranking(request, pk)
    actor = need(request, *HR)
    if request.method == "POST":
        made = perform(request, lambda: ranking_compute(actor=actor, campaign=campaign))
        if made:
            messages.success(request, "已按公告计算排名。")
        return redirect("desk:ranking", pk)
    found = latest_ranking(campaign)
    posts = {post["position"]: post for post in found.document["positions"]} if found else {}
    for post in posts.values():
        # 体检 and what follows have their own pages; nobody has passed them because of a ranking.
        post["stages"] = [stage for stage in post["stages"] if stage["kind"] not in FINALS]
        for stage in post["stages"]:
            stage["label"] = STAGE_LABELS.get(stage["kind"], stage["kind"])
    positions = list(campaign.positions.order_by("code"))
    asked = request.GET.get("post", "")
    chosen = next((each for each in positions if each.code == asked), positions[0] if positions else None)
    numbers = placed_by_post(found) if found else {}
    rows = candidates_of(found).filter(position=chosen) if found else Candidate.objects.none()
    if (status := request.GET.get("status", "")) in CandidateStatus.values:
        rows = rows.filter(status=status)
    if name := request.GET.get("q", "").strip():
        rows = rows.filter(application__name__startswith=name)
    places, pager = paged(request, rows.defer("finding", "application__id_number", "application__phone"))
    code = chosen.code if chosen else ""
    context = {
        "campaign": campaign,
        "ranking": found,
        "position": chosen,
        "post": posts.get(code),
        "places": places,
        "q": name,
        "posts": [
            Link(
                f"{each}", address(request, post=each.code), each.code == code, sum(numbers.get(each.code, {}).values())
            )
            for each in positions
        ],
        "statuses": filter_links(request, "status", CandidateStatus.choices, numbers.get(code, {})),
        **pager,
        "outdated": bool(found and scores_changed_since(found)),
        "may_rank": campaign.state == "closed" and actor.has("hr_officer", "hr_head"),
    }
    return render(request, "recruitment/ranking.html", context)


def export(request: HttpRequest, pk: int) -> HttpResponse:
    campaign = _campaign_with_ranking(request, pk)
    found = latest_ranking(campaign)
    if found is None:
        raise Http404("还没有排名")
    rows: list[list[object]] = [
        [
            p.position.code,
            p.position.name,
            p.rank or "",
            p.application.name,
            str(p.application_id),
            "" if p.total is None else float(p.total),
            p.get_status_display(),
            p.why,
        ]
        for p in candidates_of(found).defer("finding", "application__id_number", "application__phone")
    ]
    return sheet_response(
        f"ranking-{campaign.pk}", ["岗位代码", "岗位", "名次", "姓名", "报名序号", "总成绩", "结果", "说明"], rows
    )
