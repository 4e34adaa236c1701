"""Giving notice, taking it back and answering by the sign-in of one's own (Articles 14.6, 20.7 and 32)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.files import file_content
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.management.leaving.hearings import hearing_answer, hearing_open
from fujing.management.leaving.models import Evidence, Hearing, Resignation
from fujing.management.leaving.own import (
    own_hearing,
    own_hearings,
    own_notice_send,
    own_notice_take_back,
    own_notice_weigh,
    own_resignation,
    own_resignations,
    own_statement,
    told_paper,
)
from fujing.management.leaving.queries import unheard
from fujing.management.leaving.resignations import resignation_confirm, resignation_withdraw
from tests.management.departures import Bureau, bureau, drafted, paper, told
from tests.management.test_resignations import received
from tests.registry.activated import opened, own

pytestmark = pytest.mark.django_db
WORDS = "当日我已向中队长请假。\n他说知道了。"


def signed_in(made: Bureau, phone: str = "13812345678") -> Actor:
    """The person of a bureau by their own sign-in."""
    return own(opened(made.engagement, phone))


@pytest.mark.parametrize(("probation", "days"), [(False, 30), (True, 3)])
def test_the_date_is_reckoned_before_it_is_sent_and_kept_as_it_was_told(probation: bool, days: int) -> None:
    made = bureau(probation=probation)
    person = signed_in(made)
    with acting(person):
        before = own_notice_weigh(actor=person, engagement=made.engagement, way="resigned")
        assert before.last_day == today() + timedelta(days)
        assert not own_resignations(person)
        row = own_notice_send(actor=person, engagement=made.engagement, way="resigned", reason="回乡照顾父母")
    assert (row.own, row.state, row.notice_days) == (True, "received", days)
    assert (row.last_day, row.received_on, row.dated) == (before.last_day, today(), today())
    with acting(made.hr):
        row.refresh_from_db()
        assert (row.received_by, row.received_by_id) == ("甲", person.account_id)
        assert Decision.objects.get(kind="本人辞职").decided_by_id == person.account_id
        assert file_content(Resignation.objects.get().file).startswith(b"%PDF")


def test_earlier_than_the_law_lets_it_go_is_refused_and_later_is_not() -> None:
    made = bureau()
    person = signed_in(made)
    with acting(person):
        with pytest.raises(Refusal) as refused:
            own_notice_weigh(actor=person, engagement=made.engagement, way="resigned", wished=today() + timedelta(29))
        assert "wished" in refused.value.errors
        later = today() + timedelta(60)
        row = own_notice_send(actor=person, engagement=made.engagement, way="resigned", wished=later)
        assert row.last_day == later
        with pytest.raises(Refusal, match="正待确认"):
            own_notice_send(actor=person, engagement=made.engagement, way="resigned")


def test_the_clerk_confirms_it_as_a_notice_on_paper() -> None:
    made = bureau()
    person = signed_in(made)
    with acting(person):
        row = own_notice_send(actor=person, engagement=made.engagement, way="resigned")
    with acting(made.hr):
        done = resignation_confirm(actor=made.hr, resignation=row)
        assert done.departure is not None
        assert Evidence.objects.get(departure=done.departure).file_id == row.file_id
    with acting(person):
        assert own_resignation(person, row.pk).state == "confirmed"
        with pytest.raises(Refusal, match="不能办理此步骤"):
            own_notice_take_back(actor=person, resignation=row)


def test_it_is_taken_back_by_the_person_or_on_paper() -> None:
    made = bureau()
    person = signed_in(made)
    with acting(person):
        row = own_notice_send(actor=person, engagement=made.engagement, way="resigned")
        done = own_notice_take_back(actor=person, resignation=row)
        done.refresh_from_db()
        assert (done.state, done.withdrawn_on, done.settled_by_id) == ("withdrawn", today(), person.account_id)
        again = own_notice_send(actor=person, engagement=made.engagement, way="resigned")
    with acting(made.hr):
        resignation_withdraw(actor=made.hr, resignation=again, withdrawn_on=today(), upload=paper())
    on_paper = bureau(name="乙")
    with acting(on_paper.hr):
        row = received(on_paper, ago=3)
    other = signed_in(on_paper, "13900001111")
    with acting(other):
        assert own_notice_take_back(actor=other, resignation=row).state == "withdrawn"


def test_on_the_last_day_it_is_too_late() -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made, ago=30)
    person = signed_in(made)
    with acting(person), pytest.raises(Refusal, match="不能撤回"):
        own_notice_take_back(actor=person, resignation=row)


def test_nobody_gives_notice_or_takes_it_back_for_another() -> None:
    made, other = bureau(), bureau(name="乙")
    person = signed_in(made)
    with acting(other.hr):
        theirs = received(other)
    with acting(person):
        for act in (
            lambda: own_notice_weigh(actor=person, engagement=other.engagement, way="resigned"),
            lambda: own_notice_send(actor=person, engagement=other.engagement, way="resigned"),
            lambda: own_notice_take_back(actor=person, resignation=theirs),
        ):
            with pytest.raises(NotAllowed):
                act()
        assert own_resignations(person) == []
        with pytest.raises(NotFound):
            own_resignation(person, theirs.pk)
    with acting(made.hr), pytest.raises(NotAllowed):
        own_notice_send(actor=made.hr, engagement=made.engagement, way="resigned")


def test_the_database_keeps_what_comes_from_the_person_apart_from_what_comes_by_the_clerk() -> None:
    made, other = bureau(), bureau(name="乙")
    person = signed_in(made)
    with acting(made.hr):
        row = received(made)
    copied = {
        each.name: getattr(row, each.name)
        for each in Resignation._meta.concrete_fields
        if each.name not in {"id", "receipt", "received_by_id"}
    }
    theirs = copied | {"engagement": other.engagement, "person_id": other.engagement.person_id}
    wide = Actor(**{name: getattr(person, name) for name in ("name", "account_id", "person_id")}, lo=made.hr.lo, hi=made.hr.hi)  # fmt: skip
    with acting(made.hr), pytest.raises(Refusal, match="只能由本人登录提交"), speaking(), transaction.atomic():
        Resignation.objects.create(**theirs | {"own": True})
    with acting(wide):
        for said in (theirs | {"own": True}, theirs):
            with pytest.raises(Refusal, match="本人的辞职"), speaking(), transaction.atomic():
                Resignation.objects.create(**said)
        with pytest.raises(Refusal, match="本人的辞职"), speaking(), transaction.atomic():
            Resignation.objects.filter(pk=row.pk).update(state="confirmed")
    with acting(made.hr), pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
        Resignation.objects.filter(pk=row.pk).update(own=True)


def heard(way: str = "breach") -> tuple[Bureau, Actor, Hearing]:
    """Somebody who was told of a dismissal and signs in."""
    made = bureau()
    with acting(made.hr):
        hearing = told(made, drafted(made, way), until=today() + timedelta(5))
    return made, signed_in(made), hearing


def test_the_answer_is_kept_word_for_word_and_read_before_the_decision() -> None:
    made, person, hearing = heard()
    with acting(person):
        assert [each.pk for each in own_hearings(person)] == [hearing.pk]
        assert told_paper(person, own_hearing(person, hearing.pk)).pk == hearing.told_file_id
        row = own_statement(actor=person, hearing=hearing, answer=WORDS)
        assert own_hearing(person, hearing.pk).answer == WORDS
        with pytest.raises(Refusal, match="不能办理此步骤"):
            own_statement(actor=person, hearing=hearing, answer="另一说法")
    assert (row.own, row.state, row.answered_on) == (True, "answered", today())
    with acting(made.hr):
        row.refresh_from_db()
        assert (row.answered_by, row.answered_by_id) == ("甲", person.account_id)
        file = Hearing.objects.get().answer_file
        assert file is not None
        assert file_content(file).startswith(b"%PDF")
        assert unheard(hearing.departure, made.head.account_id) == "请先查阅本人的陈述，再决定。"
        assert Evidence.objects.filter(departure=hearing.departure, kind="statement").exists()
    with acting(made.head):
        assert hearing_open(actor=made.head, hearing=row, reason="决定前查阅").answer == WORDS
        assert unheard(hearing.departure, made.head.account_id) == ""


def test_an_empty_answer_is_none() -> None:
    _, person, hearing = heard()
    with acting(person), pytest.raises(Refusal) as refused:
        own_statement(actor=person, hearing=hearing, answer=" \n ")
    assert "answer" in refused.value.errors


def test_another_neither_reads_nor_answers_it() -> None:
    _, _, hearing = heard()
    other = signed_in(bureau(name="乙"), "13900001111")
    with acting(other):
        assert own_hearings(other) == []
        assert not Hearing.objects.exists()
        with pytest.raises(NotFound):
            own_hearing(other, hearing.pk)
        for act in (
            lambda: own_statement(actor=other, hearing=hearing, answer=WORDS),
            lambda: told_paper(other, hearing),
        ):
            with pytest.raises(NotAllowed):
                act()


def test_the_database_knows_an_answer_of_the_person_from_one_that_was_entered() -> None:
    made, person, hearing = heard()
    other = signed_in(bureau(name="乙"), "13900001111")
    said = {"state": "answered", "answer": b"x", "answered_on": today(), "answer_file": hearing.told_file_id}
    with acting(made.hr), pytest.raises(Refusal, match="只能由本人登录提交"), speaking(), transaction.atomic():
        Hearing.objects.filter(pk=hearing.pk).update(**said, own=True)
    for who, refused in ((other, "只能陈述本人的事项"), (person, "只能由本人登录提交")):
        wide = Actor(name="甲", account_id=who.account_id, person_id=who.person_id, lo=made.hr.lo, hi=made.hr.hi)
        with acting(wide), pytest.raises(Refusal, match=refused), speaking(), transaction.atomic():
            Hearing.objects.filter(pk=hearing.pk).update(**said)
    with acting(made.hr):
        row = hearing_answer(actor=made.hr, hearing=hearing, answered_on=today(), answer=WORDS, upload=paper())
        assert not row.own
