"""Organs, accounts and people for tests, made through the models' own validation."""

from __future__ import annotations

from datetime import date
from itertools import count

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor
from fujing.registry.divisions import PARTNER_CODES, divisions
from fujing.registry.models import Account, Organ, Post, RoleAssignment, territory_of
from fujing.registry.queries import account_with_roles, actor_of
from fujing.registry.states import Level, OrganKind, PartnerKind

SANTAI = 510722000000
YANTING = 510723000000
MIANYANG = 510700000000
PROVINCE = 510000000000
PASSWORD = "fujing-test-2026"
_numbers = count(1)


def bureau(code: int) -> Organ:
    """The true bureau of a division with its superiors; existing ones are reused."""
    division = divisions()[str(code // 10**6)]
    parent = bureau(int(division.parent) * 10**6) if division.parent else None
    organ, _ = Organ.objects.get_or_create(
        code=code,
        defaults={
            "name": division.bureau_name,
            "short_name": division.bureau_name,
            "kind": OrganKind.PUBLIC_SECURITY,
            "level": division.level,
            "parent": parent,
        },
    )
    return organ


def unit(bureau_code: int, number: int = 1, name: str = "城关派出所") -> Organ:
    """A dispatched station of a bureau."""
    parent = bureau(bureau_code)
    organ, _ = Organ.objects.get_or_create(
        code=bureau_code + number * 100,
        defaults={
            "name": parent.name + name,
            "short_name": name,
            "kind": OrganKind.STATION,
            "level": Level.COUNTY,
            "parent": parent,
        },
    )
    return organ


def partner(bureau_code: int, kind: str) -> Organ:
    """The same-level department of that kind."""
    division = divisions()[str(bureau_code // 10**6)]
    organ, _ = Organ.objects.get_or_create(
        code=bureau_code + PARTNER_CODES[PartnerKind(kind)],
        defaults={
            "name": division.partner_name(PartnerKind(kind)),
            "short_name": PartnerKind(kind).label,
            "kind": OrganKind.PARTNER,
            "level": division.level,
            "partner_kind": kind,
        },
    )
    return organ


def account(organ_code: int | None, *roles: str, name: str = "", person_id: int | None = None) -> Account:
    """An account with roles from 2021 on; the password is PASSWORD."""
    number = next(_numbers)
    made = Account.objects.create_user(
        username=f"user{number}",
        password=PASSWORD,
        name=name or f"张{number}",
        organ_code=organ_code,
        person_id=person_id,
    )
    RoleAssignment.objects.bulk_create(
        [
            RoleAssignment(
                account=made, organ_code=organ_code, role=role, span=DateRange(date(2021, 3, 1), None)
            )
            for role in roles
        ]
    )
    return made


def officer(organ_code: int, *roles: str, name: str = "") -> Actor:
    """An actor with an account in an organ."""
    made = account_with_roles(account(organ_code, *(roles or ("hr_officer",)), name=name).pk)
    assert made is not None
    return actor_of(made)


def post(unit_code: int, name: str = "巡逻防控", category: str = "field") -> Post:
    """A post in a unit."""
    return Post.objects.create(
        organ_code=unit_code // 10**6 * 10**6, unit_id=unit_code, name=name, category=category
    )


PROVINCIAL = Actor(
    name="省厅经办",
    account_id=0,
    roles=frozenset({"hr_officer"}),
    organ_code=PROVINCE,
    lo=PROVINCE,
    hi=PROVINCE + 10**10 - 1,
)


def territorial(organ_code: int, *roles: str) -> Actor:
    """An actor of an organ without an account row, for tests below the web."""
    lo, hi = territory_of(organ_code)
    return Actor(
        name="经办",
        account_id=1,
        roles=frozenset(roles or ("hr_officer",)),
        organ_code=organ_code,
        lo=lo,
        hi=hi,
    )
