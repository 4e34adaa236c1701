"""排名: one row a person with every part of the result, printable for those who sign it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from fujing.law.formats.scores import STAGE_LABELS
from fujing.law.ranking.posts import FINALS
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.selection.parts import bonus_of, exams_of, part_of
from fujing.recruitment.selection.policies import can_score
from fujing.recruitment.selection.queries import candidates_of, latest_ranking, placed_by_post, scores_changed_since
from fujing.recruitment.selection.services import ranking_compute
from fujing.recruitment.selection.states import CandidateStatus
from fujing.registry.search import whom
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR
from fujing.web.columns import Column
from fujing.web.desk.common import state_column
from fujing.web.doors import door
from fujing.web.lists import Link, address, filter_links, kept, list_of, list_response
from fujing.web.requests import Request

EVERY = "all"
"""All posts in one list, in the order of their codes."""
SIGNERS = ("计算人", "复核人", "纪检监督", "人事负责人")


def columns_of(campaign: Campaign, post: str) -> list[Column]:
    """The columns for one post or, with EVERY, for all: its stages in the announced order."""
    order = [stage.kind for stage in campaign.announcement.stages or ()]
    stages = exams_of(campaign.announcement, None if post == EVERY else post)
    bonus = campaign.announcement.bonus is not None
    return [
        Column("rank", "名次", kind="integer", sort="rank"),
        *([Column("position", "岗位")] if post == EVERY else []),
        Column(
            "name", "姓名", "application.name", link=lambda row: reverse("desk:application", args=[row.application_id])
        ),
        Column("application_id", "报名序号", sort="application_id"),
        *(
            Column(stage.kind, STAGE_LABELS[stage.kind], partial(part_of, kind=stage.kind, order=order), "score")
            for stage in stages
        ),
        *([Column("bonus", "加分", bonus_of, "score")] if bonus else []),
        Column("total", "总成绩", kind="score", sort="-total"),
        state_column("结果", "status"),
        Column("why", "说明", wrap=True),
    ]


@door(*HR)
def ranking(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    campaign = campaign_for(actor, pk)
    if request.method == "POST":
        if perform(request, lambda: ranking_compute(actor=actor, campaign=campaign)):
            messages.success(request, "已按公告计算排名。")
        return redirect("desk:ranking", pk)
    found = latest_ranking(campaign)
    positions = list(campaign.positions.order_by("code"))
    codes = [each.code for each in positions]
    asked = values.words(request.GET, "post")
    code = asked if asked in {EVERY, *codes} else next(iter(codes), EVERY)
    numbers = placed_by_post(found) if found else {}
    counts = {each: sum(numbers.get(each, {}).values()) for each in codes}
    outcomes = [numbers.get(each, {}) for each in (codes if code == EVERY else [code])]
    by_status = {status: sum(each.get(status, 0) for each in outcomes) for status in CandidateStatus.values}
    rows = candidates_of(found)
    if code != EVERY:
        rows = rows.filter(position__code=code)
    if (status := values.words(request.GET, "status")) in CandidateStatus.values:
        rows = rows.filter(status=status)
    if name := values.words(request.GET, "q"):
        rows = rows.filter(whom(actor, name, at="application__"))
    posts = [
        Link(str(each), address(request, post=each.code), each.code == code, counts[each.code]) for each in positions
    ]
    if len(positions) > 1:
        posts.append(Link("全部岗位", address(request, post=EVERY), code == EVERY, sum(counts.values())))
    statuses = ("结果", filter_links(request, "status", CandidateStatus.choices, by_status))
    context = list_of(
        request,
        columns_of(campaign, code),
        rows.defer("application__id_number", "application__phone"),
        "排名",
        filters=[("岗位", posts), statuses] if len(posts) > 1 else [statuses],
        empty="没有符合条件的人。" if found else "还没有排名。导入成绩后计算。",
    )
    told = next((each for each in found.document["positions"] if each["position"] == code), None) if found else None
    post = next((str(each) for each in positions if each.code == code), "全部岗位")
    context |= {
        "campaign": campaign,
        "ranking": found,
        "post": f"{post}（{told['headcount']} 人{'' if told['opened'] else '，未开考'}）" if told else post,
        "stages": _stages_said(told) if told else "",
        "gaps": told["gaps"] if told else [],
        "q": name,
        "find_kept": kept(request, "q"),
        "outdated": bool(found and scores_changed_since(found)),
        "may_rank": campaign.state == "closed" and can_score(actor, campaign.organ_code),
        "summary": f"{found.made_by} {_minute(found)} 计算，输入摘要 {found.inputs[:16]}" if found else "",
    }
    if not found:
        context["export_url"] = ""
    return list_response(
        request,
        context,
        "recruitment/ranking.html",
        name=f"{campaign.title}成绩排名：{post}",
        signers=SIGNERS if found else (),
    )


def _minute(found: Any) -> str:
    return f"{timezone.localtime(found.made_at):%Y-%m-%d %H:%M}"


def _stages_said(post: dict[str, Any]) -> str:
    """How many entered and passed each stage; 体检 and what follows have their own pages."""
    said = []
    for stage in post["stages"]:
        if stage["kind"] not in FINALS:
            label = STAGE_LABELS.get(stage["kind"], stage["kind"])
            cut = f"，末位 {stage['cut']}" if stage["cut"] else ""
            said.append(f"{label} {stage['entered']} 人进入、{stage['passed']} 人通过{cut}")
    return "；".join(said)
