"""修改公告: an overview of the draft in words, and a page for each part."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.digests import digest_of
from fujing.kernel.locks import locked
from fujing.kernel.refusals import Refusal
from fujing.law.announcements.offered import offered, step_label
from fujing.law.announcements.procedure import LABELS
from fujing.law.announcements.wording import post_words, scoring_words, stage_words, terms_words
from fujing.law.formats.announcement import STAGE_KINDS
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.campaigns.services import campaign_draft
from fujing.recruitment.plans.queries import approved_plans
from fujing.web.acts import perform
from fujing.web.desk.announcement.forms import BasicsForm
from fujing.web.desk.announcement.parts import Part
from fujing.web.desk.announcement.pieces import SECTIONS, Piece, post_piece, post_removed, stage_piece
from fujing.web.desk.announcement.stages import SimplifiedForm, inserted, moved, simplified
from fujing.web.desk.common import need

MEANWHILE = "这一部分刚被别人改过，没有保存。请看过现在的内容再改。"


def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as it will be printed, part by part, each with the way to change it."""
    _, campaign = _draft(request, pk)
    text = campaign.announcement
    context = {
        "campaign": campaign, "announcement": text, "posts": [(each, post_words(each)) for each in offered(text, today())],
        "stages": [stage_words(stage) for stage in text.stages or ()], "scoring": scoring_words(text), "terms": terms_words(text),
        "violated": [found for found in campaign.findings if found["outcome"] == "violated"],
    }  # fmt: skip
    return render(request, "desk/announcement/overview.html", context)


def section(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    if part not in SECTIONS:
        raise Http404("公告没有这一部分")
    return _edit(request, pk, SECTIONS[part])


def post(request: HttpRequest, pk: int, code: str = "") -> HttpResponse:
    """One post; without a code a new one."""
    _, campaign = _draft(request, pk)
    piece = post_piece(code)
    if code and not piece.read(campaign.document):
        raise Http404("公告没有这个岗位")
    if code and request.POST.get("act") == "delete":
        return _amended(request, pk, lambda document: post_removed(document, code))
    return _edit(request, pk, piece, deletable=bool(code) and len(campaign.document["positions"]) > 1)


def stages(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps in order: earlier, later, out, one more, and the simplified procedure."""
    _, campaign = _draft(request, pk)
    form = SimplifiedForm(
        request.POST if request.POST.get("act") == "simplify" else None, document=campaign.document
    )
    if request.method == "POST":
        seen, change = request.POST.get("seen"), _step(request, form)
        if change is None:
            return _stages(request, campaign, form, 422)

        def amend(document: Part) -> None:
            if _order(document) != seen:
                raise Refusal(MEANWHILE)
            change(document)

        return _amended(request, pk, amend, to="desk:announcement_stages")
    return _stages(request, campaign, form, 200)


def _stages(request: HttpRequest, campaign: Campaign, form: SimplifiedForm, status: int) -> HttpResponse:
    steps = campaign.announcement.stages or ()
    context = {
        "campaign": campaign, "form": form, "seen": _order(campaign.document),
        "steps": [(step_label(stage), stage_words(stage)) for stage in steps],
        "more": [(kind, LABELS[kind]) for kind in STAGE_KINDS if kind not in {stage.kind for stage in steps}],
    }  # fmt: skip
    return render(request, "desk/announcement/stages.html", context, status=status)


def _order(document: Mapping[str, Any]) -> str:
    return digest_of([stage["kind"] for stage in document.get("stages") or ()])


def _step(request: HttpRequest, form: SimplifiedForm) -> Callable[[Part], None] | None:
    """What is to be done with the steps; None if the form is wrong."""
    act, _, of = request.POST.get("act", "").partition("-")
    if act == "simplify":
        return (
            (lambda document: simplified(document, form.cleaned_data["dropped"])) if form.is_valid() else None
        )
    if act == "add" and request.POST.get("kind") in STAGE_KINDS:
        kind = request.POST["kind"]
        return lambda document: document.update(stages=inserted(document.get("stages") or [], kind))
    if act in {"up", "down", "out"} and of.isdecimal():
        index = int(of)

        def change(document: Part) -> None:
            steps = document.get("stages") or []
            if act == "out":
                document["stages"] = [stage for place, stage in enumerate(steps) if place != index]
            else:
                document["stages"] = moved(steps, index, -1 if act == "up" else 1)

        return change
    raise Http404("没有这一步")


def stage(request: HttpRequest, pk: int, index: int) -> HttpResponse:
    _, campaign = _draft(request, pk)
    steps = campaign.announcement.stages or ()
    if index >= len(steps):
        raise Http404("公告没有这个环节")
    return _edit(request, pk, stage_piece(index, step_label(steps[index])), back="desk:announcement_stages")


def _draft(request: HttpRequest, pk: int) -> tuple[Actor, Campaign]:
    """The actor and the draft; once it is asked about or public it isn't changed here any more."""
    actor = need(request, "hr_officer", "hr_head")
    campaign = campaign_for(actor, pk)
    if campaign.state != "draft":
        raise Http404("公告不是草稿，不能修改")
    return actor, campaign


def _edit(
    request: HttpRequest, pk: int, piece: Piece, *, back: str = "desk:announcement", deletable: bool = False
) -> HttpResponse:
    actor, campaign = _draft(request, pk)
    part, posted = piece.read(campaign.document), request.POST or None
    initial = piece.form.initial_of(part)
    if piece.form is BasicsForm:
        initial |= {"plan": campaign.plan_id, "retention_months": campaign.retention_months}
    form, rows = piece.form(posted, initial=initial), piece.rows(part, posted)
    if "plan" in form.fields:
        form.fields["plan"].queryset = approved_plans(actor.organ_code or 0)  # type: ignore[attr-defined]
    valid = bool(posted) and all([form.is_valid(), *(each.formset.is_valid() for each in rows)])

    def save() -> Campaign:
        (fresh,) = locked(Campaign.objects.filter(pk=pk))
        now = piece.read(fresh.document)
        if digest_of(now) != request.POST.get("seen"):
            raise Refusal(MEANWHILE)
        return campaign_draft(
            actor=actor, document=piece.revised(fresh.document, form, rows), plan=form.cleaned_data.get("plan", fresh.plan), campaign=fresh,
            retention_months=form.cleaned_data.get("retention_months"),
        )  # fmt: skip

    saved = perform(request, save, form) if valid else None
    if saved:
        messages.success(request, f"已保存：{piece.title}。")
        return redirect(back, pk)
    context = {
        "campaign": campaign, "title": piece.title, "form": form, "rows": rows, "back": reverse(back, args=[pk]),
        "seen": request.POST.get("seen") or digest_of(part), "deletable": deletable,
    }  # fmt: skip
    return render(request, "desk/announcement/part.html", context, status=422 if posted else 200)


def _amended(
    request: HttpRequest, pk: int, change: Callable[[Part], None], to: str = "desk:announcement"
) -> HttpResponse:
    """Change the document as it now is, and say so."""
    actor, _ = _draft(request, pk)

    def save() -> Campaign:
        (fresh,) = locked(Campaign.objects.filter(pk=pk))
        document = json.loads(json.dumps(fresh.document))
        change(document)
        return campaign_draft(actor=actor, document=document, plan=fresh.plan, campaign=fresh)

    if perform(request, save):
        messages.success(request, "已保存。")
    return redirect(to, pk)
