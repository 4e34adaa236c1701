"""The demo's work cards, uniform and equipment of 三台: some in people's hands, one card stopped, one lost. Made once."""

from __future__ import annotations

from datetime import date, timedelta

from fujing.cli.demo.cast import SANTAI
from fujing.cli.demo.papers import photographed
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.management.outfit.models import Card, Item
from fujing.management.outfit.services import card_issue, card_lose, card_photo, card_suspend, cards_request
from fujing.management.outfit.stock import Given, item_save, outfit_issue, standard_add, stock_enter
from fujing.registry.models import Engagement
from fujing.registry.seed import SEEDER

HELD, WAITING = 6, 2
"""People with a card in their hands, and with one that waits to be printed."""
SPARED = 6
"""The first people of the roster have none: whoever tries the demo begins with them."""


def seed_cards() -> None:
    """Cards for a few people of 三台; nothing where there are too few."""
    with acting(SEEDER):
        if Card.objects.exists():
            return
        now = Engagement.objects.filter(organ_code=SANTAI, span__endswith__isnull=True)
        people = list(now.order_by("-pk").values_list("pk", flat=True)[: HELD + WAITING + SPARED])
    if len(people) < HELD + WAITING + SPARED:
        return
    with acting(signed_in("santai_hr")) as hr:
        soon, *others = people[:HELD]
        cards = issued(hr, [soon], days=20) + issued(hr, others, days=1000)
        _made(hr, people[HELD : HELD + WAITING], days=1000)
        card_lose(actor=hr, card=cards[1], reason="夜间巡逻时遗失，已声明作废")
    with acting(signed_in("santai_head")) as head:
        card_suspend(actor=head, card=cards[2], reason="停止执勤，配合调查")


def issued(hr: Actor, people: list[int], days: int, starts: date | None = None) -> list[Card]:
    """Cards in the hands of these people, each with a picture."""
    cards = _made(hr, people, days, starts)
    for card in cards:
        person = card.engagement.person
        card_photo(actor=hr, card=card, upload=photographed(person.name, "证件照"))
        card_issue(actor=hr, card=card, signed_as=person.name, id_tail=str(person.id_number)[-4:])
    return cards


def _made(actor: Actor, people: list[int], days: int, starts: date | None = None) -> list[Card]:
    return cards_request(actor=actor, engagements=people, starts=starts or today(), last_day=today() + timedelta(days))


CATALOGUE: tuple[tuple[str, str, str, list[str], str, int | None, int], ...] = (
    ("uniform", "夏季执勤服", "summer", ["165", "170", "175", "180"], "套", 24, 2),
    ("uniform", "冬季执勤服", "winter", ["165", "170", "175", "180"], "套", 36, 1),
    ("insignia", "臂章", "all", [], "枚", 12, 2),
    ("equipment", "防刺服", "all", [], "件", 60, 1),
    ("equipment", "强光手电", "all", [], "支", None, 1),
)
"""Kind, name, season, sizes, unit, months of wear, and how many each of the field is owed."""


def seed_stock() -> None:
    """A catalogue of 三台 with stock and standard, and what those have who hold a card; nothing where there are too few."""
    with acting(SEEDER):
        holders = list(Card.objects.filter(organ_code=SANTAI, state="valid").select_related("engagement__person"))
        if Item.objects.exists() or not holders:
            return
    with acting(signed_in("santai_hr")) as hr:
        things = {}
        for kind, name, season, sizes, unit, months, due in CATALOGUE:
            item = item_save(actor=hr, kind=kind, name=name, season=season, sizes=sizes, unit=unit, wear_months=months)
            for size in sizes or [""]:
                stock_enter(actor=hr, item=item, size=size, kind="bought", quantity=20, note="虚构采购，仅供演示")
            standard_add(
                actor=hr, item=item, quantity=due, category="field", starts=today(), source="三公装〔2026〕1号"
            )
            things[name] = item
        given = [Given(things["夏季执勤服"], "170", 1), Given(things["臂章"], "", 2), Given(things["防刺服"], "", 1)]
        for card in holders:
            person = card.engagement.person
            outfit_issue(
                actor=hr,
                engagement=card.engagement,
                given=given,
                signed_as=person.name,
                id_tail=str(person.id_number)[-4:],
            )
