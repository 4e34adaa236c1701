"""报名审核: the review queue, one application, several at once."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.law.announcements.wording import number
from fujing.law.education import EDUCATION_LABEL
from fujing.law.provisions import cite
from fujing.law.rulebooks.applicant import Applicant
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.recruitment.applications.bonus import IN_REVIEW, IN_TIME, bonus_record, counts_points, range_of
from fujing.recruitment.applications.models import Application
from fujing.recruitment.applications.policies import can_review
from fujing.recruitment.applications.queries import (
    RESULTS,
    WANTED,
    Group,
    application_for,
    application_in,
    attachment_of,
    attachments_of,
    findings_of,
    groups,
    next_in_queue,
    queue_of,
    screened,
    submitted,
    verifications_of,
    with_screening,
)
from fujing.recruitment.applications.review import AT_ONCE, applications_qualify, unverified, verification_record
from fujing.recruitment.applications.screening import applications_screen
from fujing.recruitment.applications.states import ApplicationState
from fujing.recruitment.background.queries import check_for
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.recovery.policies import can_recover
from fujing.registry.search import whom
from fujing.web import values
from fujing.web.acts import acts_of, perform, take
from fujing.web.audience import HR, PERSONNEL, RECRUITING
from fujing.web.columns import Column, table_of
from fujing.web.desk.common import state_column, timeline_of
from fujing.web.desk.recruitment.review_acts import DEEDS, VERDICTS, BonusForm, ReviewForm, VerifyForm
from fujing.web.doors import door
from fujing.web.lists import MOST_EXPORTED, address, filter_links, kept, list_response, listed
from fujing.web.requests import Request

PAGE = 50
EVERY = 10**9
COMPLETE_DAYS = 3
"""Days that the form proposes for completing; the officer sets the day."""
RESULT_LABELS = {"eligible": "符合", "undetermined": "待核实", "ineligible": "不符合"}
RULE_LABELS = {
    rule.id: f"{cite(rule.provision)} {Applicant.declared()[rule.matter].label}" for rule in RECRUITMENT.rules
}
FILTERS = ("state", "post", "result", "rule")
TEMPLATES = (
    "学历证书不清楚，请重新上传",
    "请补充专业证书",
    "户籍信息不完整，请写到县（市、区）",
    "照片不是近期免冠照片",
)


def _narrowing(request: Request) -> dict[str, str]:
    """The filters in the address that mean something."""
    known: dict[str, Any] = {"state": ApplicationState.values, "result": RESULTS, "rule": RULE_LABELS}
    given = {name: values.words(request.GET, name) for name in FILTERS}
    return {name: value for name, value in given.items() if value and (name not in known or value in known[name])}


def _rows(campaign: Campaign) -> QuerySet[Application]:
    """What was submitted, with the masks of the latest screening."""
    return with_screening(submitted(campaign), campaign)


def _fits(group: Group, chosen: dict[str, str], but: str) -> bool:
    """Whether a group passes every filter in use except `but`."""
    return all(
        name == but or (value in group.rules if name == "rule" else getattr(group, name) == value)
        for name, value in chosen.items()
    )


def _filters(request: Request, campaign: Campaign, chosen: dict[str, str]) -> list[tuple[str, Any]]:
    """Every filter as links, each counted under the others; finding by finding an application counts several times."""
    found = groups(_rows(campaign))
    states = [(str(key), str(label)) for key, label in ApplicationState.choices if key != "draft"]
    posts = [(row.code, str(row)) for row in campaign.positions.order_by("code")]
    links = []
    for label, name, choices in (
        ("状态", "state", states),
        ("岗位", "post", posts),
        ("核对", "result", list(RESULT_LABELS.items())),
    ):
        counts: Counter[str] = Counter()
        for group in found:
            if _fits(group, chosen, name):
                counts[getattr(group, name)] += group.number
        links.append((label, filter_links(request, name, choices, counts)))
    asked: Counter[str] = Counter()
    for group in found:
        if _fits(group, chosen, "rule"):
            asked.update(dict.fromkeys(group.rules, group.number))
    several = [(key, f"{label} {asked[key]}") for key, label in RULE_LABELS.items() if asked[key]]
    links.append(("问题", filter_links(request, "rule", several)))
    return links


JUDGED = {"符合": "green", "待核实": "amber", "不符合": "red"}


def _judged(row: Any) -> str:
    """What the latest check says of an application."""
    return "不符合" if row.violates else "待核实" if row.lacks else "符合"


def _columns(narrowing: str) -> tuple[Column, ...]:
    query = f"?{narrowing}" if narrowing else ""
    return (
        Column("name", "姓名", link=lambda row: reverse("desk:application", args=[row.pk]) + query),
        Column("id_number", "身份号码", mask=True),
        Column("position", "岗位"),
        Column("birth_date", "出生日期", kind="date"),
        Column("submitted_at", "提交时间", kind="moment"),
        Column("judged", "核对", _judged, colour=lambda row: JUDGED[_judged(row)]),
        state_column(),
    )


@door(*HR)
def queue(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    campaign = campaign_for(actor, pk)
    if request.method == "POST":
        counts = perform(request, lambda: applications_screen(actor=actor, campaign=campaign))
        if counts is not None:
            messages.success(
                request,
                f"已逐人核对：符合 {counts['eligible']}，待核实 {counts['undetermined']}，不符合 {counts['ineligible']}。",
            )
        return redirect("desk:applications", pk)
    chosen, text = _narrowing(request), values.words(request.GET, "q")
    after = application_in(campaign, values.number(request.GET, "after", 0))
    size = MOST_EXPORTED if values.words(request.GET, "as") == "xlsx" else PAGE
    who = whom(actor, text) if text else None
    page = screened(queue_of(campaign, **chosen, who=who, after=after, size=size + 1), campaign)
    more = len(page) > size
    columns = _columns(urlencode(chosen))
    context = listed(
        request,
        columns,
        columns,
        page if size == MOST_EXPORTED else page[:size],
        "报名审核",
        filters=_filters(request, campaign, chosen),
        empty="还没有报名。",
    )
    context |= {
        "campaign": campaign,
        "q": text,
        "find_kept": kept(request, "q"),
        "next_url": address(request, after=str(page[size - 1].pk)) if more else "",
        "previous_url": address(request) if after else "",
        "may_review": can_review(actor, campaign.organ_code),
        "latest": campaign.screenings.order_by("-id").first(),
    }
    return list_response(request, context, "recruitment/applications.html")


CLEAR = (
    Column("pass", "通过", template="recruitment/qualify_pick.html", phone="pick"),
    Column("name", "姓名", link=lambda row: reverse("desk:application", args=[row.pk])),
    Column("position", "岗位"),
    Column("birth_date", "出生日期", kind="date"),
    Column("education", "学历", lambda row: EDUCATION_LABEL.get(row.education, "")),
    Column("household", "户籍", empty="未填", wrap=True),
    Column("papers", "材料", template="recruitment/qualify_papers.html"),
    Column("judged", "核对", lambda row: "全部符合", colour=lambda row: "green"),
)


@door(*PERSONNEL)
def qualify(request: Request, pk: int) -> HttpResponse:
    """Those whom no rule questions, listed with the reason before anything happens."""
    actor = request.actor
    campaign = campaign_for(actor, pk)
    post = values.words(request.GET, "post")
    if request.method == "POST":
        seen = dict(_seen(token) for token in values.several(request.POST, "seen"))
        done = perform(request, lambda: applications_qualify(actor=actor, campaign=campaign, seen=seen))
        if done:
            messages.success(request, f"{len(done)} 人资格审查合格，逐人作了决定。")
            return redirect("desk:applications", pk)
    found = queue_of(campaign, state="submitted", post=post, result="eligible", size=EVERY)
    clear = screened(found[:AT_ONCE], campaign)
    papers = attachments_of(clear)
    for row in clear:
        row.papers = papers.get(row.pk, [])  # type: ignore[attr-defined]
        row.token = f"{row.pk}@{row.screened_at.isoformat() if row.screened_at else ''}"  # type: ignore[attr-defined]
    context = {
        "campaign": campaign,
        "table": table_of(CLEAR, clear, "名单"),
        "shown": len(clear),
        "total": len(found) if len(found) > len(clear) else 0,
        "empty": "没有可以一并通过的报名。有不符合或者待核实条件的，请逐人审查。",
    }
    return render(request, "recruitment/applications_qualify.html", context)


def _seen(token: str) -> tuple[int, datetime]:
    of, _, at = token.partition("@")
    number = values.number_of(of)
    with suppress(ValueError):
        if number is not None:
            return number, datetime.fromisoformat(at)
    raise Http404("名单无效")


@door(*RECRUITING)
def detail(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    application = application_for(actor, pk)
    chosen = _narrowing(request)
    if request.method != "POST":
        return _page(request, actor, application, chosen)
    if "rule" in request.POST:
        return _verified(request, actor, application, chosen)
    if values.words(request.POST, "act") == "bonus":
        return _bonus(request, actor, application, chosen)
    return take(
        request,
        actor,
        application,
        DEEDS,
        back=request.get_full_path(),
        subject=f"{application.name}的报名",
        then=(lambda done: _following(done, chosen)) if values.words(request.POST, "verb") in VERDICTS else None,
        page=lambda form: _page(request, actor, application, chosen, form),
    )


def _verified(request: Request, actor: Actor, application: Application, chosen: dict[str, str]) -> HttpResponse:
    """One open condition looked into; its form stays open with what is missing."""
    rule, form = values.token(request.POST, "rule"), VerifyForm(request.POST)
    if form.is_valid():
        done = perform(
            request,
            lambda: verification_record(actor=actor, application=application, rule=rule, **form.cleaned_data),
            form,
        )
        if done:
            messages.success(request, f"已核实：{cite(done.provision)}。")
            return redirect(request.get_full_path())
    return _page(request, actor, application, chosen, verifying=(rule, form))


def _bonus(request: Request, actor: Actor, application: Application, chosen: dict[str, str]) -> HttpResponse:
    """Points of one applicant, verified or taken back."""
    form = BonusForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if perform(request, lambda: bonus_record(actor=actor, application=application, **data), form):
            messages.success(request, "已保存核定的加分。")
            return redirect(request.get_full_path())
    return _page(request, actor, application, chosen, bonus=form)


def _page(
    request: Request,
    actor: Actor,
    application: Application,
    chosen: dict[str, str],
    form: forms.Form | None = None,
    verifying: tuple[str, forms.Form] = ("", VerifyForm()),
    bonus: forms.Form | None = None,
) -> HttpResponse:
    """The application with what the law says of it, the papers, and the verdicts."""
    found = findings_of(application)
    now, later = acts_of(actor, application, DEEDS)
    acts = {act.verb: act for act in (*later, *now)}
    rule, unfinished = verifying
    reviewing = application.state in {"submitted", "returned"} and any(act.verb in VERDICTS for act in now)
    failed = any(each.errors for each in (unfinished, form, bonus) if each)
    announcement = application.campaign.announcement
    points = None if application.bonus_points is None else number(application.bonus_points)
    mine = can_review(actor, application.organ_code)
    context = {
        "application": application,
        "findings": found,
        "form": form or ReviewForm(initial={"until": today() + timedelta(days=COMPLETE_DAYS)}),
        "templates": TEMPLATES,
        "attachments": application.attachments.select_related("file"),
        "check": check_for(actor, application),
        "verdicts": [acts[verb] for verb in VERDICTS if verb in acts] if reviewing else [],
        "acts_now": [act for act in now if act.verb not in VERDICTS],
        "acts_not": [act for act in later if act.verb not in VERDICTS],
        "doubts": [
            (each, unfinished if each.rule == rule else VerifyForm(auto_id=f"id_{each.rule}_%s"))
            for each in unverified(application, found)
        ],
        "verified": verifications_of(application),
        "may_verify": application.state == "submitted" and mine,
        "counts_points": counts_points(announcement),
        "points": points,
        "points_range": [number(end) for end in range_of(announcement)],
        "bonus": bonus or BonusForm(initial={"points": points, "proof": application.bonus_proof}),
        "may_add": mine and application.state in IN_REVIEW and application.campaign.state in IN_TIME,
        "timeline": timeline_of([application]),
        "education": EDUCATION_LABEL.get(application.education, ""),
        "narrowing": urlencode(chosen),
        "asked": [WANTED[each] for each in application.missing],
        "may_check": application.state == "qualified",
        "may_recover": can_recover(actor, application),
    }
    return render(request, "recruitment/application.html", context, status=422 if failed else 200)


def _following(done: Application, chosen: dict[str, str]) -> str:
    """Where the queue goes on: the next under the same filters, else the queue."""
    others = {name: value for name, value in chosen.items() if name != "state"}
    following = next_in_queue(done, **others)
    query = f"?{urlencode(chosen)}" if chosen else ""
    if following is None:
        return reverse("desk:applications", args=[done.campaign_id]) + query
    return reverse("desk:application", args=[following]) + query


@door(*HR)
def attachment(request: Request, pk: int, file: int) -> HttpResponse:
    actor = request.actor
    application = application_for(actor, pk)
    return file_response(attachment_of(application, file).file, inline=True)  # type: ignore[return-value]
