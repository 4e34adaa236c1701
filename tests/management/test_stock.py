"""Uniform, insignia and equipment: catalogue, standard, stock and what is in whose hands (Articles 14.1, 26, 27)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.law.periods import months_later
from fujing.management.contracts.renewals import EXPIRED
from fujing.management.contracts.services import employment_end
from fujing.management.leaving.models import ClearanceItem, Departure
from fujing.management.leaving.services import departure_clear, items_confirm
from fujing.management.outfit.models import HandOver, Holding, Item, Standard, StockEntry
from fujing.management.outfit.stock import (
    Given,
    holding_lose,
    holding_return,
    holding_scrap,
    item_save,
    outfit_issue,
    standard_add,
    standard_end,
    stock_count,
    stock_enter,
)
from fujing.management.outfit.stock_queries import balances, dues_of, holding_for, item_for, lacking
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.cards import Store, store, tail
from tests.management.departures import Bureau, at, bureau, confirmed

pytestmark = pytest.mark.django_db
SHIRT: dict[str, Any] = {
    "kind": "uniform",
    "name": "夏季执勤服",
    "season": "summer",
    "sizes": ["170", "175"],
    "unit": "件",
    "wear_months": 24,
}
VEST: dict[str, Any] = {
    "kind": "equipment",
    "name": "防刺服",
    "season": "all",
    "sizes": [],
    "unit": "件",
    "wear_months": None,
}


@contextmanager
def refused(words: str) -> Iterator[None]:
    """The database itself says no, in these words."""
    with pytest.raises(Refusal, match=words), speaking(), transaction.atomic():
        yield


def stocked(made: Store, number: int = 5, size: str = "170", **changes: Any) -> Item:
    """An item of which so many pieces were bought."""
    given = SHIRT | changes
    item = item_save(actor=made.supply, **given)
    stock_enter(
        actor=made.supply, item=item, size=size if given["sizes"] else "", kind="bought", quantity=number, note="采购"
    )
    return item


def issued(made: Store, item: Item, quantity: int = 1, size: str = "170") -> list[Holding]:
    """Pieces in the person's hands, signed for."""
    given = [Given(item, size if item.sizes else "", quantity)]
    return outfit_issue(
        actor=made.supply,
        engagement=made.engagement,
        given=given,
        signed_as=made.engagement.person.name,
        id_tail=tail(made.engagement),
    )


def left(item: Item, size: str = "170") -> int:
    return balances([item.pk])[item.pk, size if item.sizes else ""]


def test_things_are_bought_issued_against_a_signature_and_come_back() -> None:
    made = store()
    with acting(made.supply):
        item = stocked(made)
        first, second = issued(made, item, 2)
        assert left(item) == 3
        assert first.worn_from == months_later(today(), 24)
        signed = HandOver.objects.get(pk=first.hand_over_id)
        assert signed.pk == second.hand_over_id
        assert "夏季执勤服 170 2件" in signed.text
        holding_return(actor=made.supply, holding=first, restock=True)
        assert left(item) == 4
        holding_return(actor=made.supply, holding=second)
        assert left(item) == 4
        kinds = list(StockEntry.objects.order_by("pk").values_list("kind", "quantity", "balance"))
        assert kinds == [("bought", 5, 5), ("issued", -2, 3), ("returned", 1, 4)]


def test_the_stock_is_never_below_nothing_and_never_changed_also_for_the_database() -> None:
    made = store()
    with acting(made.supply):
        item = stocked(made, 1)
        with refused("库存不足"):
            issued(made, item, 2)
        with refused("库存不足"):
            stock_enter(actor=made.supply, item=item, size="175", kind="scrapped", quantity=1)
        with refused("没有这个规格：190"):
            stock_enter(actor=made.supply, item=item, size="190", kind="bought", quantity=1)
        with refused("没有写规格"):
            stock_enter(actor=made.supply, item=item, size="", kind="bought", quantity=1)
        entry = StockEntry.objects.get()
        with refused("只能新增"):
            StockEntry.objects.filter(pk=entry.pk).update(quantity=100)
        with refused("入库和退库为增加"):
            StockEntry(organ_code=SANTAI, item=item, size="170", kind="issued", quantity=3, entered_by="某").save()
        with refused("本机关目录"):
            StockEntry(organ_code=YANTING, item=item, size="170", kind="bought", quantity=3, entered_by="某").save()
        # Whatever balance is written, the database reckons it.
        forged = StockEntry(
            organ_code=SANTAI, item=item, size="170", kind="bought", quantity=1, balance=900, entered_by="某"
        )
        forged.save()
        assert left(item) == 2
        for quantity in (0, -1):
            with pytest.raises(Refusal, match="数量"):
                stock_enter(actor=made.supply, item=item, size="170", kind="bought", quantity=quantity)


def test_what_is_counted_becomes_a_line_with_the_difference() -> None:
    made = store()
    with acting(made.supply):
        item = stocked(made, 5)
        assert stock_count(actor=made.supply, item=item, size="170", counted=3, note="少两件，已查").quantity == -2
        assert stock_count(actor=made.supply, item=item, size="170", counted=3, note="相符").quantity == 0
        assert left(item) == 3
        with refused("盘点写明情况"):
            stock_count(actor=made.supply, item=item, size="170", counted=3, note=" ")


def test_what_is_in_hands_left_the_stock_piece_by_piece_also_for_the_database() -> None:
    made, other = store("甲"), store("乙")
    with acting(made.supply):
        item = stocked(made)
        (piece,) = issued(made, item)
        bought = StockEntry.objects.get(kind="bought")
        again = {"issued_on": today(), "hand_over_id": piece.hand_over_id}
        for entry in (piece.entry_id, bought.pk):
            row = Holding(
                organ_code=SANTAI, engagement=other.engagement, item=item, size="170", entry_id=entry, **again
            )
            row.clean()
            with refused("与出库的发放登记一致"):
                row.save()
        for change in ({"size": "175"}, {"worn_from": None}, {"issued_on": today() - timedelta(1)}):
            with refused("不得改动"):
                Holding.objects.filter(pk=piece.pk).update(**change)
        with refused("不得删除"):
            Holding.objects.filter(pk=piece.pk).delete()
        with refused("应写明日期和情况"):
            Holding.objects.filter(pk=piece.pk).update(state="lost", ended_on=today())


def test_what_is_lost_or_broken_says_how_and_what_turns_up_comes_back() -> None:
    made = store()
    with acting(made.supply):
        item = stocked(made)
        first, second = issued(made, item, 2)
        with pytest.raises(Refusal, match="请写明情况"):
            holding_lose(actor=made.supply, holding=first, reason=" ")
        first = holding_lose(actor=made.supply, holding=first, reason="出警时遗失，已说明")
        assert holding_return(actor=made.supply, holding=first, note="找回").state == "returned"
        second = holding_scrap(actor=made.supply, holding=second, reason="袖口撕裂")
        with pytest.raises(Refusal, match="不能办理此步骤"):
            holding_return(actor=made.supply, holding=second)


def test_what_somebody_lacks_follows_from_the_standard_and_what_they_have() -> None:
    made, other = store("甲"), store("乙")
    with acting(made.supply):
        item, vest = stocked(made), stocked(made, **VEST)
        assert lacking(made.supply) == []
        rule = {"actor": made.supply, "starts": today(), "source": "三公装〔2026〕1号"}
        standard_add(item=item, quantity=2, category="field", **rule)
        standard_add(item=vest, quantity=1, category="civil", **rule)
        issued(made, item)
        found = {each.engagement.person.name: each.words for each in lacking(made.supply)}
        assert found == {"甲": "夏季执勤服 1件", "乙": "夏季执勤服 2件"}
        issued(other, item, 2)
        assert [each.engagement.person.name for each in lacking(made.supply)] == ["甲"]
        assert [(each.said.due, each.said.have, each.said.lacks) for each in dues_of(made.engagement)] == [(2, 1, 1)]


def test_what_is_worn_out_is_owed_again() -> None:
    made = store()
    with acting(made.supply):
        item = stocked(made, wear_months=1)
        given = {"category": "field", "starts": today(), "source": "三公装〔2026〕1号"}
        standard_add(actor=made.supply, item=item, quantity=1, **given)
        (piece,) = issued(made, item)
        assert lacking(made.supply) == []
        entry = StockEntry.objects.create(
            organ_code=SANTAI, item=item, size="170", kind="issued", quantity=-1, entered_by="某"
        )
        holding_return(actor=made.supply, holding=piece)
        worn = Holding(
            organ_code=SANTAI,
            engagement=made.engagement,
            item=item,
            size="170",
            entry=entry,
            hand_over_id=piece.hand_over_id,
            issued_on=today() - timedelta(40),
            worn_from=today(),
        )
        worn.clean()
        worn.save()
        (due,) = dues_of(made.engagement)
        assert (due.said.have, due.said.lacks) == (0, 1)


def test_what_is_asked_of_all_is_counted_by_as_many_queries_for_one_as_for_four(django_assert_num_queries: Any) -> None:
    made = store("甲")
    with acting(made.supply):
        item = stocked(made)
        standard_add(actor=made.supply, item=item, quantity=2, starts=today(), source="三公装〔2026〕1号")
    for name in ("乙", "丙", "丁"):
        store(name)
    with acting(made.supply), django_assert_num_queries(5):
        assert len(lacking(made.supply)) == 4


def test_a_standard_is_ended_and_begun_anew_never_changed_also_for_the_database() -> None:
    made = store()
    with acting(made.supply):
        item = stocked(made)
        given: dict[str, Any] = {"actor": made.supply, "item": item, "category": "field", "source": "三公装〔2026〕1号"}
        old = standard_add(quantity=2, starts=today() - timedelta(9), **given)
        with refused("对同一类别，同一时间只能有一个标准"):
            standard_add(quantity=3, starts=today(), **given)
        with refused("只能有一个标准"):
            again = Standard(
                organ_code=SANTAI,
                item=item,
                category="field",
                quantity=3,
                span=DateRange(today(), None),
                source="x1",
                made_by="某",
            )
            again.save()
        with refused("不得改动"):
            Standard.objects.filter(pk=old.pk).update(quantity=9)
        with refused("不得改动"):
            Standard.objects.filter(pk=old.pk).delete()
        with pytest.raises(Refusal, match="晚于施行日期"):
            standard_end(actor=made.supply, standard=old, ends=today() - timedelta(9))
        standard_end(actor=made.supply, standard=old, ends=today())
        standard_add(quantity=3, starts=today(), **given)
        assert [each.said.due for each in dues_of(made.engagement)] == [3]
        for quantity in (0, 100):
            with refused("标准应写明数量"):
                standard_add(
                    actor=made.supply, item=item, quantity=quantity, category="civil", starts=today(), source="文号"
                )
        with pytest.raises(ValidationError):
            standard_add(actor=made.supply, item=item, quantity=1, category="civil", starts=today(), source=" ")
        post = factories.post(factories.unit(SANTAI).code)
        of_post: dict[str, Any] = {"actor": made.supply, "item": item, "post": post, "source": "三公装〔2026〕1号"}
        standard_add(quantity=1, starts=today(), **of_post)
        with refused("对同一岗位，同一时间只能有一个标准"):
            standard_add(quantity=2, starts=today(), **of_post)


def test_a_size_that_was_used_stays_in_the_catalogue_and_names_are_there_once() -> None:
    made = store()
    with acting(made.supply):
        item = stocked(made)
        with pytest.raises(Refusal, match="规格不能去掉：170"):
            item_save(actor=made.supply, item=item, **SHIRT | {"sizes": ["180"]})
        item_save(actor=made.supply, item=item, **SHIRT | {"sizes": ["170", "180"]})
        with pytest.raises(ValidationError, match="同名"):
            item_save(actor=made.supply, **SHIRT)
        for wrong in ({"name": " "}, {"wear_months": 0}, {"kind": "weapon"}):
            with pytest.raises(ValidationError):
                item_save(actor=made.supply, **SHIRT | {"name": "别的"} | wrong)


def test_only_the_own_bureau_equips_its_people_and_nobody_signs_for_another() -> None:
    made = store()
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        city, county = (factories.officer(code, "supply") for code in (factories.MIANYANG, YANTING))
    with acting(made.supply):
        item = stocked(made)
        (piece,) = issued(made, item)
        with pytest.raises(Refusal) as told:
            outfit_issue(
                actor=made.supply,
                engagement=made.engagement,
                given=[Given(item, "170", 1)],
                signed_as="别人",
                id_tail=tail(made.engagement),
            )
        assert list(told.value.errors) == ["signed_as"]
        with pytest.raises(Refusal, match="一次最多"):
            issued(made, item, 51)
    with acting(city), pytest.raises(NotAllowed):
        holding_lose(actor=city, holding=holding_for(city, piece.pk), reason="遗失")
    with acting(county):
        for find in (lambda: holding_for(county, piece.pk), lambda: item_for(county, item.pk)):
            with pytest.raises(NotFound):
                find()
    police = replace(made.supply, roles=frozenset({"police_officer"}))
    with acting(police), pytest.raises(NotAllowed):
        item_save(actor=police, **VEST)


def test_nothing_is_given_to_who_left_and_nobody_ends_with_something_also_for_the_database() -> None:
    made = store()
    exit_by = {"after": today() + timedelta(1), "exit_kind": EXPIRED, "exit_note": "合同期满"}
    with acting(made.supply):
        item = stocked(made)
        (piece,) = issued(made, item)
    span = DateRange(made.engagement.span.lower, today() + timedelta(1))
    with acting(made.head):
        with pytest.raises(Refusal, match=f"第 {piece.pk} 号还没有收回"):
            employment_end(engagement=made.engagement, **exit_by)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS engagement_hands_in IMMEDIATE")
        with refused("夏季执勤服 170 第 .* 号还没有收回"):
            Engagement.objects.filter(pk=made.engagement.pk).update(span=span, exit_kind=EXPIRED)
        holding_return(actor=made.head, holding=piece)
        factories.run_out(made.engagement, today() + timedelta(1))
    with acting(made.supply), refused("不在职，不能发放"):
        issued(made, item)


@pytest.mark.parametrize(("outcome", "becomes"), [("returned", "returned"), ("lost", "lost")])
def test_whoever_leaves_hands_back_each_piece(outcome: str, becomes: str) -> None:
    made: Bureau = bureau()
    keeper = Store(made.hr, made.head, made.engagement)
    with acting(made.hr):
        shirt, vest = stocked(keeper), stocked(keeper, **VEST)
        pieces = issued(keeper, shirt, 2) + issued(keeper, vest)
        departure = at(made, "resigned", "notified")
        listed = list(ClearanceItem.objects.filter(departure=departure))
        items = {item.holding_id: item for item in listed}
        assert {item.kind for item in listed} == {"card", "uniform", "insignia", "equipment", "documents"}
        assert items.keys() >= {piece.pk for piece in pieces}
        items_confirm(actor=made.hr, departure=departure, said=confirmed(departure, "uniform"))
        assert Holding.objects.get(pk=pieces[2].pk).state == "returned"
        with pytest.raises(Refusal, match="夏季执勤服 170"):
            departure_clear(actor=made.hr, departure=departure)
        with pytest.raises(Refusal, match="由本人领用，应当收回"):
            items_confirm(actor=made.hr, departure=departure, said={items[pieces[0].pk].pk: ("none", "")})
        said = {items[piece.pk].pk: (outcome, "已说明") for piece in pieces[:2]}
        items_confirm(actor=made.hr, departure=departure, said=said)
        assert {piece.state for piece in Holding.objects.filter(pk__in=[each.pk for each in pieces[:2]])} == {becomes}
        assert departure_clear(actor=made.hr, departure=departure).state == "cleared"


def test_nobody_is_cleared_with_a_piece_that_the_list_does_not_know_also_for_the_database() -> None:
    made = bureau()
    keeper = Store(made.hr, made.head, made.engagement)
    with acting(made.hr):
        departure = at(made, "resigned", "notified")
        items_confirm(actor=made.hr, departure=departure, said=confirmed(departure))
        issued(keeper, stocked(keeper))
        with pytest.raises(Refusal, match="夏季执勤服 170"):
            departure_clear(actor=made.hr, departure=departure)
        with refused("还有物品没有交接"):
            Departure.objects.filter(pk=departure.pk).update(state="cleared")


def test_a_person_reads_only_what_they_have_themselves() -> None:
    mine, other = store("甲"), store("乙")
    with acting(mine.supply):
        item = stocked(mine)
        (own,) = issued(mine, item)
        issued(other, item)
    with acting(Actor(name="甲", account_id=7, person_id=mine.engagement.person_id)):
        assert [each.pk for each in Holding.objects.all()] == [own.pk]
        assert StockEntry.objects.count() == 0
