"""Signing up: the citizen number speaks for itself, and one human has one account."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal
from fujing.recruitment.applications.services import applicant_sign_up, born_of, sex_of
from fujing.registry.authentication import reveal
from fujing.registry.models import Account, RoleAssignment
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db


def signed_up(number: str, phone: str = "13900001111") -> Account:
    with acting(made.VISITOR) as actor, transaction.atomic():
        account = applicant_sign_up(actor=actor, name="李小明", id_number=number, phone=phone, password=made.PASSWORD)
        reveal("login", "")
        return account


def spoiled(number: str) -> str:
    return number[:17] + ("1" if number[17] != "1" else "2")


def test_birth_date_and_sex_come_from_the_number() -> None:
    number = made.citizen_number(date(1998, 5, 5))
    assert born_of(f" {number.lower()} ") == date(1998, 5, 5)
    assert sex_of(number) == ("male" if int(number[16]) % 2 else "female")


def test_a_number_given_under_a_division_younger_than_its_holder_is_good() -> None:
    assert born_of(made.citizen_number(date(1980, 5, 5), division=510722)) == date(1980, 5, 5)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("51072219980505001", "应为18位"),
        ("51072219980505001A" + "0", "应为18位"),
        ("510722199802300011", "第7至14位“19980230”不是有效日期"),
        (spoiled(made.citizen_number()), "校验码不正确"),
        (made.citizen_number(division=990000), "行政区划"),
        (made.citizen_number(date(2099, 1, 1)), "出生日期晚于今天"),
        (made.citizen_number(today().replace(year=today().year - 10, day=1)), "未满17周岁"),
    ],
)
def test_a_number_that_cannot_be_true_is_named_at_its_field(number: str, sentence: str) -> None:
    with pytest.raises(Refusal) as caught:
        signed_up(number)
    assert sentence in caught.value.errors["id_number"][0]


def test_a_new_account_is_an_applicant_and_nothing_else() -> None:
    actor = made.applicant()
    assert actor.roles == {"applicant"}
    assert (actor.lo, actor.hi, actor.organ_code) == (None, None, None)


@pytest.mark.parametrize("same", ["number", "phone"])
def test_a_second_account_is_refused_without_saying_what_is_known(same: str) -> None:
    number = made.citizen_number()
    signed_up(number, "13900002222")
    again = (number, "13900003333") if same == "number" else (made.citizen_number(), "13900002222")
    with pytest.raises(Refusal, match="手机号或公民身份号码已注册"):
        signed_up(*again)


def test_a_visitor_sees_no_account_and_cannot_grant_roles() -> None:
    account = signed_up(made.citizen_number())
    with acting(made.VISITOR):
        assert not Account.objects.exists()
    granted = acting(replace(made.VISITOR, account_id=account.pk))
    with granted:
        span = account.roles.get().span
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            RoleAssignment.objects.create(account=account, role="hr_head", span=span, organ_code=510722000000)
