"""Each ground of Article 32 needs its whole evidence: the service refuses without, and so does the database itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction

from fujing.kernel.actor import acting
from fujing.kernel.refusals import Refusal, speaking
from fujing.law.leaving.ways import WAYS, By, Need
from fujing.management.leaving.models import Departure, Evidence
from fujing.management.leaving.services import departure_check
from fujing.registry.models import Contract
from tests.management.departures import FIRST, Bureau, asked, at, bureau, drafted, of, proven, without

pytestmark = pytest.mark.django_db
GROUNDS = [way for way, found in WAYS.items() if found.by is By.BUREAU]
PIECES = [
    pytest.param(way, place, id=f"{WAYS[way].provision}-{way}-{need.kinds[0]}")
    for way in GROUNDS
    for place, need in enumerate(asked(way))
]
ORDERED = [
    pytest.param(way, place, id=f"{WAYS[way].provision}-{way}-{need.kinds[0]}")
    for way in GROUNDS
    for place, need in enumerate(asked(way))
    if need.after
]


def checked_by_sql(departure: Departure) -> None:
    """Say that it is checked past the service, as the application role."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE leaving_departure SET state = 'checked', checked_by = '某人' WHERE id = %s", [departure.pk]
        )
        assert cursor.rowcount == 1


def refused_by_both(made: Bureau, departure: Departure, need: Need) -> None:
    with pytest.raises(Refusal) as refused:
        departure_check(actor=made.hr, departure=departure)
    assert need.label in refused.value.message
    assert need.statute in refused.value.message
    with pytest.raises(Refusal) as refused, speaking(), transaction.atomic():
        checked_by_sql(departure)
    assert refused.value.message == f"材料不齐，缺少：{need.label}（{need.statute}）。"


def test_what_follows_is_asked_of_the_application_role(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
    assert len(PIECES) > 60


@pytest.mark.parametrize(("way", "place"), PIECES)
def test_a_ground_without_one_piece_of_its_evidence_is_refused_and_with_it_accepted(way: str, place: int) -> None:
    made = of(way)
    needs = asked(way)
    with acting(made.hr):
        departure = drafted(made, way)
        proven(made, departure, without(needs, place))
        refused_by_both(made, departure, needs[place])
        proven(made, departure, [(place, needs[place])])
        assert departure_check(actor=made.hr, departure=departure).state == "checked"


@pytest.mark.parametrize(("way", "place"), ORDERED)
def test_evidence_older_than_what_it_follows_is_no_evidence(way: str, place: int) -> None:
    made = of(way)
    needs = asked(way)
    with acting(made.hr):
        departure = drafted(made, way)
        proven(made, departure, without(needs, place))
        proven(made, departure, [(place - 2, needs[place])])
        refused_by_both(made, departure, needs[place])


@pytest.mark.parametrize("way", GROUNDS)
def test_every_other_kind_of_evidence_serves_as_well(way: str) -> None:
    made = of(way)
    with acting(made.hr):
        departure = drafted(made, way)
        needs = [(place, Need(need.kinds[-1:], need.statute)) for place, need in enumerate(asked(way))]
        proven(made, departure, needs)
        assert departure_check(actor=made.hr, departure=departure).state == "checked"


@pytest.mark.parametrize("way", GROUNDS)
def test_evidence_of_a_decision_cannot_be_taken_away_or_added_by_sql(way: str) -> None:
    made = of(way)
    with acting(made.hr):
        departure = at(made, way, "checked")
        for statement in (
            "DELETE FROM leaving_evidence WHERE departure_id = %s",
            "UPDATE leaving_evidence SET dated = dated - 1 WHERE departure_id = %s",
            "INSERT INTO leaving_evidence (organ_code, departure_id, kind, dated, file_id, recorded_by, recorded_at) "
            "SELECT organ_code, departure_id, kind, dated, file_id, recorded_by, now() FROM leaving_evidence "
            "WHERE departure_id = %s",
        ):
            with pytest.raises(Refusal, match="材料"), speaking(), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, [departure.pk])
        assert Evidence.objects.filter(departure=departure).count() == len(asked(way))


def test_evidence_by_sql_cannot_turn_a_refused_ground_into_another_after_the_check() -> None:
    made = of("resigned")
    with acting(made.hr):
        departure = at(made, "resigned", "checked")
        with pytest.raises(Refusal, match=r"材料不齐|不得改动"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(way="breach")


@pytest.mark.parametrize("state", ["checked", "decided", "notified", "cleared", "ended", "closed"])
def test_no_departure_begins_where_its_evidence_was_checked(state: str) -> None:
    made = of("breach")
    with acting(made.hr):
        row = Departure(organ_code=made.engagement.organ_code, engagement=made.engagement, way="breach")
        row.clean()
        row.state, row.reason, row.last_day, row.made_by = state, "事由", FIRST + timedelta(1), made.hr.name
        with pytest.raises(Refusal, match=r"不能从|材料不齐"), speaking(), transaction.atomic():
            row.save()


@pytest.mark.parametrize(
    ("way", "left_out", "field"), [("dereliction", "damage", "damage"), ("statute", "statute", "statute")]
)
def test_the_damage_and_the_statute_are_named_also_for_the_database(way: str, left_out: str, field: str) -> None:
    made = of(way)
    with acting(made.hr):
        with pytest.raises(Refusal) as refused:
            drafted(made, way, **{left_out: " "})
        assert list(refused.value.errors) == [field]
        departure = drafted(made, way)
        with pytest.raises(Refusal, match="应写明"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(**{left_out: " "})


def test_probation_is_proven_by_the_contract_and_its_last_day_is_the_last_one() -> None:
    made = of("probation")
    with acting(made.hr):
        last = Contract.objects.get(engagement=made.engagement).probation_until - timedelta(1)
        with pytest.raises(Refusal) as refused:
            drafted(made, "probation", last_day=last + timedelta(1))
        assert "已过试用期" in refused.value.errors["last_day"][0]
        departure = drafted(made, "probation", last_day=last)
        proven(made, departure, enumerate(asked("probation")))
        Departure.objects.filter(pk=departure.pk).update(last_day=last + timedelta(1))
        with pytest.raises(Refusal, match="不在合同约定的试用期内"), speaking(), transaction.atomic():
            checked_by_sql(departure)
        with pytest.raises(Refusal, match="已过试用期"):
            departure_check(actor=made.hr, departure=departure)
        Departure.objects.filter(pk=departure.pk).update(last_day=last)
        assert departure_check(actor=made.hr, departure=departure).state == "checked"


def test_nobody_leaves_in_a_probation_of_which_nothing_is_known() -> None:
    made = bureau()
    with acting(made.hr):
        Contract.objects.filter(engagement=made.engagement).delete()
        with pytest.raises(Refusal) as refused:
            drafted(made, "probation")
        assert list(refused.value.errors) == ["last_day"]
