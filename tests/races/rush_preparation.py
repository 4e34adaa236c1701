"""Run by the rush in the server's own data folder: one open announcement and applicants who are signed in.

Writes one JSON: the announcement's number, its post, and a session for each applicant.
"""

from __future__ import annotations

import json
import sys
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import django


def prepare(applicants: int) -> dict[str, Any]:
    """A published campaign and that many accounts, each with a session as signing in would leave it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from fujing.kernel.actor import acting
    from fujing.registry.models import Account
    from tests.recruitment.applications import made

    # Signing in is not what is rushed here, and thousands of slow hashes would only be waited for.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    store = import_module(settings.SESSION_ENGINE).SessionStore
    campaign = made.campaign()
    sessions = []
    for number in range(applicants):
        # A birthday has a thousand serial numbers at most.
        born = date(1998, 5, 5) + timedelta(days=number // 400)
        actor = made.applicant(made.citizen_number(born))
        with acting(actor):
            account = Account.objects.get(pk=actor.account_id)
        session = store()
        session[SESSION_KEY] = str(account.pk)
        session[BACKEND_SESSION_KEY] = "fujing.registry.authentication.AccountBackend"
        session[HASH_SESSION_KEY] = account.get_session_auth_hash()
        session.create()
        sessions.append(session.session_key)
    with acting(made.head()):
        position = campaign.positions.get().pk
    return {"campaign": campaign.pk, "position": position, "sessions": sessions}


if __name__ == "__main__":
    django.setup()
    json.dump(prepare(int(sys.argv[1])), sys.stdout)
