"""Duty orders: every item by category and shape and each missing gate, by the service and by the database; the acts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.duties.orders.facts import provide, unkept
from fujing.duties.orders.frame import judged
from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.duties.orders.queries import orders_of_week, own_duties, people_of_unit
from fujing.duties.orders.services import (
    order_change,
    order_discard,
    order_end,
    order_give,
    order_repeat,
    order_start,
    order_withdraw,
    week_copy,
    week_give,
)
from fujing.kernel.actor import Actor, acting
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.law.catalogue import ITEMS, MODE_LABELS, MODES, PERFORMED
from fujing.law.duties import Absence
from fujing.registry.models import Assignment
from fujing.registry.roster import reading
from tests import factories
from tests.duties.made import MONDAY, Unit, at, drafted, given_by_sql, lawful, live, somebody, unit
from tests.factories import SANTAI

pytestmark = pytest.mark.django_db


def refused(made: Unit, order: DutyOrder) -> tuple[str, ...]:
    """The provisions by which the service refuses an order, most serious first; none where it was given."""
    try:
        with acting(made.leader), transaction.atomic():
            order_give(actor=made.leader, order=order)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal.provisions
    return ()


def refused_by_sql(made: Unit, order: DutyOrder) -> tuple[str, ...]:
    """The same by the database."""
    try:
        with acting(made.leader), reading(made.leader), speaking(), transaction.atomic():
            given_by_sql(made, order)
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal.provisions
    return ()


def test_every_item_by_category_command_and_part() -> None:
    made = unit()
    people = {category: somebody(made, category, category=category) for category in ("civil", "field")}
    order = drafted(made, [people["field"]])
    tried = 0
    for category, item, mode, part in product(people, ITEMS, MODE_LABELS, ("assist", "perform", "decide")):
        article = item.partition(".")[0]
        with acting(made.leader):
            said = lawful(made, item, mode=mode, part=part)
            order = order_change(actor=made.leader, order=order, said=said, people=[people[category]])
        expected = set()
        if (article == "9") != (category == "civil"):
            expected.add(article)
        if mode not in MODES[article]:
            expected.add(article)
        if part == "decide":
            expected.add("13.6")
        elif part == "perform" and item not in PERFORMED:
            expected.add("13.3" if item in ("10.5", "10.6") else article)
        case = (category, item, mode, part)
        assert set(refused(made, order)) == expected, case
        told = set(refused_by_sql(made, order))
        assert bool(told) == bool(expected), case
        assert told <= expected, case
        tried += 1
    assert tried == 2 * 18 * 3 * 3


GATES: dict[str, tuple[dict[str, Any], dict[str, Any], str, bool]] = {
    # what the order says, what is known of the person, the provision (empty: the item's article), in the database too
    "commander": ({"commander": None}, {}, "", True),
    "basis": ({"basis": "无"}, {}, "", True),
    "mode": ({"mode": ""}, {}, "", True),
    "part": ({"part": ""}, {}, "", True),
    "service": ({}, {"since": MONDAY + timedelta(1)}, "5.p1", True),
    "excluded": ({}, {"post": "护村队员"}, "3.p3", False),
    "untrained": ({}, {"inducted_on": None, "inducted_on_said": "无"}, "24", False),
    "trained later": ({}, {"inducted_on": MONDAY + timedelta(1)}, "24", False),
    "training unknown": ({}, {"inducted_on": None}, "24", False),
    "no card": ({}, {"card_number": "无"}, "26", False),
    "card over": ({}, {"card_valid_to": MONDAY - timedelta(1)}, "26", False),
    "card unknown": ({}, {"card_number": ""}, "26", False),
    "not certified": ({"needs": ("无人机操控证",)}, {}, "12", False),
    "certificate over": ({"needs": ("急救证",)}, {"qualifications": "急救证:2026-03-01"}, "12", False),
    "certificate unknown": ({"needs": ("急救证",)}, {"qualifications": ""}, "12", False),
    "no emergency": ({"restraint": True, "emergency": "无"}, {}, "27.p2", True),
    "firearm": ({"text": "佩枪巡逻"}, {}, "13.8", False),
    "alone": ({"text": "独立办理治安案件"}, {}, "13.3", False),
    "either": ({"text": "协助民警巡逻，开具罚单"}, {}, "13.6", False),
}


@pytest.mark.parametrize("gate", GATES)
def test_each_missing_gate_stops_every_item(gate: str) -> None:
    ordered, known, provision, held = GATES[gate]
    made = unit()
    people = {category: somebody(made, category, category=category, **known) for category in ("civil", "field")}
    for item in ITEMS:
        article = item.partition(".")[0]
        category = "civil" if article == "9" else "field"
        expected = provision or (article if article != "11" or gate != "commander" else "4")
        if gate == "basis" and item not in ("9.4", "10.10", "11.4"):
            expected = ""
        order = drafted(made, [people[category]], item, **ordered)
        also = {"27.p2"} if gate == "commander" and ordered.get("restraint") else set()
        assert set(refused(made, order)) == ({expected} if expected else set()) | also, item
        if held:
            assert set(refused_by_sql(made, order)) == ({expected} if expected else set()), item


def test_an_officer_is_a_police_officer_of_the_bureau_on_that_day() -> None:
    made = unit()
    who = somebody(made)
    with acting(factories.PROVINCIAL):
        clerk = factories.account(SANTAI, "hr_officer")
        strange = factories.account(factories.YANTING, "police_officer")
    for commander in (clerk, strange):
        with acting(factories.PROVINCIAL):
            order = DutyOrder.objects.get(pk=drafted(made, [who]).pk)
            order.commander = commander
            order.save()
        assert refused(made, order) == refused_by_sql(made, order) == ("10",)


def test_nobody_is_sent_to_two_places_at_once() -> None:
    made = unit()
    who = somebody(made)
    first, touching = drafted(made, [who]), drafted(made, [who], begins=at(12), ends=at(16))
    over = drafted(made, [who], begins=at(11), ends=at(13))
    with acting(made.leader):
        order_give(actor=made.leader, order=first)
        order_give(actor=made.leader, order=touching)
    assert live(first) == [True]
    assert refused(made, over) == refused_by_sql(made, over) == ("4",)
    with acting(made.leader):
        order_withdraw(actor=made.leader, order=first, reason="改派")
        order_withdraw(actor=made.leader, order=touching, reason="改派")
    assert live(first) == [False]
    assert refused(made, over) == ()


def test_over_midnight_an_order_meets_the_next_mornings() -> None:
    made = unit()
    who = somebody(made)
    night = drafted(made, [who], begins=at(22), ends=at(30))
    morning = drafted(made, [who], begins=at(5, MONDAY + timedelta(1)), ends=at(9, MONDAY + timedelta(1)))
    with acting(made.leader):
        order_give(actor=made.leader, order=night)
    assert refused(made, morning) == ("4",)
    with acting(made.leader), pytest.raises(Exception, match="不超过二十四小时"):
        order_change(actor=made.leader, order=morning, said=lawful(made, begins=at(0), ends=at(24.5)), people=[who])


def test_one_officer_leads_five_whoever_sends_them() -> None:
    made = unit()
    people = [somebody(made, f"人{number}") for number in range(6)]
    five, sixth = drafted(made, people[:5]), drafted(made, people[5:])
    with acting(made.leader):
        order_give(actor=made.leader, order=five)
    assert refused(made, sixth) == ("10",)
    organ = drafted(made, people[5:], "11.2")
    assert refused(made, organ) == ()


def test_driving_takes_a_licence() -> None:
    made = unit()
    driver, other = somebody(made), somebody(made, "乙", qualifications="无")
    order = drafted(made, [driver, other], drivers=(driver.pk,), vehicle="川B1234警")
    assert refused(made, order) == ()
    assert refused(made, drafted(made, [driver, other], drivers=(other.pk,))) == ("27.p1",)


def test_what_may_be_either_goes_ahead_only_by_a_named_reason_that_stays() -> None:
    made = unit()
    order = drafted(made, [somebody(made)], text="协助民警巡逻，开具罚单")
    assert refused(made, order) == ("13.6",)
    with acting(made.leader):
        order = order_give(actor=made.leader, order=order, reason="罚单由张警官开具，辅警只递送")
        with reading(made.leader):
            order.refresh_from_db()
        assert (order.state, order.released_by, order.released_by_id) == (
            "ordered",
            made.leader.name,
            made.leader.account_id,
        )
        with reading(made.leader), pytest.raises(Refusal, match="放行的理由不得改动"), speaking(), transaction.atomic():
            DutyOrder.objects.filter(pk=order.pk).update(released_why="改了")


@pytest.mark.parametrize("text", ["佩枪巡逻", "独立办理治安案件"])
def test_no_reason_releases_what_is_forbidden_nor_a_fact_that_is_missing(text: str) -> None:
    made = unit()
    forbidden = drafted(made, [somebody(made)], text=text)
    unknown = drafted(made, [somebody(made, "乙", card_number="")])
    for order in (forbidden, unknown):
        with acting(made.leader), pytest.raises(Refusal), transaction.atomic():
            order_give(actor=made.leader, order=order, reason="领导同意")


def test_leave_and_recusal_stop_once_a_chapter_keeps_them(monkeypatch: pytest.MonkeyPatch) -> None:
    assert unkept() == ["停职", "回避"]
    made = unit()
    who = somebody(made)
    order = drafted(made, [who], text="处理永兴超市纠纷")
    monkeypatch.setattr("fujing.duties.orders.facts._PROVIDERS", {})
    provide("leave", lambda people: {who.pk: (Absence(None, "leave", MONDAY, MONDAY),)})
    assert refused(made, order) == ("36",)
    provide("leave", lambda people: {})
    provide("recusals", lambda people: {who.pk: (Absence(None, "recusal", matter="永兴超市"),)})
    assert refused(made, order) == ("30",)


def deleted_by_sql(order: DutyOrder) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM orders_dutyorder WHERE id = %s", [order.pk])


def test_what_was_ordered_is_what_is_done() -> None:
    made = unit()
    who, other = somebody(made), somebody(made, "乙")
    order = drafted(made, [who])
    with acting(made.leader), reading(made.leader):
        order_give(actor=made.leader, order=order)
        for change in ({"text": "别的"}, {"place": "别处"}, {"item": "10.1"}, {"commander": None}):
            with pytest.raises(Refusal, match="派勤单不得改动"), speaking(), transaction.atomic():
                DutyOrder.objects.filter(pk=order.pk).update(**change)
        with pytest.raises(Refusal, match="不得增减人员"), speaking(), transaction.atomic():
            DutyAssignment.objects.create(
                organ_code=SANTAI, order=order, engagement=other, person_id=other.person_id, span=order.span
            )
        with pytest.raises(Refusal, match="不得增减人员"), speaking(), transaction.atomic():
            DutyAssignment.objects.filter(order=order).delete()
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            deleted_by_sql(order)
        with pytest.raises(Refusal, match="写明理由"), speaking(), transaction.atomic():
            DutyOrder.objects.filter(pk=order.pk).update(state="withdrawn")
    with acting(made.leader):
        order = order_end(actor=made.leader, order=order_start(actor=made.leader, order=order))
        assert order.state == "ended"
        with pytest.raises(Refusal):
            order_withdraw(actor=made.leader, order=order, reason="晚了")


def test_what_the_database_does_not_keep() -> None:
    made = unit()
    order = drafted(made, [])
    assert refused(made, order) == refused_by_sql(made, order) == ("5.p1",)
    wrong: dict[str, dict[str, Any]] = {
        "应有起止时间": {"span": (at(8), None)},
        "放行应写明": {"released_why": "理由"},
        "用人单位应是本机关": {"organ_code": factories.YANTING},
    }
    for sentence, change in wrong.items():
        with acting(factories.PROVINCIAL), pytest.raises(Refusal) as told, speaking(), transaction.atomic():
            DutyOrder.objects.filter(pk=order.pk).update(**change)
        assert sentence in told.value.message or "不得改到别的单位" in told.value.message


def test_a_week_is_given_but_for_what_stands_against_it_and_copied_to_the_next() -> None:
    made = unit()
    fit, without = somebody(made), somebody(made, "乙", card_number="无")
    days = [MONDAY + timedelta(day) for day in range(1, 7)]
    first = drafted(made, [fit], begins=at(18), ends=at(26))
    held = drafted(made, [without])
    with acting(made.leader):
        order_repeat(actor=made.leader, order=first, days=days)
        with reading(made.leader):
            week = orders_of_week(made.leader, made.unit.code, MONDAY)
        assert len(week) == 8
        given, kept = week_give(actor=made.leader, unit=made.unit.code, orders=week)
        assert (len(given), [each.pk for each in kept]) == (7, [held.pk])
        copied = week_copy(actor=made.leader, unit=made.unit.code, monday=MONDAY)
        assert sorted(each.begins.date() for each in copied)[-1] == MONDAY + timedelta(13)
        assert {each.state for each in copied} == {"draft"}
        order_discard(actor=made.leader, order=held)


def test_only_the_units_own_leader_and_the_bureaus_plan() -> None:
    made = unit()
    who = somebody(made)
    order = drafted(made, [who])
    with acting(factories.PROVINCIAL):
        others = [
            factories.officer(factories.unit(SANTAI, 2, "北坝派出所").code, "unit_leader"),
            factories.officer(SANTAI, "hr_officer"),
            factories.officer(factories.YANTING, "organ_leader"),
        ]
        chief = factories.officer(SANTAI, "organ_leader")
    for other in others:
        with acting(other), pytest.raises(NotAllowed):
            order_give(actor=other, order=order)
    with acting(others[0]), reading(others[0]):
        assert orders_of_week(others[0], made.unit.code, MONDAY) == []
    with acting(chief):
        assert order_give(actor=chief, order=order).state == "ordered"
    commander = replace(chief, account_id=made.officer.pk, roles=frozenset({"police_officer"}))
    with acting(commander):
        assert order_start(actor=commander, order=order).state == "started"


def test_a_person_reads_the_own_orders_and_nobody_elses() -> None:
    made = unit()
    who, other = somebody(made), somebody(made, "乙")
    mine, draft, theirs = drafted(made, [who]), drafted(made, [who], begins=at(13), ends=at(15)), drafted(made, [other])
    with acting(made.leader):
        order_give(actor=made.leader, order=mine)
        order_give(actor=made.leader, order=theirs)
    self_ = Actor(name="甲", account_id=9, roles=frozenset({"auxiliary"}), person_id=who.person_id)
    with acting(self_, read_only=True):
        assert [each.pk for each in own_duties(self_, date(2026, 3, 1))] == [mine.pk]
        assert set(DutyOrder.objects.values_list("pk", flat=True)) == {mine.pk}
        assert DutyAssignment.objects.count() == 1
    assert draft.state == "draft"


def test_who_is_planned_are_the_people_of_the_unit() -> None:
    made = unit()
    here, elsewhere = somebody(made), somebody(made, "乙")
    with acting(factories.PROVINCIAL):
        place = Assignment(
            organ_code=SANTAI,
            engagement=here,
            unit=made.unit,
            post=factories.post(made.unit.code),
            span=DateRange(date(2021, 1, 1), None),
        )
        place.clean()
        place.save()
    with acting(made.leader), reading(made.leader):
        assert [each.pk for each in people_of_unit(made.leader, made.unit.code)] == [here.pk]
    with acting(factories.PROVINCIAL):
        chief = factories.officer(SANTAI, "organ_leader")
    with acting(chief), reading(chief):
        assert {each.pk for each in people_of_unit(chief, SANTAI)} == {here.pk, elsewhere.pk}


def test_a_longer_plan_asks_no_more_queries(django_assert_num_queries: Any) -> None:
    made = unit()
    people = [somebody(made, f"人{number}") for number in range(20)]
    rows = [
        drafted(made, people[number : number + 5], begins=at(number), ends=at(number + 1)) for number in range(0, 20, 5)
    ]
    with acting(made.leader), reading(made.leader):
        for some in (rows[:1], rows):
            with django_assert_num_queries(8):
                assert judged(some).by_assignment == {}
