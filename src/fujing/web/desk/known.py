"""某日情况: what held of somebody on a day, as the system knew it on any day, and what was decided on which knowledge."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db.models import Model, Prefetch, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime

from fujing.kernel.actor import Actor
from fujing.kernel.clock import ZONE, today
from fujing.kernel.knowledge import Rows, known_at
from fujing.kernel.models import Decision
from fujing.kernel.readings import past_read
from fujing.kernel.refusals import existing
from fujing.kernel.timeline import decisions_about
from fujing.registry.models import Person
from fujing.registry.roster import person_for, reading
from fujing.registry.states import OFFICER_ROLES
from fujing.web import values
from fujing.web.audience import sees
from fujing.web.columns import Column, table_of
from fujing.web.desk.chapters import WINGS
from fujing.web.desk.wings import Dated
from fujing.web.doors import door
from fujing.web.requests import Request

NONE = "没有记载"


class Line(NamedTuple):
    """One fact of the day in words: as it was known then, and as it is known now."""

    label: str
    then: str
    now: str

    @property
    def differs(self) -> str:
        return "后来有变" if self.then != self.now else ""


class Decided(NamedTuple):
    """A decision, and what was known of its day when it was made but is known otherwise now."""

    decision: Decision
    changed: list[Line]

    @property
    def day(self) -> date:
        return localtime(self.decision.decided_at).date()


def _was(row: Decided) -> str:
    return "；".join(f"{each.label}：当时{each.then}，现在{each.now}" for each in row.changed)


def _then(row: Decided) -> str:
    """The page of the day and the instant of a decision."""
    query = f"day={row.day}&decision={row.decision.pk}"
    return f"{reverse('desk:person_known', args=[row.decision.person_id])}?{query}"


LABEL = Column("label", "事项", phone="brief")
NOW = Column("now", "现在所知", wrap=True)
THEN = Column("then", "当时所知", wrap=True)
DIFFERS = Column("differs", "比较", colour=lambda row: "amber")
DECIDED = (
    Column("kind", "决定", "decision.kind", link=_then),
    Column("at", "时间", "decision.decided_at", "moment"),
    Column("message", "内容", "decision.message", wrap=True),
    Column("by", "决定人", "decision.decided_by", phone="folded"),
    Column("was", "当时所知与现在不同", _was, wrap=True, empty="相同"),
)


def end_of(day: date) -> datetime:
    """The last instant of a day."""
    return datetime.combine(day, time.max, tzinfo=ZONE)


def dated_for(actor: Actor) -> list[Dated]:
    """The dated facts that the actor sees, in the order of the wings."""
    return [each for wing in WINGS for each in wing.dated if sees(actor, each.roles)]


def _known(person: Person, facts: Sequence[Dated], instants: Sequence[datetime]) -> list[Rows]:
    """The rows that the facts are read from as they were known at each instant, with the names that they need."""
    names: dict[type[Model], dict[str | Prefetch[Any], None]] = {}
    for fact in facts:
        for kind, needed in fact.reads.items():
            names.setdefault(kind, {}).update(dict.fromkeys(needed))
    known = known_at(person.pk, names, instants)
    for kind, each in names.items():
        prefetch_related_objects([row for rows in known for row in rows[kind]], *each)
    return known


def _lines(facts: Sequence[Dated], then: Rows, now: Rows, day: date) -> Iterator[Line]:
    for fact in facts:
        yield Line(fact.label, fact.tells(then, day) or NONE, fact.tells(now, day) or NONE)


@door(*OFFICER_ROLES)
def known(request: Request, pk: int) -> HttpResponse:
    actor = request.actor
    day = values.day(request.GET, "day") or today()
    known_on = min(values.day(request.GET, "known") or today(), today())
    number = values.number(request.GET, "decision")
    with reading(actor):
        person = person_for(actor, pk)
        past_read(actor=actor, row=person, organ_code=person.organ_code, person_id=person.pk)
        decisions = decisions_about(person.pk)
        chosen = None
        if number is not None:
            chosen = existing(next((each for each in decisions if each.pk == number), None), "没有这项决定")
        instant = chosen.decided_at if chosen else end_of(known_on)
        facts = dated_for(actor)
        then, now, *each_then = _known(
            person, facts, [instant, end_of(today()), *(each.decided_at for each in decisions)]
        )
        lines = list(_lines(facts, then, now, day))
        decided = [Decided(each, []) for each in decisions]
        for row, rows in zip(decided, each_then, strict=True):
            row.changed.extend(each for each in _lines(facts, rows, now, row.day) if each.differs)
    past = instant < end_of(today())
    context = {
        "title": f"{person.name}的某日情况",
        "person": person,
        "day": day,
        "known_on": localtime(instant).date(),
        "chosen": chosen,
        "past": past,
        "changed": sum(bool(each.differs) for each in lines),
        "table": table_of((LABEL, THEN, NOW, DIFFERS) if past else (LABEL, NOW), lines, "某日情况"),
        "decided": table_of(DECIDED, decided, "决定", empty="没有对此人作出的决定。"),
        "overtaken": sum(bool(each.changed) for each in decided),
        "back": reverse("desk:person", args=[person.pk]),
    }
    return render(request, "registry/known.html", context)
