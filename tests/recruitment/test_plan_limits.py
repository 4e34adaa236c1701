"""What the tables of plans can never hold, each broken once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal, speaking
from fujing.recruitment.plans.models import HeadcountPlan, PlanLine, Slot
from fujing.recruitment.plans.services import slot_take
from tests import factories
from tests.factories import MIANYANG, SANTAI, YANTING, territorial


def plan(**fields: object) -> HeadcountPlan:
    values = {
        "organ_code": SANTAI,
        "level": "county",
        "year": 2026,
        "reason": "x",
        "proposed_by": "x",
        "proposed_by_id": 0,
        "authors": [0],
    }
    return HeadcountPlan.objects.create(**(values | fields))


def line(of: HeadcountPlan, **fields: object) -> PlanLine:
    values = {"organ_code": of.organ_code, "plan": of, "post_name": "执勤", "category": "field", "count": 1}
    return PlanLine.objects.create(**(values | fields))


def test_a_version_of_a_year_exists_once(province: object) -> None:
    plan()
    with pytest.raises(Refusal, match="该版本的用人计划已存在"), speaking(), transaction.atomic():
        plan()
    plan(version=2)


def test_a_line_is_for_somebody(province: object) -> None:
    made = plan()
    with pytest.raises(Refusal, match="正整数"), speaking(), transaction.atomic():
        line(made, count=0)


def test_a_post_stands_once_in_a_plan(province: object) -> None:
    made = plan()
    line(made)
    with pytest.raises(Refusal, match="岗位重复"), speaking(), transaction.atomic():
        line(made)
    line(made, category="civil")


def test_a_paper_decision_has_a_document(province: object) -> None:
    made = plan()
    fields = {"organ_code": SANTAI, "round": 1, "step": "finance", "assigned_organ": 1, "assigned_name": "x"}
    paper = {"document_number": "1", "document_date": date(2026, 1, 1), "scan": factories.scan_of(SANTAI)}
    for missing in paper:
        rest = {name: value for name, value in paper.items() if name != missing}
        with pytest.raises(Refusal, match="代录纸质意见") as refused, speaking(), transaction.atomic():
            made.tasks.create(**fields, on_behalf=True, **rest)
        assert refused.value.provisions == ("8.p2",)
    made.tasks.create(**fields, on_behalf=True, **paper)


def test_a_taken_slot_is_not_given_to_another(province: object) -> None:
    approved = factories.approved_plan(SANTAI, count=2)
    slot = slot_take(
        actor=factories.PROVINCIAL,
        line=approved.lines.get(),
        engage=lambda: factories.engagement(factories.person(SANTAI), "recruited"),
    )
    row = Slot.objects.filter(pk=slot.pk)
    for attempt in (lambda: row.update(engagement=None), row.delete):
        with pytest.raises(Refusal, match="不得改作他用") as refused, speaking(), transaction.atomic():
            attempt()
        assert refused.value.provisions == ("16.p3",)


@pytest.mark.parametrize(("code", "category"), [(YANTING, "field"), (SANTAI, "civil")])
def test_a_slot_serves_only_its_bureau_and_category(province: object, code: int, category: str) -> None:
    factories.quota(YANTING, 5)
    approved = factories.approved_plan(SANTAI, count=2)
    city = territorial(MIANYANG)
    with pytest.raises(Refusal, match="应与计划名额一致"), speaking(), acting(city):
        slot_take(
            actor=city,
            line=approved.lines.get(),
            engage=lambda: factories.engagement(factories.person(code), "recruited", category),
        )
