"""What other chapters keep decides whether somebody is sent: cards and education."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import transaction

from fujing.duties.orders.queries import midnight
from fujing.duties.orders.services import order_give
from fujing.kernel.actor import acting
from fujing.kernel.clock import ZONE, today
from fujing.kernel.refusals import Refusal
from fujing.management.training.attendance import Came, attendance_record
from fujing.management.training.services import course_confirm, course_draft, course_end, course_publish, enrol
from tests import factories
from tests.duties.made import drafted, somebody, unit
from tests.factories import SANTAI
from tests.management.cards import card_at, store

pytestmark = pytest.mark.django_db


def provisions(made: object, order: object) -> tuple[str, ...]:
    try:
        with acting(made.leader), transaction.atomic():  # type: ignore[attr-defined]
            order_give(actor=made.leader, order=order)  # type: ignore[attr-defined, arg-type]
            transaction.set_rollback(True)
    except Refusal as refusal:
        return refusal.provisions
    return ()


@pytest.mark.parametrize("state", ["requested", "valid", "suspended", "lost", "revoked"])
def test_only_whose_card_is_valid_that_day_is_sent(state: str) -> None:
    """A card here stands for what a roster says; one that is only requested says nothing."""
    kept = store()
    made = unit()
    with acting(kept.supply):
        card_at(kept, state, days=30)
    tomorrow = midnight(today() + timedelta(1))
    span = {"begins": tomorrow + timedelta(hours=8), "ends": tomorrow + timedelta(hours=9)}
    order = drafted(made, [kept.engagement], **span)
    told = {"24", "26"} - ({"26"} if state == "valid" else set())
    assert set(provisions(made, order)) == told
    later = {name: moment + timedelta(40) for name, moment in span.items()}
    assert set(provisions(made, drafted(made, [kept.engagement], **later))) == {"24", "26"}


def test_who_was_trained_here_may_be_sent() -> None:
    made = unit()
    who = somebody(made, inducted_on=None, inducted_on_said="无")
    now, minute = datetime.now(tz=ZONE), timedelta(minutes=1)
    with acting(factories.PROVINCIAL):
        hr, head = factories.officer(SANTAI, "hr_officer"), factories.officer(SANTAI, "hr_head")
    tomorrow = midnight(today() + timedelta(1))
    order = drafted(made, [who], begins=tomorrow, ends=tomorrow + timedelta(hours=4))
    assert provisions(made, order) == ("24",)
    with acting(hr):
        course = course_draft(
            actor=hr,
            kind="induction",
            title="岗前培训",
            subjects="办法和纪律",
            hours=8,
            lecturer="政工室",
            place="县局",
            starts_at=now - 2 * minute,
            ends_at=now - minute,
        )
        course = course_publish(actor=hr, course=course)
        (row,) = enrol(actor=hr, course=course, engagements=[who.pk])
        course = course_end(actor=hr, course=course)
        attendance_record(actor=hr, course=course, said={row.pk: Came("present")})
    assert provisions(made, order) == ("24",)
    with acting(head):
        course_confirm(actor=head, course=course)
    assert provisions(made, order) == ()
