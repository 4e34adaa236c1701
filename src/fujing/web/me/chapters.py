"""The rooms of self-service in the order of Article 14, and the bar at the foot."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from fujing.web.me.appraisal import APPRAISAL
from fujing.web.me.discipline import BREACHES
from fujing.web.me.duties import DUTIES
from fujing.web.me.file import FILE
from fujing.web.me.leave import LEAVES
from fujing.web.me.leaving import RIGHTS
from fujing.web.me.outfit import OUTFIT
from fujing.web.me.pay import PAY
from fujing.web.me.protection import PROTECTION_ROOM
from fujing.web.me.rooms import Room
from fujing.web.me.tiers import TIERS
from fujing.web.me.training import TRAINING
from fujing.web.me.voice import VOICE

ROOMS: tuple[Room, ...] = (
    DUTIES,
    OUTFIT,
    PAY,
    TRAINING,
    APPRAISAL,
    TIERS,
    BREACHES,
    LEAVES,
    VOICE,
    PROTECTION_ROOM,
    RIGHTS,
    FILE,
)
"""A new room begins with one line here."""


def bar(path: str) -> list[dict[str, Any]]:
    """The bar at the foot: the first page and the rooms that have a place there, with the present one marked."""
    entries = [
        ("首页", "me:home"),
        *((each.label, each.url) for each in sorted(ROOMS, key=lambda each: each.place) if each.place),
    ]
    addresses = [(label, reverse(url)) for label, url in entries]
    return [
        {"label": label, "url": url, "current": path == url or (url != reverse("me:home") and path.startswith(url))}
        for label, url in addresses
    ]
