"""Anybody verifies a work card without sign-in, and learns nothing else by it (Article 26)."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from fujing.kernel.actor import acting
from fujing.management.outfit.models import Card
from fujing.management.outfit.services import card_lose
from fujing.web.limits import CARDS
from fujing.web.middleware import logged
from tests.management.cards import Store, card_at, store

pytestmark = pytest.mark.django_db
FORGED = "A" * 26
MOST_BYTES = 40_000


@pytest.fixture
def made() -> Store:
    return store()


def code_of(card: Card, made: Store) -> str:
    with acting(made.supply):
        return str(Card.objects.get(pk=card.pk).code)


def valid(made: Store) -> tuple[Card, str]:
    with acting(made.supply):
        card = card_at(made, "valid")
    return card, code_of(card, made)


def scanned(code: str) -> str:
    answer = Client().get(reverse("public:card", args=[code]))
    assert answer.status_code == 200
    return answer.content.decode()


def typed(number: str, name: str) -> str:
    return Client().post(reverse("public:card_find"), {"number": number, "name": name}).content.decode()


def test_a_valid_card_shows_a_masked_name_category_and_organ_and_nothing_else(made: Store) -> None:
    card, code = valid(made)
    for text in (scanned(code), scanned(code.lower()), typed(card.number, "王建华")):
        assert "有效" in text
        for said in ("王*华", "勤务辅警", "三台县公安局", "答复时间", "超过一天的页面状态不明"):
            assert said in text
        for kept in ("王建华", card.number, str(made.engagement.person.id_number), "<img", "1995"):
            assert kept not in text
        seen = re.sub(r"<[^>]*>", "", text)
        assert "不是人民警察" in seen
        assert "民警" not in seen.replace("不是人民警察", "")


def test_unknown_forged_stopped_and_lost_cards_get_the_very_same_page(made: Store) -> None:
    card, code = valid(made)
    with acting(made.supply):
        card_lose(actor=made.supply, card=card, reason="遗失")
    clock = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d\.?\d*)?")
    pages = [scanned(each) for each in (code, FORGED, code[:-1] + "2", "x", "ж" * 26, "A" * 2000)]
    pages += [typed(card.number, "王建华"), typed("5107222026", "王建华")]
    assert "无效" in pages[0]
    assert "王*华" not in "".join(pages)
    assert len({clock.sub("", page) for page in pages}) == 1


def test_a_visitor_is_not_followed_and_no_answer_is_kept(made: Store) -> None:
    _, code = valid(made)
    client = Client()
    for answer in (
        client.get(reverse("public:card", args=[code])),
        client.get(reverse("public:card_find")),
        client.post(reverse("public:card_find"), {"number": "1", "name": "某"}),
    ):
        assert not client.cookies
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert code not in logged(reverse("public:card", args=[code]))
    assert logged("/card/") == "/card/"
    assert logged("/status/") == "/status/"


def test_the_page_weighs_less_than_forty_kilobytes_with_all_that_it_loads(made: Store) -> None:
    _, code = valid(made)
    text = scanned(code)
    static = settings.WEB / "static"
    loaded = re.findall(r'(?:href|src)="/static/([\w./-]+)"', text)
    assert len(loaded) > 2
    bytes_of = [len((static / re.sub(r"\.[0-9a-f]{8,}(?=\.)", "", name)).read_bytes()) for name in loaded]
    assert len(text.encode()) + sum(bytes_of) < MOST_BYTES, (len(text.encode()), loaded, bytes_of)


def test_guessing_numbers_is_slowed_by_network_and_a_hit_costs_nothing(made: Store) -> None:
    card, _ = valid(made)
    for _ in range(3):
        assert "王*华" in typed(card.number, "王建华")
    for number in range(CARDS.most):
        assert "无效" in typed(str(number), "王伟")
    answer = Client().post(reverse("public:card_find"), {"number": card.number, "name": "王建华"})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert "王*华" not in answer.content.decode()


def test_what_is_left_empty_is_asked_for(made: Store) -> None:
    answer = Client().post(reverse("public:card_find"), {"number": "", "name": "王建华"})
    assert answer.status_code == 422
    assert "工作证编号" in answer.content.decode()
