"""Makes one run in the test's database, as a process that can be killed: says that it begins, then goes on and on."""

from __future__ import annotations

import os
import sys
from datetime import date

import django
from django.conf import settings

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fujing.settings")
    settings.DATABASES["default"]["NAME"] = os.environ["FUJING_KILL_NAME"]
    django.setup()
    from fujing.kernel.actor import Actor, acting
    from fujing.registry.queries import account_with_roles, actor_of
    from fujing.safeguards.payroll.services import run_draft
    from tests.factories import PROVINCIAL

    with acting(PROVINCIAL):
        account = account_with_roles(int(os.environ["FUJING_KILL_ACCOUNT"]))
    assert account is not None
    clerk: Actor = actor_of(account)
    sys.stdout.write("begins\n")
    sys.stdout.flush()
    with acting(clerk):
        run_draft(actor=clerk, month=date.fromisoformat(os.environ["FUJING_KILL_MONTH"]))
