"""报名审核: the review queue, one application, several at once."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.clock import today
from fujing.kernel.files import file_response
from fujing.law.formats.applicants import EDUCATION_LABEL
from fujing.law.provisions import cite
from fujing.law.rulebooks.applicant import Applicant
from fujing.law.rulebooks.recruitment import RECRUITMENT
from fujing.recruitment.applications.models import Application, Attachment
from fujing.recruitment.applications.queries import (
    RESULTS,
    WANTED,
    Group,
    application_for,
    check_for,
    findings_of,
    groups,
    next_in_queue,
    queue_of,
    screened,
    with_screening,
)
from fujing.recruitment.applications.review import AT_ONCE, application_review, applications_qualify
from fujing.recruitment.applications.screening import applications_screen
from fujing.recruitment.applications.states import APPLICATION, ApplicationState
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.web.acts import perform
from fujing.web.audience import HR
from fujing.web.desk.common import DateField, need, timeline_of
from fujing.web.desk.recruitment.background import READERS
from fujing.web.lists import filter_links

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


class ReviewForm(forms.Form):
    """Reasons that the applicant reads; what is missing and until when, for a return."""

    note = forms.CharField(
        label="审查意见",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不合格或退回补充时必填，报名人会看到",
    )
    missing = forms.MultipleChoiceField(
        label="需补充", required=False, choices=list(WANTED.items()), widget=forms.CheckboxSelectMultiple
    )
    until = DateField(label="补充截止日（含当日）", required=False)


def _narrowing(request: HttpRequest) -> dict[str, str]:
    """The filters in the address that mean something."""
    known: dict[str, Any] = {"state": ApplicationState.values, "result": RESULTS, "rule": RULE_LABELS}
    given = {name: request.GET.get(name, "") for name in FILTERS}
    return {name: value for name, value in given.items() if value and (name not in known or value in known[name])}


def _rows(campaign: Campaign) -> QuerySet[Application]:
    """What was submitted, with the masks of the latest screening."""
    rows = with_screening(Application.objects.filter(campaign=campaign), campaign)
    return rows.exclude(state=ApplicationState.DRAFT)


def _fits(group: Group, chosen: dict[str, str], but: str) -> bool:
    """Whether a group passes every filter in use except `but`."""
    return all(
        name == but or (value in group.rules if name == "rule" else getattr(group, name) == value)
        for name, value in chosen.items()
    )


def _filters(request: HttpRequest, campaign: Campaign, chosen: dict[str, str]) -> list[tuple[str, Any]]:
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


def queue(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *HR)
    campaign = campaign_for(actor, pk)
    if request.method == "POST":
        counts = perform(request, lambda: applications_screen(actor=actor, campaign=campaign))
        if counts is not None:
            messages.success(
                request,
                f"已逐人核对：符合 {counts['eligible']}，待核实 {counts['undetermined']}，不符合 {counts['ineligible']}。",
            )
        return redirect("desk:applications", pk)
    chosen, text = _narrowing(request), request.GET.get("q", "").strip()
    last = request.GET.get("after", "")
    after = Application.objects.filter(campaign=campaign, pk=int(last)).first() if last.isdigit() else None
    page = screened(queue_of(campaign, **chosen, name=text, after=after, size=PAGE + 1), campaign)
    query = request.GET.copy()
    query["after"] = str(page[PAGE - 1].pk) if len(page) > PAGE else ""
    context = {
        "campaign": campaign,
        "applications": page[:PAGE],
        "filters": _filters(request, campaign, chosen),
        "q": text,
        "narrowing": urlencode(chosen),
        "next_url": f"?{query.urlencode()}" if len(page) > PAGE else "",
        "previous_url": f"?{urlencode(chosen)}" if after else "",
        "may_review": actor.has("hr_officer", "hr_head"),
        "latest": campaign.screenings.order_by("-id").first(),
    }
    return render(request, "recruitment/applications.html", context)


def qualify(request: HttpRequest, pk: int) -> HttpResponse:
    """Those whom no rule questions, listed with the reason before anything happens."""
    actor = need(request, "hr_officer", "hr_head")
    campaign = campaign_for(actor, pk)
    post = request.GET.get("post", "")
    if request.method == "POST":
        seen = dict(_seen(token) for token in request.POST.getlist("seen"))
        done = perform(request, lambda: applications_qualify(actor=actor, campaign=campaign, seen=seen))
        if done:
            messages.success(request, f"{len(done)} 人资格审查合格，逐人作了决定。")
            return redirect("desk:applications", pk)
    found = queue_of(campaign, state="submitted", post=post, result="eligible", size=EVERY)
    clear = screened(found[:AT_ONCE], campaign)
    papers = Attachment.objects.filter(application__in=clear).select_related("file").order_by("kind")
    by_application: dict[int, list[Attachment]] = {}
    for paper in papers:
        by_application.setdefault(paper.application_id, []).append(paper)
    for row in clear:
        row.papers = by_application.get(row.pk, [])  # type: ignore[attr-defined]
        row.token = f"{row.pk}@{row.screened_at.isoformat() if row.screened_at else ''}"  # type: ignore[attr-defined]
        row.education_said = EDUCATION_LABEL.get(row.education, "")  # type: ignore[attr-defined]
    context = {"campaign": campaign, "rows": clear, "total": len(found), "post": post}
    return render(request, "recruitment/applications_qualify.html", context)


def _seen(token: str) -> tuple[int, datetime]:
    number, _, at = token.partition("@")
    try:
        return int(number), datetime.fromisoformat(at)
    except ValueError:
        raise Http404("名单无效") from None


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    actor = need(request, *READERS)
    application = application_for(actor, pk)
    chosen = _narrowing(request)
    form = ReviewForm(request.POST or None, initial={"until": today() + timedelta(days=COMPLETE_DAYS)})
    if request.method == "POST" and form.is_valid():
        verb = request.POST.get("verb", "")
        done = perform(
            request,
            lambda: application_review(
                actor=actor,
                application=application,
                verb=verb,
                note=form.cleaned_data["note"],
                missing=form.cleaned_data["missing"],
                until=form.cleaned_data["until"],
            ),
            form,
        )
        if done:
            messages.success(request, f"{application.name}：{done.get_state_display()}。")
            return redirect(_following(done, chosen))
    context = {
        "application": application,
        "findings": findings_of(application),
        "form": form,
        "templates": TEMPLATES,
        "attachments": application.attachments.select_related("file"),
        "check": check_for(actor, application),
        "moves": APPLICATION.open_to(actor, application.state),
        "timeline": timeline_of([application]),
        "education": EDUCATION_LABEL.get(application.education, ""),
        "narrowing": urlencode(chosen),
        "asked": [WANTED[each] for each in application.missing],
        "may_check": application.state == "qualified",
        "may_recover": actor.organ_code == application.organ_code and actor.has("hr_officer", "hr_head"),
    }
    return render(request, "recruitment/application.html", context, status=422 if form.errors else 200)


def _following(done: Application, chosen: dict[str, str]) -> str:
    """Where the queue goes on: the next under the same filters, else the queue."""
    others = {name: value for name, value in chosen.items() if name != "state"}
    following = next_in_queue(done, **others)
    query = f"?{urlencode(chosen)}" if chosen else ""
    if following is None:
        return reverse("desk:applications", args=[done.campaign_id]) + query
    return reverse("desk:application", args=[following]) + query


def attachment(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    actor = need(request, *HR)
    application = application_for(actor, pk)
    found = Attachment.objects.filter(application=application, pk=file).select_related("file").first()
    if found is None:
        raise Http404("没有这份材料")
    return file_response(found.file, inline=True)  # type: ignore[return-value]
