"""Statement and defence before a dismissal, as the services and the database hold it (Articles 20.7 and 32)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision, Reading
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.law.leaving.ways import WAYS, By, kinds_of
from fujing.management.leaving.hearings import hearing_answer, hearing_open, hearing_tell
from fujing.management.leaving.models import Departure, Evidence, Hearing
from fujing.management.leaving.queries import hearing_for, unheard
from fujing.management.leaving.services import departure_check, departure_decide
from fujing.management.leaving.todos import LEAVING
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.departures import FIRST, Bureau, asked, bureau, drafted, of, paper, proven, told

pytestmark = pytest.mark.django_db
GROUNDS = [way for way, found in WAYS.items() if found.by is By.BUREAU]
OWN = [way for way in WAYS if way not in GROUNDS]
WORDS = "当日我已向中队长请假。\n他说知道了。"


def checked(made: Bureau, way: str) -> Departure:
    """A departure with all its evidence, of which the person knows nothing."""
    departure = drafted(made, way)
    proven(made, departure, enumerate(asked(way)))
    return departure_check(actor=made.hr, departure=departure)


def answered(made: Bureau, hearing: Hearing, text: str = WORDS) -> Hearing:
    return hearing_answer(actor=made.hr, hearing=hearing, answered_on=today(), answer=text, upload=paper())


def decided_by_sql(made: Bureau, departure: Departure, heard: str) -> None:
    """Decided past the service, as the application role."""
    with speaking(), transaction.atomic():
        Departure.objects.filter(pk=departure.pk).update(
            state="decided", decided_by=made.head.name, marked=WAYS[departure.way].mark is not False, heard=heard
        )


def refused(made: Bureau, departure: Departure, said: str, *stated: str) -> None:
    """Neither the service nor the database lets it be decided, whatever it states."""
    with acting(made.head):
        with pytest.raises(Refusal, match=said):
            departure_decide(actor=made.head, departure=departure, marked=True)
        for heard in stated or ("answered", "silent", "earlier", ""):
            with pytest.raises(Refusal, match=said):
                decided_by_sql(made, departure, heard)


def decide(made: Bureau, departure: Departure) -> Departure:
    with acting(made.head):
        marked = True if WAYS[departure.way].mark is None else None
        return departure_decide(actor=made.head, departure=departure, marked=marked)


@pytest.mark.parametrize("way", GROUNDS)
def test_no_dismissal_is_decided_untold_or_before_the_term_has_ended(way: str) -> None:
    made = of(way)
    with acting(made.hr):
        departure = checked(made, way)
        refused(made, departure, "告知本人")
        told(made, departure, until=today())
        refused(made, departure, f"到{today()}届满")


@pytest.mark.parametrize("way", GROUNDS)
def test_after_the_term_a_decision_states_that_no_answer_came(way: str) -> None:
    made = of(way)
    with acting(made.hr):
        departure = checked(made, way)
        told(made, departure, until=today() - timedelta(1))
        with acting(made.head):
            for heard in ("answered", "earlier", ""):
                with pytest.raises(Refusal, match="与登记一致"):
                    decided_by_sql(made, departure, heard)
        departure = decide(made, departure)
        assert departure.heard == "silent"
        assert Decision.objects.get(kind="离职").message.endswith("陈述期满，本人没有陈述")


def test_an_answer_ends_the_term_and_is_read_by_who_decides() -> None:
    made = bureau()
    with acting(made.hr):
        departure = checked(made, "breach")
        hearing = answered(made, told(made, departure, until=today() + timedelta(10)))
        refused(made, departure, "先查阅本人的陈述", "answered")
        with acting(made.head), pytest.raises(Refusal, match="与登记一致"):
            decided_by_sql(made, departure, "silent")
        hearing_open(actor=made.hr, hearing=hearing, reason="经办核对")
        assert unheard(departure, made.head.account_id)
        with acting(made.head):
            assert (
                hearing_open(actor=made.head, hearing=hearing_for(made.head, hearing.pk), reason="决定").answer == WORDS
            )
        departure = decide(made, departure)
        assert departure.heard == "answered"
        assert "请假" not in Decision.objects.get(kind="离职").message
        with pytest.raises(Refusal, match=r"不得改动"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(heard="silent")


@pytest.mark.parametrize("way", OWN)
def test_what_the_bureau_does_not_decide_asks_for_no_hearing(way: str) -> None:
    made = of(way)
    with acting(made.hr):
        departure = checked(made, way)
        with pytest.raises(Refusal, match="单位解除的"):
            told(made, departure)
        assert decide(made, departure).heard == ""


def test_what_was_told_of_another_ground_is_no_hearing() -> None:
    made = bureau()
    with acting(made.hr):
        departure = drafted(made, "dereliction")
        told(made, departure)
        departure = checked(made, "breach")
        refused(made, departure, "告知本人")
        row = Hearing.objects.get()
        row.pk = None
        with pytest.raises(Refusal, match="应与离职办理一致"), speaking(), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.parametrize("way", GROUNDS)
def test_the_signed_answer_is_the_evidence_where_the_way_asks_for_it(way: str) -> None:
    made = of(way)
    with acting(made.hr):
        departure = drafted(made, way)
        hearing = answered(made, told(made, departure))
        pieces = Evidence.objects.filter(departure=departure).values_list("kind", "file_id")
        wanted = [("statement", hearing.answer_file_id)] if "statement" in kinds_of(way, later=False) else []
        assert list(pieces) == wanted


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"told_on": today() + timedelta(1), "answer_until": today() + timedelta(5)}, "told_on"),
        ({"told_on": today(), "answer_until": today()}, "answer_until"),
    ],
)
def test_the_term_is_later_than_the_telling(given: dict[str, Any], field: str) -> None:
    made = bureau()
    with acting(made.hr):
        departure = drafted(made, "breach")
        with pytest.raises(Refusal) as fault:
            hearing_tell(actor=made.hr, departure=departure, upload=paper(), **given)
        assert list(fault.value.errors) == [field]
        row = told(made, departure)
        row.pk, row.answer_until = None, row.told_on
        with pytest.raises(Refusal, match="应晚于告知日期"), speaking(), transaction.atomic():
            row.save(force_insert=True)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"answered_on": FIRST - timedelta(1)}, "answered_on"),
        ({"answered_on": today() + timedelta(1)}, "answered_on"),
        ({"answer": " "}, "answer"),
    ],
)
def test_an_answer_that_cannot_be_is_refused_at_its_field(given: dict[str, Any], field: str) -> None:
    made = bureau()
    with acting(made.hr):
        hearing = told(made, drafted(made, "breach"))
        with pytest.raises(Refusal) as fault:
            hearing_answer(
                actor=made.hr, hearing=hearing, upload=paper(), **{"answered_on": today(), "answer": WORDS, **given}
            )
        assert list(fault.value.errors) == [field]


@pytest.mark.parametrize("left_out", ["answer", "answered_on", "answer_file"])
def test_the_database_keeps_no_answer_without_its_words_day_and_paper(left_out: str) -> None:
    made = bureau()
    with acting(made.hr):
        row = told(made, drafted(made, "breach"))
        whole = {"answer": WORDS, "answered_on": today(), "answer_file": row.told_file} | {left_out: None}
        with pytest.raises(Refusal, match="日期、原话和本人签名"), speaking(), transaction.atomic():
            Hearing.objects.filter(pk=row.pk).update(state="answered", answered_by="某人", **whole)


def test_what_was_told_and_answered_stays_word_for_word() -> None:
    made = bureau()
    with acting(made.hr):
        departure = drafted(made, "breach")
        hearing = told(made, departure, until=today() + timedelta(9))
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            Hearing.objects.filter(pk=hearing.pk).update(answer_until=FIRST + timedelta(1))
        answered(made, hearing)
        with pytest.raises(Refusal, match="已陈述"):
            answered(made, hearing, "另一种说法")
        for statement in (
            "UPDATE leaving_hearing SET answer = told_by::bytea WHERE id = %s",
            "DELETE FROM leaving_hearing WHERE id = %s",
        ):
            with pytest.raises(Refusal, match="不得"), speaking(), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [hearing.pk])
        with connection.cursor() as cursor:
            cursor.execute("SELECT answer FROM leaving_hearing")
            assert "请假".encode() not in bytes(cursor.fetchone()[0])


def test_after_the_decision_nobody_is_told_and_nothing_is_answered() -> None:
    made = bureau()
    with acting(made.hr):
        departure = checked(made, "breach")
        hearing = told(made, departure)
        departure = decide(made, departure)
        with pytest.raises(Refusal, match="已经决定"):
            told(made, departure)
        with pytest.raises(Refusal, match="已经决定"):
            answered(made, hearing)
        with pytest.raises(Refusal, match="决定以后不得改动"), speaking(), transaction.atomic():
            Hearing.objects.filter(pk=hearing.pk).update(
                state="answered",
                answer=WORDS,
                answered_on=today(),
                answer_file=hearing.told_file,
                answered_by=made.hr.name,
            )


def test_the_answer_is_opened_for_a_reason_by_the_bureaus_own_people_only() -> None:
    made = bureau()
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        county, city = (factories.officer(code, "hr_head") for code in (YANTING, factories.MIANYANG))
        police = factories.officer(SANTAI, "police_officer")
    with acting(made.hr):
        hearing = answered(made, told(made, drafted(made, "breach")))
        with pytest.raises(Refusal, match="事由"):
            hearing_open(actor=made.hr, hearing=hearing, reason=" ")
        hearing_open(actor=made.hr, hearing=hearing, reason="核对")
        assert Reading.objects.get().person_id == made.engagement.person_id
    for who in (city, police):
        with acting(who), pytest.raises(NotAllowed):
            hearing_open(actor=who, hearing=hearing, reason="看看")
    with acting(county), pytest.raises(NotFound):
        hearing_for(county, hearing.pk)


def test_who_was_told_waits_until_the_answer_or_the_end_of_the_term() -> None:
    made = bureau()
    with acting(made.hr):
        hearing = told(made, drafted(made, "breach"), until=today())
        todo, own = waiting(made.hr, LEAVING)
        assert (todo.kind, todo.subject, todo.due) == ("hearing_told", hearing.pk, today())
        assert own.kind == "departure_drafted"
        answered(made, hearing)
        assert list(waiting(made.hr, LEAVING)) == [own]
        told(made, hearing.departure, until=today() - timedelta(1))
        assert list(waiting(made.hr, LEAVING)) == [own]
