"""Contracts that end so many days from today."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from django.db import connection, transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import speaking
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI
from tests.registry.moving_in import moved_in, roster_of, row
from tests.web.test_people_pages import contract

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\n"


def ending(left: int, name: str = "甲", *, fixed_terms: int = 1) -> Engagement:
    """Somebody of Santai in service since 2021, whose last of so many fixed terms ends in `left` days."""
    factories.quota(SANTAI, 1)
    with acting(factories.PROVINCIAL):
        made = factories.engagement(factories.person(SANTAI, name))
        until = today() + timedelta(days=left + 1)
        for number in range(fixed_terms):
            back = fixed_terms - number - 1
            contract(made, number + 1, until - timedelta(days=500 * (back + 1)), until - timedelta(days=500 * back))
    return made


def recorded(folder: Path, left: int, *, count: int | None = 1, number: int = 1) -> Engagement:
    """Somebody of Santai whose contract only a roster tells of: a fixed term that ends in `left` days."""
    folder.mkdir(exist_ok=True)
    with acting(factories.PROVINCIAL):
        factories.bureau(SANTAI)
        factories.unit(SANTAI)
    said = {
        "合同类型": "固定期限",
        "合同起始": (today() - timedelta(300)).isoformat(),
        "合同终止": (today() + timedelta(left)).isoformat(),
        "合同次数": "" if count is None else str(count),
    }
    moved_in(factories.territorial(SANTAI), roster_of(folder, [row(number, **said)]))
    with acting(factories.PROVINCIAL):
        return Engagement.objects.select_related("person").get(person__name=f"张{number}")


def committed() -> None:
    """What is checked at commit is checked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def ended_by_sql(engagement: Engagement, after: date, kind: str) -> None:
    """An employment that ends past the service, and its commit."""
    with speaking(), transaction.atomic():
        Engagement.objects.filter(pk=engagement.pk).update(span=(engagement.span.lower, after), exit_kind=kind)
        committed()
