"""What every page knows."""

from __future__ import annotations

from typing import Any

from fujing.kernel.actor import NOBODY
from fujing.kernel.messages import sends
from fujing.recruitment.recovery.services import open_requests
from fujing.registry.states import Role
from fujing.web.audience import APPLICANTS, DESK, OFFICERS, sees
from fujing.web.me.chapters import bar
from fujing.web.navigation import navigation
from fujing.web.requests import Request
from fujing.web.sealed import UNTRACED


def page(request: Request) -> dict[str, Any]:
    """The actor, their roles in words, and the rooms they see."""
    actor = getattr(request, "actor", NOBODY)
    return {
        "actor": actor,
        "role_names": "、".join(str(Role(role).label) for role in sorted(actor.roles)),
        "navigation": navigation(actor, request.path) if actor.account_id else [],
        # Asked for only where a page of the public site shows it.
        "recoveries": lambda: (
            list(open_requests(actor.account_id or 0).exclude(way="sms")) if sees(actor, APPLICANTS) else []
        ),
        "own_bar": lambda: bar(request.path),
        "sms": sends(),
        "untraced": request.path.startswith(UNTRACED),
        # Whether the reader works here, with a role or still without: errors speak to whom they reach.
        "works_here": sees(actor, DESK) or actor.organ_code is not None,
        "applies": actor.account_id is None or sees(actor, APPLICANTS),
        "may_search": sees(actor, OFFICERS),
    }
