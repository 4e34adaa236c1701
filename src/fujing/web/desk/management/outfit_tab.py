"""证装 in somebody's dossier: the cards that they had and have, what they are owed, and what they were given."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.management.outfit.policies import can_handle_outfit
from fujing.management.outfit.queries import cards_of
from fujing.management.outfit.states import OPEN
from fujing.registry.models import Person
from fujing.registry.queries import engagement_now
from fujing.web.audience import OFFICERS
from fujing.web.columns import Column, last_day, table_of
from fujing.web.desk.common import state_column
from fujing.web.desk.management.equipping import dues_table, holdings_table
from fujing.web.desk.wings import Tab

CARDS = (
    Column("number", "工作证编号", link=lambda row: reverse("desk:card", args=[row.pk])),
    state_column(),
    Column("starts", "有效期起", "span.lower", "date"),
    Column("ends", "有效期至", lambda row: last_day(row.span.upper), "date"),
    Column("issued_on", "发放日期", kind="date", empty="未发放"),
    Column("why", "停用、挂失、注销的事由", wrap=True),
)


def _outfit(actor: Actor, person: Person) -> dict[str, Any]:
    rows = list(cards_of(person))
    current = engagement_now(person)
    return {
        "engagement": current,
        "dues": dues_table(current) if current else None,
        "holdings": holdings_table(person),
        "cards": table_of(CARDS, rows, "工作证", empty="还没有工作证。"),
        "may_request": can_handle_outfit(actor, person.organ_code) and not any(row.state in OPEN for row in rows),
    }


OUTFIT_TAB = Tab("outfit", "证装", OFFICERS, "management/tabs/outfit.html", _outfit)
