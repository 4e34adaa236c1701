"""Everything held about an applicant, for the applicant: what row security lets them read, table by table."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from fujing.kernel.actor import Actor
from fujing.kernel.models import StoredFile
from fujing.kernel.privacy import held
from fujing.recruitment.applications.models import Application, OwnCopy
from fujing.recruitment.applications.policies import check_apply
from fujing.registry.models import Account

# Through which a row is about somebody; an account's own id comes under `id`.
OWNERS = ("account_id", "applicant_account")


def own_copy(*, actor: Actor) -> bytes:
    """A ZIP with 我的信息.json and the files handed in; that it was taken is recorded at each campaign's organ."""
    account = check_apply(actor)
    for application in Application.objects.filter(account_id=account):
        OwnCopy.objects.create(organ_code=application.organ_code, application=application, account_id=account)
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        told = json.dumps(held_about(account), ensure_ascii=False, indent=2, default=str)
        archive.writestr("我的信息.json", told)
        for file in StoredFile.objects.filter(account_id=account).order_by("pk"):
            source = Path(settings.DATA) / "files" / file.path
            archive.writestr(f"材料/{file.pk}-{file.name}", source.read_bytes())
    return content.getvalue()


def held_about(account_id: int) -> dict[str, list[dict[str, Any]]]:
    """Rows by table, as officers name tables and fields. Complete by construction: a new table joins by its owner."""
    found = {}
    for model in apps.get_models():
        if not model.__module__.startswith("fujing."):
            continue
        if rows := [_told(row) for row in _rows(model, account_id)]:
            found[str(model._meta.verbose_name)] = rows
    return found


def _rows(model: type[models.Model], account_id: int) -> models.QuerySet[Any]:
    names = {field.name for field in model._meta.concrete_fields}
    everything = model._default_manager.all().order_by("pk")
    if model is Account:
        return everything.filter(pk=account_id)
    for owner in OWNERS:
        if owner in names:
            return everything.filter(**{owner: account_id})
    if "application" in names:
        return everything.filter(application__account_id=account_id)
    return everything.none()


def _told(row: models.Model) -> dict[str, Any]:
    """A row's fields in words, but for keyed digests and secrets, which say nothing about anybody."""
    return {
        str(field.verbose_name): getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if held(type(row), field.name).told
    }
