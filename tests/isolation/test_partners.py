"""A partner department's sign-in reaches its own tasks and no person: by table, by URL, as the application gives it (8.p2)."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model
from django.urls import get_resolver, reverse

from fujing.kernel.actor import Actor, acting
from fujing.registry.models import Account
from fujing.registry.queries import account_with_roles, actor_of
from tests import factories, world
from tests.clients import client_of
from tests.factories import SANTAI
from tests.hostile.pages import arguments, ask, urls
from tests.isolation.test_everything import SEALED, inside

NAME = "三台某某人"
KINDS = ("establishment", "finance", "hrss", "veterans", "government")
# What a partner is asked about, what everybody reads, and its own account.
OPEN = {
    "kernel.HistorySeal",
    "registry.Organ",
    "registry.Account",
    "registry.RoleAssignment",
    "campaigns.Campaign",
    "campaigns.Position",
    "campaigns.Consent",
    "selection.PublicityNotice",
    "selection.ScoreRelease",
    "exams.Sitting",
    "plans.HeadcountPlan",
    "plans.PlanLine",
    "plans.PlanRequest",
    "plans.PlanTask",
    "budget.Budget",
    "budget.BudgetLine",
    "budget.BudgetRequest",
    "budget.BudgetTask",
}


def models() -> list[type[Model]]:
    found = [model for model in apps.get_models() if model.__module__.startswith("fujing.")]
    return [model for model in found if model._meta.label not in OPEN]


@pytest.fixture
def county(committed: None) -> world.County:
    return world.finish(world.county(SANTAI, NAME, 141))


def partner(kind: str) -> Actor:
    with acting(factories.PROVINCIAL):
        account = factories.account(factories.partner(SANTAI, kind).code, f"partner_{kind}")
    with acting(Actor(name="访客", account_id=account.pk)):
        found = account_with_roles(account.pk)
    assert found is not None
    return actor_of(found)


def test_no_partner_reaches_a_person(county: world.County) -> None:
    pages = arguments(county)
    assert county.engagement is not None
    with acting(county.head):
        person = county.engagement.person
        secrets = [person.name, str(person.id_number), str(person.phone)]
        # Guidance belongs to the city that wrote it.
        empty = {model._meta.label for model in models() if not inside(model, SANTAI).exists()}
        assert empty == {"guidance.Guidance"} | SEALED
    for kind in KINDS:
        actor = partner(kind)
        with acting(actor):
            for model in models():
                assert not model.objects.exists(), (kind, model._meta.label)  # type: ignore[attr-defined]
            assert not Account.objects.exclude(pk=actor.account_id).exists()
        client = client_of(actor)
        for name, _ in urls(get_resolver().url_patterns):
            status, body = ask(client, reverse(name, kwargs=pages[name]))
            if not name.startswith("public:"):  # a publicity notice names those to be hired, for everybody
                assert not [secret for secret in secrets if secret in body], (kind, name)
            if name in {"desk:people", "desk:person", "desk:application", "desk:contract"}:
                assert status in {302, 403, 404}, (kind, name, status)
