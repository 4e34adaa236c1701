"""Eight at one person's places: whatever the order, never two on one day and no day without one (Article 5.p1)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from threading import Barrier

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import OperationalError

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.refusals import Refusal, speaking
from fujing.registry.correcting import place_correct
from fujing.registry.models import Account, Assignment, Engagement, PlaceCorrection, Post
from fujing.registry.placing import officer_assign
from tests import factories
from tests.factories import SANTAI

pytestmark = pytest.mark.race
WRITERS, ROUNDS, PATIENCE = 8, 12, 60
FIRST = date(2021, 1, 1)
Write = Callable[[Random], object]


def at_once(actor: Actor, write: Write) -> list[object]:
    """What each of the eight was told each time: the act's answer, or the refusal."""
    start = Barrier(WRITERS)

    def writer(number: int) -> list[object]:
        random, told = Random(number), []
        try:
            for _ in range(ROUNDS):
                start.wait(PATIENCE)
                try:
                    with speaking(), acting(actor):
                        told.append(write(random))
                except (Refusal, OperationalError) as refused:  # a deadlock is broken by refusing one of the two
                    told.append(refused)
            return told
        except BaseException:
            start.abort()  # who failed keeps nobody waiting
            raise
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as threads:
        return [each for told in threads.map(writer, range(WRITERS)) for each in told]


def check(actor: Actor, engagement: Engagement) -> list[Assignment]:
    """From the first place on, each begins on the day on which the one before ended, and the last has no end."""
    with acting(actor):
        places = list(engagement.assignments.order_by("span"))
    for one, next_one in pairwise(places):
        assert one.span.upper == next_one.span.lower
    assert places[-1].span.upper is None
    return places


@pytest.fixture
def made(committed: None) -> tuple[Actor, Engagement, list[Account], Post]:
    factories.quota(SANTAI, 1)
    with acting(factories.PROVINCIAL):
        post = factories.post(factories.unit(SANTAI).code)
        officers = [factories.account(SANTAI, "police_officer", name=f"警官{n}") for n in range(WRITERS)]
        engagement = factories.engagement(factories.person(SANTAI))
        actor = factories.officer(SANTAI, "hr_officer")
    with acting(actor):
        officer_assign(actor=actor, engagements=[engagement.pk], officer=officers[0], starts=FIRST, post=post)
    return actor, engagement, officers, post


def test_eight_officers_at_one_person_leave_one_line_of_places(
    made: tuple[Actor, Engagement, list[Account], Post],
) -> None:
    actor, engagement, officers, post = made

    def assigning(random: Random) -> object:
        starts = FIRST + timedelta(random.randrange((today() - FIRST).days))
        who = random.choice(officers)
        return officer_assign(actor=actor, engagements=[engagement.pk], officer=who, starts=starts, post=post)

    told = at_once(actor, assigning)
    places = check(actor, engagement)
    assert len(places) > 1
    assert len(told) == WRITERS * ROUNDS


def test_eight_that_correct_one_persons_past_leave_one_line_of_places(
    made: tuple[Actor, Engagement, list[Account], Post],
) -> None:
    actor, engagement, officers, post = made

    def correcting(random: Random) -> object:
        starts = FIRST + timedelta(random.randrange((today() - FIRST).days))
        until = random.choice((None, starts + timedelta(random.randrange(1, 90))))
        return place_correct(
            actor=actor,
            engagement=engagement,
            starts=starts,
            until=until if until and until <= today() else None,
            post=post,
            officer=random.choice(officers),
            reason="值班表与登记不符",
        )

    told = at_once(actor, correcting)
    done = [each for each in told if not isinstance(each, Exception)]
    assert len(check(actor, engagement)) > 1
    with acting(actor):
        assert PlaceCorrection.objects.count() == len(done) > WRITERS


def test_eight_that_pass_by_every_service_are_held_by_the_database(
    made: tuple[Actor, Engagement, list[Account], Post],
) -> None:
    """They lock nothing, read what may be old, cut it anywhere, and as often forget to write the other half."""
    actor, engagement, _, post = made

    def splitting(random: Random) -> object:
        place = random.choice(list(engagement.assignments.order_by("span")))
        upper = place.span.upper or today()
        cut = place.span.lower + timedelta(random.randrange((upper - place.span.lower).days))
        Assignment.objects.filter(pk=place.pk).update(span=DateRange(place.span.lower, cut))
        if random.random() < 0.7:
            new = Assignment(
                organ_code=SANTAI,
                engagement=engagement,
                unit_id=post.unit_id,
                post=post,
                span=DateRange(cut, place.span.upper),
            )
            new.clean()
            new.save()
        return place

    told = at_once(replace(actor, reason="重新划分"), splitting)
    assert len(check(actor, engagement)) > 1
    refusals = [each for each in told if isinstance(each, Refusal)]
    assert any("空档" in each.message for each in refusals)
    assert len(refusals) < len(told)
