"""ADR 18: the facts of any day, as they were known at any instant, are those that one would have read then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random

import pytest
from django.db import connection, models, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.models import Decision
from fujing.kernel.refusals import Refusal, speaking
from fujing.management.contracts.services import contract_sign
from fujing.registry.facts import SERVICE, Facts, facts_in, facts_on, rows_of
from fujing.registry.models import Account, Assignment, Contract, Engagement, Post
from fujing.registry.placing import officer_assign
from tests import factories
from tests.factories import SANTAI

pytestmark = pytest.mark.django_db
HISTORIES, STEPS = 500, 6
FIRST = date(2021, 1, 1)
AGO = (today() - FIRST).days


def now() -> datetime:
    """The instant by the clock that dates the history."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def values(row: models.Model | None) -> dict[str, object] | None:
    """Every column of a row in the model's own types."""
    return None if row is None else {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}


def whole(facts: Facts) -> tuple[dict[str, object] | None, ...]:
    return values(facts.engagement), values(facts.place), values(facts.contract)


@dataclass
class Bureau:
    """Santai with three posts, three officers and somebody who signs."""

    actor: Actor
    posts: list[Post]
    officers: list[Account]


@dataclass
class History:
    """One person, and what was read of them at each instant for a few days."""

    engagement: Engagement
    snapshots: list[tuple[datetime, dict[date, tuple]]] = field(default_factory=list)

    def look(self, random: Random) -> None:
        person = self.engagement.person
        rows = rows_of(person, SERVICE)
        days = [FIRST, today(), *(FIRST + timedelta(random.randrange(AGO)) for _ in range(3))]
        self.snapshots.append((now(), {day: whole(facts_in(rows, day)) for day in days}))


@pytest.fixture
def bureau(db: None) -> Bureau:
    factories.quota(SANTAI, HISTORIES)
    with acting(factories.PROVINCIAL):
        unit = factories.unit(SANTAI)
        return Bureau(
            factories.officer(SANTAI, "hr_officer"),
            [factories.post(unit.code, name) for name in ("巡逻防控", "社区警务", "交通协管")],
            [factories.account(SANTAI, "police_officer", name=name) for name in ("周警官", "吴警官", "郑警官")],
        )


def placed(bureau: Bureau, engagement: Engagement, random: Random) -> None:
    """Under an officer from a past day on: late, on the very day (a correction in place), or refused as too early."""
    now_at = engagement.assignments.filter(span__endswith__isnull=True).first()
    begun = now_at.span.lower if now_at else FIRST
    starts = begun + timedelta(random.randrange((today() - begun).days + 1)) if random.random() < 0.8 else begun
    officer, post = random.choice(bureau.officers), random.choice(bureau.posts)
    officer_assign(actor=bureau.actor, engagements=[engagement.pk], officer=officer, starts=starts, post=post)


def contracted(bureau: Bureau, engagement: Engagement, random: Random) -> None:
    starts = FIRST + timedelta(random.randrange(AGO))
    contract_sign(
        actor=bureau.actor,
        engagement=engagement,
        kind="fixed",
        term_months=12,
        probation_months=random.choice((0, 2)),
        signed_on=starts,
        starts=starts,
        late_reason="补签",
    )


def corrected(bureau: Bureau, engagement: Engagement, random: Random) -> None:
    """Past every service: a term in bulk, a post of the past."""
    later = FIRST + timedelta(random.randrange(AGO))
    Contract.objects.filter(engagement=engagement).update(signed_on=later)
    with acting(replace(bureau.actor, reason="更正")):
        Assignment.objects.filter(engagement=engagement).update(post=random.choice(bureau.posts))


def taken_back(bureau: Bureau, engagement: Engagement, random: Random) -> None:
    """What was written by mistake: the rows are gone from the tables, and known as they were before."""
    engagement.contracts.order_by("-pk")[:1].get().delete()
    with acting(replace(bureau.actor, reason="登记有误")):
        engagement.assignments.all().delete()


def ended(bureau: Bureau, engagement: Engagement, random: Random) -> None:
    """Some days ago at most, and never before the present place began; a second time it is refused."""
    engagement.refresh_from_db()
    if engagement.span.upper is not None:
        raise Refusal("已离职。")
    after = today() - timedelta(random.randrange(30))
    for place in engagement.assignments.filter(span__endswith__isnull=True):
        after = max(after, place.span.lower + timedelta(1))
        place.span = DateRange(place.span.lower, after)
        place.save()
    factories.run_out(engagement, after)


Act = Callable[[Bureau, Engagement, Random], None]
ACTS: tuple[Act, ...] = (placed, placed, placed, contracted, contracted, corrected, taken_back, ended)


def test_500_backdated_histories_are_known_as_they_were(bureau: Bureau) -> None:
    random = Random(345)
    refused = dict.fromkeys(ACTS, 0)
    with acting(bureau.actor):
        histories = [History(factories.engagement(factories.person(SANTAI, number=n))) for n in range(HISTORIES)]
        for history in histories:
            history.look(random)
            for _ in range(STEPS):
                act = random.choice(ACTS)
                try:
                    with speaking(), transaction.atomic():
                        act(bureau, history.engagement, random)
                except (Refusal, Contract.DoesNotExist):
                    refused[act] += 1
                history.look(random)
        looked = different = 0
        for history in histories:
            person = history.engagement.person
            last = history.snapshots[-1][1]
            for instant, days in history.snapshots:
                rows = rows_of(person, SERVICE, instant)
                for day, then in days.items():
                    assert whole(facts_in(rows, day)) == then, (person.pk, instant, day)
                    looked += 1
                    different += then != last.get(day, then)
    assert looked >= HISTORIES * (STEPS + 1) * 4
    # The generator really makes pasts that differ from the present, and every kind of act succeeds often.
    assert different > HISTORIES
    assert all(count < HISTORIES for count in refused.values()), refused


def test_late_news_change_the_day_but_not_what_was_known_before(bureau: Bureau) -> None:
    with acting(bureau.actor):
        someone = factories.engagement(factories.person(SANTAI))
        before = now()
        officer_assign(
            actor=bureau.actor,
            engagements=[someone.pk],
            officer=bureau.officers[0],
            starts=date(2023, 5, 1),
            post=bureau.posts[0],
        )
        after, day = now(), date(2024, 1, 1)
        place = facts_on(someone.person, day).place
        assert place is not None
        assert place.officer_id == bureau.officers[0].pk
        assert facts_on(someone.person, day, known=before).place is None
        assert facts_on(someone.person, day, known=after).place == place
        assert facts_on(someone.person, date(2023, 4, 30), known=after).place is None


def test_a_decision_has_the_instant_of_what_was_known(bureau: Bureau) -> None:
    with acting(bureau.actor):
        someone = factories.engagement(factories.person(SANTAI))
        contracted(bureau, someone, Random(1))
        decision = Decision.objects.get(subject_table="registry_engagement", subject_id=someone.pk)
        signed = Contract.objects.get(engagement=someone)
        written = values(signed)
        Contract.objects.filter(pk=signed.pk).update(signed_on=signed.signed_on + timedelta(3))
        day = signed.span.lower
        assert values(facts_on(someone.person, day, known=decision.decided_at).contract) == written
        assert values(facts_on(someone.person, day).contract) != written


def test_what_is_known_of_somebody_costs_one_query(bureau: Bureau) -> None:
    with acting(bureau.actor):
        someone = factories.engagement(factories.person(SANTAI))
        placed(bureau, someone, Random(2))
        with CaptureQueriesContext(connection) as queries:
            facts_on(someone.person, today(), known=now())
    assert len(queries) == 2  # the clock, and the history


def test_another_bureau_learns_nothing_of_the_past(bureau: Bureau) -> None:
    with acting(bureau.actor):
        someone = factories.engagement(factories.person(SANTAI))
        instant = now()
        assert facts_on(someone.person, today(), known=instant).engagement is not None
    with acting(factories.territorial(factories.YANTING)):
        assert facts_on(someone.person, today(), known=instant) == Facts(None, None, None)


def gap(*spans: tuple[date, date | None]) -> None:
    """Places of somebody in service since FIRST, and the commit."""
    with acting(factories.PROVINCIAL), speaking(), transaction.atomic():
        someone = factories.engagement(factories.person(SANTAI))
        post = Post.objects.order_by("pk")[0]
        for starts, ends in spans:
            made = Assignment(
                organ_code=SANTAI, engagement=someone, unit_id=post.unit_id, post=post, span=DateRange(starts, ends)
            )
            made.clean()
            made.save()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "spans",
    [
        ((FIRST, date(2022, 1, 1)), (date(2022, 1, 2), None)),
        ((date(2022, 1, 2), None), (FIRST, date(2022, 1, 1))),
        ((FIRST, date(2022, 1, 1)),),
        ((FIRST, date(2022, 1, 1)), (date(2022, 1, 1), date(2023, 1, 1))),
    ],
)
def test_a_gap_between_places_is_refused_at_commit(bureau: Bureau, spans: tuple) -> None:
    with pytest.raises(Refusal, match="不能有空档") as refused:
        gap(*spans)
    assert refused.value.provisions == ("5.p1",)


@pytest.mark.parametrize(
    "spans", [(), ((date(2024, 1, 1), None),), ((FIRST, date(2022, 1, 1)), (date(2022, 1, 1), None))]
)
def test_who_waits_for_a_place_or_changes_it_has_no_gap(bureau: Bureau, spans: tuple) -> None:
    gap(*spans)


def test_a_place_of_no_day_is_refused(bureau: Bureau) -> None:
    """It has no end, and would pass for the present place."""
    with pytest.raises(Refusal, match="至少有一天") as refused:
        gap((FIRST, FIRST))
    assert refused.value.provisions == ("5.p1",)


def test_service_that_ends_before_its_last_place_or_after_it_is_refused(bureau: Bureau) -> None:
    """An end that is moved leaves days without a place."""
    with acting(factories.PROVINCIAL):
        someone = factories.engagement(factories.person(SANTAI))
        left = date(2024, 1, 1)
        factories.run_out(someone, left)
        post = Post.objects.order_by("pk")[0]
        made = Assignment(
            organ_code=SANTAI, engagement=someone, unit_id=post.unit_id, post=post, span=DateRange(FIRST, left)
        )
        made.clean()
        made.save()
        with pytest.raises(Refusal, match="不能有空档"), speaking(), transaction.atomic():
            prolong(someone, left + timedelta(1))


def prolong(engagement: Engagement, after: date) -> None:
    """Another end of service, and what is asked at commit of its places."""
    Engagement.objects.filter(pk=engagement.pk).update(span=DateRange(FIRST, after))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS engagement_no_gap IMMEDIATE")
