"""Somebody of a bureau who serves, and the way to their own sign-in."""

from __future__ import annotations

from fujing.kernel.actor import Actor, acting
from fujing.registry.activation.services import Issued, activation_issue, activation_try, activation_use
from fujing.registry.models import Account, Engagement
from fujing.registry.queries import account_with_roles, actor_of
from tests import factories
from tests.factories import SANTAI

VISITOR = Actor(name="访客")
PASSWORD = "wo-de-mima-2026"
PHONE = "13812345678"


def serving(code: int = SANTAI, name: str = "王建华") -> Engagement:
    """An open employment from 2021 on."""
    factories.quota(code, 1)
    with acting(factories.PROVINCIAL):
        return factories.engagement(factories.person(code, name))


def tail_of(engagement: Engagement) -> str:
    """The last four characters of the citizen number."""
    return str(engagement.person.id_number)[-4:]


def given(engagement: Engagement, reason: str = "") -> Issued:
    """A code from the clerk of the bureau that keeps the file."""
    clerk = factories.territorial(engagement.organ_code)
    with acting(clerk):
        return activation_issue(actor=clerk, engagement=engagement, reason=reason)


def opened(engagement: Engagement, phone: str = PHONE) -> Account:
    """The account that the person opened with a code of theirs."""
    code = given(engagement).code
    with acting(VISITOR):
        proof = activation_try(code=code, tail=tail_of(engagement))
        assert proof is not None
        return activation_use(actor=VISITOR, proof=proof, code=code, phone=phone, password=PASSWORD)


def own(account: Account) -> Actor:
    """Whom the account signs in."""
    with acting(Actor(name=account.name, account_id=account.pk)):
        found = account_with_roles(account.pk)
    assert found is not None
    return actor_of(found)
