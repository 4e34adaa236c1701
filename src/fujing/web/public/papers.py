"""Papers handed in one by one while the form is still being filled; without script the form carries them as before."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.kernel.refusals import Refusal
from fujing.recruitment.applications.models import Application, Attachment
from fujing.recruitment.applications.queries import own_application_to
from fujing.recruitment.applications.services import application_attach, application_detach, application_save
from fujing.recruitment.campaigns.models import Campaign, Position
from fujing.recruitment.campaigns.queries import published_campaign
from fujing.web import values
from fujing.web.public.views import applicant_of
from fujing.web.requests import Request


def paper(request: Request, pk: int) -> JsonResponse:
    """Take or remove one paper; answers with what the page shows, or with the sentence of the refusal (422)."""
    actor = applicant_of(request)
    if actor is None or request.method != "POST":
        raise PermissionDenied("请先登录。")
    campaign = published_campaign(pk)
    kind = values.words(request.POST, "kind")
    if kind not in Attachment.Kind.values:
        return JsonResponse({"error": "没有这一项材料。"}, status=422)
    try:
        return JsonResponse(_changed(request, actor, campaign, kind))
    except Refusal as refusal:
        return JsonResponse({"error": refusal.message}, status=422)


def _changed(request: Request, actor: Actor, campaign: Campaign, kind: str) -> dict[str, Any]:
    application = own_application_to(actor, campaign.pk)
    if "remove" in request.POST:
        if application is not None:
            application_detach(actor=actor, application=application, kind=kind)
        return {"kind": kind, "removed": True}
    upload = request.FILES.get("file")
    if upload is None:
        raise Refusal("没有收到文件，请重新选择。")
    if application is None:
        # The first paper may come before anything was saved: the draft begins with it.
        application = application_save(actor=actor, campaign=campaign, position=_post(request, campaign), facts={})
    return shown(application, application_attach(actor=actor, application=application, kind=kind, upload=upload))


def _post(request: Request, campaign: Campaign) -> Position:
    found = campaign.positions.filter(pk=values.number(request.POST, "position", 0)).first()
    if found is None:
        raise Refusal("请先选择报考岗位。")
    return found


def shown(application: Application, attachment: Attachment) -> dict[str, Any]:
    """One paper as the page shows it."""
    url = reverse("public:attachment", args=[application.pk, attachment.pk])
    picture = attachment.file.content_type.startswith("image/")
    return {
        "kind": attachment.kind,
        "label": attachment.get_kind_display(),
        "name": attachment.file.name,
        "url": url,
        "small": f"{url}?small=1" if picture else "",
    }
