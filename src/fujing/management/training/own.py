"""What somebody who serves, or served, reads of their own training (Article 14.3)."""

from __future__ import annotations

from fujing.kernel.actor import Actor, looking
from fujing.law.training.owed import Owed
from fujing.management.training.models import Enrolment
from fujing.management.training.queries import Standing, standing_of, training_of
from fujing.registry.models import bureau_range
from fujing.registry.own import own_engagement, own_engagements, own_person


def own_standing(actor: Actor, year: int) -> Standing | None:
    """What the person owes in a year; None for somebody who left.

    What the year asks and what is known of posts is the organ's to read; these few rows are the person's own.
    """
    mine = own_engagement(actor)
    if mine is None or mine.span.upper is not None:
        return None
    with looking(actor, *bureau_range(mine.organ_code)):
        return standing_of(mine, year)


def own_trainings(actor: Actor) -> list[Enrolment]:
    """The classes that the person takes or took part in, the latest first, with what was recorded of them."""
    return [row for each in own_engagements(actor) for row in training_of(each)]


def own_enrolment(actor: Actor, course_id: int) -> Enrolment | None:
    """The person's part in a class, with the class; None where they take none."""
    rows = Enrolment.objects.filter(course_id=course_id, active=True, person_id=own_person(actor).pk)
    return rows.select_related("course").first()


def lacking_of(standing: Standing | None) -> list[Owed]:
    """What the person lacks."""
    return [each for each in standing.owed if each.holds is False] if standing else []
