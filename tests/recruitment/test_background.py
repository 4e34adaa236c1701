"""The background check: two people without interest, evidence, an applicant who is heard, and few readers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Reading
from fujing.kernel.readings import readings_of
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.recruitment.background.models import BackgroundCheck, BackgroundFinding
from fujing.recruitment.background.queries import earlier_exit
from fujing.recruitment.background.services import (
    check_answer,
    check_conclude,
    check_open,
    check_tell,
    checker_replace,
    conflict_declare,
    finding_record,
    findings_open,
)
from fujing.registry.models import Account, Engagement
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.recruitment.applications import made

pytestmark = pytest.mark.django_db
SOON = timedelta(days=5)


def test_only_a_qualified_application_is_checked() -> None:
    application, _ = made.application(made.campaign())
    (one, _), (other, _) = made.checkers()
    with acting(made.head()) as head, pytest.raises(Refusal, match="资格审查合格后"):
        check_open(actor=head, application=application, first=one, second=other)


def test_two_different_checkers_with_a_checking_role_are_needed() -> None:
    application, applicant = made.application(made.campaign(), "qualified")
    (one, _), _ = made.checkers()
    with acting(factories.PROVINCIAL):
        clerk = Account.objects.get(pk=factories.officer(SANTAI, "supply").account_id or 0)
        closed = factories.account(SANTAI, "police_officer")
        closed.is_active = False
        closed.save()
        foreign = factories.account(factories.MIANYANG, "police_officer")
    with acting(made.head()) as head:
        with pytest.raises(Refusal, match="两人"):
            check_open(actor=head, application=application, first=one, second=one)
        for other in (clerk, closed, foreign):
            with pytest.raises(Refusal, match="不是本机关承担考察的在任人员"):
                check_open(actor=head, application=application, first=one, second=other)
    with acting(applicant), pytest.raises(NotAllowed):
        check_open(actor=applicant, application=application, first=one, second=one)


def test_a_checker_reads_the_others_findings_only_after_giving_their_own() -> None:
    application, _ = made.application(made.campaign(), "qualified")
    (one, first), (other, second) = made.checkers()
    with acting(made.head()) as head:
        check = check_open(actor=head, application=application, first=one, second=other)
    made.recorded(check, first, ("20.3",))
    with acting(second), pytest.raises(Refusal, match="还没有填齐自己的考察结论"):
        findings_open(actor=second, check=check, reason="对照")
    with acting(first):
        assert len(findings_open(actor=first, check=check, reason="核对")) == 10
    made.recorded(check, second)
    with acting(second):
        assert len(findings_open(actor=second, check=check, reason="对照")) == 20


def test_the_database_refuses_one_person_as_both_checkers() -> None:
    application, _ = made.application(made.campaign(), "qualified")
    check, _ = made.background(application)
    with acting(made.head()), pytest.raises(Refusal, match="两人"), speaking(), transaction.atomic():
        BackgroundCheck.objects.filter(pk=check.pk).update(second_checker=check.first_checker)


def opened() -> tuple:
    application, _ = made.application(made.campaign(), "qualified")
    (one, first), (other, second) = made.checkers()
    head = made.head()
    with acting(head):
        check = check_open(actor=head, application=application, first=one, second=other)
    return check, head, first, second


def test_nothing_is_recorded_before_the_checker_declared_to_have_no_interest() -> None:
    check, _, first, _ = opened()
    with acting(first):
        with pytest.raises(Refusal, match="请先声明"):
            finding_record(actor=first, check=check, provision="20.3", exists=False, evidence="")
        conflict_declare(actor=first, check=check, conflict=False)
        assert finding_record(actor=first, check=check, provision="20.3", exists=False, evidence="").pk


def test_who_declares_a_conflict_is_removed_and_may_not_come_back() -> None:
    check, head, first, second = opened()
    made.recorded(check, first, ("20.1",))
    with acting(first):
        check = conflict_declare(actor=first, check=check, conflict=True)
        assert (check.first_checker, check.first_name) == (None, "")
        with pytest.raises(NotAllowed):
            finding_record(actor=first, check=check, provision="20.3", exists=False, evidence="")
    made.recorded(check, second)
    with acting(factories.PROVINCIAL):
        third = factories.officer(SANTAI, "police_officer", name="接替人")
    with acting(head):
        with pytest.raises(Refusal, match="尚未填齐"):
            check_conclude(actor=head, check=check, adverse=False)
        with pytest.raises(Refusal, match="应当回避"):
            checker_replace(actor=head, check=check, checker=Account.objects.get(pk=first.account_id or 0))
        check = checker_replace(actor=head, check=check, checker=Account.objects.get(pk=third.account_id or 0))
    made.recorded(check, third)
    with acting(head):
        # What the removed checker found no longer counts.
        assert check_conclude(actor=head, check=check, adverse=False).state == "cleared"


def test_a_full_pair_is_not_replaced() -> None:
    check, head, first, _ = opened()
    with acting(head), pytest.raises(Refusal, match="不需要更换"):
        checker_replace(actor=head, check=check, checker=Account.objects.get(pk=first.account_id or 0))


def test_a_ground_needs_evidence_and_is_found_once() -> None:
    check, _, first, _ = opened()
    with acting(first):
        conflict_declare(actor=first, check=check, conflict=False)
        with pytest.raises(Refusal, match="写明依据"):
            finding_record(actor=first, check=check, provision="20.3", exists=True, evidence=" ")
        finding_record(actor=first, check=check, provision="20.3", exists=True, evidence="判决书")
        with pytest.raises(Refusal, match="已有结论"), speaking(), transaction.atomic():
            finding_record(actor=first, check=check, provision="20.3", exists=False, evidence="")
        with pytest.raises(ValueError, match="21"):
            finding_record(actor=first, check=check, provision="21", exists=False, evidence="")


def test_findings_are_encrypted_and_never_changed() -> None:
    application, _ = made.application(made.campaign(), "qualified")
    _, (first, _) = made.background(application, ("20.3",))
    with acting(first):
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM background_backgroundfinding")
            assert all("派出所".encode() not in bytes(row[0]) for row in cursor.fetchall())
        assert BackgroundFinding.objects.update(provision="20.4") == 0
        assert BackgroundFinding.objects.filter(provision="20.4").count() == 2


def test_only_checkers_and_the_deciding_head_see_findings_and_each_reading_is_kept() -> None:
    application, applicant = made.application(made.campaign(), "qualified")
    check, (first, second) = made.background(application, ("20.3",))
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        colleague = factories.officer(SANTAI, "hr_officer", "discipline")
        superior = factories.officer(factories.MIANYANG, "hr_head")
    head = made.head()
    for reader in (first, second, head):
        with acting(reader):
            assert len(findings_open(actor=reader, check=check, reason="作出结论")) == 20
            with pytest.raises(Refusal, match="查阅事由"):
                findings_open(actor=reader, check=check, reason=" ")
    for other in (colleague, superior, applicant):
        with acting(other):
            assert not BackgroundFinding.objects.exists()
            with pytest.raises(NotAllowed):
                findings_open(actor=other, check=check, reason="看看")
    with acting(head):
        assert [each.reader for each in readings_of(check)] == [head.account_id, second.account_id, first.account_id]
        with pytest.raises(Refusal, match="只能新增"), speaking(), transaction.atomic():
            Reading.objects.all().delete()


def test_nobody_but_a_checker_writes_findings_not_even_past_the_service() -> None:
    check, head, *_ = opened()
    with acting(head), pytest.raises(Exception, match="row-level security"), transaction.atomic():
        BackgroundFinding.objects.create(
            organ_code=SANTAI, check_of=check, checker=head.account_id, checker_name="x", provision="20.1", content="x"
        )


def test_the_applicant_learns_the_ground_answers_once_and_only_in_time() -> None:
    application, applicant = made.application(made.campaign(), "qualified")
    check, _ = made.background(application, ("20.3",))
    with acting(applicant):
        assert not BackgroundCheck.objects.exists()
    with acting(made.head()) as head:
        with pytest.raises(Refusal, match="晚于今天"):
            check_tell(actor=head, check=check, answer_until=today())
        check_tell(actor=head, check=check, answer_until=today() + SOON)
    with acting(applicant):
        told = BackgroundCheck.objects.get()
        assert told.grounds == ["20.3"]
        with pytest.raises(Refusal, match="陈述内容"):
            check_answer(actor=applicant, check=told, text=" ")
        assert check_answer(actor=applicant, check=told, text="已改正").state == "answered"
        with pytest.raises(Refusal, match="当前状态"):
            check_answer(actor=applicant, check=told, text="再说一次")


def test_after_the_period_an_answer_is_too_late_and_a_no_is_possible() -> None:
    application, applicant = made.application(made.campaign(), "qualified")
    check, _ = made.background(application, ("20.3",))
    with acting(made.head()) as head:
        check = check_tell(actor=head, check=check, answer_until=today() + SOON)
        with pytest.raises(Refusal, match="届满，现在不能"):
            check_conclude(actor=head, check=check, adverse=True, reasons="证据充分")
        BackgroundCheck.objects.update(answer_until=today() - timedelta(days=1))
    with acting(applicant), pytest.raises(Refusal, match="陈述期已于"):
        check_answer(actor=applicant, check=check, text="迟到")
    with acting(made.head()) as head:
        assert check_conclude(actor=head, check=check, adverse=True, reasons="证据充分").state == "adverse"


def test_the_database_refuses_a_no_without_hearing() -> None:
    application, _ = made.application(made.campaign(), "qualified")
    check, _ = made.background(application, ("20.3",))
    with acting(made.head()):
        rows = BackgroundCheck.objects.filter(pk=check.pk)
        rows.update(state="told")
        with pytest.raises(Refusal, match="听取陈述"), speaking(), transaction.atomic():
            rows.update(state="adverse")


def test_a_conclusion_is_a_decision_that_does_not_spread_the_ground() -> None:
    application, applicant = made.application(made.campaign(), "qualified")
    check, _ = made.background(application, ("20.3",))
    with acting(made.head()) as head:
        check = check_tell(actor=head, check=check, answer_until=today() + SOON)
    with acting(applicant):
        check_answer(actor=applicant, check=check, text="已改正")
    with acting(made.head()) as head:
        with pytest.raises(Refusal, match="理由"):
            check_conclude(actor=head, check=check, adverse=True)
        check_conclude(actor=head, check=check, adverse=True, reasons="有犯罪记录")
        decision = made.decisions_of(application).last()
        assert decision is not None
        assert (decision.message, decision.provisions) == ("考察不合格", ["20"])
    with acting(applicant):
        assert BackgroundCheck.objects.get().reasons == "有犯罪记录"


def test_the_head_of_another_organ_decides_nothing() -> None:
    application, _ = made.application(made.campaign(), "qualified")
    check, _ = made.background(application)
    with acting(made.head(factories.MIANYANG)) as head, pytest.raises(NotAllowed, match="招聘机关"):
        check_conclude(actor=head, check=check, adverse=False)


@pytest.mark.parametrize(
    ("kind", "known"),
    [("left_without_leave", True), ("dismissed", True), ("contract_rescinded", True), ("resigned", False)],
)
def test_a_bad_exit_anywhere_in_the_province_is_known_by_its_id_only(kind: str, known: bool) -> None:
    with acting(factories.PROVINCIAL):
        factories.quota(YANTING, 5)
    with acting(factories.territorial(YANTING)):
        person = factories.person(YANTING)
        exit_ = Engagement(
            organ_code=YANTING,
            person=person,
            category="field",
            source="before_measures",
            span=DateRange(date(2021, 1, 1), date(2024, 1, 1)),
            exit_kind=kind,
        )
        exit_.clean()
        exit_.save()
        number = str(person.id_number)
    application, _ = made.application(made.campaign(), by=made.applicant(number))
    with acting(made.head()):
        assert not Engagement.objects.exists()
        assert earlier_exit(application) == (exit_.pk if known else None)
