"""What the person does about a breach that they are said to have committed, and what follows from a decision (14.5, 31, 32, 43)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.files import file_content
from fujing.kernel.models import Reading
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.management.complaints.models import Report
from fujing.management.complaints.services import report_conclude
from fujing.management.discipline.models import Asking, Hearing, Matter, Proof
from fujing.management.discipline.own import (
    may_ask,
    may_state,
    own_asking,
    own_matter,
    own_matters,
    own_statement,
    told_paper,
)
from fujing.management.discipline.services import (
    matter_answer,
    matter_dismiss,
    matter_open,
    matter_receive,
    matter_record,
    matter_withdraw,
)
from fujing.management.discipline.todos import DISCIPLINE
from fujing.management.leaving.models import Departure, Evidence
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI
from tests.management.breaches import (
    FACTS,
    HAPPENED,
    NUMBER,
    WORDS,
    Bureau,
    asked,
    bureau,
    decided,
    invited,
    paper,
    recorded,
    rules,
    signed_in,
    stated,
)
from tests.management.made import PDF
from tests.management.reports import Case, brought, case
from tests.registry.activated import serving

pytestmark = pytest.mark.django_db
LAST_DAY = today() + timedelta(30)


def test_the_person_reads_what_they_are_told_of_and_nothing_before() -> None:
    made = bureau()
    row = recorded(made)
    person = signed_in(made)
    with acting(person):
        assert not own_matters(person)
        assert not Matter.objects.exists()
        assert not Proof.objects.exists()
    other = invited(made)
    with acting(person):
        assert [each.pk for each in own_matters(person)] == [other.pk]
        assert own_matter(person, other.pk).facts == FACTS
        assert Proof.objects.get().title == "监控记录"
        assert file_content(told_paper(person, other)) == PDF
        with pytest.raises(NotFound):
            own_matter(person, row.pk)
        assert not Reading.objects.exists()


def test_the_person_states_by_their_own_sign_in_word_for_word_and_once() -> None:
    made = bureau()
    row = invited(made)
    person = signed_in(made)
    with acting(person):
        assert may_state(own_matter(person, row.pk))
        with pytest.raises(Refusal) as refused:
            own_statement(actor=person, matter=row, answer=" ")
        assert set(refused.value.errors) == {"answer"}
        done = own_statement(actor=person, matter=row, answer=WORDS)
        assert (done.state, may_state(done)) == ("stated", False)
        with pytest.raises(Refusal, match="不能办理此步骤"):
            own_statement(actor=person, matter=row, answer="再说一次")
    with acting(made.office):
        hearing = Hearing.objects.get()
        assert (hearing.own, hearing.answer, hearing.answered_by_id) == (True, WORDS, person.account_id)
        assert hearing.answer_file is not None
        assert file_content(hearing.answer_file).startswith(b"%PDF")


def test_nobody_states_or_asks_for_another() -> None:
    made, other = bureau(), bureau("乙")
    row, person = invited(other), signed_in(made)
    final = decided(bureau("丙"))
    with acting(person):
        with pytest.raises(NotFound):
            own_matter(person, row.pk)
        for act in (
            lambda: own_statement(actor=person, matter=row, answer="不是他"),
            lambda: own_asking(actor=person, matter=final, text="不服"),
            lambda: told_paper(person, row),
        ):
            with pytest.raises(NotAllowed):
                act()
        for act in (
            lambda: Hearing.objects.filter(matter=row).update(answer="x"),
            lambda: Matter.objects.filter(pk=row.pk).update(state="withdrawn"),
        ):
            assert act() == 0  # type: ignore[func-returns-value]


def test_an_officer_cannot_say_that_the_person_stated_it_themself() -> None:
    made = bureau()
    row = stated(made)
    with acting(made.office):
        again = Hearing.objects.get()
        again.pk = None
        again.own = True
        with pytest.raises(Refusal), speaking(), transaction.atomic():
            again.save(force_insert=True)
        assert row.state == "stated"


def test_the_person_asks_that_it_be_looked_at_again_and_another_than_who_decided_answers() -> None:
    made = bureau()
    row = asked(made)
    with acting(made.head):
        with pytest.raises(NotAllowed, match="另一名负责人答复"):
            matter_answer(actor=made.head, matter=row, verdict="maintained", answer="维持")
        with pytest.raises(Refusal, match="决定人不能答复"), speaking(), transaction.atomic():
            Asking.objects.update(outcome="maintained", answered_on=today(), answer="维持", answered_by=made.head.name)
    with acting(made.leader):
        with pytest.raises(Refusal) as refused:
            matter_answer(actor=made.leader, matter=row, verdict="revoked", answer=" ")
        assert set(refused.value.errors) == {"answer"}
        done = matter_answer(actor=made.leader, matter=row, verdict="revoked", answer="就诊记录属实")
        assert done.state == "revoked"
        with pytest.raises(Refusal):
            matter_answer(actor=made.leader, matter=row, verdict="maintained", answer="又维持")
        with pytest.raises(Refusal, match=r"不得改动|答复以前"), speaking(), transaction.atomic():
            Asking.objects.update(answer="改")


def test_what_was_maintained_is_not_asked_about_twice() -> None:
    made = bureau()
    row = asked(made)
    with acting(made.leader):
        row = matter_answer(actor=made.leader, matter=row, verdict="maintained", answer="事实清楚")
    with acting(made.office), pytest.raises(Refusal, match="不能办理此步骤"):
        matter_receive(actor=made.office, matter=row, asked_on=today(), text="不服", upload=paper())


@pytest.mark.parametrize("state", ["answered", "revoked"])
def test_no_state_of_a_reconsideration_without_its_answer(state: str) -> None:
    made = bureau()
    row = asked(made)
    with (
        acting(made.leader),
        pytest.raises(Refusal, match="与复核申请和答复的登记一致"),
        speaking(),
        transaction.atomic(),
    ):
        Matter.objects.filter(pk=row.pk).update(state=state)
    other = decided(bureau("乙"))
    with (
        acting(made.office),
        pytest.raises(Refusal, match="与复核申请和答复的登记一致"),
        speaking(),
        transaction.atomic(),
    ):
        Matter.objects.filter(pk=other.pk).update(state="asked")


def test_after_its_last_day_nobody_asks_any_more() -> None:
    made = bureau()
    row = decided(made, rules(made, ask_days=0))
    person = signed_in(made)
    with acting(person):
        mine = own_matter(person, row.pk)
        assert may_ask(mine)
        mine.ask_until = today() - timedelta(1)
        assert not may_ask(mine)
    with acting(made.office):
        for wrong in (today() + timedelta(1), today() - timedelta(1)):
            with pytest.raises(Refusal) as refused:
                matter_receive(actor=made.office, matter=row, asked_on=wrong, text="不服", upload=paper())
            assert set(refused.value.errors) == {"asked_on"}
        done = matter_receive(actor=made.office, matter=row, asked_on=today(), text="不服", upload=paper())
        assert done.state == "asked"


def dismissal(made: Bureau) -> Matter:
    return decided(made, means="dismissal")


def test_a_dismissal_goes_to_leaving_with_its_ground_and_evidence_and_is_not_decided_here() -> None:
    made = bureau()
    row = dismissal(made)
    with acting(made.hr):
        done = matter_dismiss(actor=made.hr, matter=row, way="breach", last_day=LAST_DAY)
        departure = Departure.objects.get()
        assert (done.state, done.departure_id) == ("dismissed", departure.pk)
        assert (departure.state, departure.way, departure.engagement_id) == ("drafted", "breach", made.engagement.pk)
        assert NUMBER in str(departure.reason)
        moved = Evidence.objects.get()
        assert (moved.kind, moved.dated, moved.file_id) == ("breach", HAPPENED, Proof.objects.get().file_id)
        # The hearing of the dismissal is its own.
        assert not departure.hearings.exists()
        with pytest.raises(Refusal):
            matter_dismiss(actor=made.hr, matter=row, way="breach", last_day=LAST_DAY)


def test_only_what_asks_for_a_dismissal_leads_to_one() -> None:
    made = bureau()
    row = decided(made, rules(made))
    with acting(made.hr):
        with pytest.raises(Refusal, match="建议解除劳动合同的，才转办"):
            matter_dismiss(actor=made.hr, matter=row, way="breach", last_day=LAST_DAY)
        other = dismissal(bureau("乙"))
        with pytest.raises(Refusal) as refused:
            matter_dismiss(actor=made.hr, matter=other, way="resigned", last_day=LAST_DAY)
        assert set(refused.value.errors) == {"way"}
        with pytest.raises(Refusal, match="才转办离职"), speaking(), transaction.atomic():
            Matter.objects.filter(pk=other.pk).update(state="dismissed")
    with acting(made.leader), pytest.raises(NotAllowed):
        matter_dismiss(actor=made.leader, matter=other, way="breach", last_day=LAST_DAY)


def after(made: Case, finding: str) -> Report:
    """The report with a conclusion about whom it accuses."""
    report, actor = brought(made, "heard"), made.reader.actor
    with acting(actor):
        return report_conclude(actor=actor, report=report, finding=finding, text="查看了监控")


def follows(made: Case, report: Report, engagement: Engagement | None = None) -> Matter:
    """A matter recorded because of a report."""
    actor = made.reader.actor
    with acting(actor):
        return matter_record(
            actor=actor,
            engagement=engagement or made.engagement,
            report=report,
            duty="15.5",
            happened_on=HAPPENED,
            facts=FACTS,
            title="监控",
            dated=HAPPENED,
            upload=paper(),
        )


@pytest.mark.parametrize("finding", ["founded", "partly"])
def test_what_was_found_of_somebody_by_a_report_is_recorded_against_the_duty(finding: str) -> None:
    made = case()
    report = after(made, finding)
    row = follows(made, report)
    assert row.report_id == report.pk


@pytest.mark.parametrize("finding", ["unfounded", "unproven"])
def test_what_was_not_found_leads_to_no_matter(finding: str) -> None:
    made = case()
    report = after(made, finding)
    with pytest.raises(Refusal, match="没有属实、部分属实的结论"), speaking(), transaction.atomic():
        follows(made, report)


def test_what_was_found_of_one_is_not_held_against_another() -> None:
    made = case()
    report = after(made, "founded")
    other = serving(SANTAI, "李四")
    with pytest.raises(Refusal, match="没有属实、部分属实的结论"), speaking(), transaction.atomic():
        follows(made, report, other)


def kinds(made: Bureau, who: str) -> dict[str, int]:
    actor = getattr(made, who)
    with acting(actor):
        return {todo.kind: todo.count for todo in waiting(actor, DISCIPLINE)}


def test_what_waits_stands_on_the_desk_of_whom_it_waits_for() -> None:
    made = bureau()
    assert kinds(made, "office") == {}
    recorded(made)
    invited(made)
    stated(made)
    assert kinds(made, "office") == {"discipline_recorded": 1, "discipline_late": 1, "discipline_heard": 1}
    assert kinds(made, "head") == kinds(made, "hr") == {}
    row = asked(bureau("乙"))
    assert kinds(made, "leader") == kinds(made, "head") == {"discipline_asked": 1}
    with acting(made.leader):
        matter_answer(actor=made.leader, matter=row, verdict="maintained", answer="事实清楚")
    dismissal(bureau("丙"))
    assert kinds(made, "hr") == {"discipline_dismissal": 1}
    decided(bureau("丁"))
    assert kinds(made, "office")["discipline_over"] == 1
    with acting(factories.PROVINCIAL):
        other = factories.officer(SANTAI, "finance")
    with acting(other):
        assert not list(waiting(other, DISCIPLINE))


def test_what_was_withdrawn_after_the_telling_is_told_to_the_person_too() -> None:
    made = bureau()
    row = invited(made)
    person = signed_in(made)
    with acting(made.office):
        matter_open(actor=made.office, matter=row, reason="核对")
        matter_withdraw(actor=made.office, matter=row, reason="查明系他人所为")
    with acting(person):
        assert own_matter(person, row.pk).state == "withdrawn"
