"""Reading uniform, insignia and equipment as somebody: what there is, what is owed, and what is in whose hands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.refusals import existing
from fujing.law.outfit.owed import Line, Owed, Piece, owed
from fujing.management.outfit.models import Holding, Item, Standard, StockEntry
from fujing.management.outfit.states import HoldingState
from fujing.registry.models import Assignment, Engagement, Person
from fujing.registry.roster import Narrowing, dressed, roster_rows


def items_for(actor: Actor) -> QuerySet[Item]:
    """The catalogues of the actor's territory, by kind and name; each with how many pieces are out."""
    rows = Item.objects.filter(organ_code__range=actor.territory)
    out = Count("holdings", filter=Q(holdings__state=HoldingState.HELD))
    return rows.annotate(out=out).order_by("organ_code", "kind", "name", "pk")


def item_for(actor: Actor, item_id: int) -> Item:
    """An item of the actor's territory, or 404."""
    return existing(Item.objects.filter(organ_code__range=actor.territory, pk=item_id).first(), "没有这种物品")


def own_items(actor: Actor) -> QuerySet[Item]:
    """The catalogue of the actor's own bureau."""
    return Item.objects.filter(organ_code=actor.organ_code or 0).order_by("kind", "name", "pk")


def balances(items: Iterable[int]) -> dict[tuple[int, str], int]:
    """What is in stock, by item and size, where anything ever was."""
    rows = StockEntry.objects.filter(item__in=list(items)).order_by("item", "size", "-pk").distinct("item", "size")
    return {(item, size): balance for item, size, balance in rows.values_list("item_id", "size", "balance")}


def entries_of(item: Item) -> QuerySet[StockEntry]:
    """The ledger of an item, the newest first."""
    return StockEntry.objects.filter(item=item).order_by("-pk")


def standards_of(item: Item) -> QuerySet[Standard]:
    """Whom an item is owed, now and before, the newest first."""
    return Standard.objects.filter(item=item).select_related("post").order_by("-span", "pk")


def standard_for(actor: Actor, standard_id: int) -> Standard:
    """A line of a standard of the actor's territory, or 404."""
    rows = Standard.objects.filter(organ_code__range=actor.territory, pk=standard_id)
    return existing(rows.select_related("item", "post").first(), "没有这个标准")


def holding_for(actor: Actor, holding_id: int) -> Holding:
    """A piece of the actor's territory, or 404."""
    rows = Holding.objects.filter(organ_code__range=actor.territory, pk=holding_id)
    return existing(rows.select_related("engagement__person", "item", "hand_over").first(), "没有这件物品")


def holdings_of(person: Person) -> QuerySet[Holding]:
    """Everything that somebody was given, what they still have first."""
    rows = Holding.objects.filter(person_id=person.pk).select_related("item", "hand_over")
    return rows.order_by("ended_on", "item__kind", "item__name", "pk")


def held_by(engagement: Engagement) -> QuerySet[Holding]:
    """What is in somebody's hands."""
    rows = Holding.objects.filter(engagement=engagement, state=HoldingState.HELD)
    return rows.select_related("item").order_by("item__kind", "item__name", "pk")


@dataclass(frozen=True, slots=True)
class Due:
    """An item that somebody is owed, and what the law says of it."""

    item: Item
    said: Owed


@dataclass(frozen=True, slots=True)
class Lacking:
    """Somebody who lacks something, or of whom what is owed isn't known."""

    engagement: Engagement
    dues: tuple[Due, ...]

    @property
    def pieces(self) -> int:
        """How many pieces are missing for certain."""
        return sum(each.said.lacks or 0 for each in self.dues)

    @property
    def words(self) -> str:
        """What is missing: item and number."""
        return "、".join(
            f"{each.item} 待核实" if each.said.lacks is None else f"{each.item} {each.said.lacks}{each.item.unit}"
            for each in self.dues
        )


def _lines(organ_code: int, day: date) -> list[Line]:
    rows = Standard.objects.filter(organ_code=organ_code, span__contains=day)
    return [
        Line(each.item_id, each.quantity, each.category, each.post_id, each.span.lower, each.span.upper)
        for each in rows.order_by("pk")
    ]


def dues_of(engagement: Engagement) -> list[Due]:
    """What somebody is owed today, item by item."""
    place = Assignment.objects.filter(engagement=engagement, span__endswith__isnull=True).first()
    return _dues(
        _lines(engagement.organ_code, today()),
        {item.pk: item for item in Item.objects.filter(organ_code=engagement.organ_code)},
        [Piece(each.item_id, each.worn_from) for each in held_by(engagement)],
        engagement.category,
        place.post_id if place else None,
    )


def _dues(lines: list[Line], items: dict[int, Item], pieces: list[Piece], category: str, post: int | None) -> list[Due]:
    said = owed(lines, pieces, category=category, post=post, day=today())
    found = [Due(items[each.item], each) for each in said]
    return sorted(found, key=lambda each: (each.item.kind, each.item.name))


def lacking(actor: Actor) -> list[Lacking]:
    """Everybody of the actor's own bureau who lacks something today; four queries, however many they are."""
    code = actor.organ_code or 0
    lines = _lines(code, today())
    if not lines:
        return []
    items = {item.pk: item for item in Item.objects.filter(organ_code=code)}
    rows = dressed(roster_rows(actor, Narrowing(own=True)).filter(span__startswith__lte=today())).order_by("pk")
    posts = dict(
        Assignment.objects.filter(organ_code=code, span__endswith__isnull=True).values_list("engagement_id", "post_id")
    )
    pieces: dict[int, list[Piece]] = {}
    out = Holding.objects.filter(organ_code=code, state=HoldingState.HELD)
    for engagement, item, worn_from in out.values_list("engagement_id", "item_id", "worn_from"):
        pieces.setdefault(engagement, []).append(Piece(item, worn_from))
    found = []
    for each in rows:
        dues = _dues(lines, items, pieces.get(each.pk, []), each.category, posts.get(each.pk))
        missing = tuple(due for due in dues if due.said.lacks != 0)
        if missing:
            found.append(Lacking(each, missing))
    return found
