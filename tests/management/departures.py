"""Departures of Santai at any step, with the evidence that they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from fujing.kernel.actor import Actor, acting
from fujing.kernel.clock import today
from fujing.kernel.files import file_store
from fujing.law.leaving.ways import WAYS, By, Need, Step
from fujing.management.leaving.hearings import hearing_tell
from fujing.management.leaving.models import Departure, Evidence, Hearing
from fujing.management.leaving.services import (
    departure_certify,
    departure_check,
    departure_clear,
    departure_decide,
    departure_draft,
    departure_end,
    departure_notify,
    items_confirm,
)
from fujing.registry.models import Contract, Engagement
from tests import factories
from tests.factories import SANTAI
from tests.management.made import PDF, ending

FIRST = today() - timedelta(60)
"""The day of a departure's first piece of evidence; each further one is a day later."""
GIVEN: dict[str, dict[str, Any]] = {
    "statute": {"statute": "劳动法第二十五条"},
    "dereliction": {"damage": "重大损失12万元"},
    "agreed": {"proposed_by_bureau": True},
}
"""What a way's draft says besides."""


@dataclass(frozen=True)
class Bureau:
    """Who drafts, who decides, and whom it is about."""

    hr: Actor
    head: Actor
    engagement: Engagement


def bureau(*, probation: bool = False, name: str = "甲") -> Bureau:
    """Santai with a clerk, a personnel head, and somebody in service since 2021."""
    engagement = ending(200, name)
    with acting(factories.PROVINCIAL):
        if probation:
            Contract.objects.filter(engagement=engagement).update(
                probation_until=today() + timedelta(31), probation_months=1
            )
        return Bureau(factories.officer(SANTAI, "hr_officer"), factories.officer(SANTAI, "hr_head"), engagement)


def of(way: str, **more: Any) -> Bureau:
    """The bureau for a way."""
    return bureau(probation=way == "probation", **more)


def drafted(made: Bureau, way: str, **changes: Any) -> Departure:
    """A draft of the clerk's; the last day is in thirty days."""
    given = {"reason": "详见材料", "last_day": today() + timedelta(30), **GIVEN.get(way, {}), **changes}
    return departure_draft(actor=made.hr, engagement=made.engagement, way=way, **given)


def asked(way: str, step: Step = Step.CHECK) -> list[Need]:
    """What a way asks for before a step, help with another job included."""
    return [need for need in WAYS[way].needs if need.step is step]


def proven(made: Bureau, departure: Departure, needs: Iterable[tuple[int, Need]]) -> None:
    """Evidence for these needs, each a day after the one before it in the law's table."""
    file = file_store(actor=made.hr, organ_code=SANTAI, upload=paper())
    Evidence.objects.bulk_create(
        Evidence(
            organ_code=SANTAI,
            departure=departure,
            kind=need.kinds[0],
            dated=FIRST + timedelta(place),
            file=file,
            note="已核实",
            recorded_by=made.hr.name,
        )
        for place, need in needs
    )


def paper() -> SimpleUploadedFile:
    return SimpleUploadedFile("材料.pdf", PDF)


def told(made: Bureau, departure: Departure, *, until: date | None = None) -> Hearing:
    """The person was told of a dismissal; the term ended unanswered unless `until` says otherwise."""
    return hearing_tell(
        actor=made.hr, departure=departure, told_on=FIRST, answer_until=until or FIRST + timedelta(5), upload=paper()
    )


STEPS = ("drafted", "checked", "decided", "notified", "cleared", "ended", "closed")


def at(made: Bureau, way: str, state: str, *, last_day: date | None = None) -> Departure:
    """A departure brought to a state by the services, its evidence whole."""
    departure = drafted(made, way)
    proven(made, departure, enumerate(asked(way)))
    if state != "drafted" and WAYS[way].by is By.BUREAU:
        told(made, departure)
    for step in STEPS[1 : STEPS.index(state) + 1]:
        departure = moved(made, departure, step, last_day or departure.last_day)
    return departure


def moved(made: Bureau, departure: Departure, step: str, last_day: date) -> Departure:
    """One step further."""
    hr, found = made.hr, WAYS[departure.way]
    if step == "checked":
        return departure_check(actor=hr, departure=departure)
    if step == "decided":
        with acting(made.head):
            marked = True if found.mark is None else None
            return departure_decide(actor=made.head, departure=departure, marked=marked)
    if step == "notified":
        proof = paper() if found.by is By.BUREAU else None
        days = {"paid_instead": True} if found.notice == "bureau" and last_day < today() + timedelta(30) else {}
        return departure_notify(
            actor=hr,
            departure=departure,
            notice_on=notified_on(found.notice, last_day),
            last_day=last_day,
            upload=proof,
            **days,
        )
    if step == "cleared":
        said = {item.pk: ("returned", "") for item in departure.items.all()}
        return departure_clear(actor=hr, departure=items_confirm(actor=hr, departure=departure, said=said))
    if step == "ended":
        return departure_end(actor=hr, departure=departure)
    return departure_certify(actor=hr, departure=departure, certificate_on=today())


def notified_on(notice: str, last_day: date) -> date:
    """A day of notice that the last day allows."""
    return min(today(), last_day - timedelta(30 if notice == "person" else 0))


def confirmed(departure: Departure, *but: str) -> dict[int, tuple[str, str]]:
    """Everything handed back but these kinds."""
    return {item.pk: ("returned", "") for item in departure.items.exclude(kind__in=but)}


def without(needs: Sequence[Need], left_out: int) -> list[tuple[int, Need]]:
    """The needs with their places, one left out."""
    return [(place, need) for place, need in enumerate(needs) if place != left_out]
