"""The end of a probation: what was found, who decides, until when, and what follows for a dismissal under 32.1."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.kernel.todos import counted
from fujing.management.contracts.models import ProbationReview
from fujing.management.contracts.probation import probation_fail, probation_pass, probation_review, probation_withdraw
from fujing.management.contracts.queries import PROBATION_DAYS, contract_rows
from fujing.management.contracts.states import PROBATION, ProbationState
from fujing.management.contracts.todos import CONTRACTS
from fujing.management.leaving.models import Departure
from fujing.management.leaving.services import departure_check
from fujing.registry.models import Contract
from fujing.registry.states import Role
from tests import factories
from tests.factories import SANTAI
from tests.management.departures import Bureau, asked, bureau, drafted, proven
from tests.management.made import PDF

pytestmark = pytest.mark.django_db
MET: dict[str, Any] = {"meets": True, "opinion": "工作认真", "reviewer": "王警官", "reviewed_on": today()}
UNMET = MET | {"meets": False, "condition": "公告要求的体能测评，三次未达标"}


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("考核表.pdf", PDF)


def reviewed(made: Bureau, **said: Any) -> ProbationReview:
    return probation_review(actor=made.hr, engagement=made.engagement, upload=paper(), **(MET | said))


def ending_on(made: Bureau, last: date) -> None:
    """The probation's last day."""
    with acting(factories.PROVINCIAL):
        Contract.objects.filter(engagement=made.engagement).update(probation_until=last + timedelta(1))


def test_who_meets_the_conditions_stays_on_by_the_heads_decision() -> None:
    made = bureau(probation=True)
    with acting(made.hr):
        row = reviewed(made)
    with acting(made.head):
        probation_pass(actor=made.head, review=row)
        row.refresh_from_db()
        assert (row.state, row.decided_by_id, row.decided_on) == ("passed", made.head.account_id, today())
        told = Decision.objects.get(kind="试用期考核")
        assert (told.outcome, told.provisions, told.person_id) == ("转正", ["22"], made.engagement.person_id)


def test_who_does_not_is_found_so_with_the_condition_and_can_then_be_dismissed_on_that_paper() -> None:
    made = bureau(probation=True)
    with acting(made.hr):
        row = reviewed(made, **UNMET)
    with acting(made.head):
        probation_fail(actor=made.head, review=row)
        told = Decision.objects.get(kind="试用期考核")
        assert (told.outcome, told.provisions) == ("不符合录用条件", ["32.1", "22"])
    with acting(made.hr):
        departure = drafted(made, "probation", last_day=today() + timedelta(20))
        proof = departure.evidence.get(kind="unmet")
        assert (proof.file_id, proof.dated) == (row.report_id, today())
        drafted(made, "probation", last_day=today() + timedelta(21))
        assert departure.evidence.filter(kind="unmet").count() == 1


def test_who_was_let_stay_on_is_not_dismissed_for_the_probation_neither_by_service_nor_by_sql() -> None:
    made = bureau(probation=True)
    with acting(made.hr):
        departure = drafted(made, "probation", last_day=today() + timedelta(20))
        proven(made, departure, enumerate(asked("probation")))
        row = reviewed(made)
    with acting(made.head):
        probation_pass(actor=made.head, review=row)
    with acting(made.hr):
        with pytest.raises(Refusal) as refused:
            drafted(made, "probation", last_day=today() + timedelta(20))
        assert refused.value.errors == {
            "way": ["已经同意转正，不能再以试用期不符合录用条件解除（第三十二条第（一）项）。"]
        }
        with pytest.raises(Refusal, match="已经同意转正"):
            departure_check(actor=made.hr, departure=departure)
        with pytest.raises(Refusal, match="已经同意转正"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(state="checked", checked_by=made.hr.name)


@pytest.mark.parametrize("left", [0, -1])
def test_unmet_conditions_are_found_and_decided_within_the_probation(left: int) -> None:
    made = bureau(probation=True)
    ending_on(made, today() + timedelta(left))
    with acting(made.hr):
        if left < 0:
            with pytest.raises(Refusal) as refused:
                reviewed(made, **UNMET)
            assert refused.value.errors == {
                "meets": [f"试用期已于{today() - timedelta(1)}届满，不能再认定试用期不符合录用条件。"]
            }
            assert reviewed(made).state == "reviewed"  # that somebody met them can be written down late
        else:
            assert reviewed(made, **UNMET).state == "reviewed"


def test_the_database_finds_nobody_unfit_after_the_probation() -> None:
    made = bureau(probation=True)
    with acting(factories.PROVINCIAL):
        Contract.objects.filter(engagement=made.engagement).update(probation_until=today())
        contract = Contract.objects.get(engagement=made.engagement)
    with acting(made.hr):
        row = reviewed(made)
        row.pk, row.meets, row.condition, row.contract = None, False, "体能", contract
        ProbationReview.objects.update(state="withdrawn")
        row.save(force_insert=True)
    with acting(made.head):
        with pytest.raises(Refusal, match=r"试用期已于.*届满，不能再认定"), speaking(), transaction.atomic():
            ProbationReview.objects.filter(pk=row.pk).update(
                state="failed", decided_by=made.head.name, decided_on=today() - timedelta(5)
            )
        with pytest.raises(Refusal, match=r"试用期已于.*届满"), speaking(), transaction.atomic():
            probation_fail(actor=made.head, review=row)


def test_all_that_is_wrong_is_said_at_once() -> None:
    made = bureau(probation=True)
    with acting(made.hr), pytest.raises(Refusal) as refused:
        reviewed(made, meets=False, opinion=" ", reviewer="", reviewed_on=today() + timedelta(1))
    assert set(refused.value.errors) == {"condition", "opinion", "reviewer", "reviewed_on"}


def test_nobody_decides_what_they_recorded_and_only_the_head_decides() -> None:
    made = bureau(probation=True)
    with acting(made.head):
        own = probation_review(actor=made.head, engagement=made.engagement, upload=paper(), **MET)
        with pytest.raises(Refusal, match="经办人不能决定自己登记的试用期考核"), speaking(), transaction.atomic():
            probation_pass(actor=made.head, review=own)
    with acting(made.hr), pytest.raises(NotAllowed):
        probation_pass(actor=made.hr, review=own)


def test_a_decision_is_as_what_was_found() -> None:
    made = bureau(probation=True)
    with acting(made.hr):
        row = reviewed(made)
    with acting(made.head):
        with pytest.raises(Refusal, match="决定应与考核一致"):
            probation_fail(actor=made.head, review=row)
        with pytest.raises(Refusal, match="决定应与考核一致"), speaking(), transaction.atomic():
            ProbationReview.objects.filter(pk=row.pk).update(
                state="failed", decided_by=made.head.name, decided_on=today()
            )


def test_a_review_stands_once_and_stays_as_it_was_written() -> None:
    made = bureau(probation=True)
    with acting(made.hr):
        row = reviewed(made)
        with pytest.raises(Refusal, match="已经登记"):
            reviewed(made)
        for change in ({"meets": False, "condition": "改"}, {"opinion": "改"}, {"reviewed_on": date(2026, 1, 1)}):
            with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
                ProbationReview.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            ProbationReview.objects.filter(pk=row.pk).delete()
        row.pk = None
        with pytest.raises(Refusal, match="已经登记"), speaking(), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"meets": False, "condition": " "}, "应写明是哪一项条件"),
        ({"opinion": ""}, "应有责任民警的意见"),
        ({"reviewer": " "}, "应有责任民警的意见"),
        ({"reviewed_on": today() + timedelta(1)}, "考核日期不能晚于今天"),
        ({"state": "passed"}, "."),
    ],
)
def test_what_the_database_does_not_keep(changes: dict[str, Any], sentence: str) -> None:
    made = bureau(probation=True)
    with acting(made.hr):
        row = reviewed(made)
        probation_withdraw(actor=made.hr, review=row, reason="重新登记")
        row.pk, row.state = None, "reviewed"
        for name, value in changes.items():
            setattr(row, name, value)
        with pytest.raises(Refusal, match=sentence), speaking(), transaction.atomic():
            row.save(force_insert=True)


def test_a_probation_is_that_of_the_contract() -> None:
    made = bureau(probation=True)
    with acting(made.hr):
        row = reviewed(made)
        probation_withdraw(actor=made.hr, review=row, reason="重新登记")
        row.pk, row.state, row.until = None, "reviewed", row.until + timedelta(30)
        with pytest.raises(Exception, match="probation_of_its_contract"), transaction.atomic():
            row.save(force_insert=True)


def test_a_contract_without_probation_and_one_that_only_a_roster_tells_have_none_to_review() -> None:
    made = bureau()
    with acting(made.hr), pytest.raises(Refusal, match="没有约定试用期"):
        reviewed(made)


@pytest.mark.parametrize(
    ("role", "state"), list(product([role for role in Role if role != Role.AUXILIARY], ProbationState))
)
def test_every_role_in_every_state(role: Role, state: ProbationState) -> None:
    """The whole table: what it allows is done, anything else is refused."""
    made = bureau(probation=True)
    with acting(factories.PROVINCIAL):
        actor = factories.officer(SANTAI, role)
    with acting(made.hr):
        row = reviewed(made)
        unmet = state == ProbationState.FAILED
        if unmet:
            probation_withdraw(actor=made.hr, review=row, reason="重新登记")
            row = reviewed(made, **UNMET)
    if state == ProbationState.WITHDRAWN:
        with acting(made.hr):
            probation_withdraw(actor=made.hr, review=row, reason="重新登记")
    elif state != ProbationState.REVIEWED:
        with acting(made.head):
            (probation_fail if unmet else probation_pass)(actor=made.head, review=row)
    acts = {
        "pass": lambda: probation_pass(actor=actor, review=row),
        "fail": lambda: probation_fail(actor=actor, review=row),
        "withdraw": lambda: probation_withdraw(actor=actor, review=row, reason="有误"),
    }
    allowed = {move.verb for move in PROBATION.from_state(state) if actor.has(*move.roles)} - {"fail"}
    with acting(actor):
        for verb, act in acts.items():
            try:
                with transaction.atomic():
                    act()
                    done = True
                    raise LookupError
            except (Refusal, NotAllowed):
                done = False
            except LookupError:
                pass
            assert done is (verb in allowed), (verb, role, state)


@pytest.mark.parametrize(
    ("left", "waits"), [(-1, False), (0, True), (PROBATION_DAYS, True), (PROBATION_DAYS + 1, False)]
)
def test_a_probation_waits_for_its_review_until_its_last_day(left: int, waits: bool) -> None:
    made = bureau(probation=True)
    last = today() + timedelta(left)
    ending_on(made, last)
    with acting(made.hr):
        assert counted(CONTRACTS.counts(made.hr)) == ({"probation_due": (1, last + timedelta(1))} if waits else {})
        assert contract_rows(made.hr, "probation_due").count() == int(waits)
        reviewed(made)
        assert counted(CONTRACTS.counts(made.hr)) == {"probation_reviewed": (1, last + timedelta(1))}
        assert [row.pk for row in contract_rows(made.hr, "probation_reviewed")] == [made.engagement.pk]
