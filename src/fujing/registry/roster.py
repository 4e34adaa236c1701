"""The roster and the search for people, fast at province size: keyset pages, indexed prefixes."""

from __future__ import annotations

import re
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from fujing.kernel.actor import Actor
from fujing.kernel.privacy import Kind, names_of
from fujing.registry.models import Assignment, Contract, Engagement, Organ, Person, territory_of

PAGE = 50
SOON_DAYS = 60
PLAIN = re.compile(r"^[a-z]+$")


def _dressed(rows: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Each row with where the person serves now and when the present contract ends (exclusive)."""
    place = Assignment.objects.filter(engagement=OuterRef("pk"), span__endswith__isnull=True)
    contract = Contract.objects.filter(engagement=OuterRef("pk")).order_by("-sequence")
    # A list shows no sensitive field, so it decrypts none.
    sensitive = [f"person__{name}" for name in names_of(Person, kind=Kind.SENSITIVE)]
    return (
        rows.select_related("person")
        .defer(*sensitive)
        .annotate(
            unit_name=Subquery(place.values("unit__short_name")[:1]),
            post_name=Subquery(place.values("post__name")[:1]),
            contract_ends=Subquery(contract.values("span__endswith")[:1]),
        )
    )


def roster_page(
    actor: Actor, *, after: int = 0, category: str = "", due: str = "", organ: int | None = None, limit: int = PAGE
) -> tuple[list[Engagement], int | None]:
    """People in service, by id after a key; the next key or None at the end.

    `organ` narrows to its territory; `due` is `soon` (the last contract ends within SOON_DAYS) or `none` (no contract).
    """
    rows = Engagement.objects.filter(span__endswith__isnull=True, pk__gt=after)
    lo, hi = actor.lo or 0, actor.hi or 0
    if organ is not None:
        first, last = territory_of(organ)
        lo, hi = max(lo, first), min(hi, last)
    rows = rows.filter(organ_code__range=(lo, hi))
    if category:
        rows = rows.filter(category=category)
    if due == "soon":
        day = timezone.localdate()
        lasting = Contract.objects.filter(
            Q(span__endswith__isnull=True) | Q(span__endswith__gt=day + timedelta(days=SOON_DAYS)),
            engagement=OuterRef("pk"),
        )
        rows = rows.filter(contracts__span__contains=day).exclude(Exists(lasting))
    elif due == "none":
        rows = rows.filter(contracts__isnull=True)
    page = list(_dressed(rows).order_by("pk")[: limit + 1])
    return page[:limit], page[limit - 1].pk if len(page) > limit else None


def people_matching(actor: Actor, text: str) -> list[Engagement]:
    """Engagements of people whose name begins with the characters, the pinyin or the initials; at most a page."""
    key = text.lower().replace(" ", "")
    people = Person.objects.filter(organ_code__range=(actor.lo or 0, actor.hi or 0))
    if PLAIN.match(key):
        ceiling = key[:-1] + chr(ord(key[-1]) + 1)
        found = set(people.filter(pinyin__gte=key, pinyin__lt=ceiling).values_list("pk", flat=True)[:PAGE])
        found |= set(people.filter(initials__gte=key, initials__lt=ceiling).values_list("pk", flat=True)[:PAGE])
    else:
        ceiling = text[:-1] + chr(ord(text[-1]) + 1)
        found = set(people.filter(name__gte=text, name__lt=ceiling).values_list("pk", flat=True)[:PAGE])
    rows = Engagement.objects.filter(person_id__in=list(found)[:PAGE])
    return list(_dressed(rows).order_by("person__pinyin", F("span").desc())[:PAGE])


def person_for(actor: Actor, person_id: int) -> Person:
    """One person of the territory with the name of the managing organ as `organ_name`, or 404."""
    organ = Organ.objects.filter(code=OuterRef("organ_code"))
    seen = Person.objects.filter(organ_code__range=(actor.lo or 0, actor.hi or 0), pk=person_id)
    person = seen.annotate(organ_name=Subquery(organ.values("name"))).first()
    if person is None:
        raise Http404("没有这份档案")
    return person
