"""The demo's sign-ins. Imported after Django is set up."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.cli.demo.cast import ACCOUNTS, AUXILIARY, PASSWORD, SANTAI
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.registry.activation.services import activation_issue, activation_try, activation_use
from fujing.registry.models import Account, Engagement, RoleAssignment
from fujing.registry.placing import officer_assign
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


def seed_own() -> None:
    """Somebody of 三台 who opened their own sign-in with a code of the clerk's; made once, by the last who was hired."""
    with acting(SEEDER):
        if Account.objects.filter(username=AUXILIARY).exists():
            return
        placed = Engagement.objects.filter(organ_code=SANTAI, span__endswith__isnull=True, contracts__isnull=False)
        mine = placed.filter(assignments__isnull=False).select_related("person").order_by("pk").last()
        officer = Account.objects.get(username="santai_police")
    if mine is None:
        return
    with acting(signed_in("santai_hr")) as clerk:
        officer_assign(actor=clerk, engagements=[mine.pk], officer=officer, starts=today())
        code = activation_issue(actor=clerk, engagement=mine).code
    with acting(Actor(name=mine.person.name)) as visitor:
        proof = activation_try(code=code, tail=str(mine.person.id_number)[-4:])
        assert proof is not None
        activation_use(actor=visitor, proof=proof, code=code, phone=AUXILIARY, password=PASSWORD)
