"""Erasing what has been kept long enough."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from fujing.kernel import cipher
from fujing.kernel.actor import Actor, acting
from fujing.kernel.privacy import classified
from fujing.kernel.seal import leaves_of
from fujing.recruitment.applications.models import Application
from fujing.recruitment.campaigns.models import Campaign
from fujing.recruitment.retention.erasing import reached
from fujing.recruitment.retention.models import ErasureRecord
from fujing.recruitment.retention.queries import overdue_applications, overdue_campaigns

# Every organ of the installation: twelve digits.
ERASER = Actor(name="到期删除", lo=10**11, hi=10**12 - 1)


def campaign_erase(*, actor: Actor, campaign: Campaign) -> ErasureRecord | None:
    """Erase the applicants of a campaign whose retention period has passed; None when nobody is left to erase.

    The database refuses one whose period has not passed and one who was hired.
    """
    overdue = list(overdue_applications(campaign))
    if not overdue:
        return None
    paths = [path for application in overdue for path in _erase(application)]
    files = len(paths)
    transaction.on_commit(lambda: _remove(paths))
    return ErasureRecord.objects.create(
        organ_code=campaign.organ_code,
        campaign=campaign,
        applications=len(overdue),
        files=files,
        made_by=actor.name,
        rule=f"报名资料自{campaign.ended_on}起保存{campaign.retention_months}个月（《个人信息保护法》第十九条、第四十七条）",
    )


def _about(application: Application) -> dict[str, list[int]]:
    """The rows by table that hold something of an application."""
    found = {}
    with connection.cursor() as cursor:
        for each in reached(classified()):
            condition = each.rows.format(application="%s")
            cursor.execute(f"SELECT id FROM {each.table} WHERE {condition}", [application.pk])
            found[each.table] = [row for (row,) in cursor.fetchall()]
    return found


def _erase(application: Application) -> list[str]:
    about = _about(application)
    leaves = {
        **{table: leaves_of(table, rows) for table, rows in about.items()},
        "registry_account": leaves_of("registry_account", [application.account_id], application.account_id),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT retention_erase(%s, %s, %s::jsonb)", [application.pk, cipher.encrypt(""), json.dumps(leaves)]
        )
        return list(cursor.fetchone()[0])


def _remove(paths: list[str]) -> None:
    for path in paths:
        (Path(settings.DATA) / "files" / path).unlink(missing_ok=True)


def erase_overdue() -> int:
    """Erase everything whose time has passed, one campaign a transaction; returns how many applications."""
    with acting(ERASER, read_only=True):
        campaigns = list(overdue_campaigns())
    erased = 0
    for campaign in campaigns:
        with acting(ERASER) as actor:
            record = campaign_erase(actor=actor, campaign=campaign)
            erased += record.applications if record else 0
    return erased
