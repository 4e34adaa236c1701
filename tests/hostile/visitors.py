"""A browser of every role: in counties that stand at different steps, in their city and the province, and outside."""

from __future__ import annotations

from django.test import Client

from fujing.kernel.actor import acting
from fujing.registry.models import Account
from fujing.registry.states import PARTNER_ROLES, PartnerKind, Role
from tests import factories
from tests.clients import client_of
from tests.factories import MIANYANG, PROVINCE

ABOVE = ("hr_officer", "hr_head", "discipline", "system_admin")


def everybody(*codes: int) -> dict[str, Client]:
    """Browsers by a name for reports: each role in each county, those who look on from above, a visitor."""
    with acting(factories.PROVINCIAL):
        accounts = {f"{role}@{code}": factories.account(code, role) for code in (MIANYANG, PROVINCE) for role in ABOVE}
        for code in codes:
            accounts |= {f"{role}@{code}": account_of(code, role) for role in sorted(set(Role) - {Role.APPLICANT})}
    return {"访客": Client()} | {name: client_of(account) for name, account in accounts.items()}


def account_of(code: int, role: str) -> Account:
    """A new account with that role in the county; a partner's is in its department, an auxiliary's is a person's."""
    if role in PARTNER_ROLES:
        return factories.account(factories.partner(code, PartnerKind(role.partition("_")[2])).code, role)
    person = factories.person(code).pk if role == Role.AUXILIARY else None
    return factories.account(code, role, person_id=person)
