"""Departures as the services and the database hold them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection, transaction

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision, HistoryEntry, Reading
from fujing.kernel.refusals import NotAllowed, NotFound, Refusal, speaking
from fujing.kernel.todos import waiting
from fujing.law.leaving.ways import WAYS, By, exit_kind
from fujing.management.contracts.renewals import renewal_offer
from fujing.management.leaving.models import ClearanceItem, Departure, Evidence
from fujing.management.leaving.queries import answers, departure_for, evidence_for
from fujing.management.leaving.services import (
    departure_certify,
    departure_check,
    departure_clear,
    departure_decide,
    departure_notify,
    departure_return,
    departure_withdraw,
    evidence_open,
    evidence_record,
    evidence_remove,
    item_add,
    items_confirm,
)
from fujing.management.leaving.states import DEPARTURE, DepartureState
from fujing.management.leaving.todos import LEAVING
from fujing.recruitment.background.queries import earlier_exit
from fujing.registry.models import Engagement
from tests import factories
from tests.factories import SANTAI, YANTING
from tests.management.departures import Bureau, asked, at, bureau, confirmed, drafted, moved, of, paper, proven
from tests.recruitment.applications import made as recruited

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("way", WAYS)
def test_each_way_goes_from_the_draft_to_the_certificate(way: str) -> None:
    made = of(way)
    with acting(made.hr):
        departure = at(made, way, "closed", last_day=today())
        left = Engagement.objects.get(pk=made.engagement.pk)
        marked = WAYS[way].mark is not False
        assert (left.span.upper, left.exit_kind) == (today() + timedelta(1), exit_kind(way, marked))
        assert (departure.state, departure.certificate_on, departure.marked) == ("closed", today(), marked)
        told = list(Decision.objects.filter(kind="离职").order_by("pk").values_list("outcome", flat=True))
        assert told == ["离职", "已离职", "出具证明"]


def test_who_drafted_it_never_decides_on_it_also_for_the_database() -> None:
    made = bureau()
    with acting(made.head):
        departure = at(replace(made, hr=made.head), "breach", "checked")
        with pytest.raises(NotAllowed, match="经办人不能决定"):
            departure_decide(actor=made.head, departure=departure)
        with pytest.raises(Refusal, match="经办人不能决定"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(
                state="decided", decided_by="某人", marked=True, heard="silent"
            )
    namesake = replace(made.hr, name=made.head.name, roles=frozenset({"hr_head"}))
    with acting(namesake):
        departure_decide(actor=namesake, departure=departure)
        assert Departure.objects.get(pk=departure.pk).decided_by_id == made.hr.account_id


def test_only_the_bureau_itself_handles_and_only_its_leaders_decide() -> None:
    made = bureau()
    with acting(factories.PROVINCIAL):
        factories.bureau(YANTING)
        city, county = (factories.officer(code, "hr_head") for code in (factories.MIANYANG, YANTING))
        leader = factories.officer(SANTAI, "organ_leader")
    with acting(made.hr):
        departure = at(made, "breach", "checked")
        with pytest.raises(NotAllowed):
            departure_decide(actor=made.hr, departure=departure)
    with acting(city):
        assert departure_for(city, departure.pk) == departure
        with pytest.raises(NotAllowed, match="管理此人的公安机关"):
            departure_decide(actor=city, departure=departure)
    with acting(county), pytest.raises(NotFound):
        departure_for(county, departure.pk)
    with acting(county):
        assert not Evidence.objects.exists()
    with acting(leader):
        with pytest.raises(NotAllowed):
            drafted(replace(made, hr=leader), "resigned")
        assert departure_decide(actor=leader, departure=departure).state == "decided"


class Undone(Exception):
    """Ends an attempt so that the next begins from the same row."""


def test_the_database_moves_a_departure_only_as_the_table_says() -> None:
    made = bureau()
    lawful = {(str(move.source), str(move.target)) for move in DEPARTURE.transitions}
    states = [str(state) for state in DepartureState]
    said = {"notice_on": today(), "notice_days": 0, "marked": True, "heard": "silent"}
    for source, target in product(states, states):
        if source in (target, "withdrawn"):
            continue
        outcome = "moved"
        try:
            with acting(made.hr), speaking():
                row = at(made, "breach", source, last_day=today())
                if target == "cleared":
                    items_confirm(actor=made.hr, departure=row, said=confirmed(row))
                closing = {"certificate_on": today()} if target == "closed" else {}
                with acting(made.head):
                    Evidence.objects.filter(departure=row, kind="served").exists() or _served(made, row)
                    by = {"decided_by": made.head.name} if target == "decided" else {}
                    Departure.objects.filter(pk=row.pk).update(state=target, **said, **closing, **by)
                raise Undone
        except Undone:
            pass
        except Refusal as refusal:
            outcome = refusal.message
        assert outcome == "moved" if (source, target) in lawful else outcome != "moved", (source, target, outcome)


def _served(made: Bureau, row: Departure) -> None:
    """The proof that a notice needs, where evidence may be added at all."""
    if row.state == "decided":
        evidence_record(actor=made.hr, departure=row, kind="served", dated=today(), upload=paper())


def test_one_departure_at_a_time_and_none_beside_a_renewal() -> None:
    made = bureau()
    with acting(made.hr):
        first = at(made, "resigned", "checked")
        with pytest.raises(Refusal, match="已经核对"):
            drafted(made, "breach")
        first.pk = None
        first.state = "drafted"
        with pytest.raises(Refusal, match="此人已在办理离职"), speaking(), transaction.atomic():
            first.save(force_insert=True)
    other = bureau(name="乙")
    with acting(other.hr):
        renewal_offer(
            actor=other.hr,
            engagement=other.engagement,
            kind="fixed",
            term_months=24,
            same_or_better=True,
            answer_until=today(),
        )
        with pytest.raises(Refusal, match="已在办理续订或者期满终止"):
            drafted(other, "resigned")


def test_a_draft_is_changed_and_its_evidence_taken_out_until_it_is_checked() -> None:
    made = bureau()
    with acting(made.hr):
        departure = drafted(made, "resigned")
        row = evidence_record(actor=made.hr, departure=departure, kind="letter", dated=today(), upload=paper())
        assert drafted(made, "breach").pk == departure.pk
        evidence_remove(actor=made.hr, evidence=row)
        assert not Evidence.objects.exists()
        assert HistoryEntry.objects.filter(tracked="leaving_evidence", operation="delete").exists()
        drafted(made, "resigned")
        row = evidence_record(actor=made.hr, departure=departure, kind="letter", dated=today(), upload=paper())
        departure = departure_check(actor=made.hr, departure=departure)
        with pytest.raises(Refusal, match="材料已经核对"), speaking(), transaction.atomic():
            evidence_remove(actor=made.hr, evidence=row)
        departure = departure_return(actor=made.hr, departure=departure, reason="补充")
        assert departure.state == "drafted"
        departure = departure_withdraw(actor=made.hr, departure=departure, reason="本人收回")
        assert drafted(made, "resigned").pk != departure.pk


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("rule", {"upload": None}, "upload"),
        ("letter", {}, "kind"),
        ("served", {}, "kind"),
        ("rule", {"dated": today() + timedelta(1)}, "dated"),
    ],
)
def test_evidence_that_does_not_fit_is_refused_at_its_field(kind: str, given: dict[str, Any], field: str) -> None:
    made = bureau()
    with acting(made.hr):
        departure = drafted(made, "breach")
        with pytest.raises(Refusal) as refused:
            evidence_record(
                actor=made.hr, departure=departure, kind=kind, **{"dated": today(), "upload": paper(), **given}
            )
        assert list(refused.value.errors) == [field]


def test_what_protects_is_looked_at_with_a_basis_instead_of_a_paper() -> None:
    made = bureau()
    with acting(made.hr):
        departure = drafted(made, "change")
        with pytest.raises(Refusal) as refused:
            evidence_record(actor=made.hr, departure=departure, kind="none_injury", dated=today())
        assert list(refused.value.errors) == ["note"]
        evidence_record(actor=made.hr, departure=departure, kind="none_injury", dated=today(), note="工伤台账")
        with pytest.raises(Refusal, match="材料应上传文件"), speaking(), transaction.atomic():
            Evidence.objects.create(
                organ_code=SANTAI, departure=departure, kind="change", dated=today(), note="口头", recorded_by="某"
            )


@pytest.mark.parametrize(
    ("way", "marked"), [("breach", False), ("absent", None), ("probation", True), ("resigned", True), ("fraud", None)]
)
def test_whom_20_7_bars_is_the_laws_to_say_or_the_deciders_but_never_left_open(way: str, marked: bool | None) -> None:
    made = of(way)
    with acting(made.hr):
        departure = at(made, way, "checked")
    with acting(made.head), pytest.raises(Refusal, match="第二十条第（七）项"), speaking(), transaction.atomic():
        Departure.objects.filter(pk=departure.pk).update(
            state="decided", decided_by=made.head.name, marked=marked, heard="silent"
        )
    with acting(made.head):
        if WAYS[way].mark is None:
            with pytest.raises(Refusal) as refused:
                departure_decide(actor=made.head, departure=departure)
            assert list(refused.value.errors) == ["marked"]
            departure = departure_decide(actor=made.head, departure=departure, marked=False)
            assert departure.marked is False
        else:
            departure = departure_decide(actor=made.head, departure=departure, marked=marked)
            assert departure.marked is WAYS[way].mark
        with pytest.raises(Refusal, match=r"标记不得改动|由决定人认定"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(marked=not departure.marked)


@pytest.mark.parametrize(("way", "known"), [("breach", True), ("absent", True), ("resigned", False)])
def test_a_dismissal_for_breach_is_found_by_every_bureau_that_recruits_and_its_answer_is_kept(
    way: str, known: bool
) -> None:
    made = bureau()
    with acting(made.hr):
        departure = at(made, way, "ended", last_day=today())
        if known:
            evidence_record(actor=made.hr, departure=departure, kind="answer", dated=today(), upload=paper())
            with pytest.raises(Refusal, match="不得撤下"), speaking(), transaction.atomic():
                evidence_remove(actor=made.hr, evidence=Evidence.objects.get(kind="answer"))
        number = str(made.engagement.person.id_number)
    application, _ = recruited.application(recruited.campaign(), by=recruited.applicant(number))
    with acting(recruited.head()):
        assert earlier_exit(application) == (made.engagement.pk if known else None)


@pytest.mark.parametrize(("way", "days"), [("resigned", 30), ("incompetent", 30), ("breach", 0), ("died", None)])
def test_the_last_day_waits_for_the_notice_also_for_the_database(way: str, days: int | None) -> None:
    made = bureau()
    with acting(made.hr):
        departure = at(made, way, "decided")
        earliest = today() + timedelta(days or 0)
        given = {"notice_on": today(), "upload": paper()}
        if days is not None:
            with pytest.raises(Refusal) as refused:
                departure_notify(actor=made.hr, departure=departure, last_day=earliest - timedelta(1), **given)
            assert f"最早为{earliest}" in refused.value.errors["last_day"][0]
        departure = departure_notify(actor=made.hr, departure=departure, last_day=earliest, **given)
        assert departure.notice_days == (days or 0)
        if days is not None:
            with pytest.raises(Refusal, match="应在通知满"), speaking(), transaction.atomic():
                Departure.objects.filter(pk=departure.pk).update(last_day=earliest - timedelta(1))


def test_a_months_pay_stands_for_the_notice_of_the_bureau_and_nothing_else_does() -> None:
    made = bureau()
    with acting(made.hr):
        departure = at(made, "incompetent", "decided")
        paid = departure_notify(
            actor=made.hr, departure=departure, notice_on=today(), last_day=today(), paid_instead=True, upload=paper()
        )
        assert (paid.notice_days, paid.paid_instead) == (0, True)
        with pytest.raises(Refusal, match="应提前三十日书面通知"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=paid.pk).update(paid_instead=False)


def test_the_bureau_proves_that_its_notice_arrived_also_to_the_database() -> None:
    made = bureau()
    with acting(made.hr):
        departure = at(made, "breach", "decided")
        given = {"notice_on": today(), "last_day": today()}
        with pytest.raises(Refusal) as refused:
            departure_notify(actor=made.hr, departure=departure, **given)
        assert list(refused.value.errors) == ["upload"]
        with pytest.raises(Refusal, match="解除通知送达本人的材料"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(state="notified", notice_days=0, **given)
        departure_notify(actor=made.hr, departure=departure, refused=True, upload=paper(), **given)
        assert Evidence.objects.filter(departure=departure, kind="served_otherwise").exists()


@pytest.mark.parametrize("kind", ["card", "uniform", "insignia", "equipment", "documents", "other"])
def test_nobody_leaves_before_each_thing_is_handed_back_or_explained(kind: str) -> None:
    made = bureau()
    with acting(made.hr):
        departure = at(made, "resigned", "notified")
        item_add(actor=made.hr, departure=departure, name="执法记录仪 3 号")
        items_confirm(actor=made.hr, departure=departure, said=confirmed(departure, kind))
        left = ClearanceItem.objects.get(departure=departure, kind=kind)
        with pytest.raises(Refusal, match=left.name):
            departure_clear(actor=made.hr, departure=departure)
        with pytest.raises(Refusal, match="还有物品没有交接"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(state="cleared")
        with pytest.raises(Refusal, match="不得删除"), speaking(), transaction.atomic():
            left.delete()
        with pytest.raises(Refusal, match="请说明处理情况"):
            items_confirm(actor=made.hr, departure=departure, said={left.pk: ("lost", " ")})
        items_confirm(actor=made.hr, departure=departure, said={left.pk: ("lost", "已登报作废")})
        left.refresh_from_db()
        assert (left.confirmed_by_id, left.confirmed_on) == (made.hr.account_id, today())
        departure = departure_clear(actor=made.hr, departure=departure)
        with pytest.raises(Refusal, match="交接完毕以前"), speaking(), transaction.atomic():
            ClearanceItem.objects.filter(pk=left.pk).update(outcome="returned")


def test_the_certificate_is_dated_between_the_last_day_and_today_and_its_deadline_waits() -> None:
    made = bureau()
    last = today() - timedelta(20)
    with acting(made.hr):
        departure = at(made, "resigned", "ended", last_day=last)
        (todo,) = waiting(made.hr, LEAVING)
        assert (todo.kind, todo.due, todo.late) == ("departure_ended", last + timedelta(15), 5)
        for day in (last - timedelta(1), today() + timedelta(1)):
            with pytest.raises(Refusal) as refused:
                departure_certify(actor=made.hr, departure=departure, certificate_on=day)
            assert list(refused.value.errors) == ["certificate_on"]
        with pytest.raises(Refusal, match="出具证明的日期"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(state="closed")
        departure_certify(actor=made.hr, departure=departure, certificate_on=today())
        assert "的期限" in Decision.objects.get(outcome="出具证明").message
        assert list(waiting(made.hr, LEAVING)) == []


def test_each_step_waits_for_who_makes_it() -> None:
    made = bureau()
    for state, by_hr, by_head in (
        ("drafted", True, True),
        ("checked", False, True),
        ("decided", True, True),
        ("notified", True, True),
        ("cleared", True, True),
    ):
        try:
            with acting(made.hr):
                at(made, "breach", state, last_day=today())
                assert [todo.kind for todo in waiting(made.hr, LEAVING)] == [f"departure_{state}"] * by_hr
                with acting(made.head):
                    assert [todo.kind for todo in waiting(made.head, LEAVING)] == [f"departure_{state}"] * by_head
                raise Undone
        except Undone:
            pass


def test_what_is_written_in_evidence_is_opened_for_a_reason_that_stays_on_record() -> None:
    made = bureau()
    with acting(made.hr):
        departure = drafted(made, "illness", reason="患病情况见材料")
        row = evidence_record(
            actor=made.hr, departure=departure, kind="unfit", dated=today(), upload=paper(), note="鉴定为四级"
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT note, reason FROM leaving_evidence, leaving_departure")
            note, why = cursor.fetchone()
        assert "鉴定".encode() not in bytes(note)
        assert "患病".encode() not in bytes(why)
        with pytest.raises(Refusal, match="事由"):
            evidence_open(actor=made.hr, evidence=row, reason=" ")
        assert evidence_open(actor=made.hr, evidence=evidence_for(made.hr, row.pk), reason="核对").note == "鉴定为四级"
        reading = Reading.objects.get()
        assert (reading.tracked, reading.row_id, reading.person_id) == (
            "leaving_evidence",
            row.pk,
            made.engagement.person_id,
        )


def test_health_is_in_no_decision() -> None:
    made = bureau()
    with acting(made.hr):
        at(made, "illness", "ended", last_day=today())
        with connection.cursor() as cursor:
            cursor.execute("SELECT string_agg(message || facts::text, '') FROM kernel_decision")
            told = cursor.fetchone()[0]
        assert "医疗期" not in told
        assert "依法解除劳动合同" in told
        assert "医疗期" not in Engagement.objects.get(pk=made.engagement.pk).exit_note


def test_a_person_sees_the_own_departure_and_no_others() -> None:
    made, other = bureau(), bureau(name="乙")
    with acting(made.hr):
        mine = drafted(made, "resigned")
    with acting(other.hr):
        drafted(other, "resigned")
    person = Actor(name="甲", roles=frozenset({"auxiliary"}), person_id=made.engagement.person_id)
    with acting(person):
        assert list(Departure.objects.values_list("pk", flat=True)) == [mine.pk]
        assert not Evidence.objects.exists()


def test_organ_and_person_are_the_employments_and_the_evidences_the_departures() -> None:
    made, other = bureau(), bureau(name="乙")
    with acting(made.hr):
        departure = drafted(made, "resigned")
        row = evidence_record(actor=made.hr, departure=departure, kind="letter", dated=today(), upload=paper())
        with pytest.raises(Exception, match="departure_of_its_person"), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(person_id=other.engagement.person_id)
        row.pk, row.organ_code = None, SANTAI + 100
        with pytest.raises(Exception, match="evidence_of_its_departure"), transaction.atomic():
            row.save(force_insert=True)


def test_help_with_another_job_comes_before_an_ending_for_health() -> None:
    made = bureau()
    with acting(made.hr):
        departure = drafted(made, "illness", age_or_health=False)
        assert (departure.age_or_health, departure.placement_due) == (True, None)
        said = {each.label: each for each in answers(departure, today())}
        assert said["转岗就业帮助"].holds is None
        departure = drafted(made, "incompetent", age_or_health=False)
        assert departure.placement_due is False
        needs = [(place, need) for place, need in enumerate(asked("incompetent")) if not need.placement]
        proven(made, departure, needs)
        assert departure_check(actor=made.hr, departure=departure).state == "checked"
        with pytest.raises(Refusal, match=r"转岗就业帮助的内容|不得改动"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(placement_due=None)


@pytest.mark.parametrize("way", WAYS)
def test_every_answer_of_the_law_has_its_words(way: str) -> None:
    made = of(way)
    with acting(made.hr):
        found = answers(drafted(made, way), today())
        assert all(each.because for each in found)
        assert ("违法解除的后果" in {each.label for each in found}) is (WAYS[way].by is By.BUREAU)


def test_a_departure_costs_the_same_number_of_queries_however_long_its_file(django_assert_max_num_queries: Any) -> None:
    made = bureau()
    with acting(made.hr):
        departure = drafted(made, "statute")
        proven(made, departure, enumerate(asked("statute")))
        with django_assert_max_num_queries(18):
            moved(made, departure, "checked", departure.last_day)
