"""报名: choosing a post, stating the facts, handing in papers. Nothing typed or uploaded is ever lost."""

from __future__ import annotations

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal
from fujing.law.announcements.offered import offered
from fujing.law.announcements.wording import post_words
from fujing.recruitment.applications.completeness import facts_to_state, lacking, unanswered
from fujing.recruitment.applications.models import Application, Attachment
from fujing.recruitment.applications.queries import WANTED, own_application_to
from fujing.recruitment.applications.services import (
    application_attach,
    application_save,
    application_submit,
    submission_check,
)
from fujing.recruitment.applications.states import APPLICATION, ApplicationState
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.recruitment.campaigns.queries import published_campaign, registration_open
from fujing.registry.queries import own_account
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.public.forms import ATTACHMENTS, ApplicationForm, answers_of
from fujing.web.public.papers import shown
from fujing.web.public.views import applicant_of, to_sign_in
from fujing.web.requests import Request


def apply(request: Request, pk: int) -> HttpResponse:
    """The form: saved as often as wanted, handed in when complete, or knowingly while something is missing."""
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    campaign = published_campaign(pk)
    existing = own_application_to(actor, pk)
    if existing and existing.state not in {ApplicationState.DRAFT, ApplicationState.RETURNED}:
        return redirect("public:application", existing.pk)
    if not existing and not registration_open(campaign):
        messages.error(request, "现在不在报名时间内。")
        return redirect("public:announcement", pk)
    chosen = existing.position if existing else _chosen(request, campaign)
    if chosen is None and request.method != "POST":
        posts = [(each, post_words(each)) for each in offered(campaign.announcement, today())]
        return render(request, "public/apply_post.html", {"campaign": campaign, "posts": posts})
    form = _form(request, campaign, existing, chosen)
    act = values.words(request.POST, "act")
    saved = existing
    if request.method == "POST":
        saved = _save(request, actor, campaign, form, chosen) or existing
        if saved and not form.errors and act not in {"check", "submit"}:
            messages.success(request, "已保存，还没有提交。")
            return redirect("public:apply", pk)
    returned = saved is not None and saved.state == ApplicationState.RETURNED
    lacks = (unanswered(saved) if returned else lacking(saved)) if saved else []
    complete = saved is not None and not form.errors and (act == "submit" or (act == "check" and not lacks))
    if saved and complete and perform(request, lambda: _checked(actor, saved), form, writes=False):
        return redirect("public:apply_check", pk)
    context = {
        "form": form,
        "campaign": campaign,
        "application": saved,
        "chosen": chosen,
        "lacks": lacks,
        "stopped": act == "check" and bool(lacks) and not form.errors,
        "account": own_account(actor),
        "asked": [WANTED[each] for each in existing.missing] if existing else [],
        "files": [shown(saved, each) for each in _files(saved)] if saved else [],
    }
    return render(request, "public/apply.html", context, status=422 if form.errors or context["stopped"] else 200)


def _checked(actor: Actor, application: Application) -> bool:
    submission_check(actor=actor, application=application)
    return True


def check(request: Request, pk: int) -> HttpResponse:
    """Every answer once more before the application is handed in; only the button on this page does it."""
    actor = applicant_of(request)
    if actor is None:
        return to_sign_in(request)
    campaign = published_campaign(pk)
    application = own_application_to(actor, pk)
    if application is None or application.state not in {ApplicationState.DRAFT, ApplicationState.RETURNED}:
        return redirect("public:application", application.pk) if application else redirect("public:apply", pk)
    if values.words(request.POST, "act") == "submit":
        if perform(request, lambda: application_submit(actor=actor, application=application)):
            return redirect("public:application", application.pk)
        return redirect("public:apply", pk)
    context = {
        "campaign": campaign,
        "application": application,
        "answers": answers_of(application, facts_to_state(campaign.announcement, application.missing)),
        "files": _files(application),
        "lacks": lacking(application),
        "follows": next(move for move in APPLICATION.from_state(application.state) if move.verb == "submit"),
    }
    return render(request, "public/apply_check.html", context)


def _chosen(request: Request, campaign: Campaign) -> Position | None:
    """The post named in the address, or the only one that there is."""
    posts = list(campaign.positions.all())
    code = values.words(request.GET, "post")
    return posts[0] if len(posts) == 1 else next((post for post in posts if post.code == code), None)


def _form(
    request: Request, campaign: Campaign, existing: Application | None, chosen: Position | None
) -> ApplicationForm:
    missing = existing.missing if existing and existing.state == ApplicationState.RETURNED else ()
    initial = ApplicationForm.initial_of(existing) if existing else {"position": chosen.pk if chosen else None}
    return ApplicationForm(
        values.sent(request),
        request.FILES or None,
        initial=initial,
        posts=campaign.positions.order_by("code"),
        asked=facts_to_state(campaign.announcement, missing),
        only=frozenset(missing),
    )


def _files(application: Application) -> list[Attachment]:
    return list(application.attachments.select_related("file").order_by("pk"))


def _save(
    request: Request, actor: Actor, campaign: Campaign, form: ApplicationForm, chosen: Position | None
) -> Application | None:
    """Save what was understood, then each paper. A refused field or paper takes nothing else with it."""
    form.is_valid()
    position = form.cleaned_data.get("position") or chosen
    if position is None:
        return None
    refused = bool(form.errors)
    saved = perform(
        request, lambda: application_save(actor=actor, campaign=campaign, position=position, facts=form.facts()), form
    )
    if saved is None:
        return None
    for field, kind, _ in ATTACHMENTS:
        if upload := form.cleaned_data.get(field):
            _attach(form, field, actor, saved, kind, upload)
    if form.errors:
        form.kept = True
        form.add_error(
            None, "其余内容已保存，请改正标出的各项。" if refused else "其余内容已保存，请重新选择有问题的文件。"
        )
    return saved


def _attach(
    form: ApplicationForm, field: str, actor: Actor, saved: Application, kind: str, upload: UploadedFile
) -> None:
    try:
        with transaction.atomic():
            application_attach(actor=actor, application=saved, kind=kind, upload=upload)
    except Refusal as refusal:
        form.add_error(field, refusal.message)
