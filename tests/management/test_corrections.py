"""A person asks for their file to be corrected; whom the table names confirms it (Article 14.7)."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.fields import kept_columns
from fujing.kernel.models import Reading
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.management.corrections.models import Correction
from fujing.management.corrections.queries import correction_for, in_words, own_correction, own_corrections
from fujing.management.corrections.services import (
    correction_ask,
    correction_confirm,
    correction_decline,
    correction_open,
    correction_take_back,
)
from fujing.management.corrections.states import CORRECTABLE, CORRECTION, HEAD, CorrectionState
from fujing.management.corrections.todos import CORRECTIONS
from fujing.registry.models import Person
from fujing.registry.own import serving as employed
from fujing.registry.states import Role
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.departures import paper
from tests.registry.activated import opened, own, serving

pytestmark = pytest.mark.django_db
WISHED = {
    "phone": "13700009999",
    "household": "四川省绵阳市盐亭县",
    "major": "法学",
    "education": "bachelor",
    "veteran": "true",
    "other": "合同第二页的地址写错了",
}


def somebody(name: str = "甲", phone: str = "13812345678") -> Actor:
    return own(opened(serving(name=name), phone))


def asked(person: Actor, field: str = "phone", **changes: Any) -> Correction:
    """Asked by the person, with all that it takes."""
    said = {"wished": WISHED[field], "upload": paper() if CORRECTABLE[field].proof else None, **changes}
    with acting(person):
        return correction_ask(actor=person, engagement=employed(person), field=field, **said)


def head() -> Actor:
    with acting(factories.PROVINCIAL):
        return factories.officer(SANTAI, "hr_head")


@pytest.mark.parametrize("field", CORRECTABLE)
def test_what_was_confirmed_stands_in_the_file(field: str) -> None:
    person, officer = somebody(), head()
    row = asked(person, field)
    with acting(officer):
        done = correction_confirm(actor=officer, correction=row, answer="已核对户口簿")
        file = Person.objects.get(pk=person.person_id)
    assert (done.state, done.settled_on) == ("confirmed", today())
    if field != "other":
        assert getattr(file, field) == {"veteran": True}.get(field, WISHED[field])
    if field == "phone":
        assert bytes(file.phone_index or b"") == kept_columns(Person, phone=WISHED["phone"])["phone_index"]
    with acting(person):
        assert own_correction(person, row.pk).answer == "已核对户口簿"


def test_declined_the_file_stays_and_the_reason_is_told() -> None:
    person, officer = somebody(), head()
    row = asked(person, "education")
    with acting(officer):
        with pytest.raises(Refusal) as refused:
            correction_decline(actor=officer, correction=row, answer=" ")
        assert "answer" in refused.value.errors
        correction_decline(actor=officer, correction=row, answer="证书编号查不到")
        assert Person.objects.get(pk=person.person_id).education == "high_school"
    with acting(person):
        assert own_corrections(person)[0].answer == "证书编号查不到"


def test_what_is_none_of_the_fields_is_confirmed_with_a_word_of_what_was_done() -> None:
    row, officer = asked(somebody(), "other"), head()
    with acting(officer), pytest.raises(Refusal) as refused:
        correction_confirm(actor=officer, correction=row)
    assert "answer" in refused.value.errors


@pytest.mark.parametrize(
    ("field", "changes", "where"),
    [
        ("phone", {"wished": "12345"}, "wished"),
        ("phone", {"wished": " "}, "wished"),
        ("education", {"wished": "博士后"}, "wished"),
        ("veteran", {"wished": "也许"}, "wished"),
        ("household", {"wished": "川" * 101}, "wished"),
        ("household", {"upload": None}, "upload"),
        ("education", {"upload": None}, "upload"),
    ],
)
def test_what_cant_be_or_isnt_proven_is_refused(field: str, changes: dict, where: str) -> None:
    person = somebody()
    with pytest.raises(Refusal) as refused:
        asked(person, field, **changes)
    assert where in refused.value.errors
    assert asked(person, field)


@pytest.mark.parametrize(("field", "role"), list(product(CORRECTABLE, sorted(Role.values))))
def test_each_thing_is_confirmed_by_whom_the_table_names(field: str, role: str) -> None:
    row = asked(somebody(), field)
    actor = factories.territorial(SANTAI, role)
    with acting(actor):
        if actor.has(*CORRECTABLE[field].roles):
            assert correction_confirm(actor=actor, correction=row, answer="核对").state == "confirmed"
        else:
            with pytest.raises(NotAllowed):
                correction_confirm(actor=actor, correction=row, answer="核对")


@pytest.mark.parametrize(("state", "verb"), list(product(CorrectionState.values, ["confirm", "decline", "take_back"])))
def test_only_what_waits_is_settled(state: str, verb: str) -> None:
    everybody = factories.territorial(SANTAI, "hr_head", "auxiliary")
    if state == "asked":
        assert CORRECTION.check(everybody, state, verb)
    else:
        with pytest.raises(Refusal):
            CORRECTION.check(everybody, state, verb)


def test_another_organ_confirms_nothing_and_sees_nothing() -> None:
    row = asked(somebody())
    other, city = (factories.territorial(code, *HEAD) for code in (YANTING, factories.MIANYANG))
    with acting(other), pytest.raises(NotFound):
        correction_for(other, row.pk)
    with acting(city), pytest.raises(NotAllowed):
        correction_confirm(actor=city, correction=correction_for(city, row.pk))


def test_it_is_the_persons_alone_to_ask_and_to_take_back() -> None:
    person, other = somebody(), somebody("乙", "13900001111")
    row = asked(person)
    with acting(other):
        assert own_corrections(other) == []
        with pytest.raises(NotFound):
            own_correction(other, row.pk)
        with pytest.raises(NotAllowed):
            correction_take_back(actor=other, correction=row)
    with acting(person):
        assert correction_take_back(actor=person, correction=row).state == "taken_back"
    assert asked(person)
    with pytest.raises(ValidationError, match="已经申请更正"):
        asked(person)


def test_what_was_written_is_read_for_a_reason() -> None:
    row, officer = asked(somebody()), head()
    with acting(officer):
        with pytest.raises(Refusal):
            correction_open(actor=officer, correction=row, reason="")
        assert in_words(correction_open(actor=officer, correction=row, reason="核对")) == WISHED["phone"]
        assert Reading.objects.get(tracked="corrections_correction").person_id == row.person_id


def test_it_waits_for_the_organs_officers() -> None:
    asked(somebody())
    officer = head()
    with acting(officer):
        (todo,) = waiting(officer, CORRECTIONS)
    assert (todo.count, todo.since) == (1, today())
    leader = factories.territorial(SANTAI, "organ_leader")
    with acting(leader):
        assert list(waiting(leader, CORRECTIONS)) == []


def test_the_database_takes_it_from_the_person_alone_and_keeps_it_as_it_was_asked() -> None:
    person, officer = somebody(), head()
    row = asked(person)
    copied = {
        each.name: getattr(row, each.name)
        for each in Correction._meta.concrete_fields
        if each.name not in {"id", "asked_by_id"}
    }
    with acting(officer):
        with pytest.raises(Refusal, match="只能由本人登录"), speaking(), transaction.atomic():
            Correction.objects.create(**copied | {"field": "other", "file": None})
        with pytest.raises(Refusal, match="只能由本人登录"), speaking(), transaction.atomic():
            Correction.objects.update(state="taken_back", settled_by="甲", settled_on=today())
        for change in ({"wished": "13700000000"}, {"field": "other"}):
            with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
                Correction.objects.update(**change)
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            Correction.objects.all().delete()
        for change in ({"state": "declined", "settled_by": "甲", "settled_on": today()}, {"state": "confirmed"}):
            with pytest.raises(Refusal, match="办理应写明"), speaking(), transaction.atomic():
                Correction.objects.update(**change)
    wide = Actor(name="甲", account_id=person.account_id, person_id=person.person_id, lo=officer.lo, hi=officer.hi)
    with acting(wide):
        with pytest.raises(Refusal, match="不能由本人确认"), speaking(), transaction.atomic():
            Correction.objects.update(state="confirmed", settled_by="甲", settled_on=today())
        with pytest.raises(Refusal, match="证明材料"), speaking(), transaction.atomic():
            Correction.objects.create(**copied | {"field": "education", "file": None})
