"""The demo's work cards of 三台: some in people's hands, some to be printed, one stopped, one lost. Made once."""

from __future__ import annotations

from datetime import timedelta

from fujing.cli.demo.cast import SANTAI
from fujing.cli.demo.papers import photographed
from fujing.cli.demo.registry import signed_in
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.management.outfit.models import Card
from fujing.management.outfit.services import card_issue, card_lose, card_photo, card_suspend, cards_request
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
        cards = _made(hr, [soon], days=20) + _made(hr, others, days=1000)
        for card in cards:
            person = card.engagement.person
            card_photo(actor=hr, card=card, upload=photographed(person.name, "证件照"))
            card_issue(actor=hr, card=card, signed_as=person.name, id_tail=str(person.id_number)[-4:])
        _made(hr, people[HELD : HELD + WAITING], days=1000)
        card_lose(actor=hr, card=cards[1], reason="夜间巡逻时遗失，已声明作废")
    with acting(signed_in("santai_head")) as head:
        card_suspend(actor=head, card=cards[2], reason="停止执勤，配合调查")


def _made(actor: Actor, people: list[int], days: int) -> list[Card]:
    return cards_request(actor=actor, engagements=people, starts=today(), last_day=today() + timedelta(days))
