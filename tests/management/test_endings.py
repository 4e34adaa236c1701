"""An employment ends by its departure, on its day, and by nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from fujing.kernel.actor import acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.refusals import NotAllowed, Refusal, speaking
from fujing.law.leaving.ways import WAYS, exit_kind
from fujing.management.leaving.models import Departure
from fujing.management.leaving.services import departure_end, departure_withdraw
from fujing.registry.models import Assignment, Engagement
from tests import factories
from tests.factories import SANTAI
from tests.management.departures import Bureau, at, bureau
from tests.management.made import committed, ended_by_sql

pytestmark = pytest.mark.django_db


KINDS = sorted({exit_kind(way, marked) for way in WAYS for marked in (False, True)})


@pytest.mark.parametrize("kind", [*KINDS, "contract_rescinded", "transferred"])
def test_no_employment_ends_past_a_departure(kind: str) -> None:
    made = bureau()
    way = "resigned" if kind == "breach" else "breach"
    with acting(made.hr):
        departure = at(made, way, "cleared", last_day=today())
        with pytest.raises(Refusal, match="办结以后才能结束用工"):
            ended_by_sql(made.engagement, departure.last_day + timedelta(1), kind)


@pytest.mark.parametrize(("way", "days", "kind"), [("resigned", 0, "retired"), ("breach", 5, "dismissed")])
def test_an_employment_ends_as_its_departure_says_and_on_its_day(way: str, days: int, kind: str) -> None:
    made = bureau()
    with acting(made.hr):
        departure = at(made, way, "ended", last_day=today())
        committed()
        after = departure.last_day + timedelta(1 + days)
        with pytest.raises(Refusal, match="办结以后才能结束用工"):
            ended_by_sql(made.engagement, after, kind)
        with pytest.raises(Refusal, match="最后工作日不得改动"), speaking(), transaction.atomic():
            Departure.objects.filter(pk=departure.pk).update(last_day=today() + timedelta(days + 1))


@pytest.mark.parametrize(("source", "refused"), [("recruited", True), ("before_measures", False), ("purchased", False)])
def test_what_had_ended_before_it_was_recorded_is_let_through_by_its_source(source: str, refused: bool) -> None:
    made = bureau()
    with acting(factories.PROVINCIAL):
        row = Engagement(
            organ_code=SANTAI,
            person=made.engagement.person,
            category="field",
            source=source,
            span=(date(2019, 1, 1), date(2020, 1, 1)),
            exit_kind="resigned",
        )
        row.clean()
        try:
            with speaking(), transaction.atomic():
                row.save()
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS employment_ends_by_departure_at_once IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            said = ""
        except Refusal as refusal:
            said = refusal.message
    assert said.startswith("离职应先按情形办理") is refused, said


def test_an_ending_that_is_taken_back_in_the_same_act_is_none() -> None:
    made = bureau()
    lower = made.engagement.span.lower
    with acting(made.hr), speaking():
        mine = Engagement.objects.filter(pk=made.engagement.pk)
        mine.update(span=(lower, today()), exit_kind="resigned")
        mine.update(span=(lower, None), exit_kind="")
        committed()
        assert mine.get().span.upper is None


def test_employment_and_place_end_with_the_last_day_and_not_before() -> None:
    made = bureau()
    with acting(made.hr):
        post = factories.post(factories.unit(SANTAI).code)
        place = Assignment(
            organ_code=SANTAI, engagement=made.engagement, unit=post.unit, post=post, span=(date(2021, 1, 1), None)
        )
        place.clean()
        place.save()
        departure = at(made, "resigned", "cleared")
        with pytest.raises(Refusal, match="当日起办理"):
            departure_end(actor=made.hr, departure=departure)
        departure = departure_withdraw_and_again(made, departure)
        departure_end(actor=made.hr, departure=departure)
        place.refresh_from_db()
        assert place.span.upper == today() + timedelta(1)


def departure_withdraw_and_again(made: Bureau, departure: Departure) -> Departure:
    """The head takes it back, and another is brought as far with today as the last day."""
    with pytest.raises(NotAllowed):
        departure_withdraw(actor=made.hr, departure=departure, reason="误办")
    with acting(made.head):
        departure_withdraw(actor=made.head, departure=departure, reason="误办")
    assert Decision.objects.filter(kind="离职", outcome="撤回").exists()
    return at(made, "resigned", "cleared", last_day=today())
