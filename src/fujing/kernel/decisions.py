"""Registering contestable acts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models

from fujing.kernel.actor import Actor
from fujing.kernel.models import Decision


def decide(
    *,
    actor: Actor,
    organ_code: int,
    kind: str,
    subject: models.Model,
    outcome: str,
    message: str,
    provisions: Iterable[str],
    facts: dict[str, Any] | None = None,
    account_id: int | None = None,
    person_id: int | None = None,
    rule_book: str = "",
    contest_until: Any = None,
) -> None:
    """Register a decision about `subject`. `contest_until` is the last day for an objection, inclusive."""
    Decision.objects.create(
        organ_code=organ_code,
        kind=kind,
        subject_table=subject._meta.db_table,
        subject_id=subject.pk,
        outcome=outcome,
        message=message,
        provisions=list(provisions),
        facts=facts or {},
        account_id=account_id,
        person_id=person_id,
        rule_book=rule_book,
        decided_by=actor.name,
        decided_by_id=actor.account_id,
        contest_until=contest_until,
    )
