"""What both sides change of a contract: in writing, within its term, and for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.management.contracts.models import ContractChange
from fujing.management.contracts.queries import changes_of
from fujing.management.contracts.services import contract_change
from fujing.registry.models import Contract
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.departures import Bureau, bureau
from tests.management.made import PDF, ending

pytestmark = pytest.mark.django_db
MOVED: dict[str, Any] = {
    "subject": "place",
    "before": "潼川镇",
    "after": "刘营镇",
    "agreed_on": today(),
    "effective_on": today() + timedelta(10),
}


def changed(made: Bureau, **said: Any) -> ContractChange:
    contract = Contract.objects.get(engagement=made.engagement)
    upload = SimpleUploadedFile("协议.pdf", PDF)
    return contract_change(actor=made.hr, contract=contract, upload=upload, **(MOVED | said))


def test_a_change_stands_with_its_paper_and_is_a_decision() -> None:
    made = bureau()
    with acting(made.hr):
        first = changed(made)
        second = changed(made, subject="hours", before="标准工时", after="综合计算工时", effective_on=today())
        assert list(changes_of(made.engagement)) == [first, second]
        told = Decision.objects.filter(kind="变更劳动合同").latest("pk")
        assert (told.provisions, told.person_id) == (["39"], made.engagement.person_id)
        assert "工作时间和休息休假" in told.message


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"agreed_on": today() + timedelta(1)}, "agreed_on"),
        ({"effective_on": today() + timedelta(201)}, "effective_on"),
        ({"after": " "}, "after"),
        ({"after": "潼川镇 "}, "after"),
    ],
)
def test_what_is_wrong_with_a_change_is_said_at_its_field(said: dict[str, Any], field: str) -> None:
    made = bureau()
    with acting(made.hr), pytest.raises(Refusal) as refused:
        changed(made, **said)
    assert set(refused.value.errors) == {field}


def test_the_last_day_of_the_term_is_within_it() -> None:
    made = bureau()
    with acting(made.hr):
        assert changed(made, effective_on=today() + timedelta(200)).pk


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"agreed_on": today() + timedelta(1)}, "不能晚于今天"),
        ({"effective_on": today() + timedelta(201)}, "应在合同期间以内"),
        ({"before": " "}, "应写明原约定和变更后的约定"),
        ({"after": "潼川镇"}, "应写明原约定和变更后的约定"),
        ({"subject": "term"}, "应写明变更的是哪一项约定"),
    ],
)
def test_what_the_database_does_not_keep(said: dict[str, Any], sentence: str) -> None:
    made = bureau()
    with acting(made.hr):
        row = changed(made)
        row.pk = None
        for name, value in said.items():
            setattr(row, name, value)
        with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
            row.save(force_insert=True)


def test_a_change_is_neither_rewritten_nor_taken_away() -> None:
    made = bureau()
    with acting(made.hr):
        row = changed(made)
        with pytest.raises(Refusal, match="不得改动或者删除"), speaking(), transaction.atomic():
            ContractChange.objects.filter(pk=row.pk).update(after="城区")
        with pytest.raises(Refusal, match="不得改动或者删除"), speaking(), transaction.atomic():
            ContractChange.objects.filter(pk=row.pk).delete()


def test_a_change_is_of_the_contract_of_its_employment() -> None:
    made, other = bureau(), ending(100, "乙")
    with acting(made.hr):
        row = changed(made)
        row.pk, row.contract = None, Contract.objects.get(engagement=other)
        with pytest.raises(Exception, match="contract_change_of_its_contract"), transaction.atomic():
            row.save(force_insert=True)


def test_only_the_personnel_of_the_bureau_change_its_contracts() -> None:
    made = bureau()
    with acting(factories.PROVINCIAL):
        contract = Contract.objects.get(engagement=made.engagement)
        factories.bureau(YANTING)
        others = [factories.officer(YANTING, "hr_officer"), factories.officer(SANTAI, "police_officer")]
    for actor in others:
        with acting(actor), pytest.raises(NotAllowed):
            contract_change(actor=actor, contract=contract, upload=SimpleUploadedFile("协议.pdf", PDF), **MOVED)
