"""What somebody who serves, or served, reads of their own file: by their account, never by a number in an address."""

from __future__ import annotations

from fujing.kernel.actor import Actor, looking
from fujing.kernel.refusals import existing
from fujing.registry.models import (
    Activation,
    Assignment,
    Contract,
    Engagement,
    Organ,
    Person,
    RosterRecord,
    bureau_range,
)
from fujing.registry.queries import organ_at


def own_person(actor: Actor) -> Person:
    """The file that the account opens, or 404."""
    return existing(Person.objects.filter(pk=actor.person_id or 0).first(), "没有您的档案")


def own_organ_of(person: Person) -> Organ:
    """The organ that keeps the file."""
    return organ_at(person.organ_code)


def own_engagements(actor: Actor) -> list[Engagement]:
    """The person's employments with the organ, the latest first; the first is what they are about now."""
    return list(Engagement.objects.filter(person_id=actor.person_id or 0).order_by("-span"))


def own_engagement(actor: Actor) -> Engagement | None:
    """The employment that runs, or the last one; None where only a roster told of the person."""
    return next(iter(own_engagements(actor)), None)


def serving(actor: Actor) -> Engagement:
    """The employment that runs; 404 for somebody who left."""
    found = own_engagement(actor)
    return existing(found if found and found.span.upper is None else None, "您已不在职")


def own_contracts(actor: Actor) -> list[Contract]:
    """The person's labour contracts with the organ, the latest first."""
    return list(Contract.objects.filter(person_id=actor.person_id or 0).order_by("-span"))


def own_places(actor: Actor) -> list[Assignment]:
    """Where the person served, the latest first, with the names of unit, post and officer.

    Posts and officers' accounts are the organ's to read; these few rows are the person's own.
    """
    person = own_person(actor)
    with looking(actor, *bureau_range(person.organ_code)):
        rows = Assignment.objects.filter(person_id=person.pk).select_related("unit", "post", "officer")
        return list(rows.order_by("-span"))


def own_record(actor: Actor) -> RosterRecord | None:
    """What a roster says of the person now, with its file and day; None where none tells of them."""
    person = own_person(actor)
    with looking(actor, *bureau_range(person.organ_code)):
        rows = RosterRecord.objects.filter(person_id=person.pk, superseded_by=None)
        return rows.select_related("roster_import").order_by("-period").first()


def own_codes(actor: Actor) -> list[Activation]:
    """Every code that the organ gave out for this sign-in, the latest first."""
    return list(Activation.objects.filter(person_id=actor.person_id or 0).order_by("-pk"))
