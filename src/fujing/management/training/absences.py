"""When somebody did not serve: a higher chapter keeps it and says so here, since training imports none (ADR 16).

It is asked inside of the query for all people at once, so that a list costs no query more.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import Value
from django.db.models.fields.json import JSONField

from fujing.kernel.clock import ZONE
from fujing.law.training.owed import Away

Builder = Callable[[datetime, datetime], ArraySubquery]
_BUILDERS: list[Builder] = []


def provide(builder: Builder) -> None:
    """Have absences answered: a subquery of an employment, its rows `first` and `after`, moments within two others."""
    _BUILDERS[:] = [builder]


def asked(first: datetime, after: datetime) -> Any:
    """What is known of each row's employment; nothing where nobody keeps it."""
    if _BUILDERS:
        return _BUILDERS[0](first, after)
    return Value([], output_field=ArrayField(JSONField()))


def away_of(rows: list[dict[str, Any]]) -> list[Away]:
    """As the law reads it: whole days alone, and what follows without a gap is one."""
    found: list[Away] = []
    for row in sorted(rows, key=lambda each: str(each["first"])):
        begins, ends = (datetime.fromisoformat(row[name]).astimezone(ZONE) for name in ("first", "after"))
        first, last = begins.date(), (ends - timedelta(days=1)).date()
        if begins.time() != begins.time().min:
            first += timedelta(days=1)
        if found and found[-1].last is not None and first <= found[-1].last + timedelta(days=1):
            found[-1] = Away(found[-1].first, max(found[-1].last, last))
        elif last >= first:
            found.append(Away(first, last))
    return found
