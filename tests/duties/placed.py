"""People who serve in the unit that is planned."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from fujing.kernel.actor import acting
from fujing.registry.models import Assignment, Engagement, Post
from tests import factories
from tests.duties.made import Unit


def placed(made: Unit, who: Engagement) -> Engagement:
    """Somebody with a place in the unit since 2021."""
    with acting(factories.PROVINCIAL):
        place = Assignment(
            organ_code=who.organ_code,
            engagement=who,
            unit=made.unit,
            post=Post.objects.filter(unit=made.unit).first() or factories.post(made.unit.code),
            span=DateRange(date(2021, 1, 1), None),
        )
        place.clean()
        place.save()
    return who
