"""The organ's own rules on breaches of duty: entered from their document, checked by another, in force for a time (Article 43)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.management.discipline.models import Measure, Scheme
from fujing.management.discipline.queries import measures_on, scheme_for
from fujing.management.discipline.schemes import (
    measure_add,
    measure_remove,
    scheme_confirm,
    scheme_end,
    scheme_enter,
    scheme_withdraw,
)
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.breaches import Bureau, bureau, entered, paper, rules

pytestmark = pytest.mark.django_db
FROM = date(2024, 1, 1)


def by_sql(made: Bureau, measure: Measure, **said: Any) -> None:
    with acting(made.head), speaking(), transaction.atomic():
        Scheme.objects.filter(pk=measure.scheme_id).update(**said)


def test_who_entered_rules_does_not_check_them() -> None:
    made = bureau()
    with acting(factories.PROVINCIAL):
        both = factories.officer(SANTAI, "discipline", "organ_leader")
    with acting(both):
        scheme = scheme_enter(actor=both, title="办法", document_number="1号", effective_from=FROM, upload=paper())
        measure = measure_add(actor=both, scheme=scheme, rank=1, name="警告", clause="第五条")
        with pytest.raises(Refusal, match="另一人核对"), speaking(), transaction.atomic():
            scheme_confirm(actor=both, scheme=scheme)
    with acting(made.head):
        assert scheme_confirm(actor=made.head, scheme=measure.scheme).state == "confirmed"


def test_rules_without_a_measure_are_not_checked() -> None:
    made = bureau()
    measure = entered(made)
    with acting(made.office):
        measure_remove(actor=made.office, measure=measure)
    with acting(made.head), pytest.raises(Refusal, match="没有录入处理种类"):
        scheme_confirm(actor=made.head, scheme=measure.scheme)
    with pytest.raises(Refusal, match="没有录入处理种类"):
        by_sql(made, measure, state="confirmed", confirmed_by=made.head.name)


def test_what_was_checked_stays_as_it_was_entered() -> None:
    made = bureau()
    measure = rules(made)
    with acting(made.office):
        for act in (
            lambda: measure_add(actor=made.office, scheme=measure.scheme, rank=2, name="记过", clause="第六条"),
            lambda: measure_remove(actor=made.office, measure=measure),
        ):
            with pytest.raises(Refusal, match="核对以前"):
                act()
        for change in (
            lambda: Measure.objects.filter(pk=measure.pk).update(months=1),
            lambda: Measure.objects.filter(pk=measure.pk).delete(),
            lambda: Measure.objects.create(
                organ_code=SANTAI, scheme=measure.scheme, rank=2, name="记过", clause="第六条"
            ),
        ):
            with pytest.raises(Refusal, match="录入以后不得改动"), speaking(), transaction.atomic():
                change()
    for said in ({"title": "改"}, {"effective_from": FROM}, {"ask_days": 1}):
        with pytest.raises(Refusal, match="处理规定不得改动"):
            by_sql(made, measure, **said)
    with pytest.raises(Refusal, match="只在停用时写明"):
        by_sql(made, measure, effective_until=today())


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"rank": 1}, "这个次序已经有"),
        ({"name": "警告"}, "已经录入"),
        ({"name": " "}, "应写明处理种类"),
        ({"clause": " "}, "应写明处理种类"),
        ({"rank": 0}, "应写明处理种类"),
    ],
)
def test_a_measure_is_named_and_stands_where_the_document_has_it(said: dict[str, Any], sentence: str) -> None:
    made = bureau()
    measure = entered(made)
    given = {"rank": 2, "name": "记过", "clause": "第六条", "months": 12} | said
    with acting(made.office):
        with pytest.raises(ValidationError, match=rf"{sentence}|请填写"):
            measure_add(actor=made.office, scheme=measure.scheme, **given)
        with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
            Measure.objects.create(organ_code=SANTAI, scheme=measure.scheme, **given)


@pytest.mark.parametrize("name", ["title", "document_number"])
def test_rules_name_their_document(name: str) -> None:
    made = bureau()
    measure = entered(made)
    with acting(made.office):
        given = {"title": "办法", "document_number": "1号", name: " "}
        with pytest.raises(ValidationError, match="请填写"):
            scheme_enter(actor=made.office, effective_from=FROM, upload=paper(), **given)  # type: ignore[arg-type]
        again = Scheme.objects.get(pk=measure.scheme_id)
        again.pk = None
        setattr(again, name, " ")
        with pytest.raises(Refusal, match="文件名称和文号"), speaking(), transaction.atomic():
            again.save(force_insert=True)


def test_rules_grade_what_happened_from_their_first_day_to_their_last() -> None:
    made = bureau()
    measure = rules(made, since=FROM)
    last = date(2025, 12, 31)
    with acting(made.head):
        with pytest.raises(Refusal) as refused:
            scheme_end(actor=made.head, scheme=measure.scheme, effective_until=FROM - timedelta(1))
        assert set(refused.value.errors) == {"effective_until"}
        assert scheme_end(actor=made.head, scheme=measure.scheme, effective_until=last).state == "ended"
        days = {FROM - timedelta(1): False, FROM: True, last: True, last + timedelta(1): False}
        assert {day: measures_on(SANTAI, day).exists() for day in days} == days
    with pytest.raises(Refusal, match="停用应写明"), acting(made.head), speaking(), transaction.atomic():
        Scheme.objects.filter(pk=rules(made, document_number="2号").scheme_id).update(state="ended")


def test_what_was_begun_is_given_up_and_what_is_gone_grades_nothing() -> None:
    made = bureau()
    measure = entered(made)
    with acting(made.office):
        scheme_withdraw(actor=made.office, scheme=measure.scheme, reason="录错文件")
        assert not measures_on(SANTAI, today()).exists()
        with pytest.raises(Refusal, match="不能办理此步骤"):
            scheme_withdraw(actor=made.office, scheme=measure.scheme, reason="再撤")
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            Scheme.objects.filter(pk=entered(made, document_number="3号").scheme_id)._raw_delete("default")


def test_rules_are_the_own_bureaus_alone() -> None:
    made = bureau()
    measure = entered(made)
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        other, nobody = factories.officer(YANTING, "hr_head"), factories.officer(SANTAI, "finance")
    for who in (other, nobody):
        with acting(who):
            with pytest.raises((NotAllowed, NotFound)):
                scheme_confirm(actor=who, scheme=measure.scheme)
            with pytest.raises(NotAllowed):
                scheme_enter(actor=nobody, title="办法", document_number="1号", effective_from=FROM, upload=paper())
    with acting(other), pytest.raises(NotFound):
        scheme_for(other, measure.scheme_id)
