"""Reading the registry as somebody."""

from __future__ import annotations

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.registry.models import Account, Organ
from fujing.registry.models.organs import territory_of
from fujing.registry.states import ADMINISTRATORS, OFFICER_ROLES, OrganKind


def account_with_roles(account_id: int) -> Account | None:
    """An open account with `held`, the roles that it holds today, in one query."""
    return (
        Account.objects.filter(pk=account_id, is_active=True)
        .annotate(held=ArrayAgg("roles__role", filter=Q(roles__span__contains=timezone.localdate()), default=[]))
        .first()
    )


def actor_of(account: Account) -> Actor:
    """An account from `account_with_roles` as an actor.

    Officers see their organ's territory, whole; partners no rows but their tasks (by policy); auxiliaries and
    applicants their own rows; administrators accounts and history of their territory, but no people.
    """
    roles = frozenset(account.held)  # type: ignore[attr-defined]
    whole = territory_of(account.organ_code) if account.organ_code is not None else (None, None)
    lo, hi = whole if roles & OFFICER_ROLES else (None, None)
    admin_lo, admin_hi = whole if roles & ADMINISTRATORS else (None, None)
    return Actor(
        name=account.name,
        account_id=account.pk,
        roles=roles,
        organ_code=account.organ_code,
        lo=lo,
        hi=hi,
        person_id=account.person_id,
        admin_lo=admin_lo,
        admin_hi=admin_hi,
    )


def bureaus_of(actor: Actor) -> QuerySet[Organ]:
    """The bureaus whose people the actor sees, the highest first."""
    within = Organ.objects.filter(code__range=(actor.lo or 0, actor.hi or 0))
    return within.filter(kind__in=[OrganKind.PUBLIC_SECURITY, OrganKind.JUDICIAL]).order_by("code")


def organs_administered(actor: Actor) -> list[tuple[int, str]]:
    """Codes and names of the organs whose accounts and history an administrator sees, by code."""
    within = Organ.objects.filter(code__range=(actor.admin_lo or 1, actor.admin_hi or 0))
    return list(within.order_by("code").values_list("code", "name"))
