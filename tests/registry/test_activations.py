"""A sign-in of one's own: by a code of the managing organ and the last digits, once, and for nobody else."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import DatabaseError, IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import RequestFactory
from django.utils import timezone

from fujing.kernel import cipher
from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import HistoryEntry
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.applications.services import applicant_sign_up
from fujing.registry.accounts import account_for
from fujing.registry.activation.queries import standing_rows, standings_counted
from fujing.registry.activation.services import (
    AGAIN,
    NOT_NOW,
    VALID,
    activation_issue,
    activation_join,
    activation_try,
    activation_use,
    activations_issue,
)
from fujing.registry.models import Account, Activation, Contract, Engagement, Person, RoleAssignment
from fujing.registry.models.activations import MOST_FAILURES
from fujing.registry.queries import accounts_administered
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.departures import at, bureau
from tests.registry.activated import PASSWORD, PHONE, VISITOR, given, opened, own, serving, tail_of

pytestmark = pytest.mark.django_db
CLERK = factories.territorial(SANTAI)


def tried(code: str, tail: str) -> bool:
    with acting(VISITOR):
        return activation_try(code=code, tail=tail) is not None


def used(code: str, engagement: Engagement, phone: str = PHONE) -> Account:
    with acting(VISITOR):
        proof = activation_try(code=code, tail=tail_of(engagement))
        if proof is None:
            raise Refusal(NOT_NOW)
        return activation_use(actor=VISITOR, proof=proof, code=code, phone=phone, password=PASSWORD)


def signs_in(phone: str, password: str = PASSWORD) -> bool:
    request = RequestFactory().post("/accounts/login/")
    with acting(VISITOR):
        return authenticate(request, username=phone, password=password) is not None


def test_a_code_opens_a_sign_in_that_reads_the_own_file_and_no_other() -> None:
    mine, other = serving(), serving(name="李四")
    account = opened(mine)
    actor = own(account)
    assert (account.username, account.name, account.organ_code) == (PHONE, "王建华", SANTAI)
    assert actor.roles == {"auxiliary"}
    assert actor.person_id == mine.person_id
    assert signs_in(PHONE)
    with acting(actor):
        assert list(Person.objects.values_list("pk", flat=True)) == [mine.person_id]
        assert list(Engagement.objects.values_list("pk", flat=True)) == [mine.pk]
        assert not Contract.objects.exists()
        assert not Person.objects.filter(pk=other.person_id).exists()
    # For no organ, and with no territory: what the organ is asked is not theirs to see.
    assert (actor.organ_code, actor.lo, actor.hi, actor.admin_lo) == (None, None, None, None)


def test_the_code_is_nowhere_but_in_the_hand() -> None:
    given_out = given(serving())
    with acting(CLERK):
        row = Activation.objects.get()
        assert bytes(row.code_index) == cipher.blind(given_out.code, "activation")
        kept = [str(value) for value in vars(row).values()]
        entries = HistoryEntry.objects.filter(tracked="registry_activation")
        kept += [str(each.after) for each in entries]
    assert entries
    assert not [each for each in kept if given_out.code in each]


def test_it_is_used_once() -> None:
    mine = serving()
    code = given(mine).code
    used(code, mine)
    with pytest.raises(Refusal, match="用过"):
        used(code, mine, "13900001111")
    assert signs_in(PHONE)


def test_copied_with_spaces_and_in_small_letters_it_is_the_same() -> None:
    mine = serving()
    issued = given(mine)
    assert tried(issued.spaced.lower(), tail_of(mine))


def test_wrong_digits_are_counted_and_the_fifth_ends_it() -> None:
    mine = serving()
    code = given(mine).code
    for _ in range(MOST_FAILURES - 1):
        assert not tried(code, "0000" if tail_of(mine) != "0000" else "1111")
    assert tried(code, tail_of(mine))
    assert not tried(code, "abcd")
    assert not tried(code, tail_of(mine))
    with acting(CLERK):
        row = Activation.objects.get()
    assert (row.outcome, row.failures) == ("spent", MOST_FAILURES)
    # A new one opens.
    assert used(given(mine).code, mine)


def test_a_code_of_nobody_counts_nowhere() -> None:
    mine = serving()
    given(mine)
    assert not tried("ZZZZZZZZZZZZ", tail_of(mine))
    with acting(CLERK):
        assert Activation.objects.get().failures == 0


def test_after_its_days_it_opens_nothing() -> None:
    mine = serving()
    assert timedelta(0) <= VALID - (given(mine).until - timezone.now()) < timedelta(minutes=5)
    with acting(CLERK):
        Activation.objects.update(outcome="replaced", ended_at=timezone.now())
        code_index = cipher.blind("ABCDABCDABCD", "activation")
        code_of(mine, code_index=code_index, until=timezone.now() + timedelta(seconds=1)).save()
    assert tried("ABCDABCDABCD", tail_of(mine))
    time.sleep(1.1)
    assert not tried("ABCDABCDABCD", tail_of(mine))


def test_another_replaces_the_one_before() -> None:
    mine = serving()
    first, second = given(mine).code, given(mine).code
    assert not tried(first, tail_of(mine))
    assert tried(second, tail_of(mine))
    with acting(CLERK):
        assert Activation.objects.filter(outcome="").count() == 1


def test_who_forgot_the_password_gets_a_new_one_for_a_reason_within_a_day() -> None:
    mine = serving()
    before = opened(mine)
    with pytest.raises(Refusal) as refused:
        given(mine)
    assert "reason" in refused.value.errors
    issued = given(mine, "核验身份证，忘记密码")
    assert issued.until - timezone.now() <= AGAIN
    after = used(issued.code, mine, "13900002222")
    assert after.pk == before.pk
    assert signs_in("13900002222")
    assert not signs_in(PHONE)
    assert after.password != before.password


def test_only_the_managing_organs_personnel_officers_give_it() -> None:
    mine = serving()
    for other in (
        factories.territorial(YANTING),
        factories.territorial(factories.MIANYANG),
        factories.territorial(SANTAI, "unit_leader", "police_officer", "system_admin"),
    ):
        with acting(factories.PROVINCIAL), pytest.raises(NotAllowed):
            activation_issue(actor=other, engagement=mine)


def test_many_get_theirs_at_once_all_or_nobody() -> None:
    first, second, third = serving(), serving(name="李四"), serving(name="张三")
    opened(third)
    with acting(CLERK):
        with pytest.raises(Refusal, match="张三已经开通"):
            activations_issue(actor=CLERK, engagements=[first.pk, third.pk])
        assert not Activation.objects.filter(outcome="").exists()
        assert standings_counted(CLERK) == {"none": 2, "issued": 0, "opened": 1}
        issued = activations_issue(actor=CLERK, engagements=[first.pk, second.pk])
        assert standings_counted(CLERK) == {"none": 0, "issued": 2, "opened": 1}
        assert {row.pk: row.standing for row in standing_rows(CLERK)} == {
            first.pk: "issued",
            second.pk: "issued",
            third.pk: "opened",
        }
    assert len({each.code for each in issued}) == 2
    assert used(issued[0].code, issued[0].engagement, "13900001111")


def test_people_of_another_county_are_not_among_them() -> None:
    theirs = serving(YANTING)
    with acting(CLERK), pytest.raises(Refusal, match="已不在职"):
        activations_issue(actor=CLERK, engagements=[theirs.pk])
    with acting(factories.PROVINCIAL), pytest.raises(NotAllowed):
        activations_issue(actor=CLERK, engagements=[theirs.pk])


def applicant_of(engagement: Engagement, phone: str = "13700003333") -> Account:
    with acting(VISITOR):
        return applicant_sign_up(
            actor=VISITOR,
            name=engagement.person.name,
            id_number=str(engagement.person.id_number),
            phone=phone,
            password=PASSWORD,
        )


def test_who_applied_before_joins_the_account_that_they_have_and_keeps_its_password() -> None:
    mine = serving()
    account = applicant_of(mine)
    code = given(mine).code
    with pytest.raises(Refusal, match=r"您已有账号（137\*\*\*\*3333）"):
        used(code, mine)
    with acting(own(account)) as actor:
        proof = activation_try(code=code, tail=tail_of(mine))
        assert proof is not None
        activation_join(actor=actor, proof=proof, code=code)
    after = own(account)
    assert after.roles == {"applicant", "auxiliary"}
    assert after.person_id == mine.person_id
    assert signs_in("13700003333")


def test_another_humans_account_joins_nothing() -> None:
    mine, other = serving(), serving(name="李四")
    stranger = applicant_of(other)
    code = given(mine).code
    with acting(own(stranger)) as actor:
        proof = activation_try(code=code, tail=tail_of(mine))
        assert proof is not None
        with pytest.raises(NotAllowed):
            activation_join(actor=actor, proof=proof, code=code)
    assert own(stranger).person_id is None


def test_a_number_that_is_somebodys_account_is_refused() -> None:
    opened(serving(), PHONE)
    other = serving(name="李四")
    with pytest.raises(Refusal) as refused:
        used(given(other).code, other, PHONE)
    assert "phone" in refused.value.errors


def test_a_weak_password_opens_nothing_and_leaves_the_code() -> None:
    mine = serving()
    code = given(mine).code
    with acting(VISITOR):
        proof = activation_try(code=code, tail=tail_of(mine))
        assert proof is not None
        with pytest.raises(Refusal):
            activation_use(actor=VISITOR, proof=proof, code=code, phone=PHONE, password="1234567890")
    assert used(code, mine)


def test_who_left_reads_on_and_gets_a_new_code_but_no_first_one() -> None:
    mine, never = bureau(), bureau(name="李四")
    account = opened(mine.engagement)
    for each in (mine, never):
        with acting(each.hr):
            at(each, "agreed", "ended", last_day=today())
    with acting(factories.PROVINCIAL):
        rows = Engagement.objects.select_related("person")
        left, gone = (rows.get(pk=each.engagement.pk) for each in (mine, never))
    with acting(own(account)):
        assert Engagement.objects.get().span.upper == today() + timedelta(1)
    assert used(given(left, "核验身份证").code, left)
    with pytest.raises(Refusal, match="已不在职"):
        given(gone)


def test_the_database_lets_no_account_read_another_humans_file() -> None:
    mine, other = serving(), serving(name="李四")
    account = opened(mine)
    with acting(factories.PROVINCIAL):
        for change in ({"person_id": other.person_id}, {"organ_code": YANTING}):
            with pytest.raises(DatabaseError, match="只能开通给本人"), transaction.atomic():
                Account.objects.filter(pk=account.pk).update(**change)
        officer = factories.account(SANTAI, "hr_officer")
        with pytest.raises(DatabaseError, match="只能开通给本人"), transaction.atomic():
            Account.objects.filter(pk=officer.pk).update(person_id=mine.person_id)


def test_the_database_keeps_desk_and_self_service_apart() -> None:
    account = opened(serving())
    with acting(factories.PROVINCIAL):
        officer = factories.account(SANTAI, "hr_officer")
        for who, role, said in ((officer, "auxiliary", "随本人服务开通"), (account, "hr_officer", "另建工作账号")):
            with pytest.raises(DatabaseError, match=said), transaction.atomic():
                RoleAssignment.objects.create(
                    account=who, organ_code=SANTAI, role=role, span=DateRange(date(2021, 3, 1), None)
                )


def test_nobody_takes_the_role_without_a_used_code() -> None:
    mine = serving()
    account = applicant_of(mine)
    given(mine)
    with acting(Actor(name="甲", account_id=account.pk, person_id=mine.person_id)):
        Account.objects.filter(pk=account.pk).update(person_id=mine.person_id, organ_code=SANTAI)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            RoleAssignment.objects.create(
                account=account, organ_code=SANTAI, role="auxiliary", span=DateRange(date(2021, 3, 1), None)
            )


def test_an_administrator_neither_lists_nor_resets_somebodys_own_account() -> None:
    account = opened(serving())
    with acting(factories.PROVINCIAL):
        officer = factories.officer(SANTAI, "system_admin")
    with acting(officer):
        assert account.pk not in accounts_administered(officer).values_list("pk", flat=True)
        with pytest.raises(Exception, match="没有这个账号"):
            account_for(officer, account.pk)


def code_of(engagement: Engagement, **changes: object) -> Activation:
    """A row as nobody gives it out."""
    said = {
        "organ_code": engagement.organ_code,
        "person_id": engagement.person_id,
        "code_index": b"1",
        "issued_by": "经办",
        "until": timezone.now() + timedelta(days=1),
    }
    return Activation(engagement=engagement, **(said | changes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until": timezone.now() - timedelta(days=1)}, "失效时间"),
        ({"failures": MOST_FAILURES}, "应作废"),
        ({"outcome": "used", "ended_at": timezone.now()}, "办结"),
        ({"outcome": "replaced"}, "办结"),
        ({"account_id": 7}, "办结"),
    ],
)
def test_a_row_that_cant_be_is_refused_by_the_database(changes: dict, said: str) -> None:
    mine = serving()
    with acting(CLERK):
        with pytest.raises(Refusal, match=said), transaction.atomic(), speaking():
            code_of(mine, **changes).save()
        code_of(mine).save()


def test_one_code_waits_at_a_time_also_for_the_database() -> None:
    mine = serving()
    given(mine)
    with acting(CLERK), pytest.raises(Refusal, match="其他人发放"), transaction.atomic(), speaking():
        code_of(mine).save()


def test_a_code_stays_as_it_was_given_and_ended() -> None:
    mine, other = serving(), serving(name="李四")
    given(mine)
    with acting(CLERK):
        for change in ({"until": timezone.now() + timedelta(days=99)}, {"code_index": b"2"}):
            with pytest.raises(DatabaseError, match="发放以后不能改"), transaction.atomic():
                Activation.objects.update(**change)
        Activation.objects.update(outcome="replaced", ended_at=timezone.now())
        with pytest.raises(DatabaseError, match="只能用一次"), transaction.atomic():
            Activation.objects.update(outcome="", ended_at=None)
        with pytest.raises(IntegrityError), transaction.atomic():
            code_of(mine, person_id=other.person_id).save()
