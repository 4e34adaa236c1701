"""A person's own written notice as the services and the database hold it (Articles 14.6 and 39)."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision, Reading
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.management.leaving.models import Departure, Evidence, Resignation
from fujing.management.leaving.queries import follows, resignation_for, resignation_status
from fujing.management.leaving.resignations import (
    resignation_confirm,
    resignation_open,
    resignation_receive,
    resignation_weigh,
    resignation_withdraw,
)
from fujing.management.leaving.services import departure_check, departure_draft, departure_notify
from fujing.management.leaving.states import RESIGNATION, ResignationState
from fujing.management.leaving.todos import LEAVING
from fujing.registry.models import Contract
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.departures import Bureau, at, bureau, drafted, moved, paper

pytestmark = pytest.mark.django_db


def received(made: Bureau, *, ago: int = 0, way: str = "resigned", **given: Any) -> Resignation:
    """A notice that was received so many days ago."""
    day = today() - timedelta(ago)
    said = {"dated": day, "received_on": day, "reason": "未足额支付加班费" if way == "resigned_fault" else "", **given}
    return resignation_receive(actor=made.hr, engagement=made.engagement, way=way, upload=paper(), **said)


@pytest.mark.parametrize(
    ("way", "probation", "days"), [("resigned", False, 30), ("resigned", True, 3), ("resigned_fault", False, 0)]
)
def test_the_last_day_is_reckoned_from_the_day_of_receipt(way: str, probation: bool, days: int) -> None:
    made = bureau(probation=probation)
    with acting(made.hr):
        row = received(made, way=way, ago=2)
        assert (row.notice_days, row.last_day) == (days, today() - timedelta(2) + timedelta(days))
        assert len(row.receipt) == 12
        told = Decision.objects.get(kind="本人辞职")
        assert (told.outcome, told.person_id) == ("收到", made.engagement.person_id)
        assert f"最后工作日 {row.last_day}" in told.message
        assert "加班费" not in told.message


def test_severance_is_owed_only_where_the_bureau_is_at_fault() -> None:
    made = bureau()
    with acting(made.hr):
        own, fault = (follows(made.engagement, way, today()) for way in ("resigned", "resigned_fault"))
    assert own.owed is not None
    assert own.owed.amount == 0
    assert fault.owed is not None
    assert (fault.owed.months or 0) > 0
    assert "工作证" in own.handed_back
    assert own.certificate == today() + timedelta(45)


FAULTY = [
    ({"received_on": today() + timedelta(1)}, "received_on"),
    ({"received_on": date(2020, 1, 1), "dated": date(2020, 1, 1)}, "received_on"),
    ({"dated": today() + timedelta(1)}, "dated"),
    ({"wished": today() + timedelta(29)}, "wished"),
    ({"way": "resigned_fault", "reason": " "}, "reason"),
    ({"way": "breach"}, "way"),
]


@pytest.mark.parametrize(("given", "field"), FAULTY)
def test_a_notice_that_cannot_be_is_refused_at_its_field(given: dict[str, Any], field: str) -> None:
    made = bureau()
    said: dict[str, Any] = {"way": "resigned", "dated": today(), "received_on": today(), "reason": ""} | given
    with acting(made.hr):
        with pytest.raises(Refusal) as refused:
            resignation_weigh(actor=made.hr, engagement=made.engagement, **said)
        assert list(refused.value.errors) == [field]
        with pytest.raises(Refusal):
            resignation_receive(actor=made.hr, engagement=made.engagement, upload=paper(), **said)
        assert not Resignation.objects.exists()


def test_a_later_last_day_is_the_persons_to_ask_for() -> None:
    made = bureau()
    with acting(made.hr):
        wished = today() + timedelta(45)
        assert received(made, wished=wished).last_day == wished


def test_days_of_notice_that_nobody_knows_are_no_days_of_notice() -> None:
    made = bureau()
    with acting(made.hr):
        Contract.objects.filter(engagement=made.engagement).delete()
        made.engagement.span = (today() - timedelta(20), None)
        made.engagement.save()
        with pytest.raises(Refusal) as refused:
            received(made)
        assert "待核实" in refused.value.errors["received_on"][0]


def test_one_notice_waits_at_a_time_also_for_the_database() -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made)
        with pytest.raises(Refusal, match=row.receipt):
            received(made)
        row.pk, row.receipt = None, "ABCDEFGHJKLM"
        with pytest.raises(Refusal, match="正待确认"), speaking(), transaction.atomic():
            row.save(force_insert=True)


def test_who_already_left_gives_no_notice() -> None:
    made = bureau()
    with acting(made.hr):
        at(made, "resigned", "ended", last_day=today())
        made.engagement.refresh_from_db()
        with pytest.raises(Refusal, match="不在职"):
            received(made)


def test_a_confirmed_notice_is_a_departure_with_its_letter_and_days() -> None:
    made = bureau()
    with acting(made.hr):
        row = resignation_confirm(actor=made.hr, resignation=received(made, ago=3))
        departure = row.departure
        assert departure is not None
        assert (departure.way, departure.last_day, departure.state) == ("resigned", row.last_day, "drafted")
        letter = Evidence.objects.get(departure=departure)
        assert (letter.kind, letter.file_id, letter.dated) == ("letter", row.file_id, row.dated)
        departure = departure_check(actor=made.hr, departure=departure)
        departure = moved(made, departure, "decided", row.last_day)
        for given, fields in (
            ({"notice_on": today(), "last_day": row.last_day}, ["notice_on", "last_day"]),
            ({"notice_on": row.received_on, "last_day": row.last_day + timedelta(1)}, ["last_day"]),
        ):
            with pytest.raises(Refusal) as refused:
                departure_notify(actor=made.hr, departure=departure, **given)
            assert list(refused.value.errors) == fields
        days = {"notice_on": row.received_on, "last_day": row.last_day}
        assert departure_notify(actor=made.hr, departure=departure, **days).state == "notified"


@pytest.mark.parametrize(
    "changed", [{"way": "agreed"}, {"last_day": today() + timedelta(60)}, {"notice_on": today() - timedelta(1)}]
)
def test_a_departure_by_notice_keeps_its_ground_and_days_also_for_the_database(changed: dict[str, Any]) -> None:
    made = bureau()
    with acting(made.hr):
        row = resignation_confirm(actor=made.hr, resignation=received(made))
        if "notice_on" not in changed:
            said = {"way": "resigned", "reason": "事由", "last_day": row.last_day, "proposed_by_bureau": False}
            with pytest.raises(Refusal, match="按通知办理"):
                departure_draft(actor=made.hr, engagement=made.engagement, **said | changed)
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=row.departure_id).update(**changed)


def test_a_notice_is_received_beside_a_dismissal_and_confirmed_only_after_it() -> None:
    made = bureau()
    with acting(made.hr):
        drafted(made, "breach")
        row = received(made)
        with pytest.raises(Refusal, match=r"违法违纪.*请先撤回"):
            resignation_confirm(actor=made.hr, resignation=row)
        assert Departure.objects.get().way == "breach"


def test_it_is_taken_back_in_writing_before_its_last_day_and_before_it_is_confirmed() -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made, ago=29)
        for day in (today() - timedelta(30), today() + timedelta(1)):
            with pytest.raises(Refusal, match="没有登记撤回"):
                resignation_withdraw(actor=made.hr, resignation=row, withdrawn_on=day, upload=paper())
        row = resignation_withdraw(actor=made.hr, resignation=row, withdrawn_on=today(), upload=paper())
        row.refresh_from_db()
        assert (row.state, row.settled_by_id) == ("withdrawn", made.hr.account_id)
        again = resignation_confirm(actor=made.hr, resignation=received(made))
        with pytest.raises(Refusal, match="已确认"):
            resignation_withdraw(actor=made.hr, resignation=again, withdrawn_on=today(), upload=paper())


def test_on_its_last_day_it_is_taken_back_no_more_also_for_the_database() -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made, ago=30)
        assert row.last_day == today()
        with pytest.raises(Refusal) as refused:
            resignation_withdraw(actor=made.hr, resignation=row, withdrawn_on=today(), upload=paper())
        assert "已到" in refused.value.errors["withdrawn_on"][0]
        for day, file in ((today(), row.file_id), (today() - timedelta(1), None), (None, row.file_id)):
            with pytest.raises(Refusal, match="撤回应有本人的书面材料"), speaking(), transaction.atomic():
                Resignation.objects.filter(pk=row.pk).update(
                    state="withdrawn", withdrawn_on=day, withdrawn_file=file, settled_by="某人"
                )


@pytest.mark.parametrize(
    "changed", [{"received_on": today()}, {"last_day": today() + timedelta(90)}, {"way": "resigned_fault"}]
)
def test_a_notice_stays_as_it_was_received(changed: dict[str, Any]) -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made, ago=1)
        with pytest.raises(Refusal, match="不得改动"), speaking(), transaction.atomic():
            Resignation.objects.filter(pk=row.pk).update(**changed)
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            row.delete()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"last_day": today() + timedelta(29)}, "满30日"),
        ({"notice_days": 2}, "提前三十日书面通知"),
        ({"way": "resigned_fault", "notice_days": 0}, "本人所说的过错"),
        ({"dated": today() + timedelta(1)}, "落款日期"),
        ({"state": "confirmed"}, "不能从|开始办理离职"),
    ],
)
def test_the_database_keeps_no_notice_that_the_law_does_not_know(changed: dict[str, Any], said: str) -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made)
        resignation_withdraw(actor=made.hr, resignation=row, withdrawn_on=today(), upload=paper())
        again = Resignation(
            organ_code=SANTAI,
            engagement=made.engagement,
            way="resigned",
            dated=today(),
            received_on=today(),
            notice_days=30,
            last_day=today() + timedelta(30),
            file=row.file,
            received_by=made.hr.name,
        )
        again.clean()
        for name, value in changed.items():
            setattr(again, name, value)
        with pytest.raises(Refusal, match=said), speaking(), transaction.atomic():
            again.save()


class Undone(Exception):
    """Ends an attempt so that the next begins from the same row."""


def test_the_database_moves_a_notice_only_as_the_table_says() -> None:
    made = bureau()
    lawful = {(str(move.source), str(move.target)) for move in RESIGNATION.transitions}
    states = [str(state) for state in ResignationState]
    for source, target in product(states, states):
        outcome = "moved"
        if source == target:
            continue
        try:
            with acting(made.hr), speaking():
                row = received(made)
                departure = None
                if source == "withdrawn":
                    resignation_withdraw(actor=made.hr, resignation=row, withdrawn_on=today(), upload=paper())
                elif source == "confirmed":
                    resignation_confirm(actor=made.hr, resignation=row)
                elif target == "confirmed":
                    departure = drafted(made, "resigned", last_day=row.last_day)
                back = {"withdrawn_on": today(), "withdrawn_file": row.file} if target == "withdrawn" else {}
                back = back or {"withdrawn_on": None, "withdrawn_file": None}
                Resignation.objects.filter(pk=row.pk).update(state=target, departure=departure, **back)
                raise Undone
        except Undone:
            pass
        except Refusal as refusal:
            outcome = refusal.message
        assert outcome == "moved" if (source, target) in lawful else outcome != "moved", (source, target, outcome)


def test_only_the_bureau_itself_receives_and_confirms_and_other_counties_see_nothing() -> None:
    made = bureau()
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        city, county = (factories.officer(code, "hr_head") for code in (factories.MIANYANG, YANTING))
        leader = factories.officer(SANTAI, "organ_leader")
    with acting(made.hr):
        row = received(made)
    for who in (city, leader):
        with acting(who):
            assert resignation_for(who, row.pk) == row
            with pytest.raises(NotAllowed):
                resignation_confirm(actor=who, resignation=row)
    with acting(county):
        assert not Resignation.objects.exists()
        with pytest.raises(NotFound):
            resignation_for(county, row.pk)


def test_a_person_sees_the_own_notice_and_no_others() -> None:
    made, other = bureau(), bureau(name="乙")
    with acting(made.hr):
        mine = received(made)
    with acting(other.hr):
        received(other)
    with acting(Actor(name="甲", roles=frozenset({"auxiliary"}), person_id=made.engagement.person_id)):
        assert list(Resignation.objects.values_list("pk", flat=True)) == [mine.pk]


def test_a_notice_hangs_on_its_own_employment_and_departure() -> None:
    made, other = bureau(), bureau(name="乙")
    with acting(made.hr):
        row = received(made)
        theirs = drafted(other, "resigned", last_day=row.last_day)
        with pytest.raises(Exception, match="resignation_and_its_departure"), transaction.atomic():
            Resignation.objects.filter(pk=row.pk).update(state="confirmed", departure=theirs, settled_by="某人")
        resignation_withdraw(actor=made.hr, resignation=row, withdrawn_on=today(), upload=paper())
        again = Resignation.objects.get(pk=row.pk)
        again.pk, again.receipt, again.person_id = None, "ABCDEFGHJKLM", other.engagement.person_id
        again.state, again.withdrawn_on, again.withdrawn_file, again.settled_by = "received", None, None, ""
        with pytest.raises(Exception, match="resignation_of_its_person"), transaction.atomic():
            again.save(force_insert=True)


def test_what_the_person_wrote_is_encrypted_and_opened_for_a_reason() -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made, way="resigned_fault", reason="三个月未缴社会保险费")
        with connection.cursor() as cursor:
            cursor.execute("SELECT reason FROM leaving_resignation")
            assert "社会保险".encode() not in bytes(cursor.fetchone()[0])
        with pytest.raises(Refusal, match="事由"):
            resignation_open(actor=made.hr, resignation=row, reason=" ")
        found = resignation_open(actor=made.hr, resignation=resignation_for(made.hr, row.pk), reason="核对")
        assert found.reason == "三个月未缴社会保险费"
        assert Reading.objects.get().person_id == made.engagement.person_id


def test_the_notice_waits_with_its_last_day_until_it_is_confirmed() -> None:
    made = bureau()
    with acting(made.hr):
        row = received(made)
        (todo,) = waiting(made.hr, LEAVING)
        assert (todo.kind, todo.count, todo.due) == ("resignation_received", 1, row.last_day)
        resignation_confirm(actor=made.hr, resignation=row)
        assert [each.kind for each in waiting(made.hr, LEAVING)] == ["departure_drafted"]
    with acting(factories.PROVINCIAL):
        leader = factories.officer(SANTAI, "organ_leader")
    with acting(leader):
        assert list(waiting(leader, LEAVING)) == []


def test_the_receipt_answers_anybody_who_has_it_without_a_name() -> None:
    made = bureau()
    visitor = Actor(name="访客")
    with acting(made.hr):
        row = received(made, ago=30)
    with acting(visitor):
        found = resignation_status(row.receipt.lower())
        assert found is not None
        assert (found.state, found.departure, found.last_day) == ("received", "", today())
        assert resignation_status("ABCDEFGHJKLM") is None
        assert not Resignation.objects.exists()
    with acting(made.hr):
        departure = resignation_confirm(actor=made.hr, resignation=row).departure
        assert departure is not None
        departure = departure_check(actor=made.hr, departure=departure)
        moved(made, departure, "decided", row.last_day)
    with acting(visitor):
        found = resignation_status(row.receipt)
        assert found is not None
        assert (found.state, found.departure) == ("confirmed", "decided")
        assert "工作证" in found.left_open
