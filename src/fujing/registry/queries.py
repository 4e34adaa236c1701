"""Reading the registry as somebody."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, QuerySet
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotFound, existing
from fujing.registry.models import Account, Assignment, Contract, Engagement, Organ, Person, Post, SavedView
from fujing.registry.models.organs import bureau_range, territory_of
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
    applicants their own rows; administrators accounts and history of their territory, but no people. An auxiliary acts
    for themself and for no organ: what an organ is asked is not theirs to see.
    """
    roles = frozenset(account.held)  # type: ignore[attr-defined]
    whole = territory_of(account.organ_code) if account.organ_code is not None else (None, None)
    lo, hi = whole if roles & OFFICER_ROLES else (None, None)
    admin_lo, admin_hi = whole if roles & ADMINISTRATORS else (None, None)
    return Actor(
        name=account.name,
        account_id=account.pk,
        roles=roles,
        organ_code=account.organ_code if account.person_id is None else None,
        lo=lo,
        hi=hi,
        person_id=account.person_id,
        admin_lo=admin_lo,
        admin_hi=admin_hi,
    )


def bureaus_of(actor: Actor) -> QuerySet[Organ]:
    """The bureaus whose people the actor sees, the highest first."""
    within = Organ.objects.filter(code__range=actor.territory)
    return within.filter(kind__in=[OrganKind.PUBLIC_SECURITY, OrganKind.JUDICIAL]).order_by("code")


def organs_administered(actor: Actor) -> list[tuple[int, str]]:
    """Codes and names of the organs whose accounts and history an administrator sees, by code."""
    within = Organ.objects.filter(code__range=actor.administered)
    return list(within.order_by("code").values_list("code", "name"))


def organ_at(code: int) -> Organ:
    """One organ by its code; which organs there are is no secret. 404 where there is none."""
    return existing(Organ.objects.filter(pk=code).first(), "没有这个机关")


def own_organ(actor: Actor) -> Organ:
    """The organ in which the actor works."""
    return organ_at(actor.organ_code or 0)


def organ_for(actor: Actor, code: int) -> Organ:
    """An organ of the actor's territory, or 404."""
    organ = organ_at(code)
    if not actor.covers(code):
        raise NotFound("没有这个机关")
    return organ


def bureau_for(actor: Actor, code: int) -> Organ:
    """A bureau of public security of the actor's territory, or 404."""
    organ = organ_for(actor, code)
    if organ.kind != OrganKind.PUBLIC_SECURITY:
        raise NotFound("没有这个机关")
    return organ


def bureaus_between(lo: int, hi: int) -> QuerySet[Organ]:
    """Bureaus of public security of a territory, both bounds inclusive, the highest first."""
    return Organ.objects.filter(kind=OrganKind.PUBLIC_SECURITY, code__range=(lo, hi)).order_by("code")


def bureaus_under(code: int) -> QuerySet[Organ]:
    """The direct subordinates of a bureau."""
    return Organ.objects.filter(parent_id=code, kind=OrganKind.PUBLIC_SECURITY).order_by("code")


def names_of(codes: Iterable[int | None]) -> dict[int, str]:
    """The names of organs by code, in one query."""
    return dict(_named(codes).values_list("code", "name"))


def short_names_of(codes: Iterable[int | None]) -> dict[int, str]:
    """The short names of organs by code, in one query."""
    return dict(_named(codes).values_list("code", "short_name"))


def _named(codes: Iterable[int | None]) -> QuerySet[Organ]:
    return Organ.objects.filter(pk__in={code for code in codes if code})


def own_account(actor: Actor) -> Account:
    """The account with which the actor is signed in."""
    return Account.objects.get(pk=actor.account_id or 0)


def accounts_administered(actor: Actor) -> QuerySet[Account]:
    """Accounts of officers and partners; row security keeps to the administrator's territory.

    An auxiliary's own is opened again by a code of the managing organ, never by an administrator's password.
    """
    return Account.objects.exclude(organ_code=None).filter(person_id=None)


def account_administered(actor: Actor, account_id: int) -> Account:
    """One of them, or 404."""
    return existing(accounts_administered(actor).filter(pk=account_id).first(), "没有这个账号")


def holders_of(organ_code: int, roles: Iterable[str]) -> QuerySet[Account]:
    """Open accounts of a bureau and its units that hold one of the roles today, by name."""
    within = Account.objects.filter(organ_code__range=(organ_code, organ_code + 10**6 - 1), is_active=True)
    now = within.filter(roles__role__in=list(roles), roles__span__contains=today())
    return now.distinct().order_by("name", "pk")


def holds(account: Account, organ_code: int, roles: Iterable[str]) -> bool:
    """Whether it is one of them."""
    return holders_of(organ_code, roles).filter(pk=account.pk).exists()


def views_of(actor: Actor, page: str) -> QuerySet[SavedView]:
    """The actor's own views of a list."""
    return SavedView.objects.filter(account_id=actor.account_id or 0, page=page).order_by("name")


def ready() -> bool:
    """Whether the database answers and the organs are there."""
    return Organ.objects.exists()


def serving_between(lo: int, hi: int) -> QuerySet[Engagement]:
    """Engagements that have no end, of a territory, both bounds inclusive."""
    return Engagement.objects.filter(organ_code__range=(lo, hi), span__endswith__isnull=True)


def engagement_for(actor: Actor, engagement_id: int) -> Engagement:
    """An engagement of the actor's territory with its person, or 404."""
    rows = Engagement.objects.filter(organ_code__range=actor.territory, pk=engagement_id)
    return existing(rows.select_related("person").first(), "没有这条用工记录")


def engagement_now(person: Person) -> Engagement | None:
    """Somebody's employment that has no end."""
    return person.engagements.filter(span__endswith__isnull=True).first()


def contract_for(actor: Actor, contract_id: int) -> Contract:
    """A labour contract of the actor's territory with its person, or 404."""
    rows = Contract.objects.filter(organ_code__range=actor.territory, pk=contract_id)
    return existing(rows.select_related("engagement__person").first(), "没有这份合同")


def contracts_of(person: Person) -> QuerySet[Contract]:
    """Somebody's labour contracts, the newest first."""
    return Contract.objects.filter(engagement__person=person).order_by("-span")


def places_of(person: Person) -> QuerySet[Assignment]:
    """Where somebody served and under whom, the newest first."""
    rows = Assignment.objects.filter(engagement__person=person)
    return rows.select_related("unit", "post", "officer").order_by("-span")


def place_now(engagement: Engagement) -> Assignment | None:
    """Where somebody serves and under whom."""
    served = Assignment.objects.filter(engagement=engagement, span__endswith__isnull=True)
    return served.select_related("unit", "post", "officer").first()


def people_between(lo: int, hi: int) -> int:
    """How many people a territory has on record, serving or gone; both bounds inclusive."""
    return Person.objects.filter(organ_code__range=(lo, hi)).count()


def people_known(engagements: Iterable[int]) -> dict[int, Engagement]:
    """Engagements by id, each with its organ and its person's name and no more."""
    rows = Engagement.objects.select_related("person").only("organ_code", "person__name")
    return rows.in_bulk(list(engagements))


def posts_of_category(organ_code: int, category: str) -> QuerySet[Post]:
    """The posts of a bureau's units for people of one category."""
    return Post.objects.filter(organ_code=organ_code, category=category).select_related("unit")


def unit_named(bureau: int, name: str) -> Organ | None:
    """The one department or station of a bureau that a name means; None where none or several are meant."""
    lo, hi = bureau_range(bureau)
    found = Organ.objects.filter(code__range=(lo, hi), name__endswith=name.strip()).exclude(code=lo)[:2]
    return found[0] if len(found) == 1 else None
