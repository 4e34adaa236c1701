"""服装标识 and 装备: catalogue, stock, standard, who lacks what, and what is given, as officers do it."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.management.outfit.models import Holding, Item, Standard, StockEntry
from fujing.management.outfit.stock import holding_lose
from tests.clients import client_of, client_with
from tests.factories import SANTAI
from tests.management.cards import store, tail
from tests.management.test_stock import VEST, issued, stocked
from tests.web.test_consent_pages import text
from tests.web.test_contract_pages import sent

pytestmark = pytest.mark.django_db
SHIRT = {
    "kind": "uniform",
    "name": "夏季执勤服",
    "season": "summer",
    "sizes": "170、175",
    "unit": "件",
    "wear_months": "24",
}
NORM = {"quantity": "2", "category": "field", "post": "", "starts": today().isoformat(), "source": "三公装〔2026〕1号"}


def test_a_thing_is_put_into_the_catalogue_stocked_owed_and_given() -> None:
    made = store()
    client = client_of(made.supply)
    sent(client, "/desk/outfit/items/new/", {**SHIRT, "name": ""}, 422)
    sent(client, "/desk/outfit/items/new/", SHIRT)
    with acting(made.supply):
        item = Item.objects.get()
    own = f"/desk/outfit/items/{item.pk}/"
    assert "还没有标准" in text(client, own)
    sent(client, f"{own}enter/", {"size": "170", "kind": "bought", "quantity": "0", "note": ""}, 422)
    sent(client, f"{own}enter/", {"size": "170", "kind": "bought", "quantity": "3", "note": "采购"})
    assert "库存不足" in sent(client, f"{own}enter/", {"size": "175", "kind": "scrapped", "quantity": "1"}, 422)
    sent(client, f"{own}count/", {"size": "170", "counted": "4", "note": "多一件，原漏记"})
    sent(client, f"{own}standard/", {**NORM, "source": ""}, 422)
    sent(client, f"{own}standard/", NORM)
    assert "只能有一个标准" in sent(client, f"{own}standard/", {**NORM, "quantity": "3"}, 422)
    assert "夏季执勤服" in text(client, "/desk/outfit/clothes/")
    assert "夏季执勤服" not in text(client, "/desk/outfit/equipment/").split("<main")[1]
    assert "夏季执勤服 2件" in text(client, "/desk/outfit/lacking/")
    person = f"/desk/outfit/people/{made.engagement.pk}/"
    shown = text(client, person)
    assert "缺 2" in shown
    assert "selected>夏季执勤服" not in shown  # nobody knows the size yet
    lines = {"what_1": f"{item.pk}|170", "quantity_1": "2"}
    assert "物品和数量请一并填写" in sent(client, person, {**lines, "what_2": f"{item.pk}|170", "act": "read"}, 422)
    shown = sent(client, person, {**lines, "act": "read"}, 200)
    assert "夏季执勤服 170 2件" in shown
    sign = {**lines, "act": "sign", "signed_as": "王建华", "read": read(shown)}
    other = {**sign, "quantity_1": "1", "id_tail": tail(made.engagement)}
    assert "请本人阅读现在的内容再签收" in sent(client, person, other, 422)
    assert "后四位不一致" in sent(client, person, {**sign, "id_tail": "0000"}, 422)
    sent(client, person, {**sign, "id_tail": tail(made.engagement)})
    assert "已配齐" in text(client, person)
    with acting(made.supply):
        holding_lose(actor=made.supply, holding=Holding.objects.earliest("pk"), reason="遗失")
    assert "selected>夏季执勤服 170（库存 2）" in text(client, person)
    one = {"what_1": f"{item.pk}|170", "quantity_1": "1"}
    shown = sent(client, person, {**one, "act": "read"}, 200)
    sent(client, person, {**sign, **one, "read": read(shown), "id_tail": tail(made.engagement)})
    assert "王建华" not in text(client, "/desk/outfit/lacking/").split("<main")[1]
    tab = text(client, f"/desk/people/{made.engagement.person_id}/?tab=outfit")
    assert "已配齐" in tab
    assert person in tab


def read(page: str) -> str:
    """What stood before the person when they signed."""
    return page.split('name="read" value="')[1].split('"')[0]


def test_each_piece_comes_back_is_lost_or_worn_on_its_page() -> None:
    made = store()
    with acting(made.supply):
        item = stocked(made)
        first, second, third = issued(made, item, 3)
    client = client_of(made.supply)
    pages = [f"/desk/outfit/holdings/{piece.pk}/" for piece in (first, second, third)]
    assert "本人签收" in text(client, pages[0])
    sent(client, pages[0], {"verb": "return", "confirmed": "1", "note": "", "restock": "on"}, 422)
    sent(client, pages[0], {"verb": "return", "confirmed": "1", "note": "调换规格", "restock": "on"})
    sent(client, pages[1], {"verb": "lose", "reason": "出警时遗失"})
    sent(client, pages[2], {"verb": "scrap", "confirmed": "1", "reason": "袖口撕裂"})
    with acting(made.supply):
        assert list(Holding.objects.order_by("pk").values_list("state", flat=True)) == ["returned", "lost", "worn"]
        assert StockEntry.objects.latest("pk").kind == "returned"


def test_a_standard_is_ended_on_its_page() -> None:
    made = store()
    client = client_of(made.supply)
    with acting(made.supply):
        item = stocked(made, **VEST)
    sent(client, f"/desk/outfit/items/{item.pk}/standard/", {**NORM, "starts": "2026-01-01"})
    with acting(made.supply):
        norm = Standard.objects.get()
    end = f"/desk/outfit/standards/{norm.pk}/end/"
    assert end in text(client, f"/desk/outfit/items/{item.pk}/")
    assert "晚于施行日期" in sent(client, end, {"ends": "2026-01-01"}, 422)
    sent(client, end, {"ends": today().isoformat()})
    assert end not in text(client, f"/desk/outfit/items/{item.pk}/")


def sheet(rows: list[tuple[object, ...]]) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    for row in [("名称", "规格", "数量", "说明"), *rows]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("入库.xlsx", out.getvalue())


def test_what_was_bought_is_entered_by_one_sheet_with_a_preview() -> None:
    made = store()
    client = client_of(made.supply)
    with acting(made.supply):
        stocked(made, 1)
        stocked(made, 1, **VEST)
    template = client.get("/desk/outfit/sheet/template/").content
    _, *rows = openpyxl.load_workbook(io.BytesIO(template)).active.iter_rows(values_only=True)
    assert {row[:2] for row in rows if row[0]} == {("夏季执勤服", "170"), ("夏季执勤服", "175"), ("防刺服", None)}
    page = "/desk/outfit/sheet/"
    wrong = sent(client, page, {"file": sheet([("夏季执勤服", "190", 3, ""), ("不知名", None, 1, "")])}, 422)
    assert "应为 170、175" in wrong
    assert "目录里没有这个名称" in wrong
    shown = sent(client, page, {"file": sheet([("夏季执勤服", "175", 30, ""), ("防刺服", None, None, "")])}, 200)
    assert "共 30 件" in shown
    with acting(made.supply):
        assert StockEntry.objects.count() == 2
    confirmed = shown.split('name="confirmed" value="')[1].split('"')[0]
    sent(client, page, {"confirmed": confirmed})
    with acting(made.supply):
        last = StockEntry.objects.latest("pk")
        assert (last.size, last.quantity, last.balance, last.note) == ("175", 30, 30, "按表入库")
    sent(client, page, {"confirmed": "x" + confirmed})


def test_who_does_not_equip_people_sees_neither_stock_nor_pieces() -> None:
    made = store()
    with acting(made.supply):
        item = stocked(made)
    for role in ("police_officer", "finance", "system_admin"):
        client = client_with(SANTAI, role)
        urls = ("/desk/outfit/clothes/", f"/desk/outfit/items/{item.pk}/", f"/desk/outfit/people/{made.engagement.pk}/")
        assert [client.get(url).status_code for url in urls] == [403, 403, 403]
    leader = client_with(SANTAI, "organ_leader")
    assert "登记物品" not in text(leader, "/desk/outfit/clothes/")
    assert leader.get(f"/desk/outfit/items/{item.pk}/enter/").status_code == 403


def test_the_catalogue_costs_the_same_for_one_thing_as_for_three() -> None:
    made, found = store(), []
    client = client_of(made.supply)
    for names in (["甲"], ["乙", "丙"]):
        with acting(made.supply):
            for name in names:
                stocked(made, name=name)
        client.get("/desk/outfit/clothes/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/desk/outfit/clothes/").status_code == 200
        found.append(len(queries))
    assert found[0] == found[1]
