"""工作证: the list, who has none, how cards are requested, printed, signed for, stopped and replaced, as officers do it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.todos import waiting
from fujing.management.outfit.models import Card
from fujing.management.outfit.todos import OUTFIT
from fujing.web.desk.management.todos import PLACES
from fujing.web.desk.wings import place_of
from tests.clients import client_of, client_with
from tests.factories import SANTAI
from tests.management.cards import card_at, face, requested, store, tail
from tests.web.test_consent_pages import text
from tests.web.test_contract_pages import sent

pytestmark = pytest.mark.django_db
TERM = {"starts": today().isoformat(), "last_day": (today() + timedelta(365)).isoformat()}


def test_a_card_is_requested_photographed_printed_and_signed_for() -> None:
    made = store()
    client = client_of(made.supply)
    page = "/desk/cards/without/"
    assert "王建华" in text(client, page)
    sent(client, page, TERM, 422)
    sent(client, page, {**TERM, "chosen": made.engagement.pk})
    with acting(made.supply):
        card = Card.objects.get()
    own = f"/desk/cards/{card.pk}/"
    assert "王建华" not in text(client, page).split("<main")[1]
    assert "还没有照片" in text(client, own)
    assert "/print/" not in text(client, own) + text(client, "/desk/cards/")
    assert client.get("/desk/cards/print/").status_code == 409
    sent(client, f"{own}photo/", {"upload": face()})
    picture = client.get(f"{own}picture/")
    assert picture["Content-Type"] == "image/jpeg"
    assert picture.getvalue().startswith(b"\xff\xd8\xff")
    for printed in (f"{own}print/", "/desk/cards/print/"):
        answer = client.get(printed)
        said = "".join(each.extract_text() for each in PdfReader(io.BytesIO(answer.content)).pages)
        assert card.number in said.replace(" ", "")
        assert "警务辅助人员工作证" in said
        assert "勤务辅警" in said
        assert "民警" not in said
        assert "警察" not in said
    asked = sent(client, own, {"verb": "issue"}, 200)
    assert f"编号{card.number}" in asked
    sign = {"verb": "issue", "confirmed": "1", "signed_as": "王建华"}
    assert "后四位不一致" in sent(client, own, {**sign, "id_tail": "0000"}, 422)
    sent(client, own, {**sign, "id_tail": tail(made.engagement)})
    shown = text(client, own)
    assert "本人签收" in shown
    assert "经办人的设备" in shown
    assert client.get(f"{own}print/").status_code == 404
    assert "工作证编号" in text(client, f"/desk/people/{made.engagement.person_id}/?tab=outfit")


def test_who_stops_takes_back_and_replaces_finds_the_buttons() -> None:
    made = store()
    with acting(made.supply):
        card = card_at(made, "valid")
    supply, head = client_of(made.supply), client_of(made.head)
    page = f"/desk/cards/{card.pk}/"
    assert "由经办、人事负责人办理。" in text(supply, page)
    sent(head, page, {"verb": "suspend", "reason": "停止执勤"})
    assert "已停用" in text(head, page)
    sent(head, page, {"verb": "restore", "reason": "恢复执勤"})
    sent(supply, page, {"verb": "lose", "reason": "巡逻时遗失"})
    sent(supply, f"{page}replace/", TERM)
    with acting(made.supply):
        new = Card.objects.exclude(pk=card.pk).get()
        assert new.replaces_id == card.pk
    assert card.number in text(supply, f"/desk/cards/{new.pk}/")
    sent(supply, page, {"verb": "hand_in", "reason": "找回"})
    sent(supply, f"/desk/cards/{new.pk}/", {"verb": "cancel", "reason": "原证找回"})


def test_who_does_not_equip_people_sees_no_cards() -> None:
    made = store()
    with acting(made.supply):
        card = card_at(made, "valid")
    for role in ("police_officer", "finance", "system_admin"):
        client = client_with(SANTAI, role)
        assert [client.get(url).status_code for url in ("/desk/cards/", f"/desk/cards/{card.pk}/")] == [403, 403]
    leader = client_with(SANTAI, "organ_leader")
    assert "停用" in text(leader, f"/desk/cards/{card.pk}/")
    assert leader.get("/desk/cards/without/").status_code == 403


def test_what_waits_leads_to_the_page_where_it_is_done() -> None:
    made, other, third = store("甲"), store("乙"), store("丙")
    with acting(made.supply):
        requested(other)
        card_at(third, "valid", days=10)
        with CaptureQueriesContext(connection) as queries:
            todos = {each.kind: each for each in waiting(made.supply, OUTFIT)}
        assert len(queries) == 1
    assert {kind: todo.count for kind, todo in todos.items()} == {
        "card_without": 1,
        "card_requested": 1,
        "card_expiring": 1,
    }
    assert todos["card_expiring"].due == today() + timedelta(10)
    client = client_of(made.supply)
    for kind, name in (("card_without", "甲"), ("card_requested", "乙"), ("card_expiring", "丙")):
        page = text(client, place_of(todos[kind], PLACES)).split("<main")[1]
        assert [each for each in ("甲", "乙", "丙") if f">{each}<" in page] == [name], kind


def test_the_list_costs_the_same_for_one_card_as_for_four() -> None:
    found = []
    for names in (["甲"], ["乙", "丙", "丁"]):
        for name in names:
            made = store(name)
            with acting(made.supply):
                card_at(made, "valid")
        client = client_of(made.supply)
        client.get("/desk/cards/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/desk/cards/").status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]
