"""Who has a sign-in of their own, and which codes were given out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.registry.models import Account, Activation, Engagement, Person
from fujing.registry.roster import Narrowing, dressed, roster_rows

STANDINGS = {"none": "没有开通码", "issued": "已发开通码", "opened": "已开通"}


def standing_rows(actor: Actor, standing: str = "") -> QuerySet[Any]:
    """Who serves in the actor's own organ, with `standing` (a key of STANDINGS) and the latest code's day and giver."""
    code = actor.organ_code or 0
    rows = roster_rows(actor, Narrowing(organ=code)).filter(organ_code=code)
    latest = Activation.objects.filter(person_id=OuterRef("person_id")).order_by("-pk")
    open_now = latest.filter(outcome="", until__gt=timezone.now())
    rows = dressed(rows).annotate(
        issued_at=Subquery(latest.values("issued_at")[:1]),
        issued_by=Subquery(latest.values("issued_by")[:1]),
        issued_until=Subquery(open_now.values("until")[:1]),
        standing=Case(
            When(Exists(_sign_ins()), then=Value("opened")),
            When(Exists(open_now), then=Value("issued")),
            default=Value("none"),
            output_field=CharField(),
        ),
    )
    return rows.filter(standing=standing) if standing else rows


def standings_counted(actor: Actor) -> dict[str, int]:
    """How many of the actor's own organ stand where."""
    serving = Engagement.objects.filter(organ_code=actor.organ_code or 0, span__endswith__isnull=True)
    opened = serving.filter(Exists(_sign_ins())).count()
    waiting = Activation.objects.filter(person_id=OuterRef("person_id"), outcome="", until__gt=timezone.now())
    issued = serving.filter(Exists(waiting)).exclude(Exists(_sign_ins())).count()
    return {"none": serving.count() - opened - issued, "issued": issued, "opened": opened}


def sign_in_of(person: Person) -> Account | None:
    """The account by which somebody reads their own file in this organ."""
    return Account.objects.filter(person_id=person.pk).first()


def with_sign_in(people: Iterable[int]) -> set[int]:
    """Which of these people have one, in one query."""
    return set(Account.objects.filter(person_id__in=list(people)).values_list("person_id", flat=True))  # type: ignore[arg-type]


def codes_of(person_id: int) -> list[Activation]:
    """Every code that was given out for somebody, the latest first: by whom, until when, and what became of it."""
    return list(Activation.objects.filter(person_id=person_id).order_by("-pk"))


def codes_open(people: Iterable[int]) -> QuerySet[Activation]:
    """The codes of these people that weren't used or replaced, expired or not."""
    return Activation.objects.filter(Q(outcome=""), person_id__in=list(people))


def _sign_ins() -> QuerySet[Account, Any]:
    return Account.objects.filter(person_id=OuterRef("person_id"))
