"""考核 as Excel: scores of many by one sheet with a preview, and a year's grades for a batch of promotions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from fujing.kernel.actor import Actor
from fujing.kernel.counts import counted_by
from fujing.law.appraisal.grades import BEST
from fujing.law.appraisal.scheme import HEADINGS
from fujing.law.formats.tiers import APPRAISALS_COLUMNS
from fujing.management.appraisal.models import Round
from fujing.management.appraisal.queries import outstanding, round_for, sheets_in, to_score
from fujing.management.appraisal.sheets import Scored, sheets_score
from fujing.management.appraisal.states import Period, RoundState, SheetState
from fujing.management.appraisal.tables import SCORE_COLUMNS, rows_to_fill, scores_read
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import APPRAISING, HR, PERSONNEL
from fujing.web.columns import Column, Table, table_of
from fujing.web.desk.common import names_organs
from fujing.web.desk.management.appraisals import points
from fujing.web.doors import door
from fujing.web.lists import filter_links, list_of, list_response
from fujing.web.previews import confirmed, sealed
from fujing.web.requests import Request
from fujing.web.sheets import excel, excel_template, faults_of

SALT = "appraisal-scores"


def _at(key: str) -> Callable[[dict[str, Any]], Any]:
    return lambda row: row[key]


PREVIEW = (
    Column("name", "姓名", _at("name")),
    *(Column(key, label, _at(key)) for key, label in HEADINGS.items()),
    Column("total", "按权重合计", _at("total")),
    Column("absent_days", "缺勤日数", _at("absent_days"), "integer", empty="没有填"),
    Column("words", "评语", _at("words"), wrap=True),
)


class SheetForm(forms.Form):
    file = forms.FileField(label="表格", help_text="下载等您评分的人员，填好分数和评语后上传；Excel 或 CSV")


@door(*APPRAISING)
def appraisal_scores(request: Request, pk: int) -> HttpResponse:
    """Read a sheet of scores and show it; only confirming what was shown writes."""
    actor = request.actor
    row = round_for(actor, pk)
    if values.token(request.POST, "confirmed"):
        return _confirm(request, row)
    form = SheetForm(values.sent(request), request.FILES or None)
    scored: dict[int, Scored] = {}
    faults: Table | None = None
    if request.method == "POST" and form.is_valid():
        scored, table = scores_read(actor=actor, round_=row, upload=form.cleaned_data["file"])
        faults = faults_of(table)
    context = {
        "title": f"{row.title}：用表格评分",
        "row": row,
        "form": form,
        "faults": faults,
        "waiting": to_score(actor, row).count(),
        "count": len(scored),
        "preview": table_of(PREVIEW, _preview(row, scored), "将要写入的评分") if scored else None,
        "confirmed": _sealed(actor, row, scored) if scored else "",
    }
    return render(request, "management/appraisal_scores.html", context, status=422 if form.errors or faults else 200)


@door(*APPRAISING)
def appraisal_scores_template(request: Request, pk: int) -> HttpResponse:
    """The sheet for scoring, with whoever waits for the actor."""
    actor = request.actor
    row = round_for(actor, pk)
    return excel_template(f"{row.title}评分表", SCORE_COLUMNS, rows_to_fill(to_score(actor, row)))


def _preview(row: Round, scored: dict[int, Scored]) -> list[dict[str, Any]]:
    names = dict(sheets_in(row).filter(pk__in=list(scored)).values_list("pk", "name"))
    weights = row.rules.weights
    return [
        {
            "name": names[pk],
            **{key: points(each.points[key]) for key in HEADINGS},
            "total": points(sum((weights[key] * each.points[key] for key in HEADINGS), Decimal(0)) / 100),
            "absent_days": each.absent_days,
            "words": each.words,
        }
        for pk, each in scored.items()
    ]


def _sealed(actor: Actor, row: Round, scored: dict[int, Scored]) -> str:
    """What the page shows, signed, so that exactly this is confirmed."""
    said = [
        [pk, [str(each.points[key]) for key in HEADINGS], each.words, each.absent_days] for pk, each in scored.items()
    ]
    return sealed(SALT, said, account=actor.account_id, round=row.pk)


def _confirm(request: Request, row: Round) -> HttpResponse:
    actor = request.actor
    said = confirmed(request, SALT, account=actor.account_id, round=row.pk)
    if said is None:
        return redirect("desk:appraisal_scores", row.pk)
    scored = {
        pk: Scored(dict(zip(HEADINGS, map(Decimal, given), strict=True)), words, absent)
        for pk, given, words, absent in said
    }
    done = perform(request, lambda: sheets_score(actor=actor, scored=scored))
    if done is None:
        return redirect("desk:appraisal_scores", row.pk)
    messages.success(request, f"已评 {done} 人。")
    return redirect("desk:appraisal", row.pk)


@door(*PERSONNEL)
def appraisal_tiers(request: Request, pk: int) -> HttpResponse:
    """A year's final grades as a batch of promotions reads them (Article 23), by the number of each person's file."""
    row = round_for(request.actor, pk)
    if row.state != RoundState.CLOSED or row.period != Period.YEAR:
        raise Http404("没有最终等次")
    sheets = sheets_in(row).filter(state=SheetState.GRADED)
    rows = [(str(each), row.first.year, grade) for each, grade in sheets.values_list("person_id", "result")]
    return excel(f"{row.title}年度考核表", APPRAISALS_COLUMNS, rows)


LISTED = (
    Column("name", "姓名"),
    Column("organ_name", "管理机关"),
    Column("unit", "用人单位", lambda row: row.unit.short_name if row.unit else None, empty="未安排"),
    Column("post", "岗位", phone="folded"),
    Column("year", "年度", lambda row: row.round.first.year, "integer"),
    Column("result", "等次"),
    Column("total", "总分", lambda row: points(row.total)),
    Column("because", "依据", "grade_because", wrap=True),
    Column(
        "document", "方案依据", lambda row: row.round.scheme["document"], wrap=True, empty="没有登记", phone="folded"
    ),
    Column("decided", "决定", lambda row: f"{row.round.decided_on} {row.round.decided_by}", phone="folded"),
    Column("public", "公示", lambda row: f"{row.round.publicity_from}至{row.round.publicity_to}", phone="folded"),
)


@door(*HR)
def appraisal_outstanding(request: Request) -> HttpResponse:
    """优秀 and 特别优秀 people by year, with the evidence, to be exported for special recruitment (Article 38)."""
    rows = outstanding(request.actor)
    years = [
        (f"{year}", f"{year}年") for year in rows.order_by().values_list("round__first__year", flat=True).distinct()
    ]
    years.sort(reverse=True)
    year = values.choice(request.GET, "year", dict(years), "")
    grade = values.choice(request.GET, "grade", dict.fromkeys(BEST), "")
    found = rows.filter(round__first__year=year) if year else rows
    found = found.filter(result=grade) if grade else found
    links = [
        ("年度", filter_links(request, "year", years)),
        ("等次", filter_links(request, "grade", [(each, each) for each in BEST], counted_by(rows, "result"))),
    ]
    context = list_of(
        request,
        LISTED,
        found,
        "优秀名单",
        dress=names_organs(organ_name="organ_code"),
        filters=links,
        empty="还没有办结的年度考核评出优秀。",
    )
    context["summary"] = (
        "年度考核办结后列入：面向特别优秀、优秀警务辅助人员的专项招录按国家和省有关规定执行（第三十八条）。"
    )
    return list_response(request, context)
