"""Uniform, insignia and equipment: one function an act."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor
from fujing.kernel.clock import today
from fujing.kernel.locks import locked, relocked
from fujing.kernel.papers import chinese_date
from fujing.kernel.refusals import Refusal, stated
from fujing.law.outfit.owed import PROVISIONS
from fujing.law.periods import months_later
from fujing.management.outfit.models import Holding, Item, Standard, StockEntry
from fujing.management.outfit.policies import check_handle_outfit
from fujing.management.outfit.services import hand_over
from fujing.management.outfit.states import HOLDING, Entered, HoldingState
from fujing.registry.models import Engagement, Post
from fujing.registry.queries import names_of

MOST = 50
"""Pieces that somebody is given in one act."""
MOST_COUNTED = 1_000_000


@dataclass(frozen=True, slots=True)
class Given:
    """So many pieces of an item in a size."""

    item: Item
    size: str
    quantity: int


def item_save(
    *,
    actor: Actor,
    item: Item | None = None,
    kind: str,
    name: str,
    season: str,
    sizes: Sequence[str],
    unit: str,
    wear_months: int | None,
) -> Item:
    """Put a thing into the bureau's catalogue, or change it. A size that stock or a piece has stays."""
    check_handle_outfit(actor, actor.organ_code or 0)
    if item is not None:
        check_handle_outfit(actor, item.organ_code)
        item = relocked(item)
        used = set(StockEntry.objects.filter(item=item).values_list("size", flat=True))
        if gone := used - (set(sizes) or {""}):
            text = f"已有库存或者发放的规格不能去掉：{'、'.join(sorted(each or '不分规格' for each in gone))}。"
            raise Refusal(text, errors={"sizes": [text]})
    row = item or Item(organ_code=actor.organ_code or 0)
    row.kind, row.name, row.season, row.unit = kind, name.strip(), season, unit.strip()
    row.sizes, row.wear_months = list(dict.fromkeys(each.strip() for each in sizes if each.strip())), wear_months
    row.full_clean()
    row.save()
    return row


def standard_add(
    *, actor: Actor, item: Item, quantity: int, starts: date, source: str, category: str = "", post: Post | None = None
) -> Standard:
    """Say from a day on how many of an item a category, a post or everybody is owed."""
    check_handle_outfit(actor, item.organ_code)
    if post is not None and post.organ_code != item.organ_code:
        raise Refusal("请选择本机关的岗位。", errors={"post": ["请选择本机关的岗位。"]})
    row = Standard(
        organ_code=item.organ_code,
        item=item,
        quantity=quantity,
        category="" if post else category,
        post=post,
        span=DateRange(starts, None),
        source=source.strip(),
        made_by=actor.name,
    )
    # What overlaps is refused by the database alone: Django can't ask it of a range made of a word.
    row.full_clean(validate_constraints=False)
    row.save()
    return row


def standard_end(*, actor: Actor, standard: Standard, ends: date) -> Standard:
    """Let a standard end: `ends` is the first day on which it doesn't apply any more."""
    check_handle_outfit(actor, standard.organ_code)
    standard = relocked(standard)
    if ends <= standard.span.lower or standard.span.upper is not None:
        text = "结束的日期应晚于施行日期；已经结束的不再改动。"
        raise Refusal(text, provisions=("27.p1",), errors={"ends": [text]})
    standard.span = DateRange(standard.span.lower, ends)
    standard.save(update_fields=["span"])
    return standard


def stock_enter(*, actor: Actor, item: Item, size: str, kind: str, quantity: int, note: str = "") -> StockEntry:
    """Write a line of the ledger: what was bought (`bought`), or what is thrown away (`scrapped`); `quantity` is above 0."""
    check_handle_outfit(actor, item.organ_code)
    if kind not in (Entered.BOUGHT, Entered.SCRAPPED) or not 0 < quantity <= MOST_COUNTED:
        raise Refusal("请填写入库或者报废的数量。", errors={"quantity": ["应为 1 以上的整数。"]})
    return _entered(actor, item, size, kind, quantity if kind == Entered.BOUGHT else -quantity, note)


def stock_count(*, actor: Actor, item: Item, size: str, counted: int, note: str) -> StockEntry:
    """Record what was really there; the difference to the ledger becomes a line of it, be it nothing."""
    check_handle_outfit(actor, item.organ_code)
    if not 0 <= counted <= MOST_COUNTED:
        raise Refusal("请填写盘点的数量。", errors={"counted": ["应为 0 以上的整数。"]})
    (item,) = locked(Item.objects.filter(pk=item.pk))
    last = StockEntry.objects.filter(item=item, size=size).order_by("-pk").first()
    return _entered(actor, item, size, Entered.COUNTED, counted - (last.balance if last else 0), note)


def _entered(actor: Actor, item: Item, size: str, kind: str, quantity: int, note: str) -> StockEntry:
    row = StockEntry(
        organ_code=item.organ_code,
        item=item,
        size=size,
        kind=kind,
        quantity=quantity,
        note=note.strip(),
        entered_by=actor.name,
    )
    row.save()
    row.refresh_from_db(fields=["balance"])
    return row


def issue_text(organ_code: int, given: Sequence[Given]) -> str:
    """What whoever is given these things puts their name to."""
    things = "；".join(
        f"{' '.join(filter(None, (each.item.name, each.size)))} {each.quantity}{each.item.unit}" for each in given
    )
    organ = names_of([organ_code])[organ_code]
    return (
        f"本人于{chinese_date(today())}收到{organ}发放的：{things}。"
        "本人妥善保管，按规定着装和使用，不转借；遗失、损坏的立即报告，离职时交回。"
    )


def outfit_issue(
    *,
    actor: Actor,
    engagement: Engagement,
    given: Sequence[Given],
    signed_as: str,
    id_tail: str,
    read: str | None = None,
) -> list[Holding]:
    """Hand things to somebody of the own bureau, who signs for them; all or nothing. The stock never goes below nothing.

    `read` is what the person had before them when they signed: nobody signs for anything else.
    """
    check_handle_outfit(actor, engagement.organ_code)
    given = [each for each in given if each.quantity > 0]
    number = sum(each.quantity for each in given)
    if not 0 < number <= MOST:
        raise Refusal(f"请填写发放的数量，一次最多 {MOST} 件。", provisions=("27.p1",))
    text = issue_text(engagement.organ_code, given)
    if read is not None and read != text:
        raise Refusal("发放的物品和本人阅读的内容不一致，请本人阅读现在的内容再签收。", provisions=("27.p1",))
    signed = hand_over(actor=actor, engagement=engagement, text=text, signed_as=signed_as, id_tail=id_tail)
    made = []
    # In the order of the items: two who are given the same things never wait for each other in a circle.
    for each in sorted(given, key=lambda one: (one.item.pk, one.size)):
        entry = _entered(actor, each.item, each.size, Entered.ISSUED, -each.quantity, engagement.person.name)
        months = each.item.wear_months
        for _ in range(each.quantity):
            row = Holding(
                organ_code=engagement.organ_code,
                engagement=engagement,
                item=each.item,
                size=each.size,
                entry=entry,
                hand_over=signed,
                issued_on=today(),
                worn_from=months_later(today(), months) if months else None,
            )
            row.clean()
            row.save()
            made.append(row)
    return made


def holding_return(*, actor: Actor, holding: Holding, note: str = "", restock: bool = False) -> Holding:
    """Take a piece back; `restock`: it goes into the stock again."""
    holding = _ended(actor, holding, "return", note or "交回")
    if restock:
        _entered(actor, holding.item, holding.size, Entered.RETURNED, 1, holding.engagement.person.name)
    return holding


def holding_lose(*, actor: Actor, holding: Holding, reason: str) -> Holding:
    """Record that a piece was lost, and what was done about it."""
    return _ended(actor, holding, "lose", reason)


def holding_scrap(*, actor: Actor, holding: Holding, reason: str) -> Holding:
    """Take a worn or broken piece out of use."""
    return _ended(actor, holding, "scrap", reason)


def _ended(actor: Actor, holding: Holding, verb: str, why: str) -> Holding:
    check_handle_outfit(actor, holding.organ_code)
    holding = relocked(holding)
    move = HOLDING.check(actor, holding.state, verb)
    why = stated(why, "reason", "请写明情况。", provisions=(PROVISIONS[holding.item.kind],))
    holding.state, holding.ended_on, holding.why = HoldingState(move.target), today(), why
    holding.changed_by = actor.name
    holding.save(update_fields=["state", "ended_on", "why", "changed_by"])
    return holding
