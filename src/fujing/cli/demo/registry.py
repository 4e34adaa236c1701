"""The demo's sign-ins. Imported after Django is set up."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.cli.demo.cast import ACCOUNTS, PASSWORD
from fujing.kernel.actor import Actor, acting
from fujing.registry.models import Account, RoleAssignment
from fujing.registry.queries import account_with_roles, actor_of
from fujing.registry.seed import SEEDER


def seed_accounts() -> None:
    """The demo's sign-ins; existing ones are left alone."""
    with acting(SEEDER):
        present = set(Account.objects.values_list("username", flat=True))
        for username, (name, organ, roles) in ACCOUNTS.items():
            if username in present:
                continue
            account = Account.objects.create_user(username=username, password=PASSWORD, name=name, organ_code=organ)
            for role in roles:
                RoleAssignment.objects.create(
                    account=account, organ_code=organ, role=role, span=DateRange(date(2021, 3, 1), None)
                )


def signed_in(username: str) -> Actor:
    """A sample account as its sign-in makes it."""
    with acting(SEEDER):
        account = account_with_roles(Account.objects.get(username=username).pk)
    assert account is not None
    return actor_of(account)
