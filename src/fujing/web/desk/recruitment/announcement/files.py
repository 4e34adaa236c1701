"""The draft as a file: taken along, revised elsewhere, and read back into the same draft."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from fujing.kernel.locks import relocked
from fujing.kernel.refusals import Refusal
from fujing.law.formats.documents import DocumentError, read_document
from fujing.law.formats.writing import announcement_yaml
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.campaigns.queries import campaign_for
from fujing.recruitment.campaigns.services import campaign_draft
from fujing.web import values
from fujing.web.acts import perform
from fujing.web.audience import HR, PERSONNEL
from fujing.web.desk.recruitment.announcement.pieces import parts_changed
from fujing.web.desk.recruitment.announcement.views import draft_of
from fujing.web.doors import door
from fujing.web.form_pages import form_response
from fujing.web.requests import Request
from fujing.web.seen import SeenWhole

CODES = {"code", "duties", "positions", "workplaces", "papers", "consultation", "supervision"}
"""Keys whose numbers are printed as they stand: 10.10 is another duty than 10.1, and a telephone is no sum."""


def read_upload(upload: UploadedFile) -> dict[str, Any]:
    """The announcement of an uploaded file, or a refusal with every fault."""
    suffix = Path(upload.name or "").suffix.lower() or ".yaml"
    with tempfile.NamedTemporaryFile(suffix=suffix) as file:
        for chunk in upload.chunks():
            file.write(chunk)
        file.flush()
        try:
            document = read_document(Path(file.name))
        except DocumentError as error:
            lines = [str(fault).replace(file.name, upload.name or "文件") for fault in error.faults]
            raise Refusal("公告文件无法读取，未保存。", errors={"file": lines}) from error
    if not isinstance(document.get("announcement"), dict):
        raise Refusal("", errors={"file": ["不是招聘公告的文件，请从公告页下载一份，在它上面修改。"]})
    return plain(document["announcement"])


def plain(value: Any, key: str = "") -> Any:
    """Values as JSON keeps them: exact decimals become numbers, codes become text."""
    if isinstance(value, dict):
        return {str(name): plain(item, str(name)) for name, item in value.items()}
    if isinstance(value, list):
        return [plain(item, key) for item in value]
    if key in CODES and isinstance(value, int | Decimal) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


class RevisedForm(forms.Form):
    file = forms.FileField(
        label="改好的公告文件（YAML 或 JSON）", help_text="替换公告的全部内容；机关、用人计划仍以系统登记的为准"
    )


@door(*HR)
def download(request: Request, pk: int) -> HttpResponse:
    """The announcement as it now is."""
    campaign = campaign_for(request.actor, pk)
    response = HttpResponse(announcement_yaml(campaign.document), content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, f"{campaign.title}.yaml") or "attachment"
    return response


@door(*PERSONNEL)
def replace(request: Request, pk: int) -> HttpResponse:
    """Read a revised file into the draft; a faulty one, or one for a draft that changed meanwhile, changes nothing."""
    actor, campaign = draft_of(request, pk)
    before = campaign.document
    form, seen = RevisedForm(values.sent(request), request.FILES or None), SeenWhole(request, before)

    def save() -> Campaign:
        fresh = relocked(campaign)
        seen.check(fresh, fresh.document, "请重新下载、修改后再读入。")
        document = read_upload(form.cleaned_data["file"])
        return campaign_draft(actor=actor, document=document, plan=fresh.plan, campaign=fresh)

    saved = perform(request, save, form) if request.method == "POST" and form.is_valid() else None
    if saved:
        changed = parts_changed(before, saved.document)
        messages.success(request, f"已按文件修改：{'、'.join(changed)}。" if changed else "文件与现在的公告相同。")
        return redirect("desk:announcement", pk)
    context = {
        "form": form,
        "title": "用文件修改公告",
        "intro": f"{campaign.title}。有任何一处读不出，都不会改动。",
        "submit": "读取并核对",
        "back": reverse("desk:announcement", args=[pk]),
        "seen": seen.token,
    }
    return form_response(request, "recruitment/announcement/file.html", context)
