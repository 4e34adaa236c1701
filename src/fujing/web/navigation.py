"""The rooms of the desk, in the order of the Measures. A role sees only its rooms; what isn't built isn't listed."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from fujing.kernel.actor import Actor
from fujing.web.audience import ADMINS, OFFICERS, PARTNERS, sees
from fujing.web.desk.chapters import WINGS
from fujing.web.desk.wings import Item

ORDER = ("", "编制", "招聘", "队伍", "勤务", "教育考核", "证装", "监督", "保障", "合规", "法规", "系统")
"""Labels of the rooms as they stand one below the other; wings may furnish the same room."""
EVERYBODY = OFFICERS | PARTNERS | ADMINS
OWN = (("", (Item("工作台", "desk:home", EVERYBODY),)), ("法规", (Item("条文与落实", "law:index", EVERYBODY),)))


def rooms() -> list[tuple[str, list[Item]]]:
    """Every room with the entries that the wings put into it."""
    furnished = [*OWN, *(room for wing in WINGS for room in wing.rooms)]
    return [(label, [item for name, items in furnished if name == label for item in items]) for label in ORDER]


def navigation(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The rooms of an actor, with the present one marked: the one whose address is the longest part of the page's."""
    groups = []
    most = max((item.holds(path) for _, items in rooms() for item in items if sees(actor, item.roles)), default=0)
    for label, items in rooms():
        entries = [
            {"label": item.label, "url": reverse(item.url), "current": 0 < item.holds(path) == most}
            for item in items
            if sees(actor, item.roles)
        ]
        if entries:
            groups.append({"label": label, "items": entries})
    return groups
