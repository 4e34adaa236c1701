"""The roster and the search for people, fast at province size: keyset pages over indexes, indexed prefixes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from fujing.kernel.actor import Actor, within
from fujing.kernel.numbers import number_of
from fujing.kernel.privacy import Kind, names_of
from fujing.kernel.refusals import existing
from fujing.registry.models import (
    Account,
    Assignment,
    Contract,
    Engagement,
    Organ,
    Person,
    Post,
    bureau_range,
    territory_of,
)
from fujing.registry.moving_in.queries import recorded_contracts, recorded_places, recorded_terms
from fujing.registry.search import ways
from fujing.registry.states import OrganKind

PAGE = 50
ENDING = {"ends7": (0, 7), "ends30": (8, 30), "ends60": (31, 60)}
"""How many days, both inclusive, the last day of somebody's last contract is away: each person is in one at most."""
SOON_DAYS = max(last for _, last in ENDING.values())
DUE = {"soon": (0, SOON_DAYS), **ENDING}
ONE = timedelta(days=1)
COUNTED = 10_000
"""Matches are counted up to here; beyond, the list says 以上."""
LAST = date(9999, 12, 31)
NO_UNIT = 10**12
RECORDED = "（花名册记载）"
MOST_SAID = 200
"""Units of a roster that are offered by their words; a bureau has fewer, unless the column holds something else."""


class NextDay(Func):
    """The day after: a roster's last days are inclusive, a period's end isn't."""

    template = "(%(expressions)s + 1)"


class Scope(NamedTuple):
    """Whose people somebody sees: organ codes, both inclusive, and of one unit only for those who work in a unit."""

    lo: int
    hi: int
    unit: int | None

    @property
    def bureau(self) -> int | None:
        """The one county bureau that this is; None where there are several."""
        return self.lo if self.lo % 10**6 == 0 and self.hi - self.lo < 10**6 else None


def scope_of(actor: Actor, organ: int | None = None) -> Scope:
    """The actor's people, narrowed to the territory of `organ`. People belong to bureaus, never to units."""
    code = actor.organ_code or 0
    if actor.lo is not None and actor.lo == actor.hi and code % 10**6:
        return Scope(*bureau_range(code), code)
    lo, hi = actor.territory
    if organ is not None:
        first, last = territory_of(organ)
        lo, hi = max(lo, first), min(hi, last)
    return Scope(lo, hi, None)


@contextmanager
def reading(actor: Actor) -> Iterator[None]:
    """Reading people as this actor: a unit's leader reads in the bureau, by queries that keep to the unit."""
    scope = scope_of(actor)
    if scope.unit is None:
        yield
        return
    with within(actor, scope.lo, scope.hi):
        yield


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a roster is narrowed to; empty is everybody in service.

    `due` is a key of DUE (the last contract ends within these days) or `none` (no contract); `post` is its name; `own`
    leaves out the people of subordinate bureaus. Whom nobody has placed here, and who has signed nothing here, fits by
    what a roster says; `said_unit` is a unit as it writes it, where it is none of the bureau's.
    """

    category: str = ""
    due: str = ""
    organ: int | None = None
    unit: int | None = None
    officer: int | None = None
    post: str = ""
    education: str = ""
    own: bool = False
    said_unit: str = ""


class Order(NamedTuple):
    """How the roster is sorted: a path, and whether the words run against it (age and date of birth)."""

    path: str
    against: bool = False
    everywhere: bool = True


ORDERS = {
    "name": Order("person__pinyin"),
    "age": Order("person__birth_date", against=True),
    "since": Order("span__startswith"),
    # Without an index across bureaus: within one bureau only.
    "unit": Order("unit_code", everywhere=False),
    "ends": Order("ends", everywhere=False),
}


def _current() -> QuerySet[Assignment]:
    return Assignment.objects.filter(engagement=OuterRef("pk"), span__endswith__isnull=True)


def dressed(rows: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """Each row with where and under whom the person serves now and when the present contract ends (exclusive).

    `said_…` is what a roster says in their place: unit, post, and the contract's kind and last day (inclusive).
    """
    place = _current()
    contract = Contract.objects.filter(engagement=OuterRef("pk")).order_by("-sequence")
    said_place, said_term = (
        rows.filter(engagement=OuterRef("pk")).order_by("-period") for rows in (recorded_places(), recorded_terms())
    )
    # A list shows no sensitive field, so it decrypts none.
    sensitive = [f"person__{name}" for name in names_of(Person, kind=Kind.SENSITIVE)]
    return (
        rows.select_related("person")
        .defer(*sensitive)
        .annotate(
            unit_name=Subquery(place.values("unit__short_name")[:1]),
            post_name=Subquery(place.values("post__name")[:1]),
            officer_name=Subquery(place.values("officer__name")[:1]),
            contract_number=Subquery(contract.values("number")[:1]),
            contract_ends=Subquery(contract.values("span__endswith")[:1]),
            said_unit=Subquery(said_place.values("unit")[:1]),
            said_post=Subquery(said_place.values("post")[:1]),
            said_kind=Subquery(said_term.values("contract_kind")[:1]),
            said_ends=Subquery(said_term.values("contract_to")[:1]),
        )
    )


def roster_rows(actor: Actor, wanted: Narrowing) -> QuerySet[Engagement]:
    """People in service who fit; to be read within `reading`."""
    scope = scope_of(actor, wanted.organ)
    rows = Engagement.objects.filter(span__endswith__isnull=True)
    # One county's people have one code: equality lets an index give the order too.
    rows = rows.filter(organ_code=scope.bureau) if scope.bureau else rows.filter(organ_code__range=(scope.lo, scope.hi))
    place: dict[str, Any] = {}
    if unit := scope.unit or wanted.unit:
        place["unit"] = unit
    if wanted.officer:
        place["officer"] = wanted.officer
    if wanted.post:
        place["post__name"] = wanted.post
    if place or wanted.said_unit:
        serving = Assignment.objects.filter(span__endswith__isnull=True, **place).values("engagement")
        said = None if scope.unit or wanted.officer else _said_to_serve(wanted)
        if wanted.said_unit:
            serving = serving.none()
        rows = rows.filter(pk__in=serving if said is None else serving.union(said, all=True))
    if wanted.category:
        rows = rows.filter(category=wanted.category)
    if wanted.education:
        rows = rows.filter(person__education=wanted.education)
    if wanted.own:
        rows = rows.filter(organ_code=actor.organ_code or 0)
    if wanted.due in DUE:
        rows = _ending(rows, *DUE[wanted.due])
    elif wanted.due == "none":
        signed = recorded_contracts().exclude(engagement=None).values("engagement")
        rows = rows.filter(contracts__isnull=True).exclude(pk__in=signed)
    return rows


def _said_to_serve(wanted: Narrowing) -> QuerySet[Any, Any]:
    """The engagements of people whom a roster places there: by the unit's name or short name, and by the post's."""
    said = recorded_places()
    if wanted.unit:
        unit = Organ.objects.filter(pk=wanted.unit)
        said = said.filter(Q(unit__in=unit.values("name")) | Q(unit__in=unit.values("short_name")))
    if wanted.said_unit:
        said = said.filter(unit=wanted.said_unit)
    if wanted.post:
        said = said.filter(post=wanted.post)
    return said.values("engagement")


def _ending(rows: QuerySet[Engagement], first: int, last: int) -> QuerySet[Engagement]:
    """Those whose last contract ends in so many days, both inclusive."""
    day = timezone.localdate()
    # A period's end is the day after its last.
    earliest, latest = day + timedelta(days=first + 1), day + timedelta(days=last + 1)
    own = {"engagement": OuterRef("pk")}
    ending = Contract.objects.filter(span__contains=day, span__endswith__gte=earliest, span__endswith__lte=latest)
    lasting = Contract.objects.filter(Q(span__endswith__isnull=True) | Q(span__endswith__gt=latest), **own)
    said = recorded_terms().filter(
        contract_kind="fixed", contract_to__gte=earliest - ONE, contract_to__lte=latest - ONE, **own
    )
    return rows.filter(Exists(ending.filter(**own)) | Exists(said)).exclude(Exists(lasting))


def last_until() -> Coalesce:
    """The day after somebody's last contract's last one: as signed here, else as a roster says; None without a term."""
    signed = Contract.objects.filter(engagement=OuterRef("pk")).order_by("-sequence")
    said = recorded_terms().filter(engagement=OuterRef("pk"), contract_kind="fixed").order_by("-period")
    return Coalesce(
        Subquery(signed.values("span__endswith")[:1]),
        NextDay(Subquery(said.values("contract_to")[:1], output_field=DateField()), output_field=DateField()),
        output_field=DateField(),
    )


def matching(rows: QuerySet[Engagement]) -> int:
    """How many rows there are; COUNTED + 1 stands for more."""
    return rows.order_by()[: COUNTED + 1].count()


def roster_page(
    actor: Actor, wanted: Narrowing = Narrowing(), *, sort: str = "", after: str = "", limit: int = PAGE
) -> tuple[list[Engagement], str]:
    """One page from behind a key, and the key of the next page or nothing; to be read within `reading`.

    `sort` is a key of ORDERS, with "-" before it descending; without one, people stand by id.
    """
    rows = roster_rows(actor, wanted)
    key, descending = sort.lstrip("-"), sort.startswith("-")
    order = ORDERS.get(key)
    if order is None or not (order.everywhere or scope_of(actor, wanted.organ).bureau):
        rows = rows.order_by("pk")
        page = list(dressed(rows.filter(pk__gt=number_of(after) or 0))[: limit + 1])
        return page[:limit], str(page[limit - 1].pk) if len(page) > limit else ""
    rows = _with_order(rows, order.path)
    down = descending != order.against
    value, _, number = after.rpartition("|")
    last = number_of(number)
    if value and last is not None:
        rows = _behind(rows, order.path, value, last, down=down)
    by = F(order.path).desc() if down else F(order.path).asc()
    page = list(dressed(rows.order_by(by, "-pk" if down else "pk")).annotate(key=F(order.path))[: limit + 1])
    return page[:limit], f"{page[limit - 1].key}|{page[limit - 1].pk}" if len(page) > limit else ""  # type: ignore[attr-defined]


def _with_order(rows: QuerySet[Engagement], path: str) -> QuerySet[Engagement]:
    """Unit or contract as a sortable value: what isn't there comes last."""
    if path == "unit_code":
        unit = Subquery(_current().values("unit_id")[:1], output_field=BigIntegerField())
        return rows.annotate(unit_code=Coalesce(unit, Value(NO_UNIT), output_field=BigIntegerField()))
    if path == "ends":
        return rows.annotate(ends=Coalesce(last_until(), Value(LAST), output_field=DateField()))
    return rows


def _behind(rows: QuerySet[Engagement], path: str, value: str, pk: int, *, down: bool) -> QuerySet[Engagement]:
    """Rows behind a key. A key that is no value of the path is no key: the first page."""
    beyond, edge = ("lt", "lte") if down else ("gt", "gte")
    try:
        key: Any = (
            value if path == "person__pinyin" else int(value) if path == "unit_code" else date.fromisoformat(value)
        )
    except ValueError:
        return rows
    # The first condition is for the index, the second for those of the same value.
    return rows.filter(
        Q(**{f"{path}__{edge}": key}), Q(**{f"{path}__{beyond}": key}) | Q(**{path: key, f"pk__{beyond}": pk})
    )


def choices_of(scope: Scope) -> dict[str, list[tuple[str, str]]]:
    """Units, officers and posts of one bureau to narrow its roster by, in one query.

    A unit that only a roster names stands by its words, with the note that they are the roster's.
    """
    code = scope.bureau
    if code is None:
        return {}
    serving = Assignment.objects.filter(organ_code=code, span__endswith__isnull=True)
    posts = Post.objects.filter(organ_code=code)
    if scope.unit:
        serving, posts = serving.filter(unit=scope.unit), posts.filter(unit=scope.unit)
    units = Organ.objects.filter(parent_id=code, kind__in=[OrganKind.DEPARTMENT, OrganKind.STATION])
    officers = Account.objects.filter(pk__in=serving.exclude(officer=None).values("officer"))
    text = CharField()
    found = units.values_list(Value("unit"), Cast("code", text), "short_name").union(
        officers.values_list(Value("officer"), Cast("pk", text), "name"),
        posts.values_list(Value("post"), "name", "name"),
    )
    if not scope.unit:
        said = recorded_places().filter(organ_code=code).order_by()
        found = found.union(
            units.values_list(Value("known"), "name", "name"),
            said.exclude(unit="").values_list(Value("said"), Cast("unit", text), Cast("unit", text)),
            said.exclude(post="").values_list(Value("post"), Cast("post", text), Cast("post", text)),
        )
    grouped: dict[str, list[tuple[str, str]]] = {"unit": [], "officer": [], "post": [], "known": [], "said": []}
    for name, value, label in sorted(found):
        grouped[name].append((value, label))
    known = {label for name in ("known", "unit") for _, label in grouped[name]}
    only_said = [(value, f"{label}{RECORDED}") for value, label in grouped.pop("said") if label not in known]
    grouped["unit"] += only_said[:MOST_SAID]
    del grouped["known"]
    return {name: values for name, values in grouped.items() if values and not (name == "unit" and scope.unit)}


def unit_strength(unit: int) -> int:
    """People who serve in a unit now; to be read within `reading`."""
    serving = Assignment.objects.filter(unit=unit, span__endswith__isnull=True)
    return serving.aggregate(total=Count("pk"))["total"]


def people_matching(actor: Actor, text: str) -> list[Engagement]:
    """Engagements of people whose name, pinyin or initials begin so, or who have the number; at most a page."""
    scope = scope_of(actor)
    people = Person.objects.filter(organ_code__range=(scope.lo, scope.hi))
    if scope.unit:
        people = people.filter(_serves_in(scope.unit))
    # One by one: joined by OR, none of the indexes would be used under row security.
    found = {pk for way in ways(actor, text) for pk in people.filter(way).values_list("pk", flat=True)[:PAGE]}
    rows = Engagement.objects.filter(person_id__in=list(found)[:PAGE])
    return list(dressed(rows).order_by("person__pinyin", F("span").desc())[:PAGE])


def _serves_in(unit: int) -> Q:
    serving = Assignment.objects.filter(unit=unit, span__endswith__isnull=True, person_id=OuterRef("pk"))
    return Q(Exists(serving))


def person_for(actor: Actor, person_id: int) -> Person:
    """One person whom the actor sees, with the name of the managing organ as `organ_name`, or 404."""
    scope = scope_of(actor)
    organ = Organ.objects.filter(code=OuterRef("organ_code"))
    seen = Person.objects.filter(organ_code__range=(scope.lo, scope.hi), pk=person_id)
    if scope.unit:
        seen = seen.filter(_serves_in(scope.unit))
    return existing(seen.annotate(organ_name=Subquery(organ.values("name"))).first(), "没有这份档案")
