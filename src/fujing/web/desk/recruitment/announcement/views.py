"""修改公告: an overview of the draft in words, and a page for each part."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.digests import digest_of
from fujing.kernel.locks import relocked
from fujing.kernel.refusals import Refusal
from fujing.law.announcements.offered import offered, step_label
from fujing.law.announcements.procedure import LABELS
from fujing.law.announcements.wording import post_words, printed_words, scoring_words, stage_words, terms_words
from fujing.law.formats.stages import STAGE_KINDS
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for, institutions_of
from fujing.recruitment.campaigns.services import campaign_draft
from fujing.recruitment.plans.queries import approved_plans
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import PERSONNEL
from fujing.web.choices import among, suggest
from fujing.web.desk.recruitment.announcement.forms import BasicsForm
from fujing.web.desk.recruitment.announcement.guide import lacking, parts_of
from fujing.web.desk.recruitment.announcement.live import Sum, places_beside, weights_beside
from fujing.web.desk.recruitment.announcement.parts import Part, PartForm, Rows
from fujing.web.desk.recruitment.announcement.pieces import (
    SECTIONS,
    Piece,
    post_copied,
    post_piece,
    post_removed,
    stage_piece,
)
from fujing.web.desk.recruitment.announcement.stages import SimplifiedForm, inserted, moved, simplified
from fujing.web.desk.recruitment.announcement.start import posts_of_plan
from fujing.web.doors import door
from fujing.web.requests import Request
from fujing.web.seen import SeenWhole, last_change


@door(*PERSONNEL)
def overview(request: Request, pk: int) -> HttpResponse:
    """The draft as it will be printed, part by part, each with what the check says of it and the way to change it."""
    _, campaign = draft_of(request, pk)
    text, parts = campaign.announcement, parts_of(campaign)
    context = {
        "campaign": campaign,
        "announcement": text,
        "stages": [stage_words(stage) for stage in text.stages or ()],
        "posts": [(each, post_words(each), parts[f"post-{each.post.code}"]) for each in offered(text, today())],
        "scoring": scoring_words(text),
        "terms": terms_words(text),
        "printed": printed_words(text),
        "parts": parts,
        "lacking": lacking(campaign),
        "unwritten": posts_of_plan(campaign.plan, campaign.document) if campaign.plan else [],
    }
    return render(request, "recruitment/announcement/overview.html", context)


@door(*PERSONNEL)
def section(request: Request, pk: int, part: str) -> HttpResponse:
    if part not in SECTIONS:
        raise Http404("公告没有这一部分")
    return _edit(request, pk, SECTIONS[part], part)


@door(*PERSONNEL)
def post(request: Request, pk: int, code: str = "") -> HttpResponse:
    """One post; without a code a new one, or those of the plan that the draft doesn't have yet."""
    _, campaign = draft_of(request, pk)
    piece, act = post_piece(code, campaign.document), values.words(request.POST, "act")
    if code and not piece.read(campaign.document):
        raise Http404("公告没有这个岗位")
    if code and act == "delete":
        return _amended(request, pk, lambda document: post_removed(document, code))
    if code and act == "copy":
        return _amended(request, pk, lambda document: post_copied(document, code))
    if act == "plan" and campaign.plan:
        plan = campaign.plan
        return _amended(request, pk, lambda document: document["positions"].extend(posts_of_plan(plan, document)))
    deletable = bool(code) and len(campaign.document["positions"]) > 1
    return _edit(request, pk, piece, f"post-{code}", deletable=deletable, sums=places_beside(campaign, code))


@door(*PERSONNEL)
def stages(request: Request, pk: int) -> HttpResponse:
    """The steps in order: earlier, later, out, one more, and the simplified procedure."""
    _, campaign = draft_of(request, pk)
    form = SimplifiedForm(
        request.POST if values.words(request.POST, "act") == "simplify" else None, document=campaign.document
    )
    if request.method == "POST":
        seen, change = values.token(request.POST, "seen"), _step(request, form)
        if change is None:
            return _stages(request, campaign, form, 422)

        def amend(document: Part) -> None:
            if _order(document) != seen:
                raise Refusal(f"打开本页以后{last_change(campaign)}，没有保存。下面是现在的次序，请看过再改。")
            change(document)

        return _amended(request, pk, amend, to="desk:announcement_stages")
    return _stages(request, campaign, form, 200)


def _stages(request: Request, campaign: Campaign, form: SimplifiedForm, status: int) -> HttpResponse:
    steps = campaign.announcement.stages or ()
    there = {stage.kind for stage in steps}
    context = {
        "campaign": campaign,
        "form": form,
        "seen": _order(campaign.document),
        "parts": parts_of(campaign),
        "current": "stages",
        "steps": [(step_label(stage), stage_words(stage)) for stage in steps],
        "satisfied": [
            each for each in campaign.findings if each["provision"].startswith("21") and each["outcome"] == "satisfied"
        ],
        "more": [(kind, LABELS[kind]) for kind in STAGE_KINDS if kind not in there],
        "again": [(kind, LABELS[kind]) for kind in STAGE_KINDS if kind in there],
    }
    return render(request, "recruitment/announcement/stages.html", context, status=status)


def _order(document: Mapping[str, Any]) -> str:
    return digest_of([stage["kind"] for stage in document.get("stages") or ()])


def _step(request: Request, form: SimplifiedForm) -> Callable[[Part], None] | None:
    """What is to be done with the steps; None if the form is wrong."""
    act, _, of = values.words(request.POST, "act").partition("-")
    if act == "simplify":
        return (lambda document: simplified(document, form.cleaned_data["dropped"])) if form.is_valid() else None
    if act == "add" and (kind := values.choice(request.POST, "kind", STAGE_KINDS)):
        return lambda document: document.update(stages=inserted(document.get("stages") or [], kind))
    index = values.number_of(of)
    if act in {"up", "down", "out"} and index is not None:

        def change(document: Part) -> None:
            steps = document.get("stages") or []
            if act == "out":
                document["stages"] = [stage for place, stage in enumerate(steps) if place != index]
            else:
                document["stages"] = moved(steps, index, -1 if act == "up" else 1)

        return change
    raise Http404("没有这一步")


@door(*PERSONNEL)
def stage(request: Request, pk: int, index: int) -> HttpResponse:
    """One step; `all` in the address asks also what is unusual for its kind."""
    _, campaign = draft_of(request, pk)
    steps, everything = campaign.announcement.stages or (), "all" in request.GET
    if index >= len(steps):
        raise Http404("公告没有这个环节")
    piece = stage_piece(index, step_label(steps[index]), everything=everything)
    sums = weights_beside(campaign.announcement, index)
    return _edit(request, pk, piece, "stages", back="desk:announcement_stages", unusual=not everything, sums=sums)


def draft_of(request: Request, pk: int) -> tuple[Actor, Campaign]:
    """The actor and the draft; once it is asked about or public it isn't changed here any more."""
    actor = request.actor
    campaign = campaign_for(actor, pk)
    if campaign.state != "draft":
        raise Http404("公告不是草稿，不能修改")
    return actor, campaign


def _edit(
    request: Request,
    pk: int,
    piece: Piece,
    name: str,
    *,
    back: str = "desk:announcement",
    deletable: bool = False,
    unusual: bool = False,
    sums: Sequence[Sum] = (),
) -> HttpResponse:
    actor, campaign = draft_of(request, pk)
    part, posted = piece.read(campaign.document), values.sent(request)
    initial = piece.initial(campaign.document)
    if piece.form is BasicsForm:
        initial |= {"plan": campaign.plan_id, "retention_months": campaign.retention_months}
    form, rows = piece.form(posted, initial=initial), piece.rows(part, posted)
    if "plan" in form.fields:
        among(form, plan=approved_plans(actor.organ_code or 0))
    if "partner" in form.fields:
        suggest(form, partner=institutions_of(campaign.organ_code))
    valid = bool(posted) and all([form.is_valid(), *(each.formset.is_valid() for each in rows)])
    seen = SeenWhole(request, part)

    def save() -> Campaign:
        fresh = relocked(campaign)
        now = piece.read(fresh.document)
        seen.check(fresh, now, BESIDE, lambda: differences(piece, now, form, rows), "这一部分")
        return campaign_draft(
            actor=actor,
            document=piece.revised(fresh.document, form, rows),
            plan=form.cleaned_data.get("plan", fresh.plan),
            campaign=fresh,
            retention_months=form.cleaned_data.get("retention_months"),
        )

    saved = perform(request, save, form) if valid else None
    if saved:
        messages.success(request, f"已保存：{piece.title}。")
        return redirect(f"{reverse(back, args=[pk])}#{name}")
    parts = parts_of(campaign)
    context = {
        "campaign": campaign,
        "title": piece.title,
        "form": form,
        "rows": rows,
        "back": reverse(back, args=[pk]),
        "seen": seen.token,
        "deletable": deletable,
        "parts": parts,
        "current": name,
        "unusual": unusual,
        "sums": sums,
        "findings": parts[name].findings if name in parts else [],
    }
    return render(request, "recruitment/announcement/part.html", context, status=422 if posted else 200)


BESIDE = "下面列出现在的内容与您填写的不同之处，核对后再按保存，以您填写的为准。"


def differences(piece: Piece, now: Part, form: PartForm, rows: list[Rows]) -> list[str]:
    """Where a part as it now is differs from what was typed, in words."""
    theirs, found = piece.form(initial=piece.form.initial_of(now) if now else {}), []
    for bound in form:
        if bound.name in form.paths:
            stands, typed = theirs[bound.name].field.prepare_value(theirs[bound.name].initial), bound.data
            if theirs[bound.name].field.has_changed(theirs[bound.name].initial, typed):
                found.append(
                    f"{bound.label}：现在是{_said(bound.field, stands)}，您填写的是{_said(bound.field, typed)}"
                )
    for mine, other in zip(rows, piece.rows(now, None), strict=True):
        if [row.written_into(known) for row, known in mine.kept()] != other.known:
            found.append(f"{mine.heading}：现在是 {len(other.known)} 项，与您填写的不同")
    return found


def _said(field: Any, value: Any) -> str:
    """A field's value as the page shows it."""
    named = {str(key): str(label) for key, label in getattr(field, "choices", ())}
    values = value if isinstance(value, list) else [value]
    text = "、".join(named.get(str(each), str(each)) for each in values if each not in (None, "", False))
    return f"“{text}”" if text else "空"


def _amended(request: Request, pk: int, change: Callable[[Part], Any], to: str = "desk:announcement") -> HttpResponse:
    """Change the document as it now is, and say so."""
    actor, campaign = draft_of(request, pk)

    def save() -> Campaign:
        fresh = relocked(campaign)
        document = json.loads(json.dumps(fresh.document))
        change(document)
        return campaign_draft(actor=actor, document=document, plan=fresh.plan, campaign=fresh)

    if perform(request, save):
        messages.success(request, "已保存。")
    return redirect(to, pk)
