"""成绩: score sheets in, one row a person out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from fujing.law.formats.scores import COLUMNS, EXAMS, STAGE_LABELS
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.selection.models import StageScore
from fujing.recruitment.selection.policies import can_score
from fujing.recruitment.selection.queries import (
    corrections_of,
    ranked_applications,
    ranked_rows,
    scored_people,
    scores_by_stage,
    scores_of,
)
from fujing.recruitment.selection.services import scores_import
from fujing.registry.search import whom
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR
from fujing.web.columns import Column, table_of
from fujing.web.doors import door
from fujing.web.lists import filter_links, kept, list_of, list_response
from fujing.web.requests import Request
from fujing.web.sheets import excel_template

Part = tuple[str, str, str]
"""Stage, subject and judge: one result of a person."""
SIGNERS = ("录入人", "复核人", "纪检监督")


class ScoreForm(forms.Form):
    file = forms.FileField(label="成绩表（XLSX 或 CSV）")
    reason = forms.CharField(
        label="更正理由", max_length=200, required=False, help_text="成绩表更改已录入的成绩时必填，留在更正记录中"
    )


def _parts(campaign: Campaign, stage: str) -> list[Part]:
    """What the results of a campaign consist of, in the order of the announcement."""
    order = [each.kind for each in campaign.announcement.stages or ()]
    found = scores_of(campaign).order_by().values_list("stage", "item", "judge").distinct()
    known = [part for part in found if not stage or part[0] == stage]
    return sorted(known, key=lambda part: (order.index(part[0]) if part[0] in order else len(order), part[1], part[2]))


def _columns(parts: Sequence[Part]) -> list[Column]:
    def result(part: Part) -> Callable[[Any], Any]:
        return lambda row: row.results.get(part)

    return [
        Column("pk", "报名序号", lambda row: str(row.pk), sort="pk"),
        Column("name", "姓名", sort="name"),
        Column("position", "岗位", sort="position__code"),
        *(
            Column(
                f"part{place}",
                " ".join(filter(None, (STAGE_LABELS.get(part[0], part[0]), *part[1:]))),
                result(part),
                "score",
            )
            for place, part in enumerate(parts)
        ),
        Column("entered", "录入人"),
    ]


def _with_results(campaign: Campaign) -> Callable[[list[Application]], None]:
    """Gives a page of people their results, in one query."""

    def dress(people: list[Application]) -> None:
        found: dict[int, list[StageScore]] = {}
        for score in scores_of(campaign).filter(application__in=people).select_related(None):
            found.setdefault(score.application_id, []).append(score)
        for person in people:
            own = found.get(person.pk, [])
            person.results = {(each.stage, each.item, each.judge): each.score for each in own}  # type: ignore[attr-defined]
            person.entered = "、".join(dict.fromkeys(each.entered_by for each in own))  # type: ignore[attr-defined]

    return dress


CORRECTIONS = (
    Column("at", "时间", kind="moment"),
    Column("name", "姓名", "score.application.name"),
    Column("stage", "环节", lambda row: STAGE_LABELS.get(row.score.stage, row.score.stage)),
    Column("item", "科目", "score.item"),
    Column("before", "更正前", kind="score"),
    Column("after", "更正后", kind="score"),
    Column("by", "更正人"),
    Column("reason", "理由", wrap=True),
)


@door(*HR)
def scores(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    campaign = campaign_for(actor, pk)
    form = ScoreForm(values.sent(request), request.FILES or None)
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
    stage, name = values.words(request.GET, "stage"), values.words(request.GET, "q")
    counts = scores_by_stage(campaign)
    kinds = [(kind, label) for kind, label in STAGE_LABELS.items() if kind in counts]
    stage = stage if stage in counts else ""
    people = scored_people(campaign, stage)
    if name:
        people = people.filter(whom(actor, name))
    context = list_of(
        request,
        _columns(_parts(campaign, stage)),
        people,
        "成绩",
        dress=_with_results(campaign),
        filters=[("环节", filter_links(request, "stage", kinds, counts))],
        empty="还没有成绩。",
    )
    corrections = corrections_of(campaign)
    context |= {
        "campaign": campaign,
        "form": form,
        "corrections": table_of(CORRECTIONS, corrections, "更正记录") if corrections else None,
        "people": ranked_rows(campaign).count(),
        "q": name,
        "find_kept": kept(request, "q"),
        "may_enter": campaign.state == "closed" and can_score(actor, campaign.organ_code),
    }
    return list_response(
        request,
        context,
        "recruitment/scores.html",
        name=f"{campaign.title}成绩登记表",
        signers=SIGNERS if counts else (),
        status=422 if form.errors else 200,
    )


@door(*HR)
def template(request: Request, pk: int) -> HttpResponse:
    """The score sheet to be filled in: a line for each result that is still to come."""
    campaign = campaign_for(request.actor, pk)
    rows: list[tuple[str, str, str, str]] = []
    for application in ranked_applications(campaign):
        for stage in campaign.announcement.stages or ():
            wanted = stage.positions is None or application.position.code in stage.positions
            if stage.kind in EXAMS and wanted and application.state == "qualified":
                items = [paper.name for paper in stage.papers] or [""]
                rows += [(str(application.pk), STAGE_LABELS[stage.kind], item, "") for item in items]
    return excel_template("成绩表", [column for column in COLUMNS if column.key != "judge"], rows)
