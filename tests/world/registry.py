"""Who signs in: officers by their account, applicants by signing up."""

from __future__ import annotations

from fujing.kernel.actor import Actor, acting
from fujing.law.citizen_numbers import check_digit
from fujing.recruitment.applications.services import applicant_sign_up
from fujing.registry.models import Account
from fujing.registry.queries import account_with_roles, actor_of
from tests import factories


def actor_with(account: Account) -> Actor:
    """Whom an officer's account signs in."""
    with acting(factories.PROVINCIAL):
        found = account_with_roles(account.pk)
    assert found is not None
    return actor_of(found)


def applicant(name: str, serial: int, born: str = "19980315") -> Actor:
    """Somebody who signed up on the public site; sees only their own rows. Numbers follow from `serial` and birth date."""
    first = f"510722{born}{serial:03d}"
    visitor = Actor(name="访客")
    with acting(visitor):
        account = applicant_sign_up(
            actor=visitor,
            name=name,
            id_number=first + check_digit(first),
            phone=f"13{born[-1]}{serial:08d}",
            password="a-password-2026",
        )
    person = Actor(name=name, account_id=account.pk, roles=frozenset({"applicant"}))
    with acting(person):
        found = account_with_roles(account.pk)
    assert found is not None
    return actor_of(found)
