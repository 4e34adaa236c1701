"""What is kept of protection cases, and what the database doesn't take (28, 44)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from fujing.duties.orders.models import DutyAssignment, DutyOrder
from fujing.duties.orders.queries import midnight
from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.management.protection.models import ProtectionCase, Referral
from fujing.management.protection.queries import due_on, terms_of
from fujing.management.protection.services import protection_accept, protection_conclude, referral_end, term_set
from fujing.management.protection.states import ProtectionState
from tests.factories import SANTAI
from tests.management.protected import Protected, handled, measured, opened, protected, referred

pytestmark = pytest.mark.django_db
P = ProtectionState
DONE = {"finding": "upheld", "conclusion": "监控证实被推倒"}


def concluded(made: Protected, row: ProtectionCase, **said: Any) -> ProtectionCase:
    with acting(made.chief):
        return protection_conclude(actor=made.chief, case=row, **(DONE | said))


def test_all_that_is_wrong_with_what_is_said_is_told_at_once() -> None:
    made = protected()
    with pytest.raises(Refusal) as refused:
        opened(made, place=" ", duty="", told="", happened_on=today() + timedelta(1))
    assert set(refused.value.errors) == {"place", "duty", "told", "happened_on"}
    with pytest.raises(Refusal) as refused:
        opened(made, happened_on=made.engagement.span.lower - timedelta(1))
    assert set(refused.value.errors) == {"happened_on"}


def test_the_duty_order_is_one_by_which_the_person_was_sent() -> None:
    made = protected()
    with acting(made.hr):
        order = DutyOrder.objects.create(
            organ_code=SANTAI,
            unit_id=SANTAI,
            span=_today(),
            made_by=made.hr.name,
            text="夜间巡逻",
            commander_name="何民警",
        )
        assert not DutyAssignment.objects.exists()
    with pytest.raises(Refusal) as refused:
        opened(made, order=order, duty="")
    assert set(refused.value.errors) == {"order"}
    row = opened(made)
    row.pk, row.order, row.source = None, order, "bureau"
    with acting(made.hr), pytest.raises(IntegrityError, match="protection_of_its_duty"), transaction.atomic():
        row.save(force_insert=True)


def _today() -> DateTimeTZRange:
    return DateTimeTZRange(midnight(today()), midnight(today()) + timedelta(hours=4))


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"place": " "}, "应写明地点"),
        ({"duty": ""}, "应写明地点"),
        ({"happened_on": today() + timedelta(1)}, "不能晚于今天"),
        ({"state": "handling"}, "."),
        ({"finding": "upheld"}, "应写明结论"),
    ],
)
def test_what_the_database_does_not_keep(said: dict[str, Any], sentence: str) -> None:
    made = protected()
    row = opened(made)
    row.pk, row.source = None, "bureau"
    for name, value in said.items():
        setattr(row, name, value)
    with acting(made.hr), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
        row.save(force_insert=True)


def test_what_was_said_and_done_stays() -> None:
    made = protected()
    row = handled(made)
    measure, referral = measured(made, row), referred(made, row, ended=True)
    with acting(made.hr):
        for change in ({"place": "别处"}, {"told": "没有什么"}, {"kind": "threat"}):
            with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
                ProtectionCase.objects.filter(pk=row.pk).update(**change)
        for found, change in ((measure, {"note": "另一件"}), (referral, {"receipt": "无"})):
            with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
                type(found).objects.filter(pk=found.pk).update(**change)
            with pytest.raises(Refusal, match="不得改动、删除"), speaking(), transaction.atomic():
                type(found).objects.filter(pk=found.pk).delete()
        with pytest.raises(Refusal, match="结果不得改动"), speaking(), transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(outcome_text="罚款")
        bare = opened(protected(name="赵强"))
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            ProtectionCase.objects.filter(pk=bare.pk).delete()
    concluded(made, row)
    with acting(made.chief), pytest.raises(Refusal, match="结论不得改动"), speaking(), transaction.atomic():
        ProtectionCase.objects.filter(pk=row.pk).update(conclusion="另一个结论")
    with pytest.raises(Refusal, match="受理以后、办结以前"):
        measured(made, row)


@pytest.mark.parametrize(
    ("made_of", "change", "sentence"),
    [
        (measured, {"note": " "}, "措施应写明"),
        (measured, {"taken_on": today() + timedelta(1)}, "不能晚于今天"),
        (referred, {"receipt": " "}, "移送应写明"),
        (referred, {"referred_on": today() + timedelta(1)}, "不能晚于今天"),
        (referred, {"outcome": "punished"}, "处理结果应写明"),
    ],
)
def test_parts_that_the_database_does_not_keep(made_of: Any, change: dict[str, Any], sentence: str) -> None:
    made = protected()
    row = made_of(made, handled(made))
    row.pk = None
    for name, value in change.items():
        setattr(row, name, value)
    with acting(made.hr), pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
        row.save(force_insert=True)


def test_dates_of_measures_and_referrals_lie_between_the_day_and_today() -> None:
    made = protected()
    row = handled(made, happened_on=today() - timedelta(3))
    for day in (today() - timedelta(4), today() + timedelta(1)):
        with pytest.raises(Refusal) as refused:
            measured(made, row, taken_on=day)
        assert set(refused.value.errors) == {"taken_on"}
        with pytest.raises(Refusal) as refused:
            referred(made, row, referred_on=day)
        assert set(refused.value.errors) == {"referred_on"}
    referral = referred(made, row, referred_on=today() - timedelta(1))
    with acting(made.discipline):
        with pytest.raises(Refusal) as refused:
            referral_end(
                actor=made.discipline,
                referral=referral,
                outcome="dismissed",
                outcome_on=today() - timedelta(2),
                outcome_text=" ",
            )
        assert set(refused.value.errors) == {"outcome_on", "outcome_text"}


def test_a_term_is_the_bureaus_own_and_undetermined_without_one() -> None:
    made = protected()
    row = opened(made)
    with acting(made.discipline):
        assert due_on(row, terms_of(SANTAI)) is None
        given = {"step": "accept", "starts": today(), "days": 3, "unit": "calendar", "basis": "三公〔2026〕3号"}
        term = term_set(actor=made.discipline, **given)
        assert due_on(row, terms_of(SANTAI)) == today() + timedelta(3)
        row = protection_accept(actor=made.discipline, case=row)
        assert due_on(row, terms_of(SANTAI)) is None
        with pytest.raises(ValidationError, match="已经录入"), transaction.atomic():
            term_set(actor=made.discipline, **given)
        bare = {"organ_code": SANTAI, "made_by": made.discipline.name, **given, "step": "conclude"}
        for change in ({"basis": " "}, {"days": 0}):
            with pytest.raises(Refusal, match="写明依据"), speaking(), transaction.atomic():
                type(term).objects.create(**(bare | change))
        with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
            type(term).objects.filter(pk=term.pk).update(days=30)
    with acting(made.person), pytest.raises(NotAllowed):
        term_set(actor=made.person, **given)
