"""No hiring without a free slot of an approved plan (16.p3), also when many hire at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from fujing.general.quota.queries import quota_of
from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal, speaking
from fujing.recruitment.plans.models import PlanLine, Slot
from fujing.recruitment.plans.services import Line, plan_draft, slot_take
from tests import factories
from tests.factories import SANTAI

HIRES = 40


def hire(line: PlanLine, number: int) -> str:
    """One hire on a connection of its own: 'hired' or the refusal's provision."""
    actor = factories.territorial(SANTAI, "hr_head")
    try:
        with speaking(), acting(actor):
            slot_take(
                actor=actor,
                line=line,
                engage=lambda: factories.engagement(factories.person(SANTAI, number=number), "recruited"),
            )
    except Refusal as refusal:
        return refusal.provisions[0]
    finally:
        connection.close()
    return "hired"


@pytest.mark.race
def test_of_forty_hires_for_the_last_slot_one_succeeds(committed: None) -> None:
    plan = factories.approved_plan(SANTAI, count=1)
    with acting(factories.territorial(SANTAI)):
        line = plan.lines.get()
    with ThreadPoolExecutor(HIRES) as threads:
        results = list(threads.map(lambda number: hire(line, number), range(HIRES)))
    assert results.count("hired") == 1
    assert results.count("16.p3") == HIRES - 1
    with acting(factories.territorial(SANTAI)):
        account = quota_of(SANTAI)
        assert (account.in_service, account.reserved, account.free) == (1, 0, 0)
        assert Slot.objects.filter(engagement__isnull=True).count() == 0


def test_an_engagement_without_a_slot_is_refused_by_the_database(committed: None) -> None:
    factories.approved_plan(SANTAI, count=2)
    factories.quota(SANTAI, 1)
    with pytest.raises(Refusal, match="没有占用用人计划名额"), speaking(), acting(factories.territorial(SANTAI)):
        factories.engagement(factories.person(SANTAI), "recruited")


def test_in_service_beyond_quota_is_refused_by_the_database(province: object) -> None:
    factories.quota(SANTAI, 1)
    factories.engagement(factories.person(SANTAI))
    with pytest.raises(Refusal, match="超出用人额度"), speaking(), transaction.atomic():
        factories.engagement(factories.person(SANTAI))


def test_one_human_is_managed_by_one_organ_at_a_time_across_the_province(province: object) -> None:
    for code in (SANTAI, factories.YANTING):
        factories.quota(code, 5)
    first = factories.person(SANTAI)
    factories.engagement(first)
    second = factories.person(factories.YANTING)
    second.id_number = first.id_number
    second.save()
    with pytest.raises(Refusal, match="第五条第一款"), speaking(), transaction.atomic():
        factories.engagement(second)


def test_slots_beyond_the_approved_headcount_are_refused_by_the_database(province: object) -> None:
    plan = factories.approved_plan(SANTAI, count=2)
    with acting(factories.territorial(SANTAI)):
        line = plan.lines.get()
        with pytest.raises(Refusal, match="计划人数 2 人") as refused, speaking(), transaction.atomic():
            Slot.objects.create(organ_code=SANTAI, line=line)
    assert refused.value.provisions == ("16.p3",)


def test_a_plan_that_is_not_approved_has_no_slots(province: object) -> None:
    factories.quota(SANTAI, 2)
    actor = factories.territorial(SANTAI)
    with acting(actor):
        plan = plan_draft(actor=actor, year=2026, reason="x", lines=[Line("执勤", "field", 2, "巡逻")])
        with pytest.raises(Refusal, match="计划人数 0 人"), speaking(), transaction.atomic():
            Slot.objects.create(organ_code=SANTAI, line=plan.lines.get())


@pytest.mark.race
def test_of_many_slots_for_the_last_place_of_a_line_one_is_made(committed: None) -> None:
    plan = factories.approved_plan(SANTAI, count=2)
    actor = factories.territorial(SANTAI)
    with acting(actor):
        line = plan.lines.get()
        line.slots.order_by("pk").first().delete()

    def add(_: int) -> str:
        try:
            with speaking(), acting(actor):
                Slot.objects.create(organ_code=SANTAI, line=line)
        except Refusal as refusal:
            return refusal.provisions[0]
        finally:
            connection.close()
        return "made"

    with ThreadPoolExecutor(12) as threads:
        results = list(threads.map(add, range(12)))
    assert (results.count("made"), results.count("16.p3")) == (1, 11)
