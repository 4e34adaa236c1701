"""What duty orders and training ask about leave (Article 36): when somebody has leave that was approved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from fujing.duties.orders.facts import Absences
from fujing.law.duties import Absence
from fujing.safeguards.leave.models import LeaveRequest
from fujing.safeguards.leave.states import GRANTED


def leave_for_duty(engagements: Collection[int]) -> Absences:
    """By employment: its leave to the minute; who has none isn't there."""
    found = defaultdict[int, tuple[Absence, ...]](tuple)
    rows = LeaveRequest.objects.filter(engagement__in=engagements, state__in=GRANTED).exclude(span__isempty=True)
    for row in rows.order_by("span").only("engagement_id", "span"):
        begins, ends = row.begins.replace(tzinfo=None), row.ends.replace(tzinfo=None)
        last = (ends - timedelta(microseconds=1)).date()
        found[row.engagement_id] += (Absence(None, "leave", begins.date(), last, moments=(begins, ends)),)
    return dict(found)


def leave_for_training(first: datetime, after: datetime) -> ArraySubquery:
    """Of the row's employment: its leave that lies between two moments, for who was away the whole year."""
    rows = LeaveRequest.objects.filter(engagement=OuterRef("pk"), state__in=GRANTED, span__overlap=(first, after))
    return ArraySubquery(rows.values(json=JSONObject(first="span__startswith", after="span__endswith")))
