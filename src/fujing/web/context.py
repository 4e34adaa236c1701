"""What every page knows."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from fujing.kernel.actor import NOBODY
from fujing.kernel.messages import sends
from fujing.recruitment.recovery.services import open_requests
from fujing.registry.states import ADMINISTRATORS, OFFICER_ROLES, PARTNER_ROLES, Role
from fujing.web.navigation import navigation


def page(request: HttpRequest) -> dict[str, Any]:
    """The actor, their roles in words, and the rooms they see."""
    actor = getattr(request, "actor", NOBODY)
    return {
        "actor": actor,
        "role_names": "、".join(str(Role(role).label) for role in sorted(actor.roles)),
        "navigation": navigation(actor, request.path) if actor.account_id else [],
        # Asked for only where a page of the public site shows it.
        "recoveries": lambda: (
            list(open_requests(actor.account_id or 0).exclude(way="sms")) if actor.has(Role.APPLICANT) else []
        ),
        "sms": sends(),
        # Whether the reader works here: errors speak to whom they reach.
        "works_here": actor.has(*OFFICER_ROLES, *PARTNER_ROLES, *ADMINISTRATORS),
        "may_search": actor.has(*OFFICER_ROLES),
    }
